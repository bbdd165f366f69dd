package dev.grove.tree;

import dev.grove.wire.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** How values of each format are written ([TND 1.2 §8.5], [METINF 1.2 §5.3.1]). */
final class LexicalForm {

    private static final String MONTH = "(0[1-9]|1[0-2])";
    private static final String DAY = "(0[1-9]|[12][0-9]|3[01])";
    private static final String WEEK = "W(0[1-9]|[1-4][0-9]|5[0-3])";
    private static final String DAY_OF_YEAR = "(00[1-9]|0[1-9][0-9]|[12][0-9]{2}|3[0-5][0-9]|36[0-6])";
    private static final String HOUR = "([01][0-9]|2[0-3])";
    private static final String MINUTE = "[0-5][0-9]";
    private static final String SECOND = "([0-5][0-9]|60)([.,][0-9]{1,9})?";

    /** Calendar, ordinal and week dates of ISO 8601, basic and extended, century included. */
    private static final Pattern DATE = Pattern.compile("[0-9]{4}(-?" + MONTH + "(-?" + DAY + ")?|-?" + DAY_OF_YEAR
            + "|-?" + WEEK + "(-?[1-7])?)?");

    /** Times of ISO 8601, basic and extended, with fraction and zone; 24:00 is the end of the day. */
    private static final Pattern TIME = Pattern.compile("T?(" + HOUR + "(:?" + MINUTE + "(:?" + SECOND + ")?)?"
            + "|24(:?00(:?00)?)?)(Z|[+-]" + HOUR + "(:?" + MINUTE + ")?)?");

    private static final Pattern FLOAT = Pattern.compile(
            "[+-]?([0-9]{1,99}(\\.[0-9]{0,99})?|\\.[0-9]{1,99})([eE][+-]?[0-9]{1,9})?|-?INF|NaN");

    private static final Pattern INT = Pattern.compile("[+-]?[0-9]{1,32}");

    private LexicalForm() {}

    /** {@code data} as it is stored: as given, or in the usual spelling. Empty if it is no value of that format. */
    static Optional<Bytes> normal(Format format, Bytes data) {
        return switch (format) {
            case B64, BIN -> Optional.of(data);
            case NODE, NULL -> data.isEmpty() ? Optional.of(data) : Optional.empty();
            case CHR, XML -> isUtf8(data) ? Optional.of(data) : Optional.empty();
            case BOOL -> bool(data.utf8().strip().toLowerCase(Locale.ROOT));
            case INT -> integer(data.utf8().strip());
            case DATE -> matching(DATE, data.utf8().strip());
            case TIME -> matching(TIME, data.utf8().strip());
            case FLOAT -> matching(FLOAT, data.utf8().strip());
        };
    }

    private static Optional<Bytes> bool(String text) {
        return text.equals("true") || text.equals("false") ? Optional.of(Bytes.utf8(text)) : Optional.empty();
    }

    private static Optional<Bytes> integer(String text) {
        if (!INT.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            Integer.parseInt(text);
            return Optional.of(Bytes.utf8(text));
        } catch (NumberFormatException outOfRange) {
            return Optional.empty();
        }
    }

    private static Optional<Bytes> matching(Pattern pattern, String text) {
        return pattern.matcher(text).matches() ? Optional.of(Bytes.utf8(text)) : Optional.empty();
    }

    private static boolean isUtf8(Bytes data) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data.toArray()));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
