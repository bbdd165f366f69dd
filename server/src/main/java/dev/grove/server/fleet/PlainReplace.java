package dev.grove.server.fleet;

import dev.grove.tree.Address;
import dev.grove.tree.Format;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Operation;
import dev.grove.tree.Value;
import java.util.ArrayList;
import java.util.List;

/** A Replace of plain text: it is sent without format and type, and the node keeps those that it has. */
public final class PlainReplace {

    private PlainReplace() {}

    static boolean isPlain(Value value) {
        return value.format() == Format.CHR && (value.type().isEmpty() || value.type().equals(Value.DEFAULT_TYPE));
    }

    /** The nodes of which format and type will be asked for when the job is answered. */
    public static List<NodeUri> targets(Job job) {
        List<NodeUri> targets = new ArrayList<>();
        job.operations().forEach(operation -> gather(operation, targets));
        return targets;
    }

    private static void gather(Operation operation, List<NodeUri> targets) {
        if (operation instanceof Operation.Replace(Address.Absolute(NodeUri node, Address.Itself _), Value value)
                && isPlain(value)) {
            targets.add(node);
        }
        OperationPath.membersOf(operation).forEach(member -> gather(member, targets));
    }
}
