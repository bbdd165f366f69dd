package dev.grove.tree.edit;

import dev.grove.tree.DescriptionNode;
import dev.grove.tree.DescriptionNode.Access;
import dev.grove.tree.DescriptionNode.Occurrence;
import dev.grove.tree.Format;
import dev.grove.tree.ManagementObject;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A live object for tests: a flat map of leaves, the interior node {@code Runs} with an Exec, a diary of calls. */
final class FakeSettings implements ManagementObject {

    final Map<String, String> values = new LinkedHashMap<>();
    final List<String> diary = new ArrayList<>();
    /** What check and apply answer for a change of a path. */
    final Map<String, StatusCode> refusedByCheck = new LinkedHashMap<>();
    final Map<String, StatusCode> failingInApply = new LinkedHashMap<>();
    StatusCode execStatus = StatusCode.OK;
    boolean present = true;

    @Override
    public DescriptionNode describe() {
        return DescriptionNode.interior("any", Access.GET).withChildren(
                DescriptionNode.of("Secret", Format.CHR, Access.REPLACE),
                DescriptionNode.interior("Runs", Access.GET, Access.EXEC),
                DescriptionNode.of("", Format.CHR, Access.ADD, Access.DELETE, Access.GET, Access.REPLACE)
                        .withOccurrence(Occurrence.ZERO_OR_MORE));
    }

    @Override
    public Optional<Live> read(NodeUri path) {
        diary.add("read " + path);
        if (!present) {
            return Optional.empty();
        }
        if (path.isRoot()) {
            List<String> names = new ArrayList<>(values.keySet());
            names.addAll(List.of("Secret", "Runs"));
            return Optional.of(new Live.Interior("urn:test:settings:1.0", names));
        }
        return switch (path.toString()) {
            case "./Secret" -> Optional.of(new Live.WriteOnly(Format.CHR, "text/plain"));
            case "./Runs" -> Optional.of(new Live.Interior("", List.of()));
            default -> Optional.ofNullable(path.segments().size() > 1 ? null : values.get(path.name()))
                    .map(text -> new Live.Leaf(Value.text(text)));
        };
    }

    @Override
    public StatusCode check(Change change) {
        diary.add("check " + shown(change));
        return refusedByCheck.getOrDefault(change.path().name(), StatusCode.OK);
    }

    @Override
    public StatusCode apply(Change change) {
        StatusCode status = failingInApply.getOrDefault(shown(change), StatusCode.OK);
        diary.add("apply " + shown(change) + (status.isSuccess() ? "" : " fails"));
        if (status.isSuccess()) {
            switch (change) {
                case Change.Add(NodeUri path, Value value) -> values.put(path.name(), value.text());
                case Change.Replace(NodeUri path, Value value) -> values.put(path.name(), value.text());
                case Change.Delete(NodeUri path) -> values.remove(path.name());
                case Change.Rename(NodeUri path, String name) -> values.put(name, values.remove(path.name()));
            }
        }
        return status;
    }

    @Override
    public Outcome exec(NodeUri path, @Nullable Value argument, @Nullable String correlator) {
        diary.add("exec " + path + " " + (argument == null ? "-" : argument.text()) + " " + correlator);
        return Outcome.of(execStatus);
    }

    private static String shown(Change change) {
        return switch (change) {
            case Change.Add(NodeUri path, Value value) -> "add " + path.name() + "=" + value.text();
            case Change.Replace(NodeUri path, Value value) -> "replace " + path.name() + "=" + value.text();
            case Change.Delete(NodeUri path) -> "delete " + path.name();
            case Change.Rename(NodeUri path, String name) -> "rename " + path.name() + ">" + name;
        };
    }

    /** What was changed, without reads and checks. */
    List<String> applied() {
        return diary.stream().filter(entry -> entry.startsWith("apply") || entry.startsWith("exec")).toList();
    }
}
