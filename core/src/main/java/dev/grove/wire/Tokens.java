package dev.grove.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A cursor over a document of the SyncML family: one stream of tokens with two spellings, XML and WBXML
 * ([WBXML 1.3], [REPPRO 1.2 §8]).
 *
 * <p>Elements are numbers, see {@link Tag}; an element that has none is {@link #UNKNOWN} and has a {@link #name}. A
 * reader walks with {@link #nextTag} and takes what it wants by {@link #leaf}, {@link #content} or {@link #skip};
 * {@link #next} walks token by token. Comments, processing instructions and document type declarations never show.
 * Namespaces are not needed to recognise an element: its name and its parent decide.
 *
 * <p>Every method throws {@link Malformed} where the bytes break the format or a limit. What follows the root element
 * is not looked at. A cursor serves one thread, once.
 */
public abstract sealed class Tokens permits XmlTokens, WbxmlTokens {

    /** What {@link #nextTag} says at the end of the enclosing element; no element has this number. */
    public static final int END = 0;

    /** An element without a number. */
    public static final int UNKNOWN = -1;

    final Limits limits;
    private int[] open;
    private int depth;
    private int elementsLeft;
    // Reads a document again, to find a place in it.
    private boolean isRepeated;

    Tokens(Limits limits) {
        this.limits = limits;
        open = new int[Math.min(16, limits.maxDepth())];
        elementsLeft = limits.maxElements();
    }

    /** A cursor over XML: UTF-8 or UTF-16, or a declared single-byte encoding. */
    public static Tokens ofXml(Bytes document, Limits limits) throws Malformed {
        checkLength(document, limits);
        return new XmlTokens(document, limits);
    }

    /** A cursor over WBXML 1.0 to 1.3. */
    public static Tokens ofWbxml(Bytes document, Limits limits) throws Malformed {
        checkLength(document, limits);
        return new WbxmlTokens(document, limits);
    }

    /**
     * The XML document with each ampersand that begins no reference escaped; the same bytes if there
     * is none. A second chance for a document that is malformed as it stands.
     */
    public static Bytes withEscapedAmpersands(Bytes document) throws Malformed {
        return XmlInput.withEscapedAmpersands(document);
    }

    private static void checkLength(Bytes document, Limits limits) throws Malformed {
        if (document.length() > limits.maxBodyBytes()) {
            throw new Malformed(limits.maxBodyBytes(), "",
                    "a document has at most " + limits.maxBodyBytes() + " bytes (limit of this receiver)");
        }
    }

    /** The next token. After the end of the root element there is none: calling again is {@link Malformed}. */
    public abstract Token next() throws Malformed;

    /** The next child element of the innermost open one, or {@link #END}; text and opaque data are passed over. */
    public abstract int nextTag() throws Malformed;

    /**
     * The text of the element just started, without white space around it; moves behind its end. Text of elements
     * inside counts as its own, so a reference wrapped in a {@code LocURI} is read too.
     */
    public abstract String leaf() throws Malformed;

    /**
     * Reads the element just started to its end, nothing trimmed: {@link Token#TEXT} ({@link #text} has it),
     * {@link Token#OPAQUE} ({@link #bytes} has it; text beside it is joined as UTF-8) or {@link Token#MARKUP}
     * ({@link #text} has it, as XML).
     */
    public abstract Token content() throws Malformed;

    /** The element of the last {@link Token#START}. */
    public abstract int tag();

    /** The local name of the last {@link Token#START}. */
    public abstract String name();

    /** The namespace of the last {@link Token#START}; that of the code page if the element or the page is known. */
    public abstract String namespace();

    /** The attributes of the last {@link Token#START}. WBXML's are skipped, so there are none. */
    public int attributeCount() {
        return 0;
    }

    /** One of them. */
    public Attribute attribute(int index) {
        throw new IndexOutOfBoundsException(index);
    }

    /** An attribute of an element; namespace and prefix are empty where it has none. */
    public record Attribute(String namespace, String prefix, String name, String value) {}

    /** The attribute of that local name, whatever its namespace. */
    public @Nullable String attribute(String localName) {
        for (int i = 0; i < attributeCount(); i++) {
            Attribute attribute = attribute(i);
            if (attribute.name().equals(localName)) {
                return attribute.value();
            }
        }
        return null;
    }

    /** The characters of the last {@link Token#TEXT} or {@link #content}. */
    public abstract String text();

    /** The bytes of the last {@link Token#OPAQUE}. */
    public abstract Bytes bytes();

    /** Where the cursor stands: a byte in WBXML, a character in XML. */
    public abstract long offset();

    /** The number of open elements. */
    public final int depth() {
        return depth;
    }

    /** The innermost open element; {@link #END} outside of the root. */
    public final int parent() {
        return ancestor(0);
    }

    /** The open element so many levels above the innermost; {@link #END} outside of the root. */
    final int ancestor(int levels) {
        return depth <= levels ? END : open[depth - 1 - levels];
    }

    /** Moves behind the end of the innermost open element. */
    public final void skip() throws Malformed {
        for (int outside = depth - 1; depth > outside;) {
            nextTag();
        }
    }

    /** The error of a document that breaks {@code rule} where the cursor stands. */
    public final Malformed malformed(String rule) {
        return new Malformed(offset(), path(), rule);
    }

    /**
     * The open elements, such as {@code SyncML/SyncBody/Add[2]/Item}; one without a number shows as {@code *}. What is
     * not the first of its name beside its siblings says which it is.
     */
    public final String path() {
        int[] places = places();
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            path.append(i == 0 ? "" : "/").append(open[i] == UNKNOWN ? "*" : CodePage.name(open[i]));
            path.append(places[i] > 1 ? "[" + places[i] + "]" : "");
        }
        return path.toString();
    }

    /**
     * The place of each open element among its siblings of the same name, from 1; all 0 if it cannot be told. Found by
     * reading the document once more, so that only malformed documents pay for it.
     */
    private int[] places() {
        if (isRepeated) {
            return new int[depth];
        }
        try {
            Tokens again = again();
            again.isRepeated = true;
            return again.placesAfter(limits.maxElements() - elementsLeft, depth);
        } catch (Malformed sooner) {
            return new int[depth];
        }
    }

    private int[] placesAfter(int elements, int wanted) throws Malformed {
        List<Map<Integer, Integer>> counts = new ArrayList<>(List.of(new HashMap<>()));
        List<Integer> places = new ArrayList<>();
        for (int seen = 0; seen < elements;) {
            if (next() == Token.START) {
                seen++;
                truncate(places, depth - 1);
                truncate(counts, depth);
                places.add(counts.getLast().merge(tag(), 1, Integer::sum));
                counts.add(new HashMap<>());
            }
        }
        return Arrays.copyOf(places.stream().mapToInt(Integer::intValue).toArray(), wanted);
    }

    private static void truncate(List<?> list, int size) {
        list.subList(size, list.size()).clear();
    }

    /** A cursor at the beginning of the same document. */
    abstract Tokens again() throws Malformed;

    final void enter(int tag) throws Malformed {
        if (depth == open.length) {
            makeRoom();
        }
        if (--elementsLeft < 0) {
            throw malformed("a document has at most " + limits.maxElements() + " elements (limit of this receiver)");
        }
        open[depth++] = tag;
    }

    private void makeRoom() throws Malformed {
        if (depth >= limits.maxDepth()) {
            throw malformed("elements are nested at most " + limits.maxDepth() + " deep (limit of this receiver)");
        }
        open = Arrays.copyOf(open, (int) Math.min(2L * depth, limits.maxDepth()));
    }

    final void leave() {
        depth--;
    }

    final void checkText(long bytes) throws Malformed {
        if (bytes > limits.maxTextBytes()) {
            throw malformed("a text has at most " + limits.maxTextBytes() + " bytes (limit of this receiver)");
        }
    }
}
