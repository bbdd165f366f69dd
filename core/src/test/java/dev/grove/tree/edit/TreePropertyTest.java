package dev.grove.tree.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.tree.Address;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Operation;
import dev.grove.tree.Tree;
import dev.grove.tree.Value;
import dev.grove.tree.edit.Applied.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Long random sequences of commands against a plain map of paths, and Atomics that fail somewhere. */
class TreePropertyTest {

    private static final String[] NAMES = {"a", "b", "c", "d"};

    private final Map<String, String> reference = new TreeMap<>();
    private final Device device = Device.open();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void every_command_does_to_the_tree_what_it_does_to_a_map_of_paths(long seed) {
        Random luck = new Random(seed);
        for (int i = 0; i < 400; i++) {
            Operation operation = operation(luck);
            int expected = model(operation);
            assertThat(device.status(operation)).as("seed %d, step %d: %s", seed, i, operation).isEqualTo(expected);
            assertThat(paths(device.tree)).as("seed %d, step %d: %s", seed, i, operation).isEqualTo(reference);
        }
        assertThat(reference).as("something was done").isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void an_Atomic_does_what_its_members_do_one_by_one_or_leaves_an_equal_tree(long seed) {
        Random luck = new Random(seed);
        int failed = 0;
        int done = 0;
        for (int i = 0; i < 150; i++) {
            List<Operation> members = new ArrayList<>();
            for (int j = luck.nextInt(4); j >= 0; j--) {
                members.add(operation(luck));
            }
            Tree before = device.tree;
            Device alone = Device.open();
            alone.tree = before;
            boolean allGood = members.stream().allMatch(member -> alone.status(member) == 200);
            Applied applied = device.apply(new Operation.Atomic(members));

            assertThat(applied.outcome().status().code()).as("seed %d, step %d: %s", seed, i, members)
                    .isEqualTo(allGood ? 200 : 507);
            assertThat(device.tree).as("seed %d, step %d: %s", seed, i, members)
                    .isEqualTo(allGood ? alone.tree : before);
            wellFormed(codes(applied), allGood);
            failed += allGood ? 0 : 1;
            done += allGood ? 1 : 0;
        }
        assertThat(failed).isPositive();
        assertThat(done).isPositive();
    }

    /** All 200; or 216 up to the one that failed, and 215 behind it. */
    private static void wellFormed(List<Integer> codes, boolean allGood) {
        if (allGood) {
            assertThat(codes).containsOnly(200);
            return;
        }
        int failing = 0;
        while (codes.get(failing) == 216) {
            failing++;
        }
        assertThat(codes.get(failing)).isGreaterThanOrEqualTo(400);
        assertThat(codes.subList(failing + 1, codes.size())).allMatch(code -> code == 215);
    }

    private static List<Integer> codes(Applied applied) {
        return applied.parts().stream().map(Answer::outcome).map(outcome -> outcome.status().code()).toList();
    }

    // ---- random commands

    private static Operation operation(Random luck) {
        Address target = Address.parse(path(luck));
        Value text = Value.text(Integer.toString(luck.nextInt(1000)));
        return switch (luck.nextInt(6)) {
            case 0 -> new Operation.Add(target, Value.interior(""));
            case 1 -> new Operation.Add(target, text);
            case 2 -> new Operation.Replace(target, text);
            case 3 -> new Operation.Delete(target);
            case 4 -> new Operation.Copy(target, Address.parse(path(luck)));
            default -> new Operation.Replace(Address.parse(path(luck) + "?prop=Name"),
                    Value.text(NAMES[luck.nextInt(NAMES.length)]));
        };
    }

    private static String path(Random luck) {
        StringBuilder path = new StringBuilder(".");
        for (int depth = luck.nextInt(3); depth >= 0; depth--) {
            path.append('/').append(NAMES[luck.nextInt(NAMES.length)]);
        }
        return path.toString();
    }

    // ---- the model: a path to each node; an interior node's value is "/"

    private int model(Operation operation) {
        if (operation instanceof Operation.Add(Address.Absolute(NodeUri uri, Address.Part _), Value value)) {
            return modelAdd(uri.toString(), value.text().isEmpty() ? "/" : value.text());
        }
        if (operation instanceof Operation.Replace(Address.Absolute(NodeUri uri, Address.Part part), Value value)) {
            return part instanceof Address.Property ? modelRename(uri.toString(), value.text())
                    : modelReplace(uri.toString(), value.text());
        }
        if (operation instanceof Operation.Delete(Address.Absolute(NodeUri uri, Address.Part _))) {
            if (!reference.containsKey(uri.toString())) {
                return 404;
            }
            reference.keySet().removeIf(path -> isAtOrBelow(path, uri.toString()));
            return 200;
        }
        if (operation instanceof Operation.Copy(Address.Absolute from, Address.Absolute to)) {
            return modelCopy(from.node().toString(), to.node().toString());
        }
        throw new AssertionError(operation);
    }

    private int modelAdd(String path, String value) {
        if (reference.containsKey(path)) {
            return 418;
        }
        for (int slash = path.indexOf('/', 2); slash > 0; slash = path.indexOf('/', slash + 1)) {
            if (!reference.getOrDefault(path.substring(0, slash), "/").equals("/")) {
                return 405;
            }
        }
        for (int slash = path.indexOf('/', 2); slash > 0; slash = path.indexOf('/', slash + 1)) {
            reference.put(path.substring(0, slash), "/");
        }
        reference.put(path, value);
        return 200;
    }

    private int modelReplace(String path, String value) {
        String old = reference.get(path);
        if (old == null) {
            return 404;
        }
        if (old.equals("/")) {
            return 405;
        }
        reference.put(path, value);
        return 200;
    }

    private int modelCopy(String from, String to) {
        String source = reference.get(from);
        if (source == null) {
            return 404;
        }
        if (source.equals("/")) {
            return 403;
        }
        String target = reference.get(to);
        if (target == null) {
            return modelAdd(to, source);
        }
        if (target.equals("/")) {
            return 403;
        }
        reference.put(to, source);
        return 200;
    }

    private int modelRename(String path, String name) {
        String renamed = path.substring(0, path.lastIndexOf('/') + 1) + name;
        if (!reference.containsKey(path)) {
            return 404;
        }
        if (renamed.equals(path)) {
            return 200;
        }
        if (reference.containsKey(renamed)) {
            return 418;
        }
        Map<String, String> moved = new TreeMap<>();
        reference.forEach((p, v) -> moved.put(isAtOrBelow(p, path) ? renamed + p.substring(path.length()) : p, v));
        reference.clear();
        reference.putAll(moved);
        return 200;
    }

    private static boolean isAtOrBelow(String path, String ancestor) {
        return path.equals(ancestor) || path.startsWith(ancestor + "/");
    }

    private static Map<String, String> paths(Tree tree) {
        Map<String, String> paths = new TreeMap<>();
        tree.walk(NodeUri.ROOT, (uri, node) -> {
            if (!uri.isRoot()) {
                paths.put(uri.toString(), node.isInterior() ? "/" : node.value().text());
            }
        });
        return paths;
    }
}
