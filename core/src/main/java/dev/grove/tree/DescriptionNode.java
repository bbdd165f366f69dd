package dev.grove.tree;

import dev.grove.wire.Bytes;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a device description says of one node, or of every node that can stand in its place ([TND 1.2 §8.5]).
 *
 * @param name empty for an un-named node, whose name is given when it is created
 * @param access the commands that the node supports, without regard to who asks
 * @param formats one as a rule; more where a description is lenient; empty means any
 * @param types media types of a leaf, or the one management object identifier of an interior node; empty means any
 * @param occurrence how many there can be under one parent
 * @param scope whether servers can create and delete the node
 * @param nameCase whether case counts in this name and all names below
 * @param defaultValue the value of a new node when none is given; none if absent
 * @param maxBytes the longest value in bytes; 0 means no limit of its own
 * @param allowed the values that are allowed beside what the format says
 * @param title a short text for people
 * @param description a long text for people
 * @param notes what else a description said, such as Microsoft's {@code CspVersion}, by element name
 */
public record DescriptionNode(String name, Set<Access> access, Set<Format> formats, List<String> types,
        Occurrence occurrence, Scope scope, NameCase nameCase, @Nullable String defaultValue, int maxBytes,
        AllowedValues allowed, String title, String description, Map<String, String> notes,
        List<DescriptionNode> children) {

    /** A command that a node supports ([TND 1.2 §8.5]). */
    public enum Access {
        ADD, COPY, DELETE, EXEC, GET, REPLACE
    }

    /** Whether a node is the device's or can come and go by the servers' will. */
    public enum Scope {
        PERMANENT, DYNAMIC
    }

    /** Whether upper and lower case are different ([TND 1.2 §8.5]). */
    public enum NameCase {
        SENSITIVE, INSENSITIVE, UNSPECIFIED
    }

    /**
     * How many nodes there can be.
     *
     * @param least 0 or 1
     * @param most {@link Integer#MAX_VALUE} for any number
     */
    public record Occurrence(int least, int most) {
        public static final Occurrence ONE = new Occurrence(1, 1);
        public static final Occurrence ZERO_OR_ONE = new Occurrence(0, 1);
        public static final Occurrence ZERO_OR_MORE = new Occurrence(0, Integer.MAX_VALUE);
        public static final Occurrence ONE_OR_MORE = new Occurrence(1, Integer.MAX_VALUE);
    }

    public DescriptionNode {
        access = Set.copyOf(access);
        formats = Set.copyOf(formats);
        types = List.copyOf(types);
        notes = Map.copyOf(notes);
        children = List.copyOf(children);
    }

    /** An interior node of which the access types are given; the rest is as in a DDF that says no more. */
    public static DescriptionNode interior(String name, Access... access) {
        return of(name, Format.NODE, access);
    }

    /** A node of one format, {@code One} and {@code Dynamic} as in a DDF that says no more. */
    public static DescriptionNode of(String name, Format format, Access... access) {
        Set<Access> commands = EnumSet.noneOf(Access.class);
        commands.addAll(List.of(access));
        return new DescriptionNode(name, commands, Set.of(format), List.of(), Occurrence.ONE, Scope.DYNAMIC,
                NameCase.UNSPECIFIED, null, 0, AllowedValues.ANY, "", "", Map.of(), List.of());
    }

    public boolean isNamed() {
        return !name.isEmpty();
    }

    public boolean isInterior() {
        return formats.contains(Format.NODE);
    }

    public boolean allows(Access command) {
        return access.contains(command);
    }

    /** What such a node holds when nobody has set it: the default, if there is one, or nothing. */
    public Value initialValue() {
        Format format = isInterior() ? Format.NODE : formats.stream().sorted().findFirst().orElse(Format.CHR);
        String type = !types.isEmpty() ? types.getFirst() : format == Format.NODE ? "" : Value.DEFAULT_TYPE;
        Bytes text = defaultValue == null || format == Format.NODE ? Bytes.EMPTY : Bytes.utf8(defaultValue);
        return new Value(format, type, format.normal(text).orElse(Bytes.EMPTY));
    }

    /**
     * Whether nodes that are not described may stand below: below {@code Ext} and {@code Bearer}
     * ([STDOBJ 1.2 §5]), and where an interior node is described without children.
     */
    public boolean isOpen() {
        return isInterior() && (children.isEmpty() || name.equals("Ext") || name.equals("Bearer"));
    }

    /** What is said of the child of that name: of a child described by name before an un-named one. */
    public Optional<DescriptionNode> child(String childName) {
        DescriptionNode unnamed = null;
        for (DescriptionNode child : children) {
            if (child.matches(childName, nameCase)) {
                return Optional.of(child);
            }
            if (!child.isNamed()) {
                unnamed = child;
            }
        }
        return Optional.ofNullable(unnamed);
    }

    private boolean matches(String other, NameCase above) {
        NameCase rule = nameCase == NameCase.UNSPECIFIED ? above : nameCase;
        return isNamed() && (rule == NameCase.INSENSITIVE ? name.equalsIgnoreCase(other) : name.equals(other));
    }

    public DescriptionNode withName(String changed) {
        return new DescriptionNode(changed, access, formats, types, occurrence, scope, nameCase, defaultValue,
                maxBytes, allowed, title, description, notes, children);
    }

    public DescriptionNode withAccess(Set<Access> changed) {
        return new DescriptionNode(name, changed, formats, types, occurrence, scope, nameCase, defaultValue, maxBytes,
                allowed, title, description, notes, children);
    }

    public DescriptionNode withTypes(List<String> changed) {
        return new DescriptionNode(name, access, formats, changed, occurrence, scope, nameCase, defaultValue, maxBytes,
                allowed, title, description, notes, children);
    }

    public DescriptionNode withOccurrence(Occurrence changed) {
        return new DescriptionNode(name, access, formats, types, changed, scope, nameCase, defaultValue, maxBytes,
                allowed, title, description, notes, children);
    }

    public DescriptionNode withScope(Scope changed) {
        return new DescriptionNode(name, access, formats, types, occurrence, changed, nameCase, defaultValue, maxBytes,
                allowed, title, description, notes, children);
    }

    public DescriptionNode withNameCase(NameCase changed) {
        return new DescriptionNode(name, access, formats, types, occurrence, scope, changed, defaultValue, maxBytes,
                allowed, title, description, notes, children);
    }

    public DescriptionNode withDefault(@Nullable String changed) {
        return new DescriptionNode(name, access, formats, types, occurrence, scope, nameCase, changed, maxBytes,
                allowed, title, description, notes, children);
    }

    public DescriptionNode withMaxBytes(int changed) {
        return new DescriptionNode(name, access, formats, types, occurrence, scope, nameCase, defaultValue, changed,
                allowed, title, description, notes, children);
    }

    public DescriptionNode withAllowed(AllowedValues changed) {
        return new DescriptionNode(name, access, formats, types, occurrence, scope, nameCase, defaultValue, maxBytes,
                changed, title, description, notes, children);
    }

    public DescriptionNode withChildren(DescriptionNode... changed) {
        return withChildren(List.of(changed));
    }

    public DescriptionNode withChildren(List<DescriptionNode> changed) {
        return new DescriptionNode(name, access, formats, types, occurrence, scope, nameCase, defaultValue, maxBytes,
                allowed, title, description, notes, changed);
    }
}
