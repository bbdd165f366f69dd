package dev.grove.testkit.simulation;

import dev.grove.tree.DescriptionNode;
import dev.grove.tree.DescriptionNode.Access;
import dev.grove.tree.DescriptionNode.Occurrence;
import dev.grove.tree.Format;
import dev.grove.tree.ManagementObject;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The live part of a simulated device. Leaves can be written; {@code echo-X} reads as X; {@code run} and {@code begin}
 * can be executed, the latter with an answer that comes later. Whatever is done is told, but for the leaves
 * {@code pair-X}, which are for Atomic and may be rolled back.
 */
final class LiveObject implements ManagementObject {

    static final String ECHO = "echo-";
    static final String RUN = "run";
    static final String BEGIN = "begin";
    static final String PAIR = "pair-";

    private final Map<String, Value> leaves = new TreeMap<>();
    private final Consumer<String> executions;
    private final Consumer<String> asynchronous;
    private final RandomGenerator luck;

    /**
     * @param executions told of every value that is written and every argument that is executed
     * @param asynchronous told of every correlator that an answer is owed to
     */
    LiveObject(Consumer<String> executions, Consumer<String> asynchronous, RandomGenerator luck) {
        this.executions = executions;
        this.asynchronous = asynchronous;
        this.luck = luck;
        leaves.put(RUN, Value.text(""));
        leaves.put(BEGIN, Value.text(""));
        leaves.put(PAIR + "a", Value.text("none"));
        leaves.put(PAIR + "b", Value.text("none"));
    }

    @Override
    public DescriptionNode describe() {
        DescriptionNode leaf = DescriptionNode.of("", Format.CHR, Access.ADD, Access.COPY, Access.DELETE, Access.EXEC,
                Access.GET, Access.REPLACE).withOccurrence(Occurrence.ZERO_OR_MORE);
        return DescriptionNode.interior("", Access.ADD, Access.GET, Access.REPLACE)
                .withScope(DescriptionNode.Scope.PERMANENT).withChildren(leaf);
    }

    @Override
    public Optional<Live> read(NodeUri path) {
        if (path.isRoot()) {
            return Optional.of(new Live.Interior("", List.copyOf(leaves.keySet())));
        }
        String name = path.name();
        return name.startsWith(ECHO)
                ? Optional.of(new Live.Leaf(Value.text(name.substring(ECHO.length()))))
                : Optional.ofNullable(leaves.get(name)).map(Live.Leaf::new);
    }

    @Override
    public StatusCode check(Change change) {
        return StatusCode.OK;
    }

    @Override
    public StatusCode apply(Change change) {
        switch (change) {
            case Change.Add(NodeUri path, Value value) -> write(path, value);
            case Change.Replace(NodeUri path, Value value) -> write(path, value);
            case Change.Delete(NodeUri path) -> leaves.remove(path.name());
            case Change.Rename(NodeUri path, String name) -> {
                return StatusCode.COMMAND_NOT_ALLOWED;
            }
        }
        return StatusCode.OK;
    }

    private void write(NodeUri path, Value value) {
        leaves.put(path.name(), value);
        if (!path.name().startsWith(PAIR)) {
            executions.accept(value.text());
        }
    }

    @Override
    public Outcome exec(NodeUri path, @Nullable Value argument, @Nullable String correlator) {
        executions.accept(argument == null ? "" : argument.text());
        if (path.name().equals(BEGIN) && correlator != null) {
            asynchronous.accept(correlator);
            return Outcome.of(StatusCode.ACCEPTED_FOR_PROCESSING);
        }
        return Outcome.of(luck.nextInt(6) == 0 ? StatusCode.COMMAND_FAILED : StatusCode.OK);
    }
}
