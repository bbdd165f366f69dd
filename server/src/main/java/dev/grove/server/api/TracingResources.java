package dev.grove.server.api;

import dev.grove.server.config.Durations;
import dev.grove.server.fleet.Device;
import dev.grove.server.fleet.SessionRecord;
import dev.grove.server.fleet.Store;
import dev.grove.server.fleet.Tracing;
import dev.grove.server.fleet.TracingDesk;
import dev.grove.server.http.HttpAnswer;
import dev.grove.wire.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.List;

/** Switches the keeping of messages on and off, for a device and for a session. */
final class TracingResources {

    private static final Duration USUAL = Duration.ofHours(1);
    private static final Duration MOST = Duration.ofDays(7);

    private final Store store;
    private final TracingDesk desk;
    private final Clock clock;

    TracingResources(Fleet fleet, Clock clock) {
        this.store = fleet.store();
        this.desk = fleet.tracing();
        this.clock = clock;
    }

    List<Route> routes(String root) {
        String device = root + "/devices/{id}/tracing";
        String session = root + "/devices/{id}/sessions/{sid}/tracing";
        return List.of(Route.of("GET", device, this::show), Route.of("PUT", device, this::begin),
                Route.of("DELETE", device, this::end),
                Route.of("GET", session, this::showSession), Route.of("PUT", session, this::beginSession),
                Route.of("DELETE", session, this::endSession));
    }

    private HttpAnswer show(Asked asked) {
        return store.read(records -> records.devices().find(asked.place(0)))
                .<HttpAnswer>map(device -> Answers.json(200, view(device)))
                .orElseGet(() -> Answers.unknownDevice(asked));
    }

    private HttpAnswer begin(Asked asked) throws Invalid {
        Duration time = time(asked.documentOrNone());
        if (desk.rule() == Tracing.NONE) {
            return neverKept();
        }
        return desk.device(asked.place(0), now().plus(time))
                .<HttpAnswer>map(device -> Answers.json(200, view(device)))
                .orElseGet(() -> Answers.unknownDevice(asked));
    }

    private HttpAnswer end(Asked asked) {
        return desk.device(asked.place(0), null).<HttpAnswer>map(_ -> Answers.none())
                .orElseGet(() -> Answers.unknownDevice(asked));
    }

    private Json.Obj view(Device device) {
        boolean isOn = desk.rule() == Tracing.ALL || (desk.rule() == Tracing.ASKED && device.isTraced(now()));
        return Json.object().with("on", isOn).with("until", device.isTraced(now()) ? device.tracedUntil() : null)
                .with("server", desk.rule().name().toLowerCase(Locale.ROOT)).build();
    }

    private HttpAnswer showSession(Asked asked) {
        return session(asked).<HttpAnswer>map(session -> Answers.json(200, view(session)))
                .orElseGet(() -> SessionResources.missing(asked));
    }

    private HttpAnswer beginSession(Asked asked) throws Invalid {
        asked.documentOrNone().objectOf(Set.of());
        return desk.rule() == Tracing.NONE ? neverKept() : change(asked, true);
    }

    private HttpAnswer endSession(Asked asked) {
        return change(asked, false);
    }

    private HttpAnswer change(Asked asked, boolean isWanted) {
        Optional<SessionRecord> session = session(asked);
        if (session.isEmpty()) {
            return SessionResources.missing(asked);
        }
        return desk.session(asked.place(0), session.get().number(), isWanted)
                .map(changed -> isWanted ? Answers.json(200, view(changed)) : Answers.none())
                .orElseGet(() -> Problem.of(409, "session " + asked.place(1) + " is over"));
    }

    private Json.Obj view(SessionRecord session) {
        boolean isOn = session.isLive() && (desk.rule() == Tracing.ALL || (desk.rule() == Tracing.ASKED
                && session.tracing() == SessionRecord.Tracing.ASKED));
        return Json.object().with("on", isOn).with("kept", session.tracing() != SessionRecord.Tracing.NONE)
                .with("server", desk.rule().name().toLowerCase(Locale.ROOT)).build();
    }

    /** Why there is nothing to see of a session, and what to do about it. */
    static String whyEmpty(SessionRecord session, Tracing rule) {
        if (rule == Tracing.NONE) {
            return "tracing was off: this server keeps no messages at all (its options trace and keep-traces)";
        }
        String device = "/api/v1/devices/" + Answers.encoded(session.deviceId());
        String here = session.isLive() ? "; for this session: PUT " + device + "/sessions/" + session.id() + "/tracing"
                : "";
        return "tracing was off in this session, or its messages were forgotten since (option keep-traces); to switch"
                + " it on for the device: PUT " + device + "/tracing {\"for\":\"1h\"}" + here;
    }

    private static HttpAnswer.Whole neverKept() {
        return Problem.of(409, "this server keeps no messages at all: its option trace is none, or keep-traces 0s");
    }

    private static Duration time(Input document) throws Invalid {
        Optional<Input> given = document.objectOf(Set.of("for")).field("for");
        if (given.isEmpty()) {
            return USUAL;
        }
        String text = given.get().text();
        try {
            Duration time = Durations.parse(text);
            if (time.isPositive() && time.compareTo(MOST) <= 0) {
                return time;
            }
        } catch (IllegalArgumentException malformed) {
            throw given.get().invalid(String.valueOf(malformed.getMessage()));
        }
        throw given.get().invalid("a time of up to " + Durations.print(MOST));
    }

    private Optional<SessionRecord> session(Asked asked) {
        return asked.number(1)
                .flatMap(number -> store.read(records -> records.sessions().find(asked.place(0), number)));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
