package dev.grove.testkit.simulation;

import dev.grove.server.fleet.Job;
import dev.grove.server.fleet.OperationPath;
import dev.grove.testkit.random.Dice;
import dev.grove.testkit.simulation.Mark.Kind;
import dev.grove.tree.Address;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Operation;
import dev.grove.tree.Operation.UiOptions;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Jobs for simulated devices: everything that can be asked, of nodes that are there and of some that are not. Most
 * operations bear a name of their own, by which their executions are counted.
 */
final class RandomJobs {

    /** What leaves a marked operation's name at a place where it can be found again. */
    static final String PREFIX = "mark-";

    private static final List<String> NAMES = List.of("n1", "n2", "n3", "n4", "n5");
    private static final List<String> READABLE = List.of("./DevInfo", "./DevInfo/Mod", "./DevDetail/SwV", "./Sim/Plain",
            "./Sim/Plain/n1", "./Sim/Plain/n2", "./Sim/Plain?list=StructData", "./Sim/Plain?list=Struct", "./Sim/Long",
            "./Sim/Live", "./Sim/Nothing", "./Sim/Plain?prop=ACL", "./Sim/Pair/a?prop=Size");

    private final Dice dice;
    private final Set<String> commands;
    private final Supplier<String> marks;

    /**
     * @param commands the commands of the device's profile
     * @param marks gives names that begin with {@link #PREFIX} and that nobody has had before
     */
    RandomJobs(Dice dice, Set<String> commands, Supplier<String> marks) {
        this.dice = dice;
        this.commands = commands;
        this.marks = marks;
    }

    List<Operation> operations() {
        return dice.some(1, 4, this::any);
    }

    Job.Terms terms(Instant now) {
        return new Job.Terms(dice.between(0, 2), dice.onceIn(5),
                dice.onceIn(6) ? now.plus(Duration.ofMinutes(dice.between(5, 120))) : null);
    }

    private Operation any() {
        return switch (dice.between(0, 9)) {
            case 0 -> atomic(false);
            case 1 -> atomic(true);
            case 2 -> new Operation.Sequence(dice.some(1, 3, this::simple));
            case 3 -> commands.contains("Alert") ? interaction() : simple();
            default -> simple();
        };
    }

    /** Both halves of both pairs get the same name: never one without the other. */
    private Operation atomic(boolean isDoomed) {
        Value name = Value.text(marks.get());
        List<Operation> members = new ArrayList<>();
        for (String half : List.of("./Sim/Pair/a", "./Sim/Live/pair-a", "./Sim/Pair/b", "./Sim/Live/pair-b")) {
            members.add(new Operation.Replace(address(half), name));
        }
        if (isDoomed) {
            members.add(dice.between(0, members.size()), new Operation.Replace(address("./Sim/Nothing/x"), name));
        }
        return new Operation.Atomic(members);
    }

    private Operation interaction() {
        return switch (dice.between(0, 3)) {
            case 0 -> new Operation.Display("An update waits", UiOptions.NONE);
            case 1 -> new Operation.Confirm("Install it?", UiOptions.NONE);
            case 2 -> new Operation.Input("Your name", UiOptions.NONE);
            default -> new Operation.Choose("Which?", List.of("one", "two"), dice.onceIn(2), UiOptions.NONE);
        };
    }

    private Operation simple() {
        return switch (dice.between(0, 11)) {
            case 0, 1 -> new Operation.Replace(address("./Sim/Live/" + dice.oneOf(NAMES)), Value.text(marks.get()));
            case 2, 3 -> new Operation.Exec(address("./Sim/Live/" + LiveObject.RUN), Value.text(marks.get()), null);
            case 4 -> {
                String name = marks.get();
                yield new Operation.Exec(address("./Sim/Live/" + LiveObject.BEGIN), Value.text(name), name);
            }
            case 5, 6 -> read("./Sim/Live/" + LiveObject.ECHO + marks.get(), false);
            case 7 -> new Operation.Add(address("./Sim/Plain/" + dice.oneOf(NAMES)), value());
            case 8 -> new Operation.Delete(address("./Sim/Plain/" + dice.oneOf(NAMES)));
            case 9 -> new Operation.Replace(address("./Sim/Long"), longValue());
            case 10 -> commands.contains("Copy")
                    ? new Operation.Copy(address("./Sim/Pair/a"), address("./Sim/Plain/" + dice.oneOf(NAMES)))
                    : read("./DevInfo/Lang", false);
            default -> read(dice.oneOf(READABLE), true);
        };
    }

    private Operation read(String uri, boolean isPlain) {
        return new Operation.Get(isPlain ? Address.parse(uri) : address(uri));
    }

    private Value value() {
        return dice.onceIn(3)
                ? Value.binary(Bytes.wrap(dice.octets(dice.between(0, 80))))
                : Value.text("text <&> " + dice.between(0, 999));
    }

    /** Longer than a message of some devices, and sometimes longer than what they take at all. */
    private Value longValue() {
        int length = dice.onceIn(8) ? 60_000 : dice.between(1_500, 9_000);
        return dice.onceIn(2)
                ? Value.binary(Bytes.wrap(dice.octets(length)))
                : Value.text("0123456789".repeat(length / 10) + "é".repeat(length / 20));
    }

    private static Address address(String uri) {
        return Address.of(NodeUri.parse(uri));
    }

    /** The marked operations of a job, once it has its number. */
    static List<Mark> marks(Job job) {
        List<Mark> marks = new ArrayList<>();
        for (int i = 0; i < job.operations().size(); i++) {
            Operation top = job.operations().get(i);
            boolean mayRepeat = job.terms().retryExec() || !top.holdsExec();
            for (String path : OperationPath.within(i, top)) {
                Operation operation = OperationPath.at(job.operations(), path);
                String name = nameOf(operation);
                if (!name.isEmpty()) {
                    marks.add(new Mark(name, job.deviceId(), job.number(), path, kind(operation), mayRepeat));
                }
            }
        }
        return marks;
    }

    private static Kind kind(Operation operation) {
        return operation instanceof Operation.Exec
                ? Kind.EXEC
                : operation instanceof Operation.Get ? Kind.READ : Kind.WRITE;
    }

    /** The name that an operation bears; empty if none. Writes to pairs do not count: they may be rolled back. */
    private static String nameOf(Operation operation) {
        return switch (operation) {
            case Operation.Replace(Address target, Value value) ->
                isLive(target.toString()) ? name(value.text()) : "";
            case Operation.Exec exec -> exec.argument() == null ? "" : name(exec.argument().text());
            case Operation.Get(Address target, var _) -> name(lastSegment(target).replace(LiveObject.ECHO, ""));
            case Operation.Add _,Operation.Delete _,Operation.Copy _ -> "";
            case Operation.Atomic _,Operation.Sequence _,Operation.Interaction _,Operation.Service _ -> "";
        };
    }

    /** Whether what is written there is told, and never rolled back. */
    static boolean isLive(String uri) {
        return uri.contains("/Live/") && !uri.contains(LiveObject.PAIR);
    }

    private static String lastSegment(Address target) {
        return target instanceof Address.Absolute(NodeUri node, Address.Part _) && !node.isRoot() ? node.name() : "";
    }

    /** {@code text} if it is the name of a marked operation; else the empty string. */
    static String name(String text) {
        return text.startsWith(PREFIX) ? text : "";
    }

    /** What a job asks, in a line. */
    static String describe(List<Operation> operations) {
        return operations.stream().map(RandomJobs::describe).collect(Collectors.joining(", "));
    }

    private static String describe(Operation operation) {
        return switch (operation) {
            case Operation.Get(Address target, var _) -> "Get " + target;
            case Operation.Add(Address target, Value value) -> "Add " + target + " " + value.data().length();
            case Operation.Replace(Address target, Value value) -> "Replace " + target + " " + described(value);
            case Operation.Delete(Address target) -> "Delete " + target;
            case Operation.Copy(Address from, Address to) -> "Copy " + from + " to " + to;
            case Operation.Exec exec -> "Exec " + exec.target() + " " + described(exec.argument());
            case Operation.Atomic(List<Operation> members) -> "Atomic(" + describe(members) + ")";
            case Operation.Sequence(List<Operation> members) -> "Sequence(" + describe(members) + ")";
            case Operation.Interaction asked -> asked.text();
            case Operation.Service service -> service.toString();
        };
    }

    private static String described(@Nullable Value value) {
        return value == null
                ? ""
                : value.data().length() < 40 ? value.text() : value.data().length() + " bytes";
    }
}
