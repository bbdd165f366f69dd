package dev.grove.dm2.device;

import dev.grove.dm2.Dm2Status;
import dev.grove.dm2.access.Delegation.Part;
import dev.grove.dm2.access.Delegation.Right;
import dev.grove.dm2.access.Delegation.Rule;
import dev.grove.dm2.access.Delegation;
import dev.grove.dm2.access.DelegationObject;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Outcome;
import dev.grove.tree.Tree;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a server wants to change of the rules of delegation, by HGET of their object ([DM 2.0 §12.3]). */
final class RuleChange {

    private final Dm2Context context;
    private final Delegation before;
    private final Map<Part, NodeUri> roots;

    /** @param roots the nodes of the instances that there are */
    RuleChange(Dm2Context context, Delegation before, Map<Part, NodeUri> roots) {
        this.context = context;
        this.before = before;
        this.roots = roots;
    }

    /**
     * Why the rules may not become what stands in {@code changed}; empty if they may.
     *
     * @param changed the tree as the server wants it
     */
    Optional<Outcome> refuse(Tree changed) {
        if (!context.hasAccessControl()) {
            return Optional.of(Outcome.of(Dm2Status.FORBIDDEN, "rights are not dealt out here (DM 2.0 10)"));
        }
        if (!DelegationObject.isSound(changed)) {
            return Optional.of(Outcome.of(Dm2Status.UNSUPPORTED_MEDIA_TYPE,
                    "a rule has permissions with a MAID and an AR from 0 to 15 (DM 2.0 12.3)"));
        }
        Delegation after = DelegationObject.in(changed);
        for (Part part : before.differences(after)) {
            Optional<Outcome> refusal = refuse(part, after);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    private Optional<Outcome> refuse(Part part, Delegation after) {
        NodeUri root = roots.get(Part.root(part.moid(), part.miid()));
        if (root == null) {
            return Optional.of(Outcome.of(Dm2Status.NOT_FOUND, "there is no such instance"));
        }
        boolean isProvisioned = context.server().isFor(part.moid()) || root.equals(context.server().at());
        if (!isProvisioned || !before.allowsAt(Right.DELEGATE, part, context.server().authority())) {
            return forbidden("the server may not delegate there");
        }
        for (Map.Entry<String, Integer> grant : raised(part, after).entrySet()) {
            Optional<String> receiver = Delegation.serverOf(grant.getKey());
            if (receiver.isPresent() && !isProvisioned(receiver.get(), part)) {
                return forbidden("the receiver's bootstrap does not name the object");
            }
        }
        return Optional.empty();
    }

    /** What authorities get that they did not have. */
    private Map<String, Integer> raised(Part part, Delegation after) {
        Map<String, Integer> raised = new LinkedHashMap<>();
        after.at(part).map(Rule::grants).orElse(Map.of()).forEach((authority, rights) -> {
            if ((rights & ~before.rightsAt(part, authority)) != 0) {
                raised.put(authority, rights);
            }
        });
        return raised;
    }

    private boolean isProvisioned(String serverId, Part part) {
        return context.servers().stream()
                .anyMatch(server -> server.serverId().equals(serverId) && server.isFor(part.moid()));
    }

    private static Optional<Outcome> forbidden(String why) {
        return Optional.of(Outcome.of(Dm2Status.FORBIDDEN, why + " (DM 2.0 12.3)"));
    }
}
