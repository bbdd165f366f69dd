package dev.grove.dm1;

import dev.grove.engine.Fact;
import dev.grove.syncml.AlertCode;
import dev.grove.syncml.AlertType;
import dev.grove.syncml.Command.Alert;
import dev.grove.syncml.Item;
import dev.grove.syncml.ItemValue;
import dev.grove.syncml.ItemValue.Reading;
import dev.grove.syncml.Meta;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import java.util.ArrayList;
import java.util.List;

/** The device's alerts: session control, client events, generic alerts ([DMPRO 1.3 §8.7], [REPPRO 1.2 §9]). */
final class ClientAlerts {

    private static final String DEFAULT_MARK = "informational";

    private final ServerTurn turn;
    private final ClientBody body;

    ClientAlerts(ServerTurn turn, ClientBody body) {
        this.turn = turn;
        this.body = body;
    }

    void take(Alert alert) {
        switch (alert.code().code()) {
            case 1200, 1201, 1222 -> turn.answer(alert, StatusCode.OK);
            case 1223 -> {
                turn.isAborted = true;
                turn.answer(alert, StatusCode.OK);
            }
            case 1225 -> {
                new Answers(turn).takeNoEndOfData();
                turn.answer(alert, StatusCode.OK);
            }
            case 1224, 1226 -> takeItems(alert);
            case -1 -> turn.answer(alert, StatusCode.INCOMPLETE_COMMAND);
            default -> {
                turn.note("Alert " + alert.code().code() + " from a device means nothing here");
                turn.answer(alert, StatusCode.OPTIONAL_FEATURE_NOT_SUPPORTED);
            }
        }
    }

    private void takeItems(Alert alert) {
        if (alert.items().isEmpty()) {
            boolean isEvent = alert.code().equals(AlertCode.CLIENT_EVENT);
            turn.note("Alert " + alert.code().code() + " without an item");
            turn.answer(alert, isEvent ? StatusCode.OK : StatusCode.INCOMPLETE_COMMAND);
            return;
        }
        List<StatusCode> codes = new ArrayList<>(alert.items().size());
        for (Item item : alert.items()) {
            codes.add(switch (body.whole("Alert", Integer.toString(alert.code().code()), item, Meta.NONE)) {
                case ClientBody.Taken.Held(StatusCode code, String _) -> code;
                case ClientBody.Taken.Whole(Item complete) -> raise(alert, complete);
            });
        }
        turn.answers.addAll(turn.statuses.ofItems(alert, codes));
    }

    private StatusCode raise(Alert alert, Item item) {
        boolean isGeneric = alert.code().equals(AlertCode.GENERIC);
        String type = item.meta().type();
        if (type == null || type.isBlank() || (isGeneric && item.data() == null)) {
            return StatusCode.INCOMPLETE_COMMAND;
        }
        return switch (ItemValue.read(item.meta(), item.data(), turn.in.encoding())) {
            case Reading.Refused(StatusCode status, String reason) -> {
                turn.note("an alert that cannot be read: " + reason);
                yield status;
            }
            case Reading.Read(Value value) -> {
                String mark = item.meta().mark();
                turn.facts.add(new Fact.AlertRaised(alert.code(), AlertType.withoutPrefix(type),
                        mark == null && isGeneric ? DEFAULT_MARK : mark, alert.correlator(),
                        item.source() == null ? null : item.source().uri(), value));
                yield StatusCode.OK;
            }
        };
    }
}
