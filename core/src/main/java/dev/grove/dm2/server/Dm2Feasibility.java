package dev.grove.dm2.server;

import dev.grove.dm2.ServerUri;
import dev.grove.tree.Address;
import dev.grove.tree.ClientUri;
import dev.grove.tree.Operation;
import dev.grove.tree.Operation.Interaction;
import dev.grove.tree.StatusCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What DM 2.0 has no commands for ([DM 2.0 §5.3]), whatever is known of the device and its objects. */
public final class Dm2Feasibility {

    /**
     * An operation that no device of DM 2.0 can be asked for.
     *
     * @param path the place of the operation in its job, such as {@code 1.0}
     * @param reason names the thing, the limit and the rule
     */
    public record Infeasible(String path, StatusCode status, String reason) {}

    private Dm2Feasibility() {}

    /**
     * The faults of an operation and of those inside it, in document order; none if it can be sent as soon as its
     * objects are known.
     *
     * @param path the place of the operation in its job
     */
    public static List<Infeasible> faults(String path, Operation operation) {
        List<Infeasible> faults = new ArrayList<>();
        collect(path, operation, faults);
        return faults;
    }

    private static void collect(String path, Operation operation, List<Infeasible> faults) {
        if (operation instanceof Operation.Sequence(List<Operation> members) && !members.isEmpty()) {
            for (int i = 0; i < members.size(); i++) {
                String place = path + "." + i;
                Optional<Infeasible> misplaced = misplaced(place, members.get(i), i == members.size() - 1);
                if (misplaced.isPresent()) {
                    faults.add(misplaced.get());
                } else {
                    collect(place, members.get(i), faults);
                }
            }
        } else {
            fault(path, operation).ifPresent(faults::add);
        }
    }

    private static Optional<Infeasible> misplaced(String path, Operation member, boolean isLast) {
        if (member instanceof Operation.ContinueAt) {
            return of(path, StatusCode.COMMAND_NOT_ALLOWED,
                    "continueAt stands alone: the answers of what goes with it would go elsewhere (DM 2.0 5.3.8)");
        }
        return member instanceof Interaction && !isLast
                ? of(path, StatusCode.OPTIONAL_FEATURE_NOT_SUPPORTED,
                        "a device of DM 2.0 does not wait for its user, so that nothing can follow a user interaction"
                                + " in a sequence (DM 2.0 5.3.7)")
                : Optional.empty();
    }

    private static Optional<Infeasible> fault(String path, Operation operation) {
        return switch (operation) {
            case Operation.Get(Address target, var _) -> property(path, target);
            case Operation.Add(Address target, var _) -> written(path, target);
            case Operation.Replace(Address target, var _) -> written(path, target);
            case Operation.Delete(Address target) -> property(path, target);
            case Operation.Exec exec -> exec.argument() == null
                    ? property(path, exec.target())
                    : of(path, StatusCode.OPTIONAL_FEATURE_NOT_SUPPORTED,
                            "EXEC of DM 2.0 takes no argument (DM 2.0 5.3.5)");
            case Operation.Subscribe(Address target) -> property(path, target);
            case Operation.Unsubscribe(Address target) -> property(path, target);
            case Operation.Show(String url) -> address(path, url);
            case Operation.SetDefault(var _, String url) -> address(path, url);
            case Operation.ContinueAt(String url) -> address(path, url);
            case Operation.Copy _ -> of(path, StatusCode.OPTIONAL_FEATURE_NOT_SUPPORTED,
                    "DM 2.0 has no command that copies: get the value and add it (DM 2.0 5.3)");
            case Operation.Atomic _ -> of(path, StatusCode.OPTIONAL_FEATURE_NOT_SUPPORTED,
                    "DM 2.0 has nothing that is done as a whole or not at all (DM 2.0 5.3)");
            case Operation.Sequence _ -> of(path, StatusCode.INCOMPLETE_COMMAND,
                    "a sequence holds one operation or more");
            case Interaction _ -> Optional.empty();
        };
    }

    private static Optional<Infeasible> written(String path, Address target) {
        return target instanceof Address.Client(ClientUri uri) && uri.hasWildcard()
                ? of(path, StatusCode.OPTIONAL_FEATURE_NOT_SUPPORTED,
                        "what is written has one place: " + uri + " (DM 2.0 5.3.1)")
                : property(path, target);
    }

    private static Optional<Infeasible> property(String path, Address target) {
        return target.part() instanceof Address.Property
                ? of(path, StatusCode.OPTIONAL_FEATURE_NOT_SUPPORTED,
                        "nodes of DM 2.0 have no properties: " + Addressing.asked(target) + " (DM 2.0 6.4)")
                : Optional.empty();
    }

    private static Optional<Infeasible> address(String path, String url) {
        try {
            new ServerUri(url);
            return Optional.empty();
        } catch (IllegalArgumentException broken) {
            return of(path, StatusCode.BAD_REQUEST, String.valueOf(broken.getMessage()));
        }
    }

    private static Optional<Infeasible> of(String path, StatusCode status, String reason) {
        return Optional.of(new Infeasible(path, status, reason));
    }
}
