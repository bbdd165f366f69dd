package dev.grove.server.doorbell.mqtt;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * The topic of each device, made from a template such as {@code grove/{device}/notify}. What has a meaning in topics
 * ({@code /}, {@code +}, {@code #}, and the sign of the escapes, {@code %}) is percent-encoded in the name of the
 * device, so that no name leads to a topic of another one.
 */
public record DeviceTopic(String template) {

    /** Where the name of the device goes. */
    public static final String PLACE = "{device}";

    /** The longest topic that the protocol can carry ([MQTT 5.0 §1.5.4]). */
    private static final int MAX_BYTES = 65_535;

    /** @throws IllegalArgumentException with the rule that the template breaks */
    public DeviceTopic {
        int place = template.indexOf(PLACE);
        String rest = template.replace(PLACE, "");
        if (place < 0 || template.indexOf(PLACE, place + 1) >= 0) {
            throw new IllegalArgumentException("'" + template + "' does not hold " + PLACE + " once");
        }
        if (rest.chars().anyMatch(c -> c == '+' || c == '#' || c < ' ') || template.startsWith("$")) {
            throw new IllegalArgumentException(
                    "'" + template
                            + "' is no topic: it holds no '+', '#' or control characters, and begins with no '$'");
        }
    }

    /** The topic of a device. */
    public String of(String name) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean isSpecial = c == '/' || c == '+' || c == '#' || c == '%' || c == '$' || c < ' ' || c == 0x7F;
            escaped.append(isSpecial ? String.format(Locale.ROOT, "%%%02X", (int) c) : String.valueOf(c));
        }
        return template.replace(PLACE, escaped);
    }

    /** Why this names no device here; empty if it does. */
    Optional<String> objection(String name) {
        if (name.isEmpty() || name.chars().anyMatch(c -> c < ' ' || (c >= 0x7F && c <= 0x9F))
                || !StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
            return Optional.of("an address of mqtt is the name of the device in its topic, such as its id: text"
                    + " without control characters");
        }
        return of(name).getBytes(StandardCharsets.UTF_8).length > MAX_BYTES
                ? Optional.of("the topic of the device would be longer than " + MAX_BYTES + " bytes")
                : Optional.empty();
    }
}
