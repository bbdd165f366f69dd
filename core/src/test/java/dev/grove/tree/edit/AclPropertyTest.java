package dev.grove.tree.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.tree.Acl;
import dev.grove.tree.Acl.Right;
import dev.grove.tree.Address;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Operation;
import dev.grove.tree.Tree;
import dev.grove.tree.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random trees, random servers: rights are as a naive reading of the text has them, and no command widens them. */
class AclPropertyTest {

    private static final String[] SERVERS = {"A", "B", "C"};
    private static final String[] RIGHTS = {"Add", "Delete", "Exec", "Get", "Replace"};

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void commands_are_allowed_exactly_where_the_text_allows_them(long seed) {
        Random luck = new Random(seed);
        for (int i = 0; i < 15; i++) {
            Device device = random(luck);
            for (NodeUri uri : device.tree.uris(NodeUri.ROOT)) {
                for (String server : SERVERS) {
                    check(device, uri, server, "seed " + seed + ", tree " + i + ", " + uri + " by " + server);
                }
            }
        }
    }

    private static void check(Device device, NodeUri uri, String server, String what) {
        Tree tree = device.tree;
        boolean leaf = !tree.at(uri).orElseThrow().isInterior();
        boolean replacesParent = !uri.isRoot() && naive(tree, uri.parent(), "Replace", server);
        boolean changesList = replacesParent || (!leaf && naive(tree, uri, "Replace", server));
        assertThat(tried(device, server, new Operation.Get(Address.of(uri)))).as("Get " + what)
                .isEqualTo(naive(tree, uri, "Get", server));
        assertThat(tried(device, server, new Operation.Replace(
                new Address.Absolute(uri, new Address.Property("ACL")), Value.text("Get=*")))).as("ACL " + what)
                .isEqualTo(changesList);
        assertThat(tried(device, server, new Operation.Replace(
                new Address.Absolute(uri, new Address.Property("Title")), Value.text("t")))).as("Title " + what)
                .isEqualTo(naive(tree, uri, "Replace", server));
        if (leaf) {
            assertThat(tried(device, server, new Operation.Replace(Address.of(uri), Value.text("x"))))
                    .as("Replace " + what).isEqualTo(naive(tree, uri, "Replace", server));
        } else {
            assertThat(tried(device, server, new Operation.Add(Address.of(uri.child("new")), Value.text("x"))))
                    .as("Add " + what).isEqualTo(naive(tree, uri, "Add", server));
        }
        if (!uri.isRoot()) {
            assertThat(tried(device, server, new Operation.Delete(Address.of(uri)))).as("Delete " + what)
                    .isEqualTo(naive(tree, uri, "Delete", server));
        }
    }

    /** Whether the command is done; what it did is forgotten. */
    private static boolean tried(Device device, String server, Operation operation) {
        Tree before = device.tree;
        int status = device.as(server).status(operation);
        device.tree = before;
        assertThat(status).isIn(200, 425);
        return status == 200;
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25, 26})
    void no_command_gives_anybody_a_right_on_a_node_that_was_there(long seed) {
        Random luck = new Random(seed);
        for (int i = 0; i < 15; i++) {
            Device device = random(luck);
            for (int step = 0; step < 20; step++) {
                Tree before = device.tree;
                Operation operation = harmless(luck, device);
                device.as(SERVERS[luck.nextInt(SERVERS.length)]).apply(operation);
                String what = "seed " + seed + ", tree " + i + ", step " + step + ": " + operation;
                before.uris(NodeUri.ROOT).stream().filter(device.tree::has)
                        .forEach(uri -> sameRights(before, device.tree, uri, what));
            }
        }
    }

    private static void sameRights(Tree before, Tree after, NodeUri uri, String what) {
        for (String server : SERVERS) {
            for (String right : RIGHTS) {
                if (naive(after, uri, right, server) != naive(before, uri, right, server)) {
                    throw new AssertionError(right + " on " + uri + " of " + server + " changed by " + what);
                }
            }
        }
    }

    /** A server that goes away takes its own rights with it, and leaves all others where a list remains. */
    @ParameterizedTest
    @ValueSource(longs = {31, 32})
    void a_removed_server_stands_in_no_list(long seed) {
        Random luck = new Random(seed);
        for (int i = 0; i < 30; i++) {
            Tree tree = random(luck).tree;
            Tree without = tree.withoutServer("A");
            without.walk(NodeUri.ROOT, (uri, node) -> {
                assertThat(node.acl().grants().values()).as("seed %d, %s", seed, uri)
                        .noneMatch(servers -> servers.contains("A"));
                if (!node.acl().isEmpty() && !uri.isRoot()) {
                    for (Right right : Right.values()) {
                        assertThat(node.acl().allows(right, "B"))
                                .isEqualTo(tree.at(uri).orElseThrow().acl().allows(right, "B"));
                    }
                }
            });
        }
    }

    // ---- the naive reading: texts only, up the path until one is not empty

    private static boolean naive(Tree tree, NodeUri uri, String right, String server) {
        NodeUri at = uri;
        String acl = tree.at(at).orElseThrow().acl().toString();
        while (acl.isEmpty()) {
            at = at.parent();
            acl = tree.at(at).orElseThrow().acl().toString();
        }
        for (String entry : acl.split("&", -1)) {
            if (entry.startsWith(right + "=")) {
                List<String> servers = List.of(entry.substring(right.length() + 1).split("\\+", -1));
                return servers.contains("*") || servers.contains(server);
            }
        }
        return false;
    }

    // ---- random trees and commands

    private static Device random(Random luck) {
        Device device = Device.oma().acl(".", list(luck, false));
        List<String> interiors = new ArrayList<>(List.of("."));
        for (int i = 0; i < 8; i++) {
            String uri = interiors.get(luck.nextInt(interiors.size())) + "/n" + i;
            if (luck.nextInt(3) == 0) {
                device.leaf(uri, "x");
            } else {
                device.interior(uri);
                interiors.add(uri);
            }
            device.acl(uri, list(luck, true));
        }
        return device;
    }

    private static String list(Random luck, boolean mayBeEmpty) {
        if (mayBeEmpty && luck.nextInt(3) == 0) {
            return "";
        }
        Acl acl = Acl.parse(mayBeEmpty ? "" : "Add=*&Get=*");
        for (Right right : Right.values()) {
            for (String server : SERVERS) {
                if (luck.nextInt(4) == 0) {
                    acl = acl.with(right, luck.nextInt(8) == 0 ? "*" : server);
                }
            }
        }
        return acl.toString();
    }

    /** Any command but a change of a list; and no rename, after which a name may mean another node. */
    private static Operation harmless(Random luck, Device device) {
        List<NodeUri> uris = device.tree.uris(NodeUri.ROOT);
        NodeUri uri = uris.get(luck.nextInt(uris.size()));
        NodeUri other = uris.get(luck.nextInt(uris.size()));
        Operation plain = switch (luck.nextInt(6)) {
            case 0 -> new Operation.Add(Address.of(uri.child("add" + luck.nextInt(3))), Value.interior(""));
            case 1 -> new Operation.Add(Address.of(uri.child("p").child("q" + luck.nextInt(3))), Value.text("x"));
            case 2 -> new Operation.Replace(Address.of(uri), Value.text("y"));
            case 3 -> new Operation.Delete(Address.of(uri));
            case 4 -> new Operation.Copy(Address.of(uri), Address.of(other));
            default -> new Operation.Get(Address.of(uri));
        };
        return luck.nextInt(4) == 0 ? new Operation.Sequence(List.of(plain, plain)) : plain;
    }
}
