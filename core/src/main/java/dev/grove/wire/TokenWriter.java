package dev.grove.wire;

/**
 * Writes a document of the SyncML family in one of its two spellings. The writer's work can be undone back to a
 * {@link #mark}, so that a message can be filled up to a limit.
 *
 * <p>An element without content is written as an empty one. Written names come from the tables, or from a document
 * that was read; texts may hold anything: what XML cannot carry (control characters, halves of surrogate pairs)
 * becomes U+FFFD there.
 */
public abstract sealed class TokenWriter permits XmlWriter, WbxmlWriter {

    /** Begins an element. */
    public abstract void start(int tag);

    /** Begins an element that may have no number. */
    public abstract void start(String namespace, String name);

    /** Adds an attribute to the element just begun. WBXML drops it: documents of SyncML have no attributes there. */
    public abstract void attribute(Tokens.Attribute attribute);

    /** Ends the innermost open element. */
    public abstract void end();

    /** Characters. */
    public abstract void text(String text);

    /** Bytes: OPAQUE in WBXML; in XML their text if they are UTF-8 that XML can hold, else base64. */
    public abstract void opaque(Bytes bytes);

    /** Elements written out as XML: as they are in XML; in WBXML as tokens if all have one, else as text. */
    public abstract void markup(String xml);

    /** The bytes written so far, the header of WBXML included. */
    public abstract int size();

    /** The document so far; all elements are closed. */
    public abstract Bytes toBytes();

    /** An element that holds a text. */
    public final void leaf(int tag, String text) {
        start(tag);
        text(text);
        end();
    }

    /** An element that holds nothing. */
    public final void empty(int tag) {
        start(tag);
        end();
    }

    /** A state of the writer to which {@link #undo} can go back. */
    public record Mark(int length, int contentStart, int depth, int page, int tableLength) {}

    /** The present state. */
    public abstract Mark mark();

    /** Forgets what was written since {@code mark}; no element that was open then may have been closed. */
    public abstract void undo(Mark mark);
}
