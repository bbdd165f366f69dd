package dev.grove.tree.edit;

import dev.grove.tree.Description;
import dev.grove.tree.Mounts;

/**
 * Everything about a device's tree that does not change from operation to operation.
 *
 * @param description what is known of nodes that are no mounted objects; those describe themselves
 * @param tnds how sub-tree documents are read and written
 */
public record TreeSetup(TreeRules rules, TreeLimits limits, Description description, Mounts mounts,
        SubtreeFormat tnds) {

    /** A tree without limits, descriptions, live objects and TNDS. */
    public static TreeSetup of(TreeRules rules) {
        return new TreeSetup(rules, TreeLimits.NONE, Description.NONE, Mounts.NONE, SubtreeFormat.NONE);
    }

    public TreeSetup with(TreeLimits changed) {
        return new TreeSetup(rules, changed, description, mounts, tnds);
    }

    public TreeSetup with(Description changed) {
        return new TreeSetup(rules, limits, changed, mounts, tnds);
    }

    public TreeSetup with(Mounts changed) {
        return new TreeSetup(rules, limits, description, changed, tnds);
    }

    public TreeSetup with(SubtreeFormat changed) {
        return new TreeSetup(rules, limits, description, mounts, changed);
    }
}
