package dev.grove.server.fleet.check;

import dev.grove.dm2.server.Dm2Feasibility;
import dev.grove.dm2.server.Dm2Feasibility.Infeasible;
import dev.grove.dm2.server.Dm2ServerSession;
import dev.grove.server.fleet.Device;
import dev.grove.server.fleet.JobCheck;
import dev.grove.server.fleet.MirrorNode;
import dev.grove.server.fleet.OperationPath;
import dev.grove.server.fleet.Store;
import dev.grove.server.fleet.Store.Records;
import dev.grove.tree.Address;
import dev.grove.tree.ClientUri;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Operation;
import dev.grove.tree.Outcome;
import dev.grove.tree.edit.DescriptionCheck;
import dev.grove.tree.edit.TreeLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Checks jobs against what is known of the device: its descriptions, the lengths of URIs that it told in
 * {@code ./DevDetail/URI} ([STDOBJ 1.2 §5]), and whether DM 2.0, if it spoke that last, has a command for it.
 */
public final class DeviceCheck implements JobCheck {

    /** A job with more faults than that is not looked through to the end. */
    private static final int MAX_REFUSALS = 20;

    private static final NodeUri LIMITS = NodeUri.parse("./DevDetail/URI");

    private final Store store;
    private final DescriptionShelf shelf;

    public DeviceCheck(Store store, DescriptionShelf shelf) {
        this.store = store;
        this.shelf = shelf;
    }

    @Override
    public List<Refusal> refuse(String deviceId, List<Operation> operations) {
        TreeLimits limits = store.read(records -> limits(records, deviceId));
        DescriptionCheck descriptions = new DescriptionCheck(shelf.of(deviceId));
        boolean isDm2 = store.read(records -> records.devices().find(deviceId)).map(Device::profile)
                .filter(Dm2ServerSession.PROFILE::equals).isPresent();
        List<Refusal> refusals = new ArrayList<>();
        for (int i = 0; i < operations.size(); i++) {
            Map<String, Outcome> infeasible = isDm2 ? infeasible(i, operations.get(i)) : Map.of();
            for (String path : OperationPath.within(i, operations.get(i))) {
                Operation operation = OperationPath.at(operations, path);
                Optional<Outcome> refused = Optional.ofNullable(infeasible.get(path))
                        .or(() -> OperationPath.membersOf(operation).isEmpty()
                                ? tooLong(limits, operation).or(() -> descriptions.refuse(operation))
                                : Optional.empty());
                refused.ifPresent(outcome -> refusals.add(refusal(path, operation, outcome)));
                if (refusals.size() >= MAX_REFUSALS) {
                    return refusals;
                }
            }
        }
        return refusals;
    }

    /** What no device of DM 2.0 can be asked for, by its path. */
    private static Map<String, Outcome> infeasible(int index, Operation operation) {
        return Dm2Feasibility.faults(Integer.toString(index), operation).stream().collect(
                Collectors.toMap(Infeasible::path, fault -> Outcome.of(fault.status(), fault.reason())));
    }

    private static Refusal refusal(String path, Operation operation, Outcome outcome) {
        List<Address> targets = targets(operation);
        return new Refusal(path, targets.isEmpty() ? "" : spelled(targets.getFirst()), outcome.status(),
                outcome.detail() == null ? outcome.status().text() : outcome.detail());
    }

    private static Optional<Outcome> tooLong(TreeLimits limits, Operation operation) {
        for (Address target : targets(operation)) {
            NodeUri uri = switch (target) {
                case Address.Absolute(NodeUri node, var _) -> node;
                case Address.Relative relative -> relative.path();
                case Address.Client(ClientUri client) -> new NodeUri(client.path());
            };
            Optional<Outcome> refused = limits.refuse(uri, target.part().suffix());
            if (refused.isPresent()) {
                return refused;
            }
        }
        return Optional.empty();
    }

    private static List<Address> targets(Operation operation) {
        return switch (operation) {
            case Operation.Get(Address target, var _) -> List.of(target);
            case Operation.Add(Address target, var _) -> List.of(target);
            case Operation.Replace(Address target, var _) -> List.of(target);
            case Operation.Delete(Address target) -> List.of(target);
            case Operation.Exec(Address target, var _, var _) -> List.of(target);
            case Operation.Copy(Address from, Address to) -> List.of(from, to);
            case Operation.Subscribe(Address target) -> List.of(target);
            case Operation.Unsubscribe(Address target) -> List.of(target);
            case Operation.Atomic _,Operation.Sequence _,Operation.Interaction _,Operation.Service _ -> List.of();
        };
    }

    private static String spelled(Address address) {
        return switch (address) {
            case Address.Absolute absolute -> absolute.toString();
            case Address.Relative relative -> relative.path().toString();
            case Address.Client client -> client.toString();
        };
    }

    private static TreeLimits limits(Records records, String deviceId) {
        return new TreeLimits(limit(records, deviceId, "MaxDepth"), limit(records, deviceId, "MaxTotLen"),
                limit(records, deviceId, "MaxSegLen"), TreeLimits.NONE.maxNodes());
    }

    /** 0, which is no limit, also where the device has told nothing that can be read. */
    private static int limit(Records records, String deviceId, String name) {
        String told = records.mirror().find(deviceId, LIMITS.child(name)).map(MirrorNode::value)
                .map(value -> value.text().strip()).orElse("");
        return told.matches("[0-9]{1,9}") ? Integer.parseInt(told) : 0;
    }
}
