package dev.grove.wire;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What stands before the body of a WBXML document ([WBXML 1.3 §5.4 to §5.7]).
 *
 * @param version such as {@code 0x03} for 1.3
 * @param publicId the registered number; 1 if unknown; 0 if the id is a text
 * @param publicText the formal public identifier if the document gives it as a text, else empty. Real documents end it
 *     by a NUL or by the end of the string table
 * @param charset of all strings
 * @param table the string table
 * @param tableOffset where the string table starts in the document
 * @param bodyOffset where the body starts
 */
public record WbxmlHeader(int version, int publicId, String publicText, Charset charset, Bytes table, int tableOffset,
        int bodyOffset) {

    static final int UNKNOWN_PUBLIC_ID = 1;
    static final int SYNCML_1_1 = 0xFD3;
    static final int SYNCML_1_2 = 0x1201;

    private static final int UTF_8 = 106;

    /** Reads what stands at the beginning of the document. */
    public static WbxmlHeader read(Bytes document) throws Malformed {
        int from = document.arrayOffset();
        return read(document.array(), from, from + document.length());
    }

    static WbxmlHeader read(byte[] document, int from, int to) throws Malformed {
        Numbers in = new Numbers(document, from, to);
        int version = in.octet();
        if (version > 0x0F) {
            throw new Malformed(0, "", "the document is WBXML 1.x: its first byte is 00 to 0F (WBXML 5.4)");
        }
        int publicId = in.multiByte();
        int publicIndex = publicId == 0 ? in.multiByte() : -1;
        // WBXML 1.0 had no charset field.
        Charset charset = version == 0 ? StandardCharsets.UTF_8 : charset(in);
        int tableLength = in.multiByte();
        int tableOffset = in.position();
        if (tableLength > to - tableOffset) {
            throw new Malformed(tableOffset - from, "", "the string table ends inside the document (WBXML 5.7)");
        }
        String publicText = publicIndex < 0 ? "" : publicText(document, tableOffset, tableLength, publicIndex);
        return new WbxmlHeader(version, publicId, publicText, charset,
                Bytes.wrap(document, tableOffset, tableLength), tableOffset, tableOffset + tableLength);
    }

    private static Charset charset(Numbers in) throws Malformed {
        int mibEnum = in.multiByte();
        return switch (mibEnum) {
            case 0, UTF_8 -> StandardCharsets.UTF_8;
            case 3 -> StandardCharsets.US_ASCII;
            case 4 -> StandardCharsets.ISO_8859_1;
            default -> throw new Malformed(in.offset(), "",
                    "the character set is UTF-8, US-ASCII or ISO-8859-1, not MIBenum " + mibEnum + " (WBXML 5.6)");
        };
    }

    private static String publicText(byte[] document, int table, int length, int index) throws Malformed {
        if (index >= length) {
            throw new Malformed(table, "", "the public identifier stands in the string table (WBXML 5.5)");
        }
        int end = table + index;
        while (end < table + length && document[end] != 0) {
            end++;
        }
        byte[] text = Arrays.copyOfRange(document, table + index, end);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    /** Reads the numbers of a WBXML header ([WBXML 1.3 §5.1]). */
    private static final class Numbers {

        private final byte[] document;
        private final int start;
        private final int to;
        private int position;

        Numbers(byte[] document, int from, int to) {
            this.document = document;
            this.start = from;
            this.position = from;
            this.to = to;
        }

        int position() {
            return position;
        }

        long offset() {
            return (long) position - start;
        }

        int octet() throws Malformed {
            if (position >= to) {
                throw new Malformed(offset(), "", "the document ends inside its header (WBXML 5.3)");
            }
            return document[position++] & 0xFF;
        }

        /** At most five bytes and at most 2^31 - 1: nothing longer fits into a document. */
        int multiByte() throws Malformed {
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
            throw new Malformed(offset(), "", "a multi-byte integer has at most five bytes and 31 bits (WBXML 5.1)");
        }
    }
}
