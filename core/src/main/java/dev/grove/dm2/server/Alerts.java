package dev.grove.dm2.server;

import dev.grove.dm2.AlertInterworking;
import dev.grove.dm2.Dm2Alert;
import dev.grove.dm2.server.Dm2Context.Awaited;
import dev.grove.engine.Fact;
import dev.grove.syncml.AlertCode;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import dev.grove.wire.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the alerts of a package mean: how the session began, what has ended on the device, what else has happened. */
final class Alerts {

    private static final Pattern RESULT_CODE = Pattern.compile("<ResultCode>\\s*([0-9]{3,4})\\s*</ResultCode>");
    private static final Pattern NUMBER = Pattern.compile("\\s*([0-9]{3,4})\\s*");

    private final List<Awaited> awaited;
    private final Addressing addressing;
    private final List<Fact> facts;

    /** @param facts where it is told */
    Alerts(Dm2Context context, List<Fact> facts) {
        this.awaited = new ArrayList<>(context.awaited());
        this.addressing = new Addressing(context.knowledge());
        this.facts = facts;
    }

    /** Whether the session was asked for by a notification ([DM 2.0 App. D]). */
    static boolean isCalled(List<Dm2Alert> alerts) {
        return alerts.stream().anyMatch(alert -> alert.type().equals(Dm2Alert.SERVER_INITIATED));
    }

    /** @param correlator that stood in the address where the package came; absent if none did */
    void take(List<Dm2Alert> alerts, @Nullable String correlator) {
        for (Dm2Alert alert : alerts) {
            if (alert.type().equals(Dm2Alert.SERVER_INITIATED) || alert.type().equals(Dm2Alert.CLIENT_INITIATED)) {
                continue;
            }
            Value data = AlertInterworking.data(alert);
            facts.add(new Fact.AlertRaised(AlertCode.GENERIC, alert.type(),
                    alert.mark() == null ? "informational" : alert.mark(), correlator, alert.source(), data));
            ended(alert, correlator).ifPresent(exec -> {
                awaited.remove(exec);
                String source = alert.source();
                List<Outcome.Result> results = data.data().isEmpty() ? List.of()
                        : List.of(new Outcome.Result(source == null ? "" : source, data));
                facts.add(new Fact.Answered(exec.jobId(), exec.path(),
                        new Outcome(status(alert.data()), results, "told by the alert " + alert.type())));
            });
        }
    }

    /** By the address that went with the EXEC, or by the node ([DM 2.0 §5.3.5, §13.1]). */
    private Optional<Awaited> ended(Dm2Alert alert, @Nullable String correlator) {
        if (alert.type().equals(Dm2Alert.BOOTSTRAP_COMPLETE)) {
            return Optional.empty();
        }
        String source = alert.source();
        Optional<Awaited> byNode = source == null ? Optional.empty()
                : awaited.stream().filter(exec -> addressing.isAbout(source, exec.exec().target()))
                        .filter(exec -> correlator == null || exec.exec().correlator() == null
                                || correlator.equals(exec.exec().correlator()))
                        .findFirst();
        return byNode.or(() -> source != null || correlator == null ? Optional.empty()
                : awaited.stream().filter(exec -> correlator.equals(exec.exec().correlator())).findFirst());
    }

    /** The code that the data holds, where it can be found; what is told without one has gone well. */
    private static StatusCode status(@Nullable Json data) {
        return switch (data) {
            case null -> StatusCode.OK;
            case Json.Num(BigDecimal number) -> status(number.toPlainString());
            case Json.Str(String text) -> status(text);
            case Json.Obj object -> {
                Json code = object.fields().get("ResultCode");
                yield status(code == null ? object.fields().get(Dm2Alert.DM1X) : code);
            }
            case Json.Arr _,Json.Bool _,Json.Null _ -> StatusCode.OK;
        };
    }

    private static StatusCode status(String text) {
        Matcher whole = NUMBER.matcher(text);
        Matcher inside = RESULT_CODE.matcher(text);
        String code = whole.matches() ? whole.group(1) : inside.find() ? inside.group(1) : "200";
        int number = Integer.parseInt(code);
        return number < 100 || number > 1999 ? StatusCode.OK : new StatusCode(number);
    }
}
