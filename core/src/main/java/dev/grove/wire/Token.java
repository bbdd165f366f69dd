package dev.grove.wire;

/** What a cursor over a document stands on; see {@link Tokens}. */
public enum Token {
    /** An element begins. */
    START,
    /** The innermost open element ends. */
    END,
    /** Characters. */
    TEXT,
    /** Bytes: WBXML's OPAQUE. */
    OPAQUE,
    /** Elements among the content of {@link Tokens#content}, written out as XML. */
    MARKUP
}
