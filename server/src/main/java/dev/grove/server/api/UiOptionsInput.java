package dev.grove.server.api;

import dev.grove.wire.Json;
import dev.grove.tree.Operation.UiOptions;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the options of user interactions ([DMPRO 1.3 §10.3]): by our names or by those of the specification, or as the
 * string {@code MINDT=10&DR=John+Doe} that goes to the device.
 */
final class UiOptionsInput {

    private static final int MAX_SECONDS = 1_000_000;
    private static final Set<String> NAMES = Set.of("minDisplay", "maxDisplay", "defaultResponse", "maxLength",
            "inputType", "echoType", "MINDT", "MAXDT", "DR", "MAXLEN", "IT", "ET");

    private UiOptionsInput() {}

    static UiOptions options(Input given) throws Invalid {
        Input options = (given.value() instanceof Json.Str(String text)
                ? new Input(given.pointer(), fields(given, text))
                : given).objectOf(NAMES);
        return new UiOptions(seconds(either(options, "minDisplay", "MINDT")),
                seconds(either(options, "maxDisplay", "MAXDT")), text(either(options, "defaultResponse", "DR")),
                length(either(options, "maxLength", "MAXLEN")), letter(either(options, "inputType", "IT"), "ANDTPI"),
                letter(either(options, "echoType", "ET"), "TP"));
    }

    private static Json.Obj fields(Input given, String string) throws Invalid {
        Map<String, Json> fields = new LinkedHashMap<>();
        for (String pair : string.isBlank() ? new String[0] : string.strip().split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw given.invalid("'" + pair + "' is no option: NAME=VALUE (DMPRO 10.3)");
            }
            try {
                fields.put(pair.substring(0, equals),
                        Json.of(URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8)));
            } catch (IllegalArgumentException brokenEscape) {
                throw given.invalid("'" + pair + "' is not percent-encoded as it should be (RFC 2396)");
            }
        }
        return new Json.Obj(fields);
    }

    private static Optional<Input> either(Input options, String name, String standardName) throws Invalid {
        Optional<Input> given = options.field(name);
        return given.isPresent() ? given : options.field(standardName);
    }

    /** A number of seconds, or a duration such as {@code 30s}. */
    private static @Nullable Duration seconds(Optional<Input> given) throws Invalid {
        if (given.isEmpty()) {
            return null;
        }
        Input number = numeric(given.get());
        return number.value() instanceof Json.Num
                ? Duration.ofSeconds(number.number(0, MAX_SECONDS))
                : OperationInput.duration(number);
    }

    private static @Nullable Integer length(Optional<Input> given) throws Invalid {
        return given.isPresent() ? numeric(given.get()).number(1, Integer.MAX_VALUE) : null;
    }

    /** Digits in a text are a number too. */
    private static Input numeric(Input given) {
        return given.value() instanceof Json.Str(String text) && text.strip().matches("[0-9]{1,10}")
                ? new Input(given.pointer(), new Json.Num(new BigDecimal(text.strip())))
                : given;
    }

    private static @Nullable String text(Optional<Input> given) throws Invalid {
        return given.isPresent() ? given.get().scalar() : null;
    }

    private static @Nullable String letter(Optional<Input> given, String letters) throws Invalid {
        if (given.isEmpty()) {
            return null;
        }
        String letter = given.get().text();
        if (letter.length() != 1 || letters.indexOf(letter.charAt(0)) < 0) {
            throw given.get().invalid("is one of the letters " + String.join(" ", letters.split("")));
        }
        return letter;
    }
}
