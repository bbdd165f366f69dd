package dev.grove.server.api;

import dev.grove.wire.Json;
import dev.grove.server.fleet.Events;
import dev.grove.server.fleet.SessionDesk;
import dev.grove.server.fleet.SessionRecord;
import dev.grove.server.fleet.Slice;
import dev.grove.server.fleet.Store;
import dev.grove.server.fleet.TraceEntry;
import dev.grove.server.fleet.Tracing;
import dev.grove.server.http.HttpAnswer;
import java.util.List;
import java.util.Optional;

/** The sessions of a device: to look at, and to end. */
final class SessionResources {

    private final Store store;
    private final SessionDesk desk;
    private final Tracing rule;
    private final Events events;

    SessionResources(Fleet fleet, Events events) {
        this.events = events;
        this.store = fleet.store();
        this.desk = fleet.sessions();
        this.rule = fleet.tracing().rule();
    }

    List<Route> routes(String root) {
        String all = root + "/devices/{id}/sessions";
        String one = all + "/{sid}";
        return List.of(Route.of("GET", all, this::list).with("after", "limit", "order"),
                Route.of("GET", one, this::show), Route.of("DELETE", one, this::abort),
                Route.of("GET", one + "/trace", this::trace));
    }

    private HttpAnswer list(Asked asked) throws Invalid {
        Slice slice = asked.query().slice();
        boolean isKnown = store.read(records -> records.devices().find(asked.place(0))).isPresent();
        return isKnown ? Answers.json(200, Views.page(
                store.read(records -> records.sessions().list(asked.place(0), slice)), slice.limit() - 1,
                Views::session, SessionRecord::id)) : Answers.unknownDevice(asked);
    }

    private HttpAnswer show(Asked asked) {
        return session(asked).<HttpAnswer>map(session -> Answers.json(200, Views.session(session)))
                .orElseGet(() -> missing(asked));
    }

    private HttpAnswer trace(Asked asked) {
        return session(asked).<HttpAnswer>map(session -> {
            List<TraceEntry> trace = store
                    .read(records -> records.sessions().trace(session.deviceId(), session.number()));
            return Answers.json(200, Json.object().with("session", Views.session(session))
                    .with("messages", Json.list(TraceView.of(trace)))
                    .with("note", trace.isEmpty() ? TracingResources.whyEmpty(session, rule) : null).build());
        }).orElseGet(() -> missing(asked));
    }

    private HttpAnswer abort(Asked asked) {
        Optional<SessionRecord> session = session(asked);
        if (session.isEmpty()) {
            return missing(asked);
        }
        return desk.askAbort(asked.place(0), session.get().number()).map(this::accepted)
                .orElseGet(() -> Problem.of(409, "session " + asked.place(1) + " is over"));
    }

    /** The device may send its next message to another node: that must know too. */
    private HttpAnswer accepted(SessionRecord living) {
        events.tell(new Events.Event.AbortAsked(living.deviceId(), living.number()));
        return Answers.json(202, Views.session(living));
    }

    private Optional<SessionRecord> session(Asked asked) {
        return asked.number(1)
                .flatMap(number -> store.read(records -> records.sessions().find(asked.place(0), number)));
    }

    static HttpAnswer.Whole missing(Asked asked) {
        return Problem.of(404, "the device has no session " + asked.place(1));
    }
}
