package dev.grove.testkit.simulation;

import dev.grove.server.fleet.MirrorNode;
import dev.grove.server.fleet.Store;
import dev.grove.tree.Address;
import dev.grove.tree.Format;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Operation;
import dev.grove.tree.Outcome;
import dev.grove.tree.Value;
import dev.grove.tree.edit.Requester;
import dev.grove.wire.Bytes;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The device's tree: whole in itself, and like what the server shows of it. */
final class TreeComparison {

    private static final List<List<String>> PAIRS = List.of(List.of("./Sim/Pair/a", "./Sim/Pair/b"),
            List.of("./Sim/Live/pair-a", "./Sim/Live/pair-b"));

    private final Store store;

    TreeComparison(Store store) {
        this.store = store;
    }

    /**
     * Only Atomic writes to the pairs, and always the same to all. What is live is changed at once and the tree when
     * the turn is stored, so a device that dies in between may have the one and not the other; but each pair is whole.
     */
    void checkPairs(SimulatedDevice device) {
        for (List<String> pair : PAIRS) {
            List<Optional<Bytes>> values = pair.stream()
                    .map(half -> read(device, NodeUri.parse(half)).map(Value::data)).toList();
            Invariants.that(values.stream().distinct().count() == 1,
                    "an Atomic was done in part on " + device.id() + ": " + pair + " are " + values);
        }
    }

    /**
     * What the device has reported in a session that ended well is what the mirror shows; but what was copied from a
     * node that was read long ago is known no better than that.
     */
    void checkMirror(SimulatedDevice device, Conversation session) {
        for (String uri : session.reported()) {
            NodeUri node = NodeUri.parse(uri);
            Optional<Value> there = read(device, node);
            Optional<MirrorNode> shown = store.read(records -> records.mirror().find(device.id(), node));
            String difference = "the mirror of " + device.id() + " shows " + shown + " at " + uri + ", the device has "
                    + there;
            if (there.isPresent() && there.get().format() == Format.NODE) {
                Set<String> children = new TreeSet<>(Arrays.asList(there.get().text().split("/")));
                children.remove("");
                List<String> shownChildren = store.read(records -> records.mirror().children(device.id(), node));
                Set<String> mirrored = new TreeSet<>(shownChildren);
                mirrored.removeIf(name -> name.startsWith(LiveObject.ECHO));
                // An empty answer is also that of a device that does not list: what was known there is kept then.
                Invariants.that(children.isEmpty() || mirrored.equals(children), difference + " with " + mirrored);
            } else {
                boolean isUnknown = there.isPresent() && shown
                        .filter(seen -> seen.value() == null || seen.at().isBefore(session.startedAt())).isPresent();
                Invariants.that(isUnknown
                        || shown.map(MirrorNode::value).map(Value::data).equals(there.map(Value::data)), difference);
            }
        }
    }

    private static Optional<Value> read(SimulatedDevice device, NodeUri node) {
        Outcome outcome = device.editor().apply(device.tree(), new Operation.Get(Address.of(node)), Requester.DEVICE,
                Instant.EPOCH).outcome();
        return outcome.results().stream().map(Outcome.Result::value).findFirst();
    }
}
