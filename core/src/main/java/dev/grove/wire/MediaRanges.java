package dev.grove.wire;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which media types a peer takes, and how gladly: the value of {@code Accept} ([RFC 2616 §14.1]) and of
 * {@code OMADM-Accept} ([DM 2.0 §5.5]).
 */
public record MediaRanges(List<Range> ranges) {

    /** Everything is taken: nobody said anything. */
    public static final MediaRanges ANY = new MediaRanges(List.of(new Range("*", "*", Map.of(), 1000)));

    /**
     * A media type, or all of one kind.
     *
     * @param type such as {@code text}; {@code *} for any
     * @param subtype such as {@code plain}; {@code *} for any
     * @param parameters those that the media type must have
     * @param quality from 0, not at all, to 1000
     */
    public record Range(String type, String subtype, Map<String, String> parameters, int quality) {

        public Range {
            parameters = Map.copyOf(parameters);
        }

        private boolean matches(FieldValue wanted) {
            String name = wanted.main().toLowerCase(Locale.ROOT);
            boolean sameName = subtype.equals("*") ? type.equals("*") || name.startsWith(type + "/")
                    : name.equals(type + "/" + subtype);
            return sameName && parameters.entrySet().stream()
                    .allMatch(p -> p.getValue().equalsIgnoreCase(wanted.parameters().getOrDefault(p.getKey(), "")));
        }

        /** The more it names, the more it counts. */
        private int weight() {
            return (type.equals("*") ? 0 : 1) + (subtype.equals("*") ? 0 : 1) + parameters.size();
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(type).append('/').append(subtype);
            parameters.forEach((name, value) -> text.append(';').append(name).append('=').append(value));
            return quality == 1000 ? text.toString()
                    : text.append(";q=").append(BigDecimal.valueOf(quality, 3).stripTrailingZeros().toPlainString())
                            .toString();
        }
    }

    public MediaRanges {
        ranges = List.copyOf(ranges);
    }

    /**
     * Reads a header field. What is no media range matches nothing; a quality that is none counts as 1.
     *
     * @param field several of the same name joined by commas; absent or blank means {@link #ANY}
     */
    public static MediaRanges of(@Nullable String field) {
        if (field == null || field.isBlank()) {
            return ANY;
        }
        List<Range> ranges = new ArrayList<>();
        for (String piece : FieldValue.split(field, ',')) {
            range(FieldValue.parse(piece)).ifPresent(ranges::add);
        }
        return new MediaRanges(ranges);
    }

    private static Optional<Range> range(FieldValue value) {
        String main = value.main().equals("*") ? "*/*" : value.main().toLowerCase(Locale.ROOT);
        int slash = main.indexOf('/');
        if (slash <= 0 || slash == main.length() - 1 || (main.startsWith("*/") && !main.equals("*/*"))) {
            return Optional.empty();
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        int quality = 1000;
        for (Map.Entry<String, String> parameter : value.parameters().entrySet()) {
            if (parameter.getKey().equals("q")) {
                quality = quality(parameter.getValue());
                // What follows belongs to the range, not to the media type.
                break;
            }
            parameters.put(parameter.getKey(), parameter.getValue());
        }
        return Optional.of(new Range(main.substring(0, slash), main.substring(slash + 1), parameters, quality));
    }

    private static int quality(String text) {
        if (text.length() > 10 || !text.matches("[0-9]*\\.?[0-9]*") || text.equals(".") || text.isEmpty()) {
            return 1000;
        }
        return Math.min(1000, new BigDecimal(text).movePointRight(3).intValue());
    }

    /**
     * How gladly a media type is taken, from 0 to 1000; of several ranges that match, the one that names most decides.
     *
     * @param mediaType parameters included, if it has any
     */
    public int qualityOf(String mediaType) {
        FieldValue wanted = FieldValue.parse(mediaType);
        return ranges.stream().filter(range -> range.matches(wanted))
                .reduce((one, other) -> other.weight() > one.weight() ? other : one).map(Range::quality).orElse(0);
    }

    /** Whether a media type is taken at all. */
    public boolean accepts(String mediaType) {
        return qualityOf(mediaType) > 0;
    }

    /** The media type that is taken most gladly, the first of equals; none if all are refused. */
    public Optional<String> best(List<String> offered) {
        return offered.stream().filter(this::accepts)
                .reduce((one, other) -> qualityOf(other) > qualityOf(one) ? other : one);
    }

    /** As it stands in a header field. */
    @Override
    public String toString() {
        return ranges.stream().map(Range::toString).collect(Collectors.joining(", "));
    }
}
