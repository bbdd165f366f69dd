package dev.grove.tools.simulate;

import dev.grove.client.Alerts;
import dev.grove.client.store.StorageException;
import dev.grove.dm1.client.ClientAlert;
import dev.grove.dm1.client.ClientAlert.Told;
import dev.grove.tools.device.BackgroundWork;
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
import org.jspecify.annotations.Nullable;

/**
 * {@code ./Demo/Work} of a simulated device, as {@link BackgroundWork} has it but without a background: {@code Run} is
 * accepted (202), and its end is told in the next session; {@code Now} is done at once; {@code Count} tells how often
 * either was.
 */
final class PlayedWork implements ManagementObject {

    private static final DescriptionNode DESCRIPTION = DescriptionNode.interior("", Access.GET)
            .withScope(Scope.PERMANENT).withChildren(
                    DescriptionNode.of("Run", Format.CHR, Access.GET, Access.EXEC).withScope(Scope.PERMANENT),
                    DescriptionNode.of("Now", Format.CHR, Access.GET, Access.EXEC).withScope(Scope.PERMANENT),
                    DescriptionNode.of("Count", Format.INT, Access.GET).withScope(Scope.PERMANENT));

    private final PlayedDevice device;
    private final Alerts alerts;

    PlayedWork(PlayedDevice device, Alerts alerts) {
        this.device = device;
        this.alerts = alerts;
    }

    @Override
    public DescriptionNode describe() {
        return DESCRIPTION;
    }

    @Override
    public Optional<Live> read(NodeUri path) {
        return switch (path.toString()) {
            case "." -> Optional.of(new Live.Interior("", List.of("Run", "Now", "Count")));
            case "./Run", "./Now" -> Optional.of(new Live.Leaf(Value.text("")));
            case "./Count" ->
                Optional.of(new Live.Leaf(Value.of(Format.INT, Integer.toString(device.workDone()))));
            default -> Optional.empty();
        };
    }

    @Override
    public StatusCode check(Change change) {
        return StatusCode.COMMAND_NOT_ALLOWED;
    }

    @Override
    public StatusCode apply(Change change) {
        return StatusCode.COMMAND_NOT_ALLOWED;
    }

    @Override
    public Outcome exec(NodeUri path, @Nullable Value argument, @Nullable String correlator) {
        int number = device.doWork();
        if (path.toString().equals("./Now")) {
            return Outcome.of(StatusCode.OK);
        }
        boolean fails = argument != null && argument.text().strip().equals("fail");
        Told told = new Told(BackgroundWork.PLACE.child("Run").toString(), BackgroundWork.ALERT_TYPE,
                fails ? "warning" : "informational", Value.of(Format.INT, fails ? "500" : "200"));
        try {
            alerts.raise(ClientAlert.generic("work-" + number, correlator, told));
            return Outcome.of(StatusCode.ACCEPTED_FOR_PROCESSING);
        } catch (StorageException impossible) {
            throw new IllegalStateException("memory is no disk", impossible);
        }
    }
}
