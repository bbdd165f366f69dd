package dev.grove.client.store;

import dev.grove.tree.Acl;
import dev.grove.tree.Format;
import dev.grove.tree.Node;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Tree;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/** Random trees and random changes to them, for property tests; everything follows from the given luck. */
final class RandomTrees {

    private static final Instant START = Instant.parse("2026-11-21T10:00:00.123456789Z");
    private static final List<String> NAMES = List.of("A", "B", "C", "Ä%20", "DevInfo", "x");

    private RandomTrees() {}

    static DeviceState initial() {
        return new DeviceState(Tree.empty(START));
    }

    /** One or a few changes of any kind. */
    static DeviceState changed(DeviceState state, RandomGenerator luck) {
        DeviceState next = state;
        for (int left = 1 + luck.nextInt(3); left > 0; left--) {
            next = next.withTree(changed(next.tree(), luck));
        }
        return luck.nextInt(4) > 0 ? next
                : next.withMemo("memo" + luck.nextInt(3), bytes(luck));
    }

    private static Tree changed(Tree tree, RandomGenerator luck) {
        List<NodeUri> uris = tree.uris(NodeUri.ROOT);
        NodeUri uri = uris.get(luck.nextInt(uris.size()));
        Node node = tree.at(uri).orElseThrow();
        return switch (luck.nextInt(7)) {
            case 0 -> uri.isRoot() || uris.size() < 15 ? tree : tree.without(uri);
            case 1 -> tree.with(uri, node.withAcl(Acl.parse("Get=*&Replace=server" + luck.nextInt(3))));
            case 2 -> tree.with(uri, node.withTitle("title " + luck.nextInt(10)).touched(START.plusNanos(1)));
            case 3 -> renamed(tree, uri, luck);
            case 4 -> node.isInterior() ? tree : tree.with(uri, leaf(luck).asPermanent());
            default -> node.isInterior() && uri.segments().size() < 5
                    ? tree.with(uri.child(NAMES.get(luck.nextInt(NAMES.size()))),
                            luck.nextBoolean() ? leaf(luck) : Node.interior("urn:oma:mo:x:1.0", START))
                    : tree;
        };
    }

    private static Tree renamed(Tree tree, NodeUri uri, RandomGenerator luck) {
        String name = NAMES.get(luck.nextInt(NAMES.size()));
        return uri.isRoot() || tree.has(uri.parent().child(name)) ? tree : tree.renamed(uri, name);
    }

    private static Node leaf(RandomGenerator luck) {
        Format format = luck.nextBoolean() ? Format.CHR : Format.BIN;
        return Node.of(new Value(format, "text/plain", bytes(luck)), START.plusSeconds(luck.nextInt(1000)));
    }

    private static Bytes bytes(RandomGenerator luck) {
        byte[] bytes = new byte[luck.nextInt(40)];
        luck.nextBytes(bytes);
        return Bytes.wrap(bytes);
    }
}
