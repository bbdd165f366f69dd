package dev.grove.server.fleet.check;

import dev.grove.dm1.exchange.Profile;
import dev.grove.engine.Task;
import dev.grove.mo.StandardObjects;
import dev.grove.server.fleet.Store;
import dev.grove.tree.Address;
import dev.grove.tree.ClientUri;
import dev.grove.tree.Description;
import dev.grove.tree.Format;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Operation;
import dev.grove.tree.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where the management objects of a device of DM 1.x are, for operations that name nodes by ClientURI: a device without
 * relative addressing (before DM 1.3) is sent the place in its tree, if the server knows it.
 */
public final class ObjectPlaces {

    private static final int MAX_NODES = 20_000;

    /** The profiles of which the devices find their objects themselves. */
    private static final Set<String> RELATIVE = Profile.ALL.stream().filter(Profile::relativeAddressing)
            .map(Profile::name).collect(Collectors.toUnmodifiableSet());

    private final Store store;
    private final DescriptionShelf shelf;

    public ObjectPlaces(Store store, DescriptionShelf shelf) {
        this.store = store;
        this.shelf = shelf;
    }

    /**
     * The tasks with places instead of ClientURIs, where the device needs them and they are known.
     *
     * @param profile the name of the device's profile; empty before the first contact
     */
    public List<Task> located(String deviceId, String profile, List<Task> tasks) {
        if (RELATIVE.contains(profile) || !nameObject(tasks)) {
            return tasks;
        }
        Search search = new Search(deviceId);
        return tasks.stream().map(task -> new Task(task.jobId(), task.index(), search.located(task.operation())))
                .toList();
    }

    /** Asked for each message, and mostly in vain. */
    private static boolean nameObject(List<Task> tasks) {
        for (Task task : tasks) {
            if (namesObject(task.operation())) {
                return true;
            }
        }
        return false;
    }

    private static boolean namesObject(Operation operation) {
        return switch (operation) {
            case Operation.Get(Address target, var _) -> target instanceof Address.Client;
            case Operation.Add(Address target, var _) -> target instanceof Address.Client;
            case Operation.Replace(Address target, var _) -> target instanceof Address.Client;
            case Operation.Delete(Address target) -> target instanceof Address.Client;
            case Operation.Exec(Address target, var _, var _) -> target instanceof Address.Client;
            case Operation.Copy(Address from, Address to) ->
                from instanceof Address.Client || to instanceof Address.Client;
            case Operation.Atomic(List<Operation> members) -> members.stream().anyMatch(ObjectPlaces::namesObject);
            case Operation.Sequence(List<Operation> members) -> members.stream().anyMatch(ObjectPlaces::namesObject);
            case Operation.Interaction _,Operation.Service _ -> false;
        };
    }

    /** One device's objects; described ones first, then those that it told of. */
    private final class Search {

        private final String deviceId;
        private @Nullable Description known;

        Search(String deviceId) {
            this.deviceId = deviceId;
        }

        Operation located(Operation operation) {
            return switch (operation) {
                case Operation.Get(Address target, var via) -> new Operation.Get(at(target), via);
                case Operation.Add(Address target, Value value) -> new Operation.Add(at(target), value);
                case Operation.Replace(Address target, Value value) -> new Operation.Replace(at(target), value);
                case Operation.Delete(Address target) -> new Operation.Delete(at(target));
                case Operation.Exec(Address target, Value argument, String correlator) ->
                    new Operation.Exec(at(target), argument, correlator);
                case Operation.Copy(Address from, Address to) -> new Operation.Copy(at(from), at(to));
                case Operation.Atomic(List<Operation> members) ->
                    new Operation.Atomic(members.stream().map(this::located).toList());
                case Operation.Sequence(List<Operation> members) ->
                    new Operation.Sequence(members.stream().map(this::located).toList());
                case Operation.Interaction interaction -> interaction;
                case Operation.Service service -> service;
            };
        }

        private Address at(Address target) {
            if (!(target instanceof Address.Client(ClientUri uri)) || uri.hasWildcard() || !uri.where().isEmpty()
                    || uri.level() != null) {
                return target;
            }
            return root(uri).<Address>map(root -> Address.of(root.resolve(new NodeUri(uri.path())))).orElse(target);
        }

        private Optional<NodeUri> root(ClientUri uri) {
            return descriptions().placeOf(uri.moid()).flatMap(place -> {
                String name = place.node().isNamed() ? place.node().name() : uri.instance();
                return name.isEmpty() ? Optional.empty() : Optional.of(place.parent().child(name));
            }).or(() -> told(uri));
        }

        /** The one node of that type; of several, the one that is named as the instance. */
        private Optional<NodeUri> told(ClientUri uri) {
            List<NodeUri> found = new ArrayList<>();
            store.read(records -> records.mirror().below(deviceId, NodeUri.ROOT, "", MAX_NODES)).forEach(node -> {
                Value value = node.value();
                boolean isObject = value != null && value.format() == Format.NODE && value.type().equals(uri.moid());
                if (isObject && (uri.instance().isEmpty() || uri.instance().equals(node.uri().name()))) {
                    found.add(node.uri());
                }
            });
            return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
        }

        private Description descriptions() {
            Description read = known;
            if (read == null) {
                read = shelf.of(deviceId).and(StandardObjects.description());
                known = read;
            }
            return read;
        }
    }
}
