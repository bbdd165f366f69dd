package dev.grove.server.api;

import dev.grove.wire.Json;
import dev.grove.auth.PreSharedKey;
import dev.grove.auth.Scheme;
import dev.grove.auth.Secret;
import dev.grove.engine.Account;
import dev.grove.engine.Fact;
import dev.grove.server.config.Durations;
import dev.grove.server.fleet.Alert;
import dev.grove.server.fleet.Device;
import dev.grove.server.fleet.Events.Event;
import dev.grove.server.fleet.Job;
import dev.grove.server.fleet.MirrorNode;
import dev.grove.server.fleet.SessionRecord;
import dev.grove.server.fleet.SessionRecord.End;
import dev.grove.server.fleet.Wake;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The fleet as JSON. Secrets and nonces are left out. */
final class Views {

    private static final Pattern HRESULT = Pattern.compile("0x[0-9A-Fa-f]{8}");

    private Views() {}

    static Json.Obj device(Device device) {
        Account account = device.account();
        Secret client = account.client();
        Secret server = account.server();
        PreSharedKey psk = device.psk();
        Json.Builder credentials = Json.object();
        if (client != null) {
            credentials.with("client", Json.object().with("userName", client.userName()).with("schemes",
                    Json.list(account.clientSchemes().stream().map(Views::lower).map(Json::of).toList())).build());
        }
        if (server != null) {
            credentials.with("server", Json.object().with("userName", server.userName())
                    .with("scheme", lower(account.serverScheme())).build());
        }
        return Json.object().with("id", device.id()).with("name", device.name()).with("profile", device.profile())
                .with("certificateSha256", device.certificate())
                .with("psk", psk == null ? null : Json.object().with("identity", psk.identity()).build())
                .with("createdAt", device.createdAt()).with("seenAt", device.seenAt())
                .with("usualInterval", interval(device.rhythm()))
                .with("silentSince", device.rhythm().silentSince()).with("tracedUntil", device.tracedUntil())
                .with("credentials", credentials.build()).build();
    }

    private static @Nullable String interval(Device.Rhythm rhythm) {
        return rhythm.usual() == null ? null : Durations.print(rhythm.usual().truncatedTo(ChronoUnit.SECONDS));
    }

    private static String lower(Scheme scheme) {
        return scheme.name().toLowerCase(Locale.ROOT);
    }

    static Json.Obj submitted(Job job) {
        return submitted(job, null);
    }

    /** @param wake the id of what wakes the device for it; absent if nothing does */
    static Json.Obj submitted(Job job, @Nullable String wake) {
        return Json.object().with("id", job.id()).with("state", state(job.state())).with("wake", wake).build();
    }

    static Json.Builder jobHead(Job job) {
        return Json.object().with("id", job.id()).with("state", state(job.state()))
                .with("reason", job.reason().isEmpty() ? null : job.reason())
                .with("priority", job.terms().priority()).with("retryExec", job.terms().retryExec())
                .with("submittedAt", job.submittedAt()).with("expiresAt", job.terms().expiresAt())
                .with("finishedAt", job.finishedAt());
    }

    static Json.Obj job(Job job, List<Job.Result> results) {
        return jobHead(job).with("operations", Json.list(job.operations().stream().map(OperationView::of).toList()))
                .with("outcomes", Json.list(results.stream().map(Views::outcome).toList())).build();
    }

    private static Json.Obj outcome(Job.Result result) {
        String detail = result.detail();
        return Json.object().with("operation", result.path())
                .with("status", result.status() == null ? null : Json.of(result.status().code()))
                .with("text", result.text()).with("detail", detail).with("hresult", hresult(detail))
                .with("results", Json.list(result.results().stream().map(OperationView::of).toList()))
                .with("at", result.at()).build();
    }

    private static @Nullable String hresult(@Nullable String detail) {
        Matcher matcher = HRESULT.matcher(detail == null ? "" : detail);
        return matcher.find() ? matcher.group() : null;
    }

    static Json.Obj node(MirrorNode node) {
        Json.Builder view = Json.object().with("uri", node.uri().toString());
        if (node.value() != null) {
            boolean isLeaf = node.isRead() && switch (node.value().format()) {
                case NODE, NULL -> false;
                case B64, BIN, BOOL, CHR, INT, XML, DATE, TIME, FLOAT -> true;
            };
            view = isLeaf
                    ? OperationView.value(view, node.uri().toString(), node.value())
                    : view.with("format", node.value().format().wireName()).with("type", node.value().type());
        }
        return view.with("at", node.at()).build();
    }

    static Json.Obj alert(Alert alert) {
        Fact.AlertRaised what = alert.what();
        Json.Builder view = Json.object().with("id", Long.toString(alert.number())).with("at", alert.at())
                .with("session", Long.toString(alert.session())).with("code", what.code().code())
                .with("type", what.type()).with("mark", what.mark()).with("correlator", what.correlator())
                .with("source", what.source()).with("format", what.data().format().wireName())
                .with("dataType", what.data().type());
        return OperationView.data(view, "data", what.data()).build();
    }

    static Json.Obj session(SessionRecord session) {
        End end = session.end();
        return Json.object().with("id", session.id()).with("sessionId", session.sessionId())
                .with("state", end == null ? "live" : "ended").with("profile", session.tally().profile())
                .with("authenticated", session.tally().isAuthenticated()).with("startedAt", session.startedAt())
                .with("lastAt", session.lastAt()).with("endedAt", end == null ? null : end.at())
                .with("outcome", end == null ? null : end.reason().name().toLowerCase(Locale.ROOT))
                .with("remark", end == null || end.remark().isEmpty() ? null : end.remark())
                .with("messages", session.tally().messages()).with("operations", session.tally().operations())
                .with("durationMs", session.duration().toMillis())
                .with("traced", session.tracing() != SessionRecord.Tracing.NONE).build();
    }

    /** The name under which an event is sent. */
    static String name(Event event) {
        return switch (event) {
            case Event.SessionChanged _,Event.AbortAsked _ -> "session";
            case Event.JobChanged _ -> "job";
            case Event.AlertRaised _ -> "alert";
            case Event.DeviceAdded _,Event.DeviceRemoved _,Event.DeviceSilent _,Event.DeviceHeard _ -> "device";
            case Event.WakeChanged _ -> "wake";
        };
    }

    static Json.Obj event(Event event) {
        Json.Builder view = Json.object().with("device", event.deviceId());
        return switch (event) {
            case Event.SessionChanged(SessionRecord session) -> view.with("session", session(session)).build();
            case Event.JobChanged(_, String job, Job.State state, String reason) -> view.with("job", Json.object()
                    .with("id", job).with("state", state(state)).with("reason", reason.isEmpty() ? null : reason)
                    .build()).build();
            case Event.AlertRaised(Alert alert) -> view.with("alert", alert(alert)).build();
            case Event.AbortAsked(_, long session) -> view.with("session", Json.object()
                    .with("id", Long.toString(session)).with("abortAsked", true).build()).build();
            case Event.WakeChanged(_, String wake, Wake.State state, Long session) -> view.with("wake", Json.object()
                    .with("id", wake).with("state", WakeView.state(state))
                    .with("session", session == null ? null : Long.toString(session)).build()).build();
            case Event.DeviceAdded _ -> view.with("change", "added").build();
            case Event.DeviceRemoved _ -> view.with("change", "removed").build();
            case Event.DeviceSilent _ -> view.with("change", "silent").build();
            case Event.DeviceHeard _ -> view.with("change", "heard").build();
        };
    }

    static String state(Job.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    /** A page of a list; {@code next} is what to ask for with {@code after}, absent on the last page. */
    static <T> Json.Obj page(List<T> found, int limit, Function<T, Json.Obj> view, Function<T, String> key) {
        List<T> shown = found.size() > limit ? found.subList(0, limit) : found;
        return Json.object().with("items", Json.list(shown.stream().map(view).toList()))
                .with("next", found.size() > limit ? key.apply(shown.getLast()) : null).build();
    }
}
