package dev.grove.tree;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The values that a description allows for a leaf, beside its format: Microsoft's {@code MSFT:AllowedValues} (DDF v2).
 * OMA's own DDF knows no such thing and gets {@link #ANY}.
 */
public sealed interface AllowedValues {

    /** Whatever the format allows. */
    AllowedValues ANY = new Any();

    /** Whether {@code text} is one of the values. */
    boolean allows(String text);

    /** No further rule. */
    record Any() implements AllowedValues {
        @Override
        public boolean allows(String text) {
            return true;
        }
    }

    /** A number within one of the ranges. */
    record Ranges(List<Range> ranges) implements AllowedValues {
        public Ranges {
            ranges = List.copyOf(ranges);
        }

        @Override
        public boolean allows(String text) {
            return number(text).stream().anyMatch(n -> ranges.stream().anyMatch(range -> range.contains(n)));
        }
    }

    /** From {@code low} to {@code high}, both included. */
    record Range(BigDecimal low, BigDecimal high) {
        boolean contains(BigDecimal number) {
            return low.compareTo(number) <= 0 && number.compareTo(high) <= 0;
        }
    }

    /** Exactly one of the values; each with what it means, or an empty text. */
    record OneOf(Map<String, String> values) implements AllowedValues {
        public OneOf {
            values = Map.copyOf(values);
        }

        @Override
        public boolean allows(String text) {
            return values.containsKey(text.strip());
        }
    }

    /** A bit mask of the values; no bit at all is allowed too. */
    record Flags(Map<Long, String> bits) implements AllowedValues {
        public Flags {
            bits = Map.copyOf(bits);
        }

        @Override
        public boolean allows(String text) {
            long mask = bits.keySet().stream().reduce(0L, (a, b) -> a | b);
            return number(text).stream()
                    .anyMatch(n -> n.signum() >= 0 && n.stripTrailingZeros().scale() <= 0
                            && n.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0
                            && (n.longValue() & ~mask) == 0);
        }
    }

    /** A text that the expression matches as a whole. The expression comes from a trusted description. */
    record Matching(Pattern pattern) implements AllowedValues {
        @Override
        public boolean allows(String text) {
            return pattern.matcher(text).matches();
        }
    }

    /** A text of a kind that this library does not check, such as {@code XSD}, {@code JSON} or {@code ADMX}. */
    record Unchecked(String kind, String rule) implements AllowedValues {
        @Override
        public boolean allows(String text) {
            return true;
        }
    }

    /** Several values with a delimiter between them. */
    record ListOf(AllowedValues element, String delimiter) implements AllowedValues {
        @Override
        public boolean allows(String text) {
            return Arrays.stream(text.split(Pattern.quote(delimiter), -1))
                    .allMatch(part -> part.isBlank() || element.allows(part.strip()));
        }
    }

    private static List<BigDecimal> number(String text) {
        String stripped = text.strip();
        // A bound on the length: BigDecimal takes 1e999999999 and then as long as it likes.
        if (stripped.isEmpty() || stripped.length() > 40 || !stripped.matches("[+-]?[0-9]+(\\.[0-9]+)?")) {
            return List.of();
        }
        return List.of(new BigDecimal(stripped));
    }
}
