package dev.grove.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes XML: UTF-8, no declaration, no white space, a default namespace wherever it changes. */
public final class XmlWriter extends TokenWriter {

    private static final byte[][][] OPENINGS = new byte[3][64][];
    private static final byte[][][] CLOSINGS = new byte[3][64][];

    private final ByteSink out;
    private final String syncmlNamespace;
    private String[] names = new String[16];
    private String[] namespaces = new String[16];
    private int[] tags = new int[16];
    private int depth;
    private int contentStart = -1;

    /** A writer of documents of SyncML 1.2. */
    public XmlWriter(int capacity) {
        this(capacity, CodePage.SYNCML_NAMESPACE);
    }

    /** A writer that gives elements of code page 0 the given namespace, such as {@code SYNCML:SYNCML1.1}. */
    public XmlWriter(int capacity, String syncmlNamespace) {
        this.out = new ByteSink(capacity);
        this.syncmlNamespace = syncmlNamespace;
    }

    static {
        for (int page = 0; page < OPENINGS.length; page++) {
            for (int token = CodePage.FIRST_TOKEN; token < 64; token++) {
                String name = CodePage.name((page << 8) | token);
                OPENINGS[page][token] = ascii("<" + name + ">");
                CLOSINGS[page][token] = ascii("</" + name + ">");
            }
        }
    }

    @Override
    public void start(int tag) {
        int page = tag >> 8;
        if (page >= OPENINGS.length) {
            start("", CodePage.name(tag));
            return;
        }
        String namespace = page == CodePage.SYNCML ? syncmlNamespace : CodePage.namespace(page);
        out.put(OPENINGS[page][tag & 0x3F]);
        declare(namespace);
        push(tag, "", namespace);
    }

    @Override
    public void start(String namespace, String name) {
        out.put('<');
        out.putUtf8(name);
        out.put('>');
        String actual = namespace.equals(CodePage.SYNCML_NAMESPACE) ? syncmlNamespace : namespace;
        declare(actual);
        push(Tokens.UNKNOWN, name, actual);
    }

    private void declare(String namespace) {
        String outer = depth == 0 ? "" : namespaces[depth - 1];
        if (!outer.equals(namespace)) {
            writeAttribute("xmlns", namespace);
        }
    }

    private void push(int tag, String name, String namespace) {
        if (depth == tags.length) {
            tags = Arrays.copyOf(tags, depth * 2);
            names = Arrays.copyOf(names, depth * 2);
            namespaces = Arrays.copyOf(namespaces, depth * 2);
        }
        tags[depth] = tag;
        names[depth] = name;
        namespaces[depth++] = namespace;
        contentStart = out.length;
    }

    @Override
    public void attribute(Tokens.Attribute attribute) {
        if (attribute.namespace().isEmpty()) {
            writeAttribute(attribute.name(), attribute.value());
        } else {
            String prefix = attribute.prefix().isEmpty() ? "a" : attribute.prefix();
            if (!prefix.equals("xml")) {
                writeAttribute("xmlns:" + prefix, attribute.namespace());
            }
            writeAttribute(prefix + ":" + attribute.name(), attribute.value());
        }
        contentStart = out.length;
    }

    private void writeAttribute(String name, String value) {
        out.length--;
        out.put(' ');
        out.putUtf8(name);
        out.put('=');
        out.put('"');
        escaped(value, true);
        out.put('"');
        out.put('>');
    }

    @Override
    public void end() {
        depth--;
        if (contentStart == out.length) {
            out.array[out.length - 1] = '/';
            out.put('>');
        } else if (tags[depth] == Tokens.UNKNOWN) {
            out.put('<');
            out.put('/');
            out.putUtf8(names[depth]);
            out.put('>');
        } else {
            out.put(CLOSINGS[tags[depth] >> 8][tags[depth] & 0x3F]);
        }
        contentStart = -1;
    }

    @Override
    public void text(String text) {
        escaped(text, false);
    }

    @Override
    public void opaque(Bytes bytes) {
        text(XmlText.isText(bytes) ? bytes.utf8() : bytes.base64());
    }

    @Override
    public void markup(String xml) {
        out.putUtf8(xml);
    }

    private void escaped(String text, boolean inAttribute) {
        int written = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c > '>' && c < 0xD800) || (c > '&' && c < '<') || c == ' ') {
                continue;
            }
            String escape = XmlText.escape(text, i, inAttribute);
            if (escape != null) {
                out.putUtf8(text.substring(written, i));
                out.putUtf8(escape);
                written = i + 1;
            }
        }
        out.putUtf8(written == 0 ? text : text.substring(written));
    }

    @Override
    public int size() {
        return out.length;
    }

    @Override
    public Bytes toBytes() {
        return out.bytes();
    }

    String toText() {
        return out.text();
    }

    @Override
    public Mark mark() {
        return new Mark(out.length, contentStart, depth, 0, 0);
    }

    @Override
    public void undo(Mark mark) {
        out.length = mark.length();
        depth = mark.depth();
        contentStart = mark.contentStart();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
