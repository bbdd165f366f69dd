package dev.grove.wire;

import dev.grove.wire.Multipart.Part;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the parts between the boundaries, line by line ([RFC 2046 §5.1.1]). A body that keeps to its boundary is never
 * read in another way; only where the boundary does not come again is one of another name looked for.
 */
final class MultipartReader {

    private static final int MAX_FIELDS = 50;
    private static final int MAX_FIELD_BYTES = 8192;
    /** Each change of name is searched for through all that follows. */
    private static final int MAX_NAMES = 8;
    private static final Pattern FIELD_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern BOUNDARY = Pattern.compile("[A-Za-z0-9'()+_,./:=? -]{1,200}");

    private final Bytes body;
    private final Limits limits;
    private int names;

    /** A line that parts bodies; {@code end} is behind its line break. */
    private record Delimiter(int start, int end, String boundary, boolean last) {}

    MultipartReader(Bytes body, Limits limits) {
        this.body = body;
        this.limits = limits;
    }

    Multipart read(String declared) throws Malformed {
        if (body.length() > limits.maxBodyBytes()) {
            throw new Malformed(limits.maxBodyBytes(), "", "a body has at most " + limits.maxBodyBytes()
                    + " bytes here");
        }
        Delimiter at = find(0, declared);
        if (at == null) {
            at = findOther(0);
        }
        if (at == null) {
            throw new Malformed(-1, "", "no boundary is found in the body (RFC 2046 5.1.1)");
        }
        List<Part> parts = new ArrayList<>();
        while (at != null && !at.last()) {
            Delimiter next = next(at);
            parts.add(part(at.end(), next == null ? body.length() : next.start(), parts.size()));
            at = next;
        }
        if (parts.isEmpty()) {
            throw new Malformed(-1, "", "nothing stands between the boundaries (RFC 2046 5.1.1)");
        }
        return new Multipart(parts);
    }

    // ---- boundaries

    private @Nullable Delimiter next(Delimiter at) {
        Delimiter next = find(at.end(), at.boundary());
        if (next == null) {
            next = findOther(at.end());
        }
        return next == null ? closingAtEnd(at.end()) : next;
    }

    private @Nullable Delimiter find(int from, String boundary) {
        if (boundary.isEmpty()) {
            return null;
        }
        for (int start = from; start < body.length(); start = lineEnd(start)) {
            String name = dashed(start);
            if (name != null && (name.equals(boundary) || name.equals(boundary + "--"))) {
                return new Delimiter(start, lineEnd(start), boundary, name.length() > boundary.length());
            }
        }
        return null;
    }

    /** A line that looks like a boundary, and behind which a head with a Content field begins. */
    private @Nullable Delimiter findOther(int from) {
        for (int start = from; start < body.length(); start = lineEnd(start)) {
            String name = dashed(start);
            if (name != null && names < MAX_NAMES && BOUNDARY.matcher(name).matches()
                    && line(lineEnd(start)).strip().toLowerCase(Locale.ROOT).startsWith("content-")) {
                names++;
                return new Delimiter(start, lineEnd(start), name, false);
            }
        }
        return null;
    }

    /** The last line, if it looks like the end of a body whose boundary is spelled otherwise. */
    private @Nullable Delimiter closingAtEnd(int from) {
        int end = body.length();
        while (end > from && body.at(end - 1) <= ' ' && body.at(end - 1) >= 0) {
            end--;
        }
        int start = end;
        while (start > from && body.at(start - 1) != '\n') {
            start--;
        }
        String name = end == start ? null : dashed(start);
        return name == null || name.length() < 3 || !name.endsWith("--") || !BOUNDARY.matcher(name).matches() ? null
                : new Delimiter(start, body.length(), name, true);
    }

    /** What stands behind the two hyphens that the line begins with; none if it does not. */
    private @Nullable String dashed(int start) {
        boolean begins = start + 2 < body.length() && body.at(start) == '-' && body.at(start + 1) == '-';
        return begins ? line(start).substring(2).stripTrailing() : null;
    }

    // ---- parts

    private Part part(int from, int to, int index) throws Malformed {
        String path = "part[" + index + "]";
        if (index >= limits.maxElements()) {
            throw new Malformed(from, path, "at most " + limits.maxElements() + " parts");
        }
        List<Headers.Field> fields = new ArrayList<>();
        int at = from;
        while (at < to) {
            String line = line(at);
            if (line.isEmpty()) {
                at = lineEnd(at);
                break;
            }
            if (lineEnd(at) - at > MAX_FIELD_BYTES || fields.size() >= MAX_FIELDS) {
                throw new Malformed(at, path, "a head has at most " + MAX_FIELDS + " fields of " + MAX_FIELD_BYTES
                        + " bytes");
            }
            if (!read(line, fields)) {
                break;
            }
            at = lineEnd(at);
        }
        Bytes content = body.slice(Math.min(at, to), Math.max(Math.min(at, to), beforeLineBreak(at, to)));
        if (content.length() > limits.maxTextBytes()) {
            throw new Malformed(at, path, "a part has at most " + limits.maxTextBytes() + " bytes here");
        }
        return decoded(new Headers(fields), content, path);
    }

    /** Takes one line of a head; answers whether it is one. A line that begins with a blank goes on with the last. */
    private static boolean read(String line, List<Headers.Field> fields) {
        if (line.charAt(0) <= ' ' && !fields.isEmpty()) {
            Headers.Field last = fields.removeLast();
            fields.add(new Headers.Field(last.name(), last.value() + " " + line.strip()));
            return true;
        }
        int colon = line.indexOf(':');
        if (colon <= 0 || !FIELD_NAME.matcher(line.substring(0, colon).strip()).matches()) {
            return false;
        }
        fields.add(new Headers.Field(line.substring(0, colon).strip(), line.substring(colon + 1).strip()));
        return true;
    }

    private static Part decoded(Headers headers, Bytes content, String path) throws Malformed {
        Optional<String> encoding = headers.first("Content-Transfer-Encoding").map(e -> e.toLowerCase(Locale.ROOT));
        switch (encoding.orElse("binary")) {
            case "binary", "8bit", "7bit", "" -> {
                return new Part(headers, content);
            }
            case "base64" -> {
                try {
                    return new Part(headers, Bytes.base64(content.utf8()));
                } catch (IllegalArgumentException notBase64) {
                    throw new Malformed(-1, path, "what is said to be base64 is not (RFC 2045 6.8)");
                }
            }
            default -> throw new Malformed(-1, path,
                    "a Content-Transfer-Encoding is binary, 8bit, 7bit or base64 here (RFC 7578 4.7)");
        }
    }

    // ---- lines

    /** The line break before a boundary belongs to the boundary. */
    private int beforeLineBreak(int from, int to) {
        int end = to;
        if (end > from && body.at(end - 1) == '\n') {
            end--;
        }
        return end < to && end > from && body.at(end - 1) == '\r' ? end - 1 : end;
    }

    /** Where the next line begins. */
    private int lineEnd(int from) {
        byte[] array = body.array();
        for (int i = from; i < body.length(); i++) {
            if (array[body.arrayOffset() + i] == '\n') {
                return i + 1;
            }
        }
        return body.length();
    }

    /** A line without its break, as far as it is of use here. */
    private String line(int from) {
        int end = beforeLineBreak(from, lineEnd(from));
        return new String(body.array(), body.arrayOffset() + from, Math.min(end - from, MAX_FIELD_BYTES + 1),
                StandardCharsets.UTF_8);
    }
}
