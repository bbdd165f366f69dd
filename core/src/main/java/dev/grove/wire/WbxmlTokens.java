package dev.grove.wire;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A cursor over a WBXML document, see {@link Tokens}. Attributes and processing instructions are skipped. */
final class WbxmlTokens extends Tokens {

    static final int SWITCH_PAGE = 0x00;
    static final int END_TOKEN = 0x01;
    static final int ENTITY = 0x02;
    static final int STR_I = 0x03;
    static final int LITERAL = 0x04;
    static final int PI = 0x43;
    static final int STR_T = 0x83;
    static final int OPAQUE = 0xC3;
    static final int CONTENT = 0x40;
    static final int ATTRIBUTES = 0x80;

    private static final int LONGEST_NAME = 128;

    private final byte[] doc;
    private final int start;
    private final int to;
    private final WbxmlHeader header;
    private final boolean utf8;
    private int at;
    private int page;
    private boolean empty;
    private boolean rooted;
    private long expanded;

    private int tag;
    private @Nullable String literal;
    private @Nullable String text = "";
    private int textFrom;
    private int textLength;
    private @Nullable Bytes opaque;

    WbxmlTokens(Bytes document, Limits limits) throws Malformed {
        super(limits);
        doc = document.array();
        start = document.arrayOffset();
        to = start + document.length();
        header = WbxmlHeader.read(doc, start, to);
        at = header.bodyOffset();
        utf8 = header.charset().equals(StandardCharsets.UTF_8);
    }

    WbxmlHeader header() {
        return header;
    }

    @Override
    Tokens again() throws Malformed {
        return new WbxmlTokens(Bytes.wrap(doc, start, to - start), limits);
    }

    @Override
    public int nextTag() throws Malformed {
        if (empty) {
            empty = false;
            leave();
            return Tokens.END;
        }
        for (;;) {
            int octet = octet();
            if ((octet & 0x3F) >= CodePage.FIRST_TOKEN) {
                element(octet, (page << 8) | (octet & 0x3F));
                return tag;
            }
            Token token = octet == END_TOKEN ? end() : global(octet);
            if (token == Token.START) {
                return tag;
            }
            if (token == Token.END) {
                return Tokens.END;
            }
        }
    }

    @Override
    public Token next() throws Malformed {
        if (empty) {
            empty = false;
            leave();
            return Token.END;
        }
        for (;;) {
            int octet = octet();
            if ((octet & 0x3F) >= CodePage.FIRST_TOKEN) {
                return element(octet, (page << 8) | (octet & 0x3F));
            }
            Token token = octet == END_TOKEN ? end() : global(octet);
            if (token != null) {
                return token;
            }
        }
    }

    @Override
    public String leaf() throws Malformed {
        if (empty) {
            empty = false;
            leave();
            return "";
        }
        if (simpleContent(STR_I)) {
            return XmlText.trimmed(inlineText());
        }
        int outside = depth() - 1;
        ByteSink joined = new ByteSink(64);
        for (Token token; (token = next()) != Token.END || depth() > outside;) {
            if (token == Token.TEXT || token == Token.OPAQUE) {
                append(token, joined);
            }
        }
        return XmlText.trimmed(joined.text());
    }

    @Override
    public Token content() throws Malformed {
        if (empty) {
            empty = false;
            leave();
            text = "";
            return Token.TEXT;
        }
        if (simpleContent(STR_I)) {
            text = inlineText();
            return Token.TEXT;
        }
        if (simpleContent(OPAQUE)) {
            return Token.OPAQUE;
        }
        ByteSink joined = new ByteSink(64);
        boolean isText = true;
        for (Token token; (token = next()) != Token.END;) {
            if (token == Token.START) {
                text = Markup.capture(this, joined.text());
                return Token.MARKUP;
            }
            isText &= token == Token.TEXT;
            append(token, joined);
        }
        return joined(joined, isText);
    }

    private Token joined(ByteSink joined, boolean isText) {
        if (isText) {
            text = joined.text();
            return Token.TEXT;
        }
        opaque = joined.bytes();
        return Token.OPAQUE;
    }

    private void append(Token token, ByteSink joined) throws Malformed {
        if (token == Token.TEXT) {
            joined.putUtf8(text());
        } else {
            joined.put(bytes());
        }
        checkText(joined.length);
    }

    /**
     * Whether the content of the element just started is one string or one opaque and nothing else; if so, the cursor
     * moves behind its end.
     */
    private boolean simpleContent(int kind) throws Malformed {
        if (at >= to || (doc[at] & 0xFF) != kind) {
            return false;
        }
        int before = at++;
        if (kind == STR_I) {
            inlineString();
        } else {
            opaque();
        }
        if (at < to && doc[at] == END_TOKEN) {
            at++;
            leave();
            return true;
        }
        at = before;
        return false;
    }

    private String inlineText() {
        return utf8 ? FrequentTexts.of(doc, textFrom, textLength) : decoded(header.charset());
    }

    private String decoded(Charset charset) {
        return new String(doc, textFrom, textLength, charset);
    }

    @Override
    public int tag() {
        return tag;
    }

    @Override
    public String name() {
        return literal != null ? literal : CodePage.name(tag);
    }

    @Override
    public String namespace() {
        return CodePage.namespace(literal != null ? page : tag >> 8);
    }

    @Override
    public String text() {
        if (text == null) {
            text = inlineText();
        }
        return text;
    }

    @Override
    public Bytes bytes() {
        if (opaque == null) {
            byte[] copy = new byte[textLength];
            System.arraycopy(doc, textFrom, copy, 0, textLength);
            opaque = Bytes.wrap(copy);
        }
        return opaque;
    }

    @Override
    public long offset() {
        return (long) at - start;
    }

    private Token element(int octet, int elementTag) throws Malformed {
        if (depth() == 0) {
            checkFirst();
        }
        tag = elementTag;
        literal = null;
        enter(elementTag);
        if ((octet & ATTRIBUTES) != 0) {
            skipAttributes();
        }
        empty = (octet & CONTENT) == 0;
        return Token.START;
    }

    private void checkFirst() throws Malformed {
        if (rooted) {
            throw malformed("a document has one root element (WBXML 5.8)");
        }
        rooted = true;
    }

    private Token end() throws Malformed {
        if (depth() == 0) {
            throw malformed("END closes an element, but none is open (WBXML 5.8)");
        }
        leave();
        return Token.END;
    }

    /** The tokens below 5, with and without the two upper bits; null for those that only change the state. */
    private @Nullable Token global(int octet) throws Malformed {
        return switch (octet) {
            case SWITCH_PAGE -> {
                page = octet();
                yield null;
            }
            case STR_I -> {
                inlineString();
                yield Token.TEXT;
            }
            case STR_T -> {
                tableString(multiByte());
                yield Token.TEXT;
            }
            case ENTITY -> {
                text = entity();
                yield Token.TEXT;
            }
            case OPAQUE -> {
                opaque();
                yield Token.OPAQUE;
            }
            case LITERAL, LITERAL | CONTENT, LITERAL | ATTRIBUTES, LITERAL | ATTRIBUTES | CONTENT -> literal(octet);
            case PI -> {
                skipAttributes();
                yield null;
            }
            default -> throw malformed("documents of SyncML have no extension tokens (WBXML 5.8.4.2, REPPRO 8)");
        };
    }

    private Token literal(int octet) throws Malformed {
        tableString(multiByte());
        if (textLength > LONGEST_NAME || !XmlText.isName(text())) {
            throw malformed("a literal names an element, in at most " + LONGEST_NAME + " bytes (WBXML 5.8.4.5)");
        }
        String name = text();
        int known = CodePage.tag(page, name);
        element(octet, known);
        literal = known == UNKNOWN ? name : null;
        return Token.START;
    }

    private void inlineString() throws Malformed {
        int from = at;
        int nul = from;
        while (nul < to && doc[nul] != 0) {
            nul++;
        }
        if (nul == to) {
            throw malformed("a string ends with a NUL inside the document (WBXML 5.8.4.1)");
        }
        range(from, nul);
        at = nul + 1;
    }

    private void tableString(int index) throws Malformed {
        int tableEnd = header.bodyOffset();
        int from = header.tableOffset() + index;
        if (index >= tableEnd - header.tableOffset()) {
            throw malformed("a reference into the string table stays inside it (WBXML 5.7)");
        }
        int nul = from;
        while (nul < tableEnd && doc[nul] != 0) {
            nul++;
        }
        expanded += nul - from;
        if (expanded > limits.maxBodyBytes()) {
            throw malformed("references into the string table expand to at most " + limits.maxBodyBytes()
                    + " bytes (limit of this receiver)");
        }
        range(from, nul);
    }

    private void opaque() throws Malformed {
        int length = multiByte();
        if (length > to - at) {
            throw malformed("opaque data ends inside the document (WBXML 5.8.4.6)");
        }
        range(at, at + length);
        opaque = null;
        at += length;
    }

    private void range(int from, int end) throws Malformed {
        textFrom = from;
        textLength = end - from;
        text = null;
        checkText(textLength);
    }

    private String entity() throws Malformed {
        int code = multiByte();
        if (!Character.isValidCodePoint(code) || (code >= 0xD800 && code < 0xE000)) {
            throw malformed("a character entity is a Unicode scalar value (WBXML 5.8.4.3)");
        }
        return Character.toString(code);
    }

    /** An attribute list or a processing instruction, to its END ([WBXML 1.3 §5.8.3]). */
    private void skipAttributes() throws Malformed {
        for (;;) {
            int octet = octet();
            switch (octet) {
                case END_TOKEN -> {
                    return;
                }
                case SWITCH_PAGE -> octet();
                case STR_I, 0x40, 0x41, 0x42 -> inlineString();
                case OPAQUE -> opaque();
                case ENTITY, LITERAL, STR_T, 0x80, 0x81, 0x82 -> multiByte();
                default -> {
                    // An attribute start or value token: one byte.
                }
            }
        }
    }

    private int octet() throws Malformed {
        if (at >= to) {
            throw malformed("the document ends before its root element does (WBXML 5.3)");
        }
        return doc[at++] & 0xFF;
    }

    private int multiByte() throws Malformed {
        long value = 0;
        for (int i = 0; i < 5; i++) {
            int octet = octet();
            value = (value << 7) | (octet & 0x7F);
            if (octet < 0x80) {
                if (value > Integer.MAX_VALUE) {
                    break;
                }
                return (int) value;
            }
        }
        throw malformed("a multi-byte integer has at most five bytes and 31 bits (WBXML 5.1)");
    }
}
