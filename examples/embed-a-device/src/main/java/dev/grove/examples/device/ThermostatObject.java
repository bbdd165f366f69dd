package dev.grove.examples.device;

import dev.grove.client.Alerts;
import dev.grove.client.store.StorageException;
import dev.grove.dm1.client.ClientAlert;
import dev.grove.dm1.client.ClientAlert.Told;
import dev.grove.tree.DescriptionNode;
import dev.grove.tree.DescriptionNode.Access;
import dev.grove.tree.DescriptionNode.Scope;
import dev.grove.tree.Format;
import dev.grove.tree.ManagementObject;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The thermostat as servers see it. Paths are relative to the node that it is mounted at. */
final class ThermostatObject implements ManagementObject {

    /** Where a device mounts it. */
    static final NodeUri PLACE = NodeUri.parse("./Thermostat");

    private static final NodeUri MEASURED = NodeUri.parse("Measured");
    private static final NodeUri WANTED = NodeUri.parse("Wanted");
    private static final NodeUri BOOST = NodeUri.parse("Boost");

    private final Thermostat thermostat;
    private final Alerts alerts;
    private final Executor background;

    /**
     * @param alerts where the result of a boost is handed in
     * @param background where a boost runs
     */
    ThermostatObject(Thermostat thermostat, Alerts alerts, Executor background) {
        this.thermostat = thermostat;
        this.alerts = alerts;
        this.background = background;
    }

    /** The library refuses with 405 what is not allowed here, and with 415 what is no number. */
    @Override
    public DescriptionNode describe() {
        return DescriptionNode.interior("", Access.GET).withScope(Scope.PERMANENT).withChildren(
                DescriptionNode.of("Measured", Format.FLOAT, Access.GET).withScope(Scope.PERMANENT),
                DescriptionNode.of("Wanted", Format.INT, Access.GET, Access.REPLACE).withScope(Scope.PERMANENT),
                DescriptionNode.of("Boost", Format.NULL, Access.GET, Access.EXEC).withScope(Scope.PERMANENT));
    }

    @Override
    public Optional<Live> read(NodeUri path) {
        if (path.isRoot()) {
            return Optional.of(new Live.Interior("com.example.thermostat", List.of("Measured", "Wanted", "Boost")));
        }
        if (path.equals(MEASURED)) {
            return leaf(Value.of(Format.FLOAT, Float.toString(thermostat.measured())));
        }
        if (path.equals(WANTED)) {
            return leaf(Value.of(Format.INT, Integer.toString(thermostat.wanted())));
        }
        return path.equals(BOOST) ? leaf(Value.of(Format.NULL, "")) : Optional.empty();
    }

    private static Optional<Live> leaf(Value value) {
        return Optional.of(new Live.Leaf(value));
    }

    /** Only Wanted can be replaced: the description says so. What is left to check is the range. */
    @Override
    public StatusCode check(Change change) {
        return switch (change) {
            case Change.Replace(NodeUri path, Value value) when path.equals(WANTED) ->
                isPossible(Integer.parseInt(value.text())) ? StatusCode.OK : StatusCode.COMMAND_FAILED;
            case Change.Replace _,Change.Add _,Change.Delete _,Change.Rename _ -> StatusCode.COMMAND_NOT_ALLOWED;
        };
    }

    private static boolean isPossible(int degrees) {
        return degrees >= Thermostat.COLDEST && degrees <= Thermostat.WARMEST;
    }

    /** Called after {@link #check}; and, with the old value, when an Atomic is rolled back. */
    @Override
    public StatusCode apply(Change change) {
        StatusCode possible = check(change);
        if (possible.isSuccess() && change instanceof Change.Replace(NodeUri _, Value value)) {
            thermostat.want(Integer.parseInt(value.text()));
        }
        return possible;
    }

    /** Accepted now, done later, and then told with the correlator by which the server knows its Exec again. */
    @Override
    public Outcome exec(NodeUri path, @Nullable Value argument, @Nullable String correlator) {
        background.execute(() -> {
            thermostat.boost();
            tell(correlator);
        });
        return Outcome.of(StatusCode.ACCEPTED_FOR_PROCESSING);
    }

    private void tell(@Nullable String correlator) {
        Told told = new Told(PLACE.child("Boost").toString(), "com.example.thermostat.warm", "informational",
                Value.of(Format.INT, "200"));
        try {
            alerts.raise(ClientAlert.generic("boost", correlator, told));
        } catch (StorageException disk) {
            throw new IllegalStateException("the result of the boost could not be kept", disk);
        }
    }
}
