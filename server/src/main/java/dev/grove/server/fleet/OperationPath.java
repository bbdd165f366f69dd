package dev.grove.server.fleet;

import dev.grove.tree.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Paths of operations within a job: {@code 0} is the first, {@code 1.0} the first inside the second. */
public final class OperationPath {

    /** Paths as people count: number by number, the group before what is inside it. */
    public static final Comparator<String> ORDER = Comparator.comparing(OperationPath::numbers, Arrays::compare);

    private OperationPath() {}

    private static int[] numbers(String path) {
        return Arrays.stream(path.split("\\.", -1)).mapToInt(Integer::parseInt).toArray();
    }

    /** The index of the top-level operation that {@code path} belongs to. */
    public static int top(String path) {
        int dot = path.indexOf('.');
        return Integer.parseInt(dot < 0 ? path : path.substring(0, dot));
    }

    /** The paths of the top-level operation {@code index} and of all inside it, in document order. */
    public static List<String> within(int index, Operation operation) {
        List<String> paths = new ArrayList<>();
        collect(Integer.toString(index), operation, paths);
        return paths;
    }

    private static void collect(String path, Operation operation, List<String> paths) {
        paths.add(path);
        List<Operation> members = membersOf(operation);
        for (int i = 0; i < members.size(); i++) {
            collect(path + "." + i, members.get(i), paths);
        }
    }

    /** The operation that stands at {@code path}. */
    public static Operation at(List<Operation> operations, String path) {
        List<Operation> level = operations;
        Operation found = null;
        for (String step : path.split("\\.", -1)) {
            found = level.get(Integer.parseInt(step));
            level = membersOf(found);
        }
        if (found == null) {
            throw new IllegalArgumentException("an operation path has at least one number");
        }
        return found;
    }

    /** The operations inside a group; none for anything else. */
    public static List<Operation> membersOf(Operation operation) {
        if (operation instanceof Operation.Atomic(List<Operation> members)) {
            return members;
        }
        return operation instanceof Operation.Sequence(List<Operation> members) ? members : List.of();
    }
}
