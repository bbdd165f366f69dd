package dev.grove.dm2.device;

import dev.grove.dm2.Dm2Status;
import dev.grove.dm2.ObjectCodec;
import dev.grove.dm2.ObjectDocument;
import dev.grove.dm2.ObjectIndex.Instance;
import dev.grove.dm2.access.Delegation.Part;
import dev.grove.dm2.access.Delegation.Right;
import dev.grove.dm2.access.DelegationObject;
import dev.grove.dm2.device.ObjectView.Place;
import dev.grove.tree.ClientUri;
import dev.grove.tree.Description;
import dev.grove.tree.DescriptionNode;
import dev.grove.tree.Node;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Tree;
import dev.grove.tree.Value;
import dev.grove.tree.edit.Applied;
import dev.grove.tree.edit.AtomicRun;
import dev.grove.tree.edit.Requester;
import dev.grove.wire.Json;
import dev.grove.wire.Malformed;
import dev.grove.wire.Packet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts into the tree what an HGET has fetched, as a whole or not at all ([DM 2.0 §5.3.1]): at a node that the server
 * names, or where the data says, and then new objects get their names from the device.
 */
public final class ObjectInstaller {

    /** The media types that HGET asks for. */
    public static final String ACCEPT = ObjectDocument.MEDIA_TYPE + ", text/plain;q=0.9, */*;q=0.5";

    private final Dm2Context context;
    private final Tree tree;
    private final ObjectView view;
    private final List<Place> made = new ArrayList<>();
    private final Set<NodeUri> taken = new HashSet<>();

    public ObjectInstaller(Dm2Context context, Tree tree) {
        this.context = context;
        this.tree = tree;
        this.view = new ObjectView(tree, context);
    }

    /**
     * What came of it.
     *
     * @param tree the tree from now on; the old one unless all is well
     * @param uris where the data is, if the server did not say
     */
    public record Installed(Outcome outcome, Tree tree, List<String> uris) {}

    /** Stops the planning with the status to answer. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1;
        final transient Outcome outcome;

        Refused(StatusCode status, String why) {
            super(why);
            this.outcome = Outcome.of(status, why);
        }
    }

    // ---- at a place that the server names

    /** To the node, or nodes, that the server names. */
    public Installed put(Packet data, ClientUri to) {
        try {
            GraftPlan plan = new GraftPlan(view);
            List<Place> places = places(to);
            if (to.moid().equals(DelegationObject.MOID)) {
                return changeRules(data, places);
            }
            for (Place place : places) {
                plan(plan, place, data);
            }
            return run(plan, List.of());
        } catch (Refused refused) {
            return new Installed(refused.outcome, tree, List.of());
        }
    }

    private List<Place> places(ClientUri to) throws Refused {
        ObjectView.Found found = view.findOrNew(to);
        if (found.isEmpty()) {
            throw new Refused(found.why().status(), to + ": " + found.why().detail());
        }
        return found.places();
    }

    private void plan(GraftPlan plan, Place place, Packet data) throws Refused {
        boolean isThere = view.at(place.uri()).isPresent();
        if (isThere ? !view.access().allows(Right.WRITE, place) : !view.access().allowsNew(place)) {
            throw new Refused(Dm2Status.FORBIDDEN, "the server may not write " + place.address());
        }
        DescriptionNode described = view.described(place.uri()).orElse(null);
        if (isDocument(data)) {
            plan.put(place.uri(), onlyPart(data), described, "");
        } else {
            plan.put(place.uri(), leaf(place, data));
        }
    }

    private Value leaf(Place place, Packet data) throws Refused {
        Optional<Node> there = view.at(place.uri());
        DescriptionNode described = view.described(place.uri()).orElse(null);
        boolean isInterior = there.map(Node::isInterior).orElse(described != null && described.isInterior());
        if (isInterior) {
            throw new Refused(Dm2Status.UNSUPPORTED_MEDIA_TYPE,
                    place.address() + " has nodes below it; they come as " + ObjectDocument.MEDIA_TYPE);
        }
        return LeafValue.of(data, described, there.orElse(null))
                .orElseThrow(() -> new Refused(Dm2Status.UNSUPPORTED_MEDIA_TYPE, "the data is no value of the leaf"));
    }

    private static boolean isDocument(Packet data) {
        return ObjectCodec.isOne(data);
    }

    /** The data of a document that is for one node, whatever name it gives it. */
    private Json onlyPart(Packet data) throws Refused {
        List<ObjectDocument.Part> parts = document(data).parts();
        if (parts.size() != 1 || parts.getFirst().data().fields().size() != 1) {
            throw new Refused(Dm2Status.UNSUPPORTED_MEDIA_TYPE, "data for one node is one part with one node");
        }
        return parts.getFirst().data().fields().values().iterator().next();
    }

    private ObjectDocument document(Packet data) throws Refused {
        try {
            return ObjectCodec.decode(data, context.settings().limits());
        } catch (Malformed broken) {
            throw new Refused(Dm2Status.UNSUPPORTED_MEDIA_TYPE, String.valueOf(broken.getMessage()));
        }
    }

    // ---- rules of delegation

    private Installed changeRules(Packet data, List<Place> places) throws Refused {
        Tree changed = tree;
        for (Place place : places) {
            Json json = isDocument(data) ? onlyPart(data) : Json.of(data.body().utf8());
            DescriptionNode described = view.described(place.uri()).orElse(null);
            changed = grafted(changed, place.uri(), json, new GraftPlan.Grounds(described, "", context.now()));
        }
        Optional<Outcome> refusal = new RuleChange(context, view.access().delegation(), view.roots()).refuse(changed);
        return refusal.map(outcome -> new Installed(outcome, tree, List.of())).orElse(new Installed(
                Outcome.of(Dm2Status.OK),
                DelegationObject.rewritten(changed, DelegationObject.in(changed), context.now()), List.of()));
    }

    private static Tree grafted(Tree tree, NodeUri uri, Json data, GraftPlan.Grounds grounds) throws Refused {
        try {
            return GraftPlan.grafted(tree, uri, data, grounds);
        } catch (IllegalArgumentException unfit) {
            throw new Refused(Dm2Status.UNSUPPORTED_MEDIA_TYPE, String.valueOf(unfit.getMessage()));
        }
    }

    // ---- where the data says

    /** To where the data says. */
    public Installed put(Packet data) {
        try {
            if (!isDocument(data)) {
                throw new Refused(Dm2Status.UNSUPPORTED_MEDIA_TYPE,
                        "data that says itself where it goes is " + ObjectDocument.MEDIA_TYPE);
            }
            GraftPlan plan = new GraftPlan(view);
            List<NodeUri> uris = new ArrayList<>();
            for (ObjectDocument.Part part : document(data).parts()) {
                uris.add(plan(plan, part));
            }
            return run(plan, uris);
        } catch (Refused refused) {
            return new Installed(refused.outcome, tree, List.of());
        }
    }

    private NodeUri plan(GraftPlan plan, ObjectDocument.Part part) throws Refused {
        ClientUri to = address(part);
        if (to.moid().equals(DelegationObject.MOID)) {
            throw new Refused(Dm2Status.FORBIDDEN, "rules of delegation are written where the server says");
        }
        Map.Entry<String, Json> node = onlyNode(part);
        Place place = to.path().isEmpty() ? root(to, node.getKey()) : places(to).getFirst();
        boolean isNewObject = made.contains(place);
        boolean isAllowed = isNewObject ? view.access().allowsNew(to.moid())
                : view.at(place.uri()).isPresent() ? view.access().allows(Right.WRITE, place)
                        : view.access().allowsNew(place);
        if (!isAllowed) {
            throw new Refused(Dm2Status.FORBIDDEN, "the server may not write " + place.address());
        }
        DescriptionNode described = view.described(place.uri())
                .or(() -> context.editor().description().ofType(to.moid())).orElse(null);
        plan.put(place.uri(), node.getValue(), described, isNewObject ? to.moid() : "");
        return place.uri();
    }

    private static ClientUri address(ObjectDocument.Part part) throws Refused {
        try {
            return ClientUri.parse(part.uri());
        } catch (IllegalArgumentException broken) {
            throw new Refused(Dm2Status.UNSUPPORTED_MEDIA_TYPE, "ClientURI: " + broken.getMessage());
        }
    }

    private static Map.Entry<String, Json> onlyNode(ObjectDocument.Part part) throws Refused {
        if (part.data().fields().size() != 1) {
            throw new Refused(Dm2Status.UNSUPPORTED_MEDIA_TYPE, "MOData has one node (DM 2.0 7.2.1.4)");
        }
        return part.data().fields().entrySet().iterator().next();
    }

    /** The object that is meant: the one of that name, the only one there can be, or a new one. */
    private Place root(ClientUri to, String name) throws Refused {
        String wished = to.instance().isEmpty() ? name : to.instance();
        Optional<Instance> known = to.instance().isEmpty() || ClientUri.isVariable(to.instance())
                ? view.instances(to.moid()).stream().filter(i -> i.root().name().equals(name)).findFirst()
                : view.instances(to.moid()).stream().filter(i -> i.miid().equals(wished)).findFirst();
        if (known.isPresent() && view.access().sees(known.get())) {
            view.draw(known.get());
            return new Place(known.get(), known.get().root());
        }
        Place place = newObject(to.moid(), GraftPlan.isName(wished) ? wished : name);
        Optional<Place> there = view.placeOf(place.uri()).filter(p -> p.of().root().equals(place.uri()));
        if (there.isPresent()) {
            view.draw(there.get().of());
            return there.get();
        }
        made.add(place);
        taken.add(place.uri());
        return place;
    }

    /** Where the description wants such objects, beside another one, or else at the top of the tree. */
    private Place newObject(String moid, String name) throws Refused {
        Optional<Description.Place> described = context.editor().description().placeOf(moid);
        if (described.isPresent() && described.get().node().isNamed()) {
            NodeUri uri = described.get().parent().child(described.get().node().name());
            return new Place(new Instance(moid, uri.name(), uri), uri);
        }
        NodeUri parent = described.map(Description.Place::parent)
                .or(() -> view.instances(moid).stream().map(i -> i.root().parent()).findFirst()).orElse(NodeUri.ROOT);
        if (!GraftPlan.isName(name)) {
            throw new Refused(Dm2Status.UNSUPPORTED_MEDIA_TYPE, "'" + name + "' is no node name");
        }
        NodeUri uri = parent.child(name);
        for (int i = 2; view.at(uri).isPresent() || taken.contains(uri); i++) {
            uri = parent.child(name + i);
        }
        return new Place(new Instance(moid, uri.name(), uri), uri);
    }

    // ---- doing it

    private Installed run(GraftPlan plan, List<NodeUri> uris) {
        Optional<Outcome> refusal = plan.refusal();
        if (refusal.isPresent()) {
            return new Installed(refusal.get(), tree, List.of());
        }
        Tree changed = tree;
        if (!plan.operations().isEmpty()) {
            AtomicRun run = context.editor().atomic(tree, Requester.server(context.server().serverId()),
                    context.now());
            plan.operations().forEach(run::step);
            Applied applied = run.finish();
            if (!applied.outcome().status().isSuccess()) {
                return new Installed(failure(applied), tree, List.of());
            }
            changed = applied.tree();
        }
        Set<Part> own = new HashSet<>();
        ObjectView after = new ObjectView(changed, context);
        made.forEach(place -> after.placeOf(place.uri()).ifPresent(found -> own.add(ObjectView.part(found.of()))));
        List<String> addresses = uris.stream().flatMap(uri -> after.placeOf(uri).stream())
                .map(place -> place.address().toString()).distinct().toList();
        return new Installed(Outcome.of(Dm2Status.OK), Adoptions.settled(changed, own, context), addresses);
    }

    /** What the step that failed was answered, in the words of DM 2.0. */
    private static Outcome failure(Applied applied) {
        return failing(applied).map(StatusOf::writing).orElse(Outcome.of(Dm2Status.INTERNAL_ERROR));
    }

    /** The outcome of the step that made an Atomic fail. */
    public static Optional<Outcome> failing(Applied applied) {
        return applied.parts().stream().map(Applied.Answer::outcome)
                .filter(outcome -> !outcome.status().isSuccess()
                        && !outcome.status().equals(StatusCode.ATOMIC_ROLL_BACK_OK)
                        && !outcome.status().equals(StatusCode.ATOMIC_ROLL_BACK_FAILED)
                        && !outcome.status().equals(StatusCode.NOT_EXECUTED))
                .findFirst();
    }
}
