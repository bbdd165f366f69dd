package dev.grove.dm2.device;

import dev.grove.dm2.ObjectIndex.Instance;
import dev.grove.dm2.access.Delegation.Part;
import dev.grove.dm2.access.Delegation.Right;
import dev.grove.dm2.access.Delegation;
import dev.grove.dm2.access.DelegationObject;

/**
 * Whether one server may do something with the objects of the device: its bootstrap must name the object's identifier,
 * and the rules of delegation must give the right ([DM 2.0 §10]). Its own account needs no name in the bootstrap, and
 * the object that tells the rules may be read by all: each sees there what concerns it.
 */
public final class AccessCheck {

    private final Dm2Context context;
    private final ObjectView view;
    private final Delegation delegation;

    AccessCheck(Dm2Context context, ObjectView view, Delegation delegation) {
        this.context = context;
        this.view = view;
        this.delegation = delegation;
    }

    Delegation delegation() {
        return delegation;
    }

    /** Whether the server has the right on a node and on all below it. */
    public boolean allows(Right right, ObjectView.Place place) {
        Part part = place.part();
        if (!context.hasAccessControl()) {
            return true;
        }
        if (part.moid().equals(DelegationObject.MOID)) {
            return right == Right.READ;
        }
        return view.isProvisioned(place.of()) && delegation.allows(right, part, context.server().authority());
    }

    /** Whether the server may write a node that is not there yet. */
    boolean allowsNew(ObjectView.Place place) {
        return !context.hasAccessControl() || (view.isProvisioned(place.of())
                && delegation.allowsAt(Right.WRITE, place.part(), context.server().authority()));
    }

    /** Whether the server may make objects of an identifier. */
    public boolean allowsNew(String moid) {
        return !context.hasAccessControl() || (context.server().isFor(moid) && !moid.equals(DelegationObject.MOID));
    }

    /** Whether an object is there for the server at all: whether it may do anything with any part of it. */
    boolean sees(Instance instance) {
        return !context.hasAccessControl() || instance.moid().equals(DelegationObject.MOID)
                || (view.isProvisioned(instance)
                        && delegation.concerns(instance.moid(), instance.miid(), context.server().authority()));
    }
}
