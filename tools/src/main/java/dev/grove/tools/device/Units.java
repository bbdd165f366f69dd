package dev.grove.tools.device;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations and sizes with their units, as options. */
public final class Units {

    private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,9})\\s*([a-zA-Z]*)");

    private Units() {}

    /** {@code 500ms}, {@code 30s}, {@code 5m}, {@code 24h}, {@code 7d}; a bare number is seconds. */
    public static final class DurationConverter implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            Matcher amount = AMOUNT.matcher(text.strip());
            if (!amount.matches()) {
                throw wrong(text);
            }
            long number = Long.parseLong(amount.group(1));
            return switch (amount.group(2).toLowerCase(Locale.ROOT)) {
                case "ms" -> Duration.ofMillis(number);
                case "", "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                case "d" -> Duration.ofDays(number);
                default -> throw wrong(text);
            };
        }

        private static TypeConversionException wrong(String text) {
            return new TypeConversionException("'" + text + "' is no duration such as 500ms, 30s, 5m, 24h or 7d");
        }
    }

    /** {@code 4096}, {@code 64k}, {@code 4M}: bytes, with units of 1024. */
    static final class SizeConverter implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            Matcher amount = AMOUNT.matcher(text.strip());
            if (amount.matches()) {
                long unit = switch (amount.group(2).toLowerCase(Locale.ROOT)) {
                    case "", "b" -> 1;
                    case "k", "kb", "kib" -> 1 << 10;
                    case "m", "mb", "mib" -> 1 << 20;
                    default -> 0;
                };
                long bytes = Long.parseLong(amount.group(1)) * unit;
                if (bytes >= 1 && bytes <= Integer.MAX_VALUE) {
                    return (int) bytes;
                }
            }
            throw new TypeConversionException("'" + text + "' is no size in bytes such as 4096, 64k or 4M");
        }
    }
}
