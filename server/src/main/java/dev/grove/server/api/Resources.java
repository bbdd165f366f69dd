package dev.grove.server.api;

import dev.grove.wire.Json;
import dev.grove.auth.PreSharedKey;
import dev.grove.notify.UiMode;
import dev.grove.server.fleet.Device;
import dev.grove.server.fleet.Events;
import dev.grove.server.fleet.Job;
import dev.grove.server.fleet.JobCheck;
import dev.grove.server.fleet.JobDesk;
import dev.grove.server.fleet.JobDesk.Submission;
import dev.grove.server.fleet.MirrorNode;
import dev.grove.server.fleet.Reach;
import dev.grove.server.fleet.Slice;
import dev.grove.server.fleet.Store;
import dev.grove.server.fleet.Wake;
import dev.grove.server.http.HttpAnswer;
import dev.grove.server.wake.WakeDesk;
import dev.grove.tree.NodeUri;
import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All that can be asked for on the administration listener. */
public final class Resources {

    static final String PSK_TAKEN = "the identity of the pre-shared key is that of another device";

    private static final String ROOT = "/api/v1";

    private final Fleet fleet;
    private final Store store;
    private final JobDesk jobs;
    private final EventStream events;
    private final Clock clock;
    private final Supplier<String> metrics;

    /** @param metrics in the text form of Prometheus */
    public Resources(Fleet fleet, EventStream events, Clock clock, Supplier<String> metrics) {
        this.fleet = fleet;
        this.store = fleet.store();
        this.jobs = fleet.jobs();
        this.events = events;
        this.clock = clock;
        this.metrics = metrics;
    }

    List<Route> routes() {
        List<Route> all = new ArrayList<>(ownRoutes());
        all.addAll(new DeviceBatch(fleet, events, clock).routes(ROOT));
        all.addAll(new WakeResources(fleet).routes(ROOT));
        all.addAll(new WakeBatch(fleet.wakes()).routes(ROOT));
        all.addAll(new SessionResources(fleet, events).routes(ROOT));
        all.addAll(new TracingResources(fleet, clock).routes(ROOT));
        all.addAll(new DescriptionResources(fleet, clock).routes(ROOT));
        all.addAll(new ObjectResources(fleet, clock).routes(ROOT));
        return List.copyOf(all);
    }

    private List<Route> ownRoutes() {
        return List.of(Route.open("GET", "/healthz", asked -> HttpAnswer.text(200, "ok")),
                Route.open("GET", "/readyz", asked -> ready()),
                Route.open("GET", "/metrics", asked -> new HttpAnswer.Whole(200,
                        Headers.of("Content-Type", "text/plain; version=0.0.4; charset=utf-8"),
                        Bytes.utf8(metrics.get()))),
                Route.open("GET", ROOT + "/openapi.json", asked -> Answers.json(200, openApi())),
                Route.of("GET", ROOT + "/devices", this::listDevices).with("after", "limit", "q", "silent"),
                Route.of("POST", ROOT + "/devices", this::addDevice),
                Route.of("GET", ROOT + "/devices/{id}", asked -> ofDevice(asked, Views::device)),
                Route.of("PATCH", ROOT + "/devices/{id}", this::changeDevice),
                Route.of("DELETE", ROOT + "/devices/{id}", this::removeDevice),
                Route.of("GET", ROOT + "/devices/{id}/jobs", this::listJobs).with("after", "limit", "order"),
                Route.of("POST", ROOT + "/devices/{id}/jobs", this::submitJob),
                Route.of("GET", ROOT + "/devices/{id}/jobs/{job}", this::showJob),
                Route.of("DELETE", ROOT + "/devices/{id}/jobs/{job}", this::cancelJob),
                Route.of("GET", ROOT + "/devices/{id}/tree", this::showTree).with("uri", "after", "limit"),
                Route.of("GET", ROOT + "/devices/{id}/alerts", this::listAlerts).with("after", "limit", "order"),
                Route.of("GET", ROOT + "/events", this::listen).with("device"));
    }

    static Bytes openApi() {
        try (InputStream in = Resources.class.getResourceAsStream("openapi.json")) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its openapi.json");
            }
            return Bytes.wrap(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpAnswer ready() {
        if (fleet.draining().getAsBoolean()) {
            return HttpAnswer.text(503, "draining");
        }
        try {
            store.probe();
            store.read(records -> records.sessions().countLive());
            return HttpAnswer.text(200, "ready");
        } catch (Store.Failure failure) {
            return HttpAnswer.text(503, "the store is not available: " + failure.getMessage());
        }
    }

    private HttpAnswer listDevices(Asked asked) throws Invalid {
        int limit = asked.query().limit();
        String after = asked.query().text("after");
        String wanted = asked.query().text("q");
        List<Device> found = asked.query().truth("silent")
                ? store.read(records -> records.devices().silent(after, limit + 1))
                : store.read(records -> records.devices().list(after, limit + 1, wanted));
        return Answers.json(200, Views.page(found, limit, Views::device, Device::id));
    }

    private HttpAnswer addDevice(Asked asked) throws Invalid {
        Input document = asked.document();
        Device device = DeviceInput.device(document, now());
        Optional<Reach> reach = ReachInput.within(document, Reach.NONE, fleet.wakes());
        Optional<String> conflict = store.write(records -> isPskTaken(records, device)
                ? Optional.of(PSK_TAKEN)
                : added(records, device, reach)
                        ? Optional.empty()
                        : Optional.of("a device with the id " + device.id() + " is known already"));
        if (conflict.isPresent()) {
            return Problem.of(409, conflict.get());
        }
        events.tell(new Events.Event.DeviceAdded(device.id()));
        return Problem.with(Answers.json(201, Views.device(device)), "Location",
                ROOT + "/devices/" + Answers.encoded(device.id()));
    }

    static boolean added(Store.Records records, Device device, Optional<Reach> reach) {
        boolean isAdded = records.devices().add(device);
        if (isAdded) {
            reach.ifPresent(given -> records.wakes().putReach(device.id(), given));
        }
        return isAdded;
    }

    private HttpAnswer changeDevice(Asked asked) throws Invalid {
        record Change(@Nullable Device device, @Nullable Invalid invalid) {}
        Input document = asked.document();
        Optional<Change> change = store.write(records -> records.devices().find(asked.place(0)).map(device -> {
            try {
                Device changed = DeviceInput.patch(device, document);
                if (isPskTaken(records, changed)) {
                    throw Invalid.at("/psk/identity", "is that of another device");
                }
                records.devices().put(changed);
                return new Change(changed, null);
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
        return Answers.json(200, Views.device(Objects.requireNonNull(change.get().device())));
    }

    /** An identity says which device it is: no two have the same. */
    static boolean isPskTaken(Store.Records records, Device device) {
        PreSharedKey psk = device.psk();
        return psk != null && records.devices().findByPsk(psk.identity())
                .filter(other -> !other.id().equals(device.id())).isPresent();
    }

    private HttpAnswer removeDevice(Asked asked) {
        boolean wasThere = store.write(records -> records.devices().remove(asked.place(0)));
        if (!wasThere) {
            return Answers.unknownDevice(asked);
        }
        events.tell(new Events.Event.DeviceRemoved(asked.place(0)));
        return Answers.none();
    }

    private HttpAnswer submitJob(Asked asked) throws Invalid {
        JobInput job = JobInput.of(asked.document(), now());
        Optional<String> unreachable = job.isToWake() ? fleet.wakes().objection(asked.place(0)) : Optional.empty();
        if (unreachable.isPresent()) {
            return Problem.of(409, unreachable.get());
        }
        return switch (jobs.submit(asked.place(0), job.operations(), job.terms(), now())) {
            case Submission.Accepted(Job accepted) ->
                Problem.with(Answers.json(201, Views.submitted(accepted, woken(job, accepted))), "Location",
                        ROOT + "/devices/" + Answers.encoded(accepted.deviceId()) + "/jobs/" + accepted.id());
            case Submission.Refused(List<JobCheck.Refusal> refusals) -> Problem.of(job.operations(), refusals);
            case Submission.UnknownDevice() -> Answers.unknownDevice(asked);
            case Submission.TooMany(int limit) ->
                Problem.of(409, "the device has " + limit + " unfinished jobs, and may have no more");
        };
    }

    /** The id of the wake; absent if none was wanted. */
    private @Nullable String woken(JobInput wanted, Job job) {
        WakeDesk desk = fleet.wakes();
        return wanted.isToWake() && desk.ask(job.deviceId(), new Wake.Asked(UiMode.NOT_SPECIFIED, "job " + job.id(),
                desk.rules().patience())) instanceof WakeDesk.Answer.Accepted(Wake wake, boolean _) ? wake.id() : null;
    }

    private HttpAnswer listJobs(Asked asked) throws Invalid {
        Slice slice = asked.query().slice();
        return ofDevice(asked, device -> Views.page(
                store.read(records -> records.jobs().list(device.id(), slice)), slice.limit() - 1,
                job -> Views.jobHead(job).build(), Job::id));
    }

    private HttpAnswer showJob(Asked asked) {
        record Found(Job job, List<Job.Result> results) {}
        Optional<Found> found = asked.number(1).flatMap(number -> store.read(records -> records.jobs()
                .find(asked.place(0), number)
                .map(job -> new Found(job, records.jobs().results(asked.place(0), number)))));
        return found.<HttpAnswer>map(f -> Answers.json(200, Views.job(f.job(), f.results())))
                .orElseGet(() -> Problem.of(404, "the device has no job " + asked.place(1)));
    }

    private HttpAnswer cancelJob(Asked asked) {
        Optional<Job> job = asked.number(1)
                .flatMap(number -> jobs.cancel(asked.place(0), number, now()));
        if (job.isEmpty()) {
            return Problem.of(404, "the device has no job " + asked.place(1));
        }
        return job.get().state() == Job.State.CANCELLED
                ? Answers.json(200, Views.submitted(job.get()))
                : Problem.of(409, "job " + job.get().id() + " is " + Views.state(job.get().state())
                        + " and can no longer be taken back");
    }

    private HttpAnswer showTree(Asked asked) throws Invalid {
        int limit = asked.query().limit();
        String given = asked.query().text("uri");
        NodeUri start;
        try {
            start = given.isEmpty() ? NodeUri.ROOT : NodeUri.parse(given);
        } catch (IllegalArgumentException e) {
            throw Invalid.malformed("parameter uri: " + e.getMessage());
        }
        return ofDevice(asked, device -> Views.page(
                store.read(records -> records.mirror().below(device.id(), start, asked.query().text("after"),
                        limit + 1)),
                limit, Views::node, (MirrorNode node) -> node.uri().toString()));
    }

    private HttpAnswer listAlerts(Asked asked) throws Invalid {
        Slice slice = asked.query().slice();
        return ofDevice(asked, device -> Views.page(
                store.read(records -> records.alerts().list(device.id(), slice)), slice.limit() - 1, Views::alert,
                alert -> Long.toString(alert.number())));
    }

    private HttpAnswer listen(Asked asked) {
        if (asked.call().method().equals("HEAD")) {
            return Answers.none();
        }
        if (events.isFull()) {
            return Problem.with(Problem.of(503, "too many listeners"), "Retry-After", "10");
        }
        String device = asked.query().text("device");
        String lastId = asked.call().headers().first("Last-Event-ID").orElse("").strip();
        Headers headers = Headers.of("Content-Type", "text/event-stream; charset=utf-8").with("Cache-Control",
                "no-store");
        return new HttpAnswer.Stream(200, headers,
                out -> events.writeTo(out, lastId, event -> device.isEmpty() || event.deviceId().equals(device)));
    }

    private HttpAnswer ofDevice(Asked asked, Function<Device, Json.Obj> view) {
        return store.read(records -> records.devices().find(asked.place(0)))
                .<HttpAnswer>map(device -> Answers.json(200, view.apply(device)))
                .orElseGet(() -> Answers.unknownDevice(asked));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
