package dev.grove.dm2.device;

import dev.grove.dm2.ObjectIndex.Instance;
import dev.grove.dm2.access.Delegation.Part;
import dev.grove.dm2.access.Delegation;
import dev.grove.dm2.access.DelegationObject;
import dev.grove.dm2.access.ServerAccess;
import dev.grove.dm2.device.Dm2ClientSettings.Adoption;
import dev.grove.tree.Tree;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps the rules of delegation in step with the objects ([DM 2.0 §10]): who makes an object gets all rights for it,
 * alone; what nobody has made, the device deals out; what is gone needs no rules.
 */
public final class Adoptions {

    /** Accounts of any version: nobody but their own server is given any right for them. */
    private static final String ACCOUNT = "urn:oma:mo:oma-dm-dmacc:";

    private Adoptions() {}

    /**
     * {@code tree} with the rules that its objects want.
     *
     * @param own the objects that the server of the context has just made
     */
    public static Tree settled(Tree tree, Set<Part> own, Dm2Context context) {
        Adoption adoption = context.settings().access();
        if (adoption == null) {
            return tree;
        }
        ObjectView view = new ObjectView(tree, context);
        Delegation rules = view.access().delegation().retaining(new HashSet<>(view.roots().keySet()));
        for (Instance instance : view.instances()) {
            if (!instance.moid().equals(DelegationObject.MOID) && !rules.has(instance.moid(), instance.miid())) {
                rules = adopted(rules, instance, own.contains(ObjectView.part(instance)), context);
            }
        }
        return DelegationObject.into(tree, rules, context.now());
    }

    private static Delegation adopted(Delegation rules, Instance instance, boolean isOwn, Dm2Context context) {
        Part part = ObjectView.part(instance);
        if (isOwn) {
            return rules.with(part, context.server().authority(), Delegation.ALL);
        }
        if (instance.moid().startsWith(ACCOUNT)) {
            Optional<ServerAccess> server = context.servers().stream()
                    .filter(one -> one.at().equals(instance.root())).findFirst();
            return server.map(one -> rules.with(part, one.authority(), Delegation.ALL)).orElse(rules);
        }
        Adoption adoption = context.settings().access();
        Delegation changed = rules;
        if (adoption != null && adoption.readable().contains(instance.moid())) {
            changed = changed.with(part, Delegation.EVERYONE, Delegation.READ_ONLY);
        }
        if (adoption != null && adoption.owner() != null) {
            changed = changed.with(part, Delegation.server(adoption.owner()), Delegation.ALL);
        }
        return changed;
    }
}
