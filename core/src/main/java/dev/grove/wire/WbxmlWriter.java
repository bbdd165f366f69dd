package dev.grove.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes WBXML 1.3 in UTF-8: strings in-line, page switches only where the page changes, binary data and texts that
 * hold a NUL as opaque. A string table is written only for the public identifier, if that is a text, and for elements
 * that have no token.
 */
public final class WbxmlWriter extends TokenWriter {

    private static final int VERSION = 0x03;
    private static final int UTF_8 = 0x6A;

    private final PublicId publicId;
    private final ByteSink out;
    private final ByteSink table = new ByteSink(32);
    private final int headerLength;
    private int[] elementStarts = new int[16];
    private int depth;
    private int page;
    private int contentStart = -1;

    /**
     * How a document says of what kind it is.
     *
     * @param number the registered number; 1 if there is none
     * @param text the formal public identifier
     * @param textual whether the text is written instead of the number
     */
    public record PublicId(int number, String text, boolean textual) {

        public static final PublicId SYNCML_1_1 = new PublicId(0xFD3, "-//SYNCML//DTD SyncML 1.1//EN", false);
        public static final PublicId SYNCML_1_2 = new PublicId(0x1201, "-//SYNCML//DTD SyncML 1.2//EN", false);

        /** DDF and TNDS documents; nobody registered a number. */
        public static final PublicId DDF_1_2 = new PublicId(1, "-//OMA//DTD-DM-DDF 1.2//EN", true);

        /** The same as a text, for old devices that expect one. */
        public PublicId asText() {
            return new PublicId(number, text, true);
        }
    }

    public WbxmlWriter(int capacity, PublicId publicId) {
        this.publicId = publicId;
        out = new ByteSink(capacity);
        if (publicId.textual()) {
            table.putUtf8(publicId.text());
            table.put(0);
        }
        header(out);
        headerLength = out.length;
    }

    private void header(ByteSink header) {
        header.put(VERSION);
        if (publicId.textual()) {
            header.put(0);
            header.putMultiByte(0);
        } else {
            header.putMultiByte(publicId.number());
        }
        header.put(UTF_8);
        header.putMultiByte(table.length);
        header.put(Bytes.wrap(table.array, 0, table.length));
    }

    @Override
    public void start(int tag) {
        switchTo(tag >> 8);
        push();
        out.put((tag & 0x3F) | WbxmlTokens.CONTENT);
        contentStart = out.length;
    }

    @Override
    public void start(String namespace, String name) {
        int namespacePage = CodePage.ofNamespace(namespace);
        int tag = CodePage.tag(Math.max(namespacePage, 0), name);
        if (tag != Tokens.UNKNOWN) {
            start(tag);
            return;
        }
        if (namespacePage >= 0) {
            switchTo(namespacePage);
        }
        push();
        out.put(WbxmlTokens.LITERAL | WbxmlTokens.CONTENT);
        out.putMultiByte(inTable(name));
        contentStart = out.length;
    }

    private void switchTo(int newPage) {
        if (newPage != page) {
            out.put(WbxmlTokens.SWITCH_PAGE);
            out.put(newPage);
            page = newPage;
        }
    }

    private void push() {
        if (depth == elementStarts.length) {
            elementStarts = Arrays.copyOf(elementStarts, depth * 2);
        }
        elementStarts[depth++] = out.length;
    }

    /** The place of a name in the string table, which it joins unless it is there. */
    private int inTable(String name) {
        byte[] form = (name + '\0').getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i + form.length <= table.length; i++) {
            if (Arrays.equals(table.array, i, i + form.length, form, 0, form.length)) {
                return i;
            }
        }
        table.put(form);
        return table.length - form.length;
    }

    @Override
    public void attribute(Tokens.Attribute attribute) {
        // SyncML defines no attribute tokens.
    }

    @Override
    public void end() {
        depth--;
        if (contentStart == out.length) {
            out.array[elementStarts[depth]] &= ~WbxmlTokens.CONTENT;
        } else {
            out.put(WbxmlTokens.END_TOKEN);
        }
        contentStart = -1;
    }

    @Override
    public void text(String text) {
        if (text.isEmpty()) {
            return;
        }
        if (text.indexOf(0) >= 0) {
            opaque(Bytes.utf8(text));
            return;
        }
        out.put(WbxmlTokens.STR_I);
        out.putUtf8(text);
        out.put(0);
    }

    @Override
    public void opaque(Bytes bytes) {
        out.put(WbxmlTokens.OPAQUE);
        out.putMultiByte(bytes.length());
        out.put(bytes);
    }

    @Override
    public void markup(String xml) {
        Mark before = mark();
        if (!xml.startsWith("<MgmtTree") || !copyTokens(xml)) {
            undo(before);
            text(xml);
        }
    }

    /** Whether the mark-up is well-formed and each of its elements has a token. */
    private boolean copyTokens(String xml) {
        Bytes document = Bytes.utf8(xml);
        Limits limits = new Limits(Integer.MAX_VALUE, 1 << 16, Integer.MAX_VALUE, Integer.MAX_VALUE);
        try {
            Tokens in = Tokens.ofXml(document, limits);
            do {
                switch (in.next()) {
                    case START -> {
                        if (in.tag() == Tokens.UNKNOWN) {
                            return false;
                        }
                        start(in.tag());
                    }
                    case END -> end();
                    case TEXT, MARKUP -> text(in.text());
                    case OPAQUE -> opaque(in.bytes());
                }
            } while (in.depth() > 0);
            return true;
        } catch (Malformed e) {
            return false;
        }
    }

    @Override
    public int size() {
        return table.length == 0 || (publicId.textual() && table.length == publicId.text().length() + 1)
                ? out.length
                : out.length - headerLength + headerWithTable().length;
    }

    private ByteSink headerWithTable() {
        ByteSink header = new ByteSink(table.length + 16);
        header(header);
        return header;
    }

    @Override
    public Bytes toBytes() {
        if (size() == out.length) {
            return out.bytes();
        }
        ByteSink whole = headerWithTable();
        whole.put(Bytes.wrap(out.array, headerLength, out.length - headerLength));
        return whole.bytes();
    }

    @Override
    public Mark mark() {
        return new Mark(out.length, contentStart, depth, page, table.length);
    }

    @Override
    public void undo(Mark mark) {
        out.length = mark.length();
        depth = mark.depth();
        page = mark.page();
        table.length = mark.tableLength();
        contentStart = mark.contentStart();
    }
}
