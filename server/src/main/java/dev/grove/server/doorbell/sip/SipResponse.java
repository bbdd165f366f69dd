package dev.grove.server.doorbell.sip;

import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A response as it came. Its body means nothing to a sender of messages.
 *
 * @param headers by their long names
 */
record SipResponse(int status, String phrase, Headers headers) {

    private static final Pattern STATUS_LINE = Pattern.compile("SIP/2\\.0 +([1-6][0-9][0-9])(?: (.*))?");
    private static final Pattern BRANCH = Pattern.compile("(?i);\\s*branch\\s*=\\s*([^\\s;,]+)");
    private static final Pattern CSEQ = Pattern.compile("\\s*[0-9]+\\s+([A-Z]+)\\s*");
    private static final int MAX_LINES = 200;

    /** The short names of those that are looked at ([RFC 3261 §7.3.3]). */
    private static final Map<String, String> LONG = Map.of("v", "Via", "l", "Content-Length", "i", "Call-ID");

    /** Reads what stands before the body; empty if that is no response. */
    static Optional<SipResponse> read(Bytes bytes) {
        String text = new String(bytes.toArray(), StandardCharsets.UTF_8);
        String[] lines = text.split("\r?\n", MAX_LINES);
        Matcher first = STATUS_LINE.matcher(lines[0]);
        if (!first.matches()) {
            return Optional.empty();
        }
        List<Headers.Field> fields = new ArrayList<>();
        for (int i = 1; i < lines.length && !lines[i].isEmpty(); i++) {
            boolean goesOn = lines[i].startsWith(" ") || lines[i].startsWith("\t");
            int colon = lines[i].indexOf(':');
            if (goesOn && !fields.isEmpty()) {
                Headers.Field last = fields.removeLast();
                fields.add(new Headers.Field(last.name(), last.value() + " " + lines[i].strip()));
            } else if (colon > 0) {
                String name = lines[i].substring(0, colon).strip();
                fields.add(new Headers.Field(LONG.getOrDefault(name.toLowerCase(Locale.ROOT), name),
                        lines[i].substring(colon + 1).strip()));
            }
        }
        String phrase = first.group(2) == null ? "" : first.group(2).replaceAll("[^\\x20-\\x7E]", "?");
        return Optional.of(new SipResponse(Integer.parseInt(first.group(1)),
                phrase.substring(0, Math.min(80, phrase.length())), new Headers(fields)));
    }

    boolean isProvisional() {
        return status < 200;
    }

    /** The transaction that it answers, if that is one of a MESSAGE ([RFC 3261 §17.1.3]). */
    Optional<String> branch() {
        Optional<String> method = headers.first("CSeq").map(CSEQ::matcher).filter(Matcher::matches)
                .map(matcher -> matcher.group(1));
        Optional<String> via = headers.first("Via").map(value -> value.split(",", 2)[0]);
        return method.filter(SipRequest.METHOD::equals).flatMap(ours -> via).map(BRANCH::matcher).filter(Matcher::find)
                .map(matcher -> matcher.group(1));
    }

    /** The length of the body that follows, where it is told. */
    Optional<Integer> bodyLength() {
        return headers.first("Content-Length").map(String::strip).filter(text -> text.matches("[0-9]{1,6}"))
                .map(Integer::parseInt);
    }
}
