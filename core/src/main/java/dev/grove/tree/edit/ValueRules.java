package dev.grove.tree.edit;

import dev.grove.tree.AllowedValues;
import dev.grove.tree.DescriptionNode;
import dev.grove.tree.Format;
import dev.grove.tree.Node;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import dev.grove.tree.edit.TreeRules.Feature;
import dev.grove.wire.Bytes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether a value fits a node: format, media type, size, form, and the values that a description allows. Read
 * liberally: what the sender left out is taken from the node or its description; {@code True} is {@code true}.
 */
final class ValueRules {

    /** What comes of a value: the value to store, or why it does not fit. */
    sealed interface Fit {

        record Stored(Value value) implements Fit {}

        record Refused(Outcome outcome) implements Fit {}
    }

    private final TreeRules rules;

    ValueRules(TreeRules rules) {
        this.rules = rules;
    }

    /** The value of a new node. */
    Fit forNew(Value given, @Nullable DescriptionNode described) {
        Set<Format> formats = described == null ? Set.of() : described.formats();
        Format format = formatOfNew(given, formats);
        if (!formats.isEmpty() && !formats.contains(format)) {
            return refused(StatusCode.UNSUPPORTED_MEDIA_TYPE_OR_FORMAT,
                    "the description wants format " + names(formats) + ", not " + format.wireName());
        }
        if (format == Format.NODE) {
            return given.data().isEmpty() ? new Fit.Stored(Value.interior(moid(given.type(), described)))
                    : refused(StatusCode.UNSUPPORTED_MEDIA_TYPE_OR_FORMAT, "an interior node has no value (TND 7.2)");
        }
        List<String> types = described == null ? List.of() : described.types();
        String type = given.type().isEmpty() ? defaultType(format, types) : given.type();
        Bytes data = given.data().isEmpty() && described != null && described.defaultValue() != null
                ? Bytes.utf8(described.defaultValue()) : given.data();
        return fitting(new Value(format, type, data), described);
    }

    /** Absent format and type: what the description says, if it says one thing, or else text. */
    private static Format formatOfNew(Value given, Set<Format> formats) {
        if (isUnspecified(given)) {
            return formats.size() == 1 ? formats.iterator().next() : given.format();
        }
        boolean binary = given.format() == Format.B64 || given.format() == Format.BIN;
        // Base64 on the wire is how XML carries binary data; only a description tells a leaf that is natively base64.
        return binary ? (formats.contains(Format.B64) && !formats.contains(Format.BIN) ? Format.B64 : Format.BIN)
                : given.format();
    }

    /** Servers give interior nodes the default media type; it identifies no object. */
    private static String moid(String given, @Nullable DescriptionNode described) {
        if (!given.isEmpty() && !isDefault(given)) {
            return given;
        }
        return described == null || described.types().isEmpty() ? "" : described.types().getFirst();
    }

    private static String defaultType(Format format, List<String> types) {
        if (!types.isEmpty() && !types.getFirst().isEmpty()) {
            return types.getFirst();
        }
        return format == Format.BIN ? "application/octet-stream" : Value.DEFAULT_TYPE;
    }

    /** The value that a Replace gives to the leaf {@code node}. */
    Fit forExisting(Value given, Node node, @Nullable DescriptionNode described, boolean permanent) {
        if (isUnspecified(given) && becomesText(given, node, described, permanent)) {
            return forExisting(new Value(Format.CHR, Value.DEFAULT_TYPE, given.data()), node, described, permanent);
        }
        Format format = isUnspecified(given) || isBinaryPair(given.format(), node.format())
                ? node.format()
                : given.format();
        String type = given.type().isEmpty() ? node.type() : given.type();
        if (permanent && (format != node.format() || !isSameType(type, node.type()))) {
            return refused(rules.has(Feature.PERMANENT_FORMAT_IS_405) ? StatusCode.COMMAND_NOT_ALLOWED
                    : StatusCode.UNSUPPORTED_MEDIA_TYPE_OR_FORMAT,
                    "format and type of a permanent node do not change (REPPRO 6.6)");
        }
        if (format == Format.NODE) {
            return refused(StatusCode.COMMAND_NOT_ALLOWED, "a leaf does not become an interior node");
        }
        if (described != null && !described.formats().isEmpty() && !described.formats().contains(format)
                && format != node.format()) {
            return refused(StatusCode.UNSUPPORTED_MEDIA_TYPE_OR_FORMAT,
                    "the description wants format " + names(described.formats()) + ", not " + format.wireName());
        }
        return fitting(new Value(format, type, given.data()), described);
    }

    /**
     * To the letter, a value without format is text, and a dynamic leaf becomes what the value is. Servers leave the
     * format out where they mean that of the leaf; so it is text only if it is no value of the leaf's format.
     */
    private static boolean becomesText(Value given, Node node, @Nullable DescriptionNode described,
            boolean permanent) {
        boolean mayBeText = described == null || described.formats().isEmpty()
                || described.formats().contains(Format.CHR);
        return !permanent && mayBeText && !given.data().isEmpty() && node.format().normal(given.data()).isEmpty();
    }

    /** Meta was absent: see {@link Value}. */
    private static boolean isUnspecified(Value given) {
        return given.type().isEmpty() && given.format() == Format.CHR;
    }

    private static boolean isBinaryPair(Format one, Format other) {
        return (one == Format.B64 || one == Format.BIN) && (other == Format.B64 || other == Format.BIN);
    }

    private static boolean isDefault(String type) {
        return base(type).equals(Value.DEFAULT_TYPE);
    }

    private static boolean isSameType(String one, String other) {
        return one.isEmpty() || other.isEmpty() || base(one).equals(base(other));
    }

    private static String base(String type) {
        int semicolon = type.indexOf(';');
        return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
    }

    private static Fit fitting(Value value, @Nullable DescriptionNode described) {
        if (described != null) {
            boolean anyType = described.types().isEmpty() || described.types().contains("");
            if (!anyType && described.types().stream().noneMatch(type -> isSameType(type, value.type()))) {
                return refused(StatusCode.UNSUPPORTED_MEDIA_TYPE_OR_FORMAT,
                        "the description wants type " + described.types());
            }
            if (described.maxBytes() > 0 && value.data().length() > described.maxBytes()) {
                return refused(StatusCode.REQUEST_ENTITY_TOO_LARGE, "at most " + described.maxBytes() + " bytes");
            }
        }
        AllowedValues allowed = described == null ? AllowedValues.ANY : described.allowed();
        if (value.data().isEmpty()) {
            return new Fit.Stored(value);
        }
        boolean wideInt = value.format() == Format.INT && allowed instanceof AllowedValues.Ranges;
        Optional<Bytes> normal = wideInt ? Optional.of(value.data()) : value.format().normal(value.data());
        if (normal.isEmpty()) {
            return refused(StatusCode.UNSUPPORTED_MEDIA_TYPE_OR_FORMAT,
                    "the data is not of format " + value.format().wireName() + " (TND 8.5)");
        }
        Value stored = new Value(value.format(), value.type(), normal.get());
        return allowed.allows(stored.text()) ? new Fit.Stored(stored)
                : refused(StatusCode.UNSUPPORTED_MEDIA_TYPE_OR_FORMAT, "the description does not allow this value");
    }

    private static String names(Set<Format> formats) {
        return formats.stream().sorted().map(Format::wireName).collect(Collectors.joining(" or "));
    }

    private static Fit refused(StatusCode status, String why) {
        return new Fit.Refused(Outcome.of(status, why));
    }
}
