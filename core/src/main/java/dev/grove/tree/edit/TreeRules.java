package dev.grove.tree.edit;

import dev.grove.tree.NodePart;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Which optional parts of the tree a device has, and how it takes what the specifications leave open.
 *
 * @param properties the properties that exist; any other gets 406
 */
public record TreeRules(Set<Feature> features, Set<NodePart> properties) {

    /** One optional part. */
    public enum Feature {
        /** Rights are checked, and new nodes get rights ([TND 1.2 §7.7.1]). */
        ACCESS_CONTROL,
        /** The right list of a creator who cannot Replace the parent has {@code Get=*} too; the text has no Get. */
        CREATOR_LISTS_ALLOW_GET,
        /** Missing nodes above a new one are made ([REPPRO 1.2 §6.6]). */
        IMPLICIT_PARENTS,
        /** Replace of a node that is not there adds it, as DM 1.1 and Windows do. */
        REPLACE_CREATES,
        /** Nodes of which no description speaks can be made; without it they get 404. */
        UNDESCRIBED_NODES,
        /** Another format in a Replace of a permanent leaf is 405 ([REPPRO 1.2]); without it, 415. */
        PERMANENT_FORMAT_IS_405,
        /** Management objects by identifier ([DMPRO 1.3 §5.2]). */
        RELATIVE_ADDRESSES, COPY, EXEC, ATOMIC,
        /** Exec inside Atomic, which OMA forbids. It runs when the Atomic commits. */
        EXEC_IN_ATOMIC,
        /** {@code ?list=Struct}. */
        LIST_STRUCT,
        /** {@code ?list=StructData}. */
        LIST_STRUCT_DATA,
        /** {@code ?list=TNDS} and TNDS documents in Add and Replace. */
        TNDS,
        /** A name that differs only in percent-encoding is the same name. */
        PERCENT_ENCODING_IS_EQUAL
    }

    /** The letter of TND, RepPro and DMPRO, with every optional part. */
    public static final TreeRules OMA = new TreeRules(
            EnumSet.complementOf(EnumSet.of(Feature.CREATOR_LISTS_ALLOW_GET, Feature.REPLACE_CREATES,
                    Feature.EXEC_IN_ATOMIC, Feature.PERCENT_ENCODING_IS_EQUAL)),
            NodePart.PROPERTIES);

    /** A Windows client ([MS-MDM §2.2, §3]): no ACL, no properties, Replace adds, Exec may stand in Atomic. */
    public static final TreeRules WINDOWS = new TreeRules(
            EnumSet.of(Feature.IMPLICIT_PARENTS, Feature.REPLACE_CREATES, Feature.EXEC, Feature.ATOMIC,
                    Feature.EXEC_IN_ATOMIC, Feature.LIST_STRUCT, Feature.LIST_STRUCT_DATA,
                    Feature.UNDESCRIBED_NODES, Feature.PERCENT_ENCODING_IS_EQUAL),
            Set.of());

    public TreeRules {
        features = Collections.unmodifiableSet(copy(features, Feature.class));
        properties = Collections.unmodifiableSet(copy(properties, NodePart.class));
    }

    private static <E extends Enum<E>> Set<E> copy(Set<E> set, Class<E> type) {
        Set<E> copy = EnumSet.noneOf(type);
        copy.addAll(set);
        return copy;
    }

    public boolean has(Feature feature) {
        return features.contains(feature);
    }

    public TreeRules with(Feature... more) {
        Set<Feature> changed = copy(features, Feature.class);
        changed.addAll(List.of(more));
        return new TreeRules(changed, properties);
    }

    public TreeRules without(Feature... gone) {
        Set<Feature> changed = copy(features, Feature.class);
        List.of(gone).forEach(changed::remove);
        return new TreeRules(changed, properties);
    }

    /** These rules for a device that has not these properties. */
    public TreeRules without(NodePart... gone) {
        Set<NodePart> changed = copy(properties, NodePart.class);
        List.of(gone).forEach(changed::remove);
        return new TreeRules(features, changed);
    }
}
