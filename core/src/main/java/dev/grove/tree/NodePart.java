package dev.grove.tree;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What a node consists of: its eight properties and its value ([TND 1.2 §7.6, §7.7]). */
public enum NodePart {
    ACL("ACL"), FORMAT("Format"), NAME("Name"), SIZE("Size"), TITLE("Title"), TSTAMP("TStamp"), TYPE("Type"), VERNO(
            "VerNo"), VALUE("Value");

    /** The eight properties. */
    public static final Set<NodePart> PROPERTIES = Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(VALUE)));

    private final String wireName;

    NodePart(String wireName) {
        this.wireName = wireName;
    }

    /** The name as it stands after {@code ?prop=} and in TNDS. */
    public String wireName() {
        return wireName;
    }

    /** Reads a wire name without regard to case; empty if it is none. */
    public static Optional<NodePart> of(String wireName) {
        return Arrays.stream(values()).filter(part -> part.wireName.equalsIgnoreCase(wireName)).findFirst();
    }
}
