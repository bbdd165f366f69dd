package dev.grove.tree.edit;

import dev.grove.tree.Address.Condition;
import dev.grove.tree.Address.Relative;
import dev.grove.tree.Node;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.tree.edit.TreeRules.Feature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which objects an address by management object identifier means ([DMPRO 1.3 §5.2]). */
final class RelativeAddress {

    /** What was found: the objects' roots, or why there is no answer. */
    sealed interface Found {

        record Roots(List<NodeUri> uris) implements Found {}

        record Nothing(Outcome outcome) implements Found {}
    }

    private final Workspace work;
    private final Reading reading;

    RelativeAddress(Workspace work) {
        this.work = work;
        this.reading = new Reading(work);
    }

    /** The one object that is meant. */
    Found one(Relative address) {
        return switch (some(address)) {
            case Found.Nothing nothing -> nothing;
            case Found.Roots(List<NodeUri> uris) when uris.size() == 1 -> new Found.Roots(uris);
            case Found.Roots roots -> nothing(StatusCode.BAD_REQUEST,
                    roots.uris().size() + " objects have this MOID, and no attribute chooses among them");
        };
    }

    /** All objects that are meant; one at most if there are conditions, since they are there to single one out. */
    Found some(Relative address) {
        if (!work.setup.rules().has(Feature.RELATIVE_ADDRESSES)) {
            return nothing(StatusCode.OPTIONAL_FEATURE_NOT_SUPPORTED, "relative URIs are not supported");
        }
        Optional<Outcome> refusal = work.setup.limits().refuse(address.start(), "");
        if (refusal.isPresent()) {
            return new Found.Nothing(refusal.get());
        }
        NodeUri start = work.spelled(address.start());
        work.loadInteriors(start);
        List<NodeUri> found = new ArrayList<>();
        work.tree().walk(start, (uri, node) -> {
            if (node.isInterior() && node.type().equals(address.moid())) {
                found.add(uri);
            }
        });
        if (address.where().isEmpty()) {
            return found.isEmpty() ? nothing(StatusCode.BAD_REQUEST, "no object has this MOID")
                    : new Found.Roots(found);
        }
        List<NodeUri> chosen = found.stream().filter(uri -> address.where().stream().allMatch(c -> holds(uri, c)))
                .toList();
        return chosen.size() == 1 ? new Found.Roots(chosen)
                : nothing(StatusCode.NOT_FOUND, chosen.size() + " objects have this MOID and these values");
    }

    /** A leaf that the requester may not Get fulfils no condition: one could ask for a secret letter by letter. */
    private boolean holds(NodeUri root, Condition condition) {
        NodeUri uri = work.spelled(root.resolve(condition.leaf()));
        Optional<Node> leaf = work.at(uri).filter(node -> !node.isInterior());
        return leaf.isPresent() && reading.refuse(uri).isEmpty()
                && leaf.get().value().text().equals(condition.value());
    }

    private static Found nothing(StatusCode status, String why) {
        return new Found.Nothing(Outcome.of(status, why + " (DMPRO 5.2)"));
    }
}
