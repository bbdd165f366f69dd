package dev.grove.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One value of a header field with its parameters, as in {@code form-data; name="0"} ([RFC 2045 §5.1]).
 *
 * @param main what stands before the first semicolon
 * @param parameters by name in lower case, without quotes; of one given twice, the first
 */
public record FieldValue(String main, Map<String, String> parameters) {

    public FieldValue {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** Reads any text: what is no parameter is left out, and a quotation that does not end goes to the end. */
    public static FieldValue parse(String text) {
        List<String> pieces = split(text, ';');
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String piece : pieces.subList(1, pieces.size())) {
            int equals = piece.indexOf('=');
            if (equals > 0) {
                parameters.putIfAbsent(piece.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                        unquoted(piece.substring(equals + 1).strip()));
            }
        }
        return new FieldValue(pieces.getFirst().strip(), parameters);
    }

    /** The pieces between the separators that stand outside quotation marks; one at least. */
    static List<String> split(String text, char separator) {
        List<String> pieces = new ArrayList<>();
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                pieces.add(text.substring(from, i));
                from = i + 1;
            }
        }
        pieces.add(text.substring(from));
        return pieces;
    }

    private static String unquoted(String text) {
        if (text.isEmpty() || text.charAt(0) != '"') {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 1; i < text.length() && text.charAt(i) != '"'; i++) {
            if (text.charAt(i) == '\\' && i + 1 < text.length()) {
                i++;
            }
            plain.append(text.charAt(i));
        }
        return plain.toString();
    }
}
