package dev.grove.auth;

import dev.grove.wire.Malformed;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A cursor over the grammar of challenges and credentials ([RFC 9110 §11.2 to §11.4]). */
final class HttpAuthText {

    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";
    private static final String OPAQUE_MARKS = "-._~+/";

    private final String text;
    private int at;

    HttpAuthText(String text) {
        this.text = text;
    }

    /** Whether anything is left behind commas and blanks. */
    boolean skipCommas() {
        while (at < text.length() && (isBlank(text.charAt(at)) || text.charAt(at) == ',')) {
            at++;
        }
        return at < text.length();
    }

    String token() throws Malformed {
        int start = at;
        while (at < text.length() && isTokenChar(text.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw malformed("a name is expected");
        }
        return text.substring(start, at);
    }

    /** The text behind a scheme that has no parameters; empty, and nothing read, if it has. */
    String opaque() {
        int start = skipBlanks(at);
        int end = start;
        while (end < text.length()
                && (isLetterOrDigit(text.charAt(end)) || OPAQUE_MARKS.indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        while (end > start && end < text.length() && text.charAt(end) == '=') {
            end++;
        }
        int next = skipBlanks(end);
        if (next < text.length() && text.charAt(next) != ',') {
            return "";
        }
        at = end;
        return text.substring(start, end);
    }

    /** The parameters up to the end, or to the next scheme. */
    Map<String, String> parameters() throws Malformed {
        Map<String, String> all = new LinkedHashMap<>();
        while (skipCommas()) {
            int start = at;
            String name = token();
            int equals = skipBlanks(at);
            if (equals == text.length() || text.charAt(equals) != '=') {
                at = start;
                return all;
            }
            at = skipBlanks(equals + 1);
            if (all.put(name.toLowerCase(Locale.ROOT), value()) != null) {
                throw malformed("a parameter stands once");
            }
            expectSeparator();
        }
        return all;
    }

    /** A comma; or blanks, which some write for it. */
    private void expectSeparator() throws Malformed {
        if (at < text.length() && text.charAt(at) != ',' && !isBlank(text.charAt(at))) {
            throw malformed("a comma stands between parameters");
        }
    }

    private String value() throws Malformed {
        if (at < text.length() && text.charAt(at) == '"') {
            return inUtf8(quoted());
        }
        int start = at;
        while (at < text.length() && text.charAt(at) != ',' && !isBlank(text.charAt(at))) {
            if (text.charAt(at) < ' ' || text.charAt(at) == '"' || text.charAt(at) == 0x7F) {
                throw malformed("a value that is not quoted holds neither quotation marks nor control characters");
            }
            at++;
        }
        return text.substring(start, at);
    }

    private String quoted() throws Malformed {
        StringBuilder value = new StringBuilder();
        for (int i = at + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                at = i + 1;
                return value.toString();
            }
            if (c == '\\' && i + 1 < text.length()) {
                i++;
                c = text.charAt(i);
            }
            if ((c < ' ' && c != '\t') || c == 0x7F) {
                at = i;
                throw malformed("a quoted string holds no control characters");
            }
            value.append(c);
        }
        throw malformed("a quoted string ends with a quotation mark");
    }

    /** HTTP libraries hand octets over as ISO 8859-1; what is UTF-8 in truth is taken for that. */
    private static String inUtf8(String text) {
        boolean isPlain = text.chars().allMatch(c -> c < 0x80);
        if (isPlain || text.chars().anyMatch(c -> c > 0xFF)) {
            return text;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1))).toString();
        } catch (CharacterCodingException notUtf8) {
            return text;
        }
    }

    private int skipBlanks(int from) {
        int i = from;
        while (i < text.length() && isBlank(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isTokenChar(char c) {
        return isLetterOrDigit(c) || TOKEN_MARKS.indexOf(c) >= 0;
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    Malformed malformed(String rule) {
        return new Malformed(at, "", rule + " (RFC 9110 11)");
    }
}
