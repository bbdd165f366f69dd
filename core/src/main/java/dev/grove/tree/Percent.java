package dev.grove.tree;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Percent-encoding of URIs ([RFC 2396 §2.4]): UTF-8 bytes as {@code %XX}. */
public final class Percent {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private Percent() {}

    /** The text that is meant; a {@code %} without two hexadecimal digits behind it stands for itself. */
    public static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
            if (low < 0) {
                decoded.write(bytes[i]);
            } else {
                decoded.write((high << 4) | low);
                i += 2;
            }
        }
        return decoded.toString(StandardCharsets.UTF_8);
    }

    /**
     * A text as it may stand for a value in the query part of a URI ([RFC 3986 §3.4]): everything but unreserved
     * characters and {@code : @ / ! $ ' * ,} is encoded, so that no {@code &}, {@code =} or {@code #} is in it.
     */
    public static String encodeQuery(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean isPlain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
                    || "-._~:@/!$'*,".indexOf(c) >= 0;
            if (isPlain) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.toHexDigits(b));
            }
        }
        return encoded.toString();
    }
}
