package dev.grove.mo;

import dev.grove.tree.AllowedValues;
import dev.grove.tree.AllowedValues.Range;
import dev.grove.wire.Malformed;
import dev.grove.wire.Tokens;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * The elements that Microsoft's DDF version 2 adds to DFProperties. What they allow becomes {@link AllowedValues};
 * everything else is kept as notes by element name.
 */
final class MicrosoftDdf {

    private static final Pattern RANGE = Pattern
            .compile("\\[\\s*(-?[0-9.]{1,30})\\s*(?:[-,]\\s*(-?[0-9.]{1,30})\\s*)?\\]");

    private MicrosoftDdf() {}

    /** Reads the element that was just started; answers the allowed values if it is about them. */
    static Optional<AllowedValues> read(Tokens in, Map<String, String> notes) throws Malformed {
        String name = in.name();
        if (name.equals("AllowedValues")) {
            return Optional.of(allowedValues(in));
        }
        attributes(in, name, notes);
        note(in, name, notes);
        return Optional.empty();
    }

    private static void attributes(Tokens in, String name, Map<String, String> notes) {
        for (int i = 0; i < in.attributeCount(); i++) {
            notes.put(name + "@" + in.attribute(i).name(), in.attribute(i).value());
        }
    }

    /** An element without elements becomes a note; the elements inside any other become notes of their own. */
    private static void note(Tokens in, String name, Map<String, String> notes) throws Malformed {
        StringBuilder text = new StringBuilder();
        boolean simple = true;
        for (boolean open = true; open;) {
            switch (in.next()) {
                case START -> {
                    simple = false;
                    String inner = name + "/" + in.name();
                    attributes(in, inner, notes);
                    note(in, inner, notes);
                }
                case TEXT -> text.append(in.text());
                case END -> open = false;
                case OPAQUE, MARKUP -> {
                    // Not in Microsoft's files.
                }
            }
        }
        if (simple) {
            notes.merge(name, text.toString().strip(), (before, more) -> before + "\n" + more);
        }
    }

    private static AllowedValues allowedValues(Tokens in) throws Malformed {
        String attribute = in.attribute("ValueType");
        String kind = attribute == null ? "None" : attribute;
        Map<String, String> values = new LinkedHashMap<>();
        String delimiter = null;
        StringBuilder rule = new StringBuilder();
        for (int tag; (tag = in.nextTag()) != Tokens.END;) {
            switch (in.name()) {
                case "Enum" -> enumeration(in, values);
                case "Value" -> rule.append(in.leaf());
                case "List" -> {
                    delimiter = delimiter(in.attribute("Delimiter"));
                    in.skip();
                }
                default -> in.skip();
            }
        }
        AllowedValues allowed = allowed(kind, rule.toString(), values);
        return delimiter == null || delimiter.isEmpty() ? allowed : new AllowedValues.ListOf(allowed, delimiter);
    }

    /** A character may be given by its number, such as {@code 0xF000}. */
    private static @Nullable String delimiter(@Nullable String text) {
        if (text == null || !text.matches("0x[0-9A-Fa-f]{1,5}")) {
            return text;
        }
        return Character.toString(Integer.parseInt(text.substring(2), 16));
    }

    private static void enumeration(Tokens in, Map<String, String> values) throws Malformed {
        String value = "";
        String meaning = "";
        for (int tag; (tag = in.nextTag()) != Tokens.END;) {
            switch (in.name()) {
                case "Value" -> value = in.leaf();
                case "ValueDescription" -> meaning = in.leaf();
                default -> in.skip();
            }
        }
        values.put(value, meaning);
    }

    private static AllowedValues allowed(String kind, String rule, Map<String, String> values) {
        return switch (kind) {
            case "ENUM" -> values.isEmpty() ? AllowedValues.ANY : new AllowedValues.OneOf(values);
            case "Flag" -> flags(values);
            case "Range" -> ranges(rule);
            case "RegEx" -> matching(rule);
            case "None" -> AllowedValues.ANY;
            default -> new AllowedValues.Unchecked(kind, rule);
        };
    }

    private static AllowedValues flags(Map<String, String> values) {
        Map<Long, String> bits = new LinkedHashMap<>();
        try {
            values.forEach((value, meaning) -> bits.put(Long.decode(value), meaning));
        } catch (NumberFormatException e) {
            return new AllowedValues.Unchecked("Flag", String.join(",", values.keySet()));
        }
        return new AllowedValues.Flags(bits);
    }

    private static AllowedValues ranges(String rule) {
        List<Range> ranges = new ArrayList<>();
        Matcher matcher = RANGE.matcher(rule);
        try {
            while (matcher.find()) {
                BigDecimal low = new BigDecimal(matcher.group(1));
                String high = matcher.group(2);
                ranges.add(new Range(low, high == null ? low : new BigDecimal(high)));
            }
        } catch (NumberFormatException e) {
            ranges.clear();
        }
        return ranges.isEmpty() ? new AllowedValues.Unchecked("Range", rule) : new AllowedValues.Ranges(ranges);
    }

    private static AllowedValues matching(String rule) {
        try {
            return new AllowedValues.Matching(Pattern.compile(rule));
        } catch (PatternSyntaxException e) {
            return new AllowedValues.Unchecked("RegEx", rule);
        }
    }
}
