package dev.grove.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What XML can carry as characters, and how ([XML 1.0 §2.2, §2.4, §2.11]). */
public final class XmlText {

    private static final String REPLACEMENT = "\uFFFD";

    private XmlText() {}

    /** Whether every character can stand in XML. */
    public static boolean isText(String text) {
        for (int i = 0; i < text.length();) {
            int c = text.codePointAt(i);
            if (!isXmlChar(c)) {
                return false;
            }
            i += Character.charCount(c);
        }
        return true;
    }

    /** Whether the bytes are UTF-8, and every character can stand in XML. */
    public static boolean isText(Bytes bytes) {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes.array(), bytes.arrayOffset(), bytes.length());
            return isText(StandardCharsets.UTF_8.newDecoder().decode(buffer).toString());
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** How many characters from the beginning take at most {@code room} bytes in XML; no surrogate pair is torn. */
    public static int fittingInXml(String text, long room) {
        return fitting(text, room, true);
    }

    /** How many characters from the beginning take at most {@code room} bytes in UTF-8; no surrogate pair is torn. */
    public static int fittingInUtf8(String text, long room) {
        return fitting(text, room, false);
    }

    private static int fitting(String text, long room, boolean escaped) {
        long left = room;
        int i = 0;
        while (i < text.length()) {
            int codePoint = text.codePointAt(i);
            left -= escaped ? escapedLength(text, i, codePoint) : utf8Length(codePoint);
            if (left < 0) {
                break;
            }
            i += Character.charCount(codePoint);
        }
        return i;
    }

    private static int escapedLength(String text, int index, int codePoint) {
        String escape = escape(text, index, false);
        return escape == null ? utf8Length(codePoint) : escape.equals(REPLACEMENT) ? 3 : escape.length();
    }

    private static int utf8Length(int c) {
        return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    }

    /** What is written for the character at {@code index}; null if it stands for itself. */
    static @Nullable String escape(String text, int index, boolean inAttribute) {
        char c = text.charAt(index);
        return switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            // Only "]]>" is forbidden in text, but some old parsers choke on a lone one.
            case '>' -> "&gt;";
            case '\r' -> "&#13;";
            case '"' -> inAttribute ? "&quot;" : null;
            case '\n' -> inAttribute ? "&#10;" : null;
            case '\t' -> inAttribute ? "&#9;" : null;
            default -> isLegal(text, index) ? null : REPLACEMENT;
        };
    }

    private static boolean isLegal(String text, int index) {
        char c = text.charAt(index);
        if (Character.isHighSurrogate(c)) {
            return index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
        }
        return isXmlChar(c);
    }

    /** Without the white space of XML around it. */
    static String trimmed(String text) {
        int length = text.length();
        boolean isTrim = length == 0 || (text.charAt(0) > ' ' && text.charAt(length - 1) > ' ');
        return isTrim ? text : trim(text);
    }

    private static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && text.charAt(from) <= ' ') {
            from++;
        }
        while (to > from && text.charAt(to - 1) <= ' ') {
            to--;
        }
        return text.substring(from, to);
    }

    static boolean isBlank(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > ' ') {
                return false;
            }
        }
        return true;
    }

    /** Whether the text may be the name of an XML element without prefix (a sound subset of [XML 1.0 §2.3]). */
    static boolean isName(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean first = c == '_' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')
                    || (c >= 0xC0 && c < 0x2000 && Character.isLetter(c));
            if (!first && (i == 0 || (c != '-' && c != '.' && (c < '0' || c > '9')))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** Whether XML can hold the character ([XML 1.0 §2.2]); surrogates are judged by their pairs elsewhere. */
    static boolean isXmlChar(int c) {
        return (c >= ' ' && c < 0xD800) || c == '\n' || c == '\t' || c == '\r' || (c >= 0xE000 && c < 0xFFFE)
                || c >= 0x10000;
    }
}
