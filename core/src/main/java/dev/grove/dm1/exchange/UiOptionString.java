package dev.grove.dm1.exchange;

import dev.grove.tree.Operation.Choose;
import dev.grove.tree.Operation.Confirm;
import dev.grove.tree.Operation.Display;
import dev.grove.tree.Operation.Input;
import dev.grove.tree.Operation.Interaction;
import dev.grove.tree.Operation.UiOptions;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The option string of a user interaction: {@code MAXDT=30&DR=John+Doe} ([DMPRO 1.3 §10.3]). What cannot be understood
 * is skipped without a word, as the section demands; the first of several equal names counts.
 */
final class UiOptionString {

    private static final Set<String> INPUT_TYPES = Set.of("A", "N", "D", "T", "P", "I");
    private static final Set<String> ECHO_TYPES = Set.of("T", "P");

    private UiOptionString() {}

    static UiOptions read(String options) {
        Map<String, String> byName = new HashMap<>();
        for (String pair : options.strip().split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                String value = decoded(pair.substring(equals + 1));
                if (value != null) {
                    byName.putIfAbsent(pair.substring(0, equals).strip().toUpperCase(Locale.ROOT), value);
                }
            }
        }
        return new UiOptions(seconds(byName.get("MINDT")), seconds(byName.get("MAXDT")), byName.get("DR"),
                positive(byName.get("MAXLEN")), oneOf(INPUT_TYPES, byName.get("IT")),
                oneOf(ECHO_TYPES, byName.get("ET")));
    }

    private static @Nullable String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException brokenEscape) {
            return null;
        }
    }

    private static @Nullable Duration seconds(@Nullable String value) {
        Integer number = positive(value);
        return number == null ? null : Duration.ofSeconds(number);
    }

    private static @Nullable Integer positive(@Nullable String value) {
        if (value == null || !value.strip().matches("\\+?0*[1-9][0-9]{0,8}")) {
            return null;
        }
        return Integer.valueOf(value.strip());
    }

    private static @Nullable String oneOf(Set<String> allowed, @Nullable String value) {
        if (value == null) {
            return null;
        }
        String upper = value.strip().toUpperCase(Locale.ROOT);
        return allowed.contains(upper) ? upper : null;
    }

    /** The options that the kind of interaction knows, with default responses that make sense. */
    static Interaction meaningfulOnly(Interaction interaction) {
        UiOptions given = interaction.options();
        boolean isInput = interaction instanceof Input;
        String response = given.defaultResponse();
        UiOptions kept = new UiOptions(given.minDisplay(), given.maxDisplay(),
                response != null && isResponse(interaction, response.strip()) ? response : null,
                isInput ? given.maxLength() : null, isInput ? given.inputType() : null,
                isInput ? given.echoType() : null);
        return kept.equals(given) ? interaction : UserInteraction.with(interaction, kept);
    }

    private static boolean isResponse(Interaction interaction, String response) {
        return switch (interaction) {
            case Display _ -> false;
            case Confirm _ -> response.equals("0") || response.equals("1");
            case Input _ -> true;
            case Choose choose -> choose.multiple()
                    ? response.matches("[0-9]{1,6}(-[0-9]{1,6})*") && areChoices(choose, response.split("-", -1))
                    : response.matches("[0-9]{1,6}") && areChoices(choose, response);
        };
    }

    private static boolean areChoices(Choose choose, String... numbers) {
        for (String number : numbers) {
            int choice = Integer.parseInt(number);
            if (choice < 1 || choice > choose.choices().size()) {
                return false;
            }
        }
        return true;
    }

    /** The string for the options that the interaction's kind knows; empty if there are none. */
    static String write(Interaction interaction) {
        UiOptions options = meaningfulOnly(interaction).options();
        StringJoiner joiner = new StringJoiner("&");
        write(joiner, "MINDT", wholeSeconds(options.minDisplay()));
        write(joiner, "MAXDT", wholeSeconds(options.maxDisplay()));
        write(joiner, "DR", options.defaultResponse());
        write(joiner, "MAXLEN", options.maxLength() == null || options.maxLength() < 1 ? null : options.maxLength());
        write(joiner, "IT", oneOf(INPUT_TYPES, options.inputType()));
        write(joiner, "ET", oneOf(ECHO_TYPES, options.echoType()));
        return joiner.toString();
    }

    /** A part of a second counts as a whole one; what is not positive cannot be written. */
    private static @Nullable Long wholeSeconds(@Nullable Duration duration) {
        if (duration == null || duration.isNegative() || duration.isZero()) {
            return null;
        }
        return duration.plusNanos(999_999_999).toSeconds();
    }

    private static void write(StringJoiner joiner, String name, @Nullable Object value) {
        if (value != null) {
            joiner.add(name + "=" + URLEncoder.encode(value.toString(), StandardCharsets.UTF_8));
        }
    }
}
