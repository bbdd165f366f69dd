package dev.grove.tree.edit;

import dev.grove.tree.Address;
import dev.grove.tree.ClientUri;
import dev.grove.tree.Description;
import dev.grove.tree.DescriptionNode;
import dev.grove.tree.DescriptionNode.Access;
import dev.grove.tree.DescriptionNode.Scope;
import dev.grove.tree.Format;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Operation;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import dev.grove.tree.edit.ValueRules.Fit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a server can know before it asks: whether the description of a device rules an operation out, whatever the
 * device's tree holds. Nodes of which the description does not speak are given the benefit of the doubt: they stand
 * neither in nor below anything described, at the top of the tree, or where a description leaves room
 * ({@link DescriptionNode#isOpen}). How many nodes there are already ({@code Occurrence}) only the device knows.
 */
public final class DescriptionCheck {

    /** Windows has two names for the tree of the machine ([MS-MDM §2.2.4]). */
    private static final String WINDOWS_MACHINE = "Device";

    private static final String WINDOWS_ROOT = "Vendor";

    private final Description description;
    private final ValueRules values = new ValueRules(TreeRules.OMA);

    public DescriptionCheck(Description description) {
        this.description = description;
    }

    /** The outcome that the device is bound to give, with a sentence that says why; empty if it may well succeed. */
    public Optional<Outcome> refuse(Operation operation) {
        return switch (operation) {
            case Operation.Get(Address target, var _) -> command(target, Access.GET);
            case Operation.Add(Address target, Value value) ->
                command(target, Access.ADD).or(() -> permanent(target)).or(() -> value(target, value));
            case Operation.Replace(Address target, Value value) ->
                command(target, Access.REPLACE).or(() -> value(target, value));
            case Operation.Delete(Address target) -> command(target, Access.DELETE).or(() -> permanent(target));
            case Operation.Exec exec -> command(exec.target(), Access.EXEC);
            case Operation.Copy(Address from, Address to) -> copy(from, to);
            case Operation.Atomic(List<Operation> members) -> any(members);
            case Operation.Sequence(List<Operation> members) -> any(members);
            case Operation.Subscribe(Address target) -> command(target, Access.GET);
            case Operation.Interaction _,Operation.Service _ -> Optional.empty();
        };
    }

    private Optional<Outcome> any(List<Operation> members) {
        return members.stream().flatMap(member -> refuse(member).stream()).findFirst();
    }

    /** What a description says of one node. */
    private sealed interface Said {
        /** Nothing. */
        record Nothing() implements Said {}

        /** That there is no such node. */
        record Absent() implements Said {}

        /** What it is like. */
        record Such(DescriptionNode node) implements Said {}
    }

    private Optional<Outcome> command(Address address, Access command) {
        boolean isItself = address.part() instanceof Address.Itself;
        return switch (said(address)) {
            case Said.Nothing() -> Optional.empty();
            case Said.Absent() -> refused(command == Access.ADD ? StatusCode.COMMAND_NOT_ALLOWED
                    : StatusCode.NOT_FOUND, "the description has no " + spelled(address));
            case Said.Such(DescriptionNode node) -> !isItself || node.allows(command) ? Optional.empty()
                    : refused(StatusCode.COMMAND_NOT_ALLOWED, "the description of " + spelled(address) + " has no "
                            + wireName(command) + " among its access types");
        };
    }

    /** A leaf is copied from where it can be read to where it can be made or changed. */
    private Optional<Outcome> copy(Address from, Address to) {
        return anyOf(from, StatusCode.NOT_FOUND, List.of(Access.COPY, Access.GET))
                .or(() -> anyOf(to, StatusCode.COMMAND_NOT_ALLOWED, List.of(Access.COPY, Access.ADD,
                        Access.REPLACE)));
    }

    private Optional<Outcome> anyOf(Address address, StatusCode absent, List<Access> commands) {
        return switch (said(address)) {
            case Said.Nothing() -> Optional.empty();
            case Said.Absent() -> refused(absent, "the description has no " + spelled(address));
            case Said.Such(DescriptionNode node) -> commands.stream().anyMatch(node::allows) ? Optional.empty()
                    : refused(StatusCode.COMMAND_NOT_ALLOWED, "the description of " + spelled(address)
                            + " has none of " + commands.stream().map(DescriptionCheck::wireName).toList());
        };
    }

    private Optional<Outcome> permanent(Address address) {
        boolean isPermanent = said(address) instanceof Said.Such(DescriptionNode node)
                && node.scope() == Scope.PERMANENT && address.part() instanceof Address.Itself;
        return isPermanent ? refused(StatusCode.COMMAND_NOT_ALLOWED, spelled(address) + " is permanent (TND 7.5)")
                : Optional.empty();
    }

    private Optional<Outcome> value(Address address, Value value) {
        boolean isDocument = value.type().startsWith("application/vnd.syncml.dmtnds+");
        if (isDocument || !(address.part() instanceof Address.Itself)
                || !(said(address) instanceof Said.Such(DescriptionNode described))) {
            return Optional.empty();
        }
        return switch (values.forNew(typed(value, described), described)) {
            case Fit.Refused(Outcome outcome) -> Optional.of(outcome);
            case Fit.Stored _ -> Optional.empty();
        };
    }

    /** Plain text is what a sender says who has not thought of the type: then the node's own type counts. */
    private static Value typed(Value value, DescriptionNode described) {
        boolean isUsual = value.type().equals(Value.DEFAULT_TYPE) && value.format() != Format.NODE;
        String own = described.types().isEmpty() ? "" : described.types().getFirst();
        return isUsual && !own.isEmpty() ? new Value(value.format(), own, value.data()) : value;
    }

    private Said said(Address address) {
        return switch (address) {
            case Address.Absolute(NodeUri uri, var _) -> said(uri);
            case Address.Relative relative -> said(relative.moid(), relative.path().segments());
            case Address.Client(ClientUri uri) -> uri.where().isEmpty() && !uri.hasWildcard()
                    ? said(uri.moid(), uri.path())
                    : new Said.Nothing();
        };
    }

    private Said said(String moid, List<String> path) {
        return description.ofType(moid).map(object -> below(object, path)).orElse(new Said.Nothing());
    }

    private Said said(NodeUri uri) {
        NodeUri place = place(uri);
        for (NodeUri above = place; !above.isRoot(); above = above.parent()) {
            Optional<DescriptionNode> described = description.at(above);
            if (described.isPresent()) {
                boolean isHere = above.segments().size() == place.segments().size();
                return isHere ? new Said.Such(described.get()) : room(described.get());
            }
        }
        return new Said.Nothing();
    }

    /** The node at the end of the path inside a described object. */
    private static Said below(DescriptionNode object, List<String> path) {
        DescriptionNode node = object;
        for (String name : path) {
            Optional<DescriptionNode> child = node.child(name);
            if (child.isEmpty()) {
                return room(node);
            }
            node = child.get();
        }
        return new Said.Such(node);
    }

    private static Said room(DescriptionNode above) {
        return above.isOpen() ? new Said.Nothing() : new Said.Absent();
    }

    /** {@code ./Vendor} is short for {@code ./Device/Vendor}, where the description knows only the long name. */
    private NodeUri place(NodeUri uri) {
        if (uri.isRoot() || !uri.segments().getFirst().equals(WINDOWS_ROOT) || isKnown(uri)) {
            return uri;
        }
        List<String> segments = new ArrayList<>(uri.segments());
        segments.addFirst(WINDOWS_MACHINE);
        return new NodeUri(segments);
    }

    private boolean isKnown(NodeUri uri) {
        for (NodeUri above = uri; !above.isRoot(); above = above.parent()) {
            if (description.at(above).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static String spelled(Address address) {
        return switch (address) {
            case Address.Absolute absolute -> absolute.toString();
            case Address.Relative relative -> relative.path() + " of " + relative.moid();
            case Address.Client client -> client.toString();
        };
    }

    private static String wireName(Access access) {
        return access.name().charAt(0) + access.name().substring(1).toLowerCase(Locale.ROOT);
    }

    private static Optional<Outcome> refused(StatusCode status, String why) {
        return Optional.of(Outcome.of(status, why));
    }
}
