package dev.grove.tree.edit;

import dev.grove.tree.Address;
import dev.grove.tree.Description;
import dev.grove.tree.DescriptionNode;
import dev.grove.tree.DescriptionNode.Access;
import dev.grove.tree.DescriptionNode.Scope;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Operation;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import dev.grove.tree.edit.ValueRules.Fit;
import java.util.List;
import java.util.Optional;

/**
 * What a server can know before it asks: whether the description of a device rules an operation out, whatever the
 * device's tree holds. Nodes of which the description does not speak, objects by identifier, and properties are given
 * the benefit of the doubt.
 */
public final class DescriptionCheck {

    private final Description description;
    private final ValueRules values = new ValueRules(TreeRules.OMA);

    public DescriptionCheck(Description description) {
        this.description = description;
    }

    /** The outcome that the device is bound to give, with a sentence that says why; empty if it may well succeed. */
    public Optional<Outcome> refuse(Operation operation) {
        return switch (operation) {
            case Operation.Get(Address target) -> command(target, Access.GET);
            case Operation.Add(Address target, Value value) ->
                command(target, Access.ADD).or(() -> permanent(target)).or(() -> value(target, value));
            case Operation.Replace(Address target, Value value) ->
                command(target, Access.REPLACE).or(() -> value(target, value));
            case Operation.Delete(Address target) -> command(target, Access.DELETE).or(() -> permanent(target));
            case Operation.Exec exec -> command(exec.target(), Access.EXEC);
            case Operation.Atomic(List<Operation> members) -> any(members);
            case Operation.Sequence(List<Operation> members) -> any(members);
            case Operation.Copy _ -> Optional.empty();
            case Operation.Interaction _ -> Optional.empty();
        };
    }

    private Optional<Outcome> any(List<Operation> members) {
        return members.stream().flatMap(member -> refuse(member).stream()).findFirst();
    }

    private Optional<Outcome> command(Address address, Access command) {
        Optional<NodeUri> uri = node(address);
        Optional<DescriptionNode> described = uri.flatMap(description::at);
        if (described.isPresent()) {
            return described.get().allows(command) ? Optional.empty()
                    : refused(StatusCode.COMMAND_NOT_ALLOWED, "the description of " + address + " has no " + command);
        }
        boolean closed = uri.filter(u -> !u.isRoot()).flatMap(u -> description.at(u.parent()))
                .map(above -> !above.isOpen()).orElse(false);
        return closed ? refused(command == Access.ADD ? StatusCode.COMMAND_NOT_ALLOWED : StatusCode.NOT_FOUND,
                "the description has no " + address) : Optional.empty();
    }

    private Optional<Outcome> permanent(Address address) {
        return node(address).flatMap(description::at).filter(d -> d.scope() == Scope.PERMANENT)
                .flatMap(d -> refused(StatusCode.COMMAND_NOT_ALLOWED, address + " is permanent (TND 7.5)"));
    }

    private Optional<Outcome> value(Address address, Value value) {
        boolean document = value.type().startsWith("application/vnd.syncml.dmtnds+");
        return node(address).filter(uri -> !document).flatMap(description::at)
                .flatMap(described -> switch (values.forNew(value, described)) {
                    case Fit.Refused(Outcome outcome) -> Optional.of(outcome);
                    case Fit.Stored _ -> Optional.<Outcome>empty();
                });
    }

    /** The node itself, where an address says which it is. */
    private static Optional<NodeUri> node(Address address) {
        return address instanceof Address.Absolute(NodeUri uri, Address.Itself _) ? Optional.of(uri) : Optional.empty();
    }

    private static Optional<Outcome> refused(StatusCode status, String why) {
        return Optional.of(Outcome.of(status, why));
    }
}
