package dev.grove.server.api;

import dev.grove.notify.UiMode;
import dev.grove.server.fleet.Device;
import dev.grove.server.fleet.Reach;
import dev.grove.server.fleet.Slice;
import dev.grove.server.fleet.Store;
import dev.grove.server.fleet.Wake;
import dev.grove.server.http.HttpAnswer;
import dev.grove.server.wake.WakeDesk;
import dev.grove.server.wake.WakeDesk.Answer;
import dev.grove.wire.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Wakes devices, shows what came of it, and keeps how each can be reached. */
final class WakeResources {

    static final Set<String> WISH = Set.of("mode", "reason", "expiresIn");

    private static final int MAX_REASON = 1000;
    private static final Duration MOST = Duration.ofDays(365);

    private final Store store;
    private final WakeDesk desk;

    WakeResources(Fleet fleet) {
        this.store = fleet.store();
        this.desk = fleet.wakes();
    }

    List<Route> routes(String root) {
        String device = root + "/devices/{id}";
        return List.of(Route.of("POST", device + "/wake", asked -> wake(asked, root)),
                Route.of("GET", device + "/wakes", this::list).with("after", "limit", "order"),
                Route.of("GET", device + "/wakes/{wid}", this::show),
                Route.of("DELETE", device + "/wakes/{wid}", this::cancel),
                Route.of("GET", device + "/reach", this::showReach),
                Route.of("PUT", device + "/reach", this::putReach),
                Route.of("DELETE", device + "/reach", this::removeReach));
    }

    private HttpAnswer wake(Asked asked, String root) throws Invalid {
        Input document = asked.documentOrNone().objectOf(WISH);
        return switch (desk.ask(asked.place(0), wish(document, desk.rules().patience()))) {
            case Answer.Accepted(Wake wake, boolean _) ->
                Problem.with(Answers.json(202, WakeView.wake(wake)), "Location",
                        root + "/devices/" + Answers.encoded(wake.deviceId()) + "/wakes/" + wake.id());
            case Answer.UnknownDevice() -> Answers.unknownDevice(asked);
            case Answer.Unreachable(String reason) -> Problem.of(409, reason);
        };
    }

    /** The wish for which the fields {@link #WISH} of a document stand. */
    static Wake.Asked wish(Input document, Duration usual) throws Invalid {
        Optional<Input> mode = document.field("mode");
        Optional<Input> reason = document.field("reason");
        Optional<Input> expiresIn = document.field("expiresIn");
        Duration patience = expiresIn.isPresent() ? OperationInput.duration(expiresIn.get()) : usual;
        if (expiresIn.isPresent() && (!patience.isPositive() || patience.compareTo(MOST) > 0)) {
            throw expiresIn.get().invalid("a time of up to 365d");
        }
        return new Wake.Asked(mode.isPresent() ? mode(mode.get()) : UiMode.NOT_SPECIFIED,
                reason.isPresent() ? reason(reason.get()) : "", patience);
    }

    private static UiMode mode(Input given) throws Invalid {
        return switch (given.text()) {
            case "background" -> UiMode.BACKGROUND;
            case "inform" -> UiMode.INFORMATIVE;
            case "confirm" -> UiMode.USER_INTERACTION;
            default -> throw given.invalid("no such mode; known: background, inform, confirm");
        };
    }

    private static String reason(Input given) throws Invalid {
        String text = given.text();
        if (text.length() > MAX_REASON) {
            throw given.invalid("is longer than " + MAX_REASON + " characters");
        }
        return text;
    }

    private HttpAnswer list(Asked asked) throws Invalid {
        Slice slice = asked.query().slice();
        return ofDevice(asked, device -> Views.page(
                store.read(records -> records.wakes().list(device.id(), slice)).stream().map(this::asItIsNow).toList(),
                slice.limit() - 1, WakeView::wake, Wake::id));
    }

    private Wake asItIsNow(Wake wake) {
        return wake.isOpen() ? desk.look(wake.deviceId(), wake.number()).orElse(wake) : wake;
    }

    private HttpAnswer show(Asked asked) {
        return asked.number(1).flatMap(number -> desk.look(asked.place(0), number))
                .<HttpAnswer>map(wake -> Answers.json(200, WakeView.wake(wake))).orElseGet(() -> missing(asked));
    }

    private HttpAnswer cancel(Asked asked) {
        Optional<Wake> wake = asked.number(1).flatMap(number -> desk.cancel(asked.place(0), number));
        if (wake.isEmpty()) {
            return missing(asked);
        }
        return wake.get().state() == Wake.State.CANCELLED
                ? Answers.json(200, WakeView.wake(wake.get()))
                : Problem.of(409, "wake " + wake.get().id() + " is " + WakeView.state(wake.get().state())
                        + " and can no longer be taken back");
    }

    private static HttpAnswer.Whole missing(Asked asked) {
        return Problem.of(404, "the device has no wake " + asked.place(1));
    }

    private HttpAnswer showReach(Asked asked) {
        return ofDevice(asked, device -> WakeView.reach(store.read(records -> desk.reach(records, device.id())),
                desk));
    }

    private HttpAnswer putReach(Asked asked) throws Invalid {
        record Change(@Nullable Reach reach, @Nullable Invalid invalid) {}
        Input document = asked.document();
        Optional<Change> change = store.write(records -> records.devices().find(asked.place(0)).map(device -> {
            try {
                Reach reach = ReachInput.of(document, records.wakes().reach(device.id()), desk);
                records.wakes().putReach(device.id(), reach);
                return new Change(reach, null);
            } catch (Invalid invalid) {
                return new Change(null, invalid);
            }
        }));
        if (change.isEmpty()) {
            return Answers.unknownDevice(asked);
        }
        if (change.get().invalid() != null) {
            throw change.get().invalid();
        }
        Reach reach = change.get().reach();
        return Answers.json(200, WakeView.reach(reach == null ? Reach.NONE : reach, desk));
    }

    private HttpAnswer removeReach(Asked asked) {
        boolean isKnown = store.write(records -> {
            boolean isThere = records.devices().find(asked.place(0)).isPresent();
            if (isThere) {
                records.wakes().putReach(asked.place(0), Reach.NONE);
            }
            return isThere;
        });
        return isKnown ? Answers.none() : Answers.unknownDevice(asked);
    }

    private HttpAnswer ofDevice(Asked asked, Function<Device, Json.Obj> view) {
        return store.read(records -> records.devices().find(asked.place(0)))
                .<HttpAnswer>map(device -> Answers.json(200, view.apply(device)))
                .orElseGet(() -> Answers.unknownDevice(asked));
    }
}
