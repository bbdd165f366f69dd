package dev.grove.dm1.command;

import dev.grove.dm1.command.UserAnswer.Effect;
import dev.grove.dm1.exchange.Profile;
import dev.grove.dm1.exchange.UserInteraction;
import dev.grove.dm1.exchange.UserInteraction.Reading;
import dev.grove.syncml.Command.Alert;
import dev.grove.tree.StatusCode;
import java.util.List;

/** Answers the alerts of a server ([REPPRO 1.2 §9], [DMPRO 1.3 §10]). */
record AlertDesk(Profile profile, UserInterface user) {

    /** Answers one alert; asks the user if it is for him. */
    UserAnswer answer(Alert alert) {
        if (alert.code().isUserInteraction()) {
            return profile.commands().contains("Alert") ? ask(alert) : plain(StatusCode.OPTIONAL_FEATURE_NOT_SUPPORTED);
        }
        return plain(switch (alert.code().code()) {
            case 1222, 1225 -> StatusCode.OK;
            case 1200, 1201, 1224, 1226 -> StatusCode.COMMAND_NOT_ALLOWED;
            case -1 -> StatusCode.INCOMPLETE_COMMAND;
            default -> StatusCode.OPTIONAL_FEATURE_NOT_SUPPORTED;
        });
    }

    private UserAnswer ask(Alert alert) {
        return switch (UserInteraction.read(alert)) {
            case Reading.Asked(var interaction) -> UserAnswer.of(interaction, user.ask(interaction));
            case Reading.Refused(var status, var _) -> plain(status);
        };
    }

    private static UserAnswer plain(StatusCode status) {
        return new UserAnswer(status, List.of(), Effect.NONE);
    }
}
