package dev.grove.client;

import dev.grove.client.Scheduler.Call;
import dev.grove.dm1.command.UserInterface.Answer;
import dev.grove.notify.Dm2Notification.ConnectionType;
import dev.grove.tree.Operation.Confirm;
import dev.grove.tree.Operation.Display;
import dev.grove.tree.Operation.UiOptions;
import java.time.Duration;
import java.util.Optional;

/** Whether a session that a server has asked for may begin: what the network and the user say. */
final class Welcome {

    /** How soon it is looked again whether a connection is up that was not. */
    static final Duration LOOK_AGAIN = Duration.ofSeconds(15);

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final DeviceSetup setup;

    Welcome(DeviceSetup setup) {
        this.setup = setup;
    }

    /** Whether a connection is up that the server prefers, or that does ([DM 2.0 §5.2.1.2]); it is used if so. */
    boolean isConnected(Call call) {
        Optional<ConnectionType> choice = setup.notifications().connections().choice(call.terms().preferred());
        if (!call.terms().preferred().isEmpty()) {
            choice.ifPresent(setup.notifications().connections()::use);
        }
        return choice.isPresent();
    }

    /**
     * Shows or asks the user what the server recommends ([DMNOTI 1.2 §6.2.7]), and waits. Where the user has to agree
     * and there is none who could, there is no session.
     *
     * @return why the session does not begin, for a person; empty if it does
     */
    Optional<String> refusal(Call call) {
        return switch (call.terms().mode()) {
            case NOT_SPECIFIED, BACKGROUND -> Optional.empty();
            case INFORMATIVE -> {
                setup.user().ask(new Display("The server " + call.serverId() + " is going to manage this device.",
                        UiOptions.NONE));
                yield Optional.empty();
            }
            case USER_INTERACTION -> refusal(setup.user().ask(
                    new Confirm("May the server " + call.serverId() + " manage this device now?",
                            new UiOptions(null, PATIENCE, null, null, null, null))));
        };
    }

    private static Optional<String> refusal(Answer answer) {
        return switch (answer) {
            case Answer.Yes _ -> Optional.empty();
            case Answer.TimedOut _ -> Optional.of("the user has not answered");
            case Answer.Unsupported _,Answer.Undisplayable _ ->
                Optional.of("the user is to be asked, and there is none");
            case Answer.No _,Answer.Cancelled _,Answer.Shown _,Answer.Text _,Answer.Choices _ ->
                Optional.of("the user does not want it");
        };
    }
}
