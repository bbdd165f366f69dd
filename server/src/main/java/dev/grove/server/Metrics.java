package dev.grove.server;

import dev.grove.server.admission.Admission;
import dev.grove.server.admission.HeapWatch;
import dev.grove.server.endpoint.Stages;
import dev.grove.server.endpoint.Telemetry;
import dev.grove.server.fleet.BacklogWatch;
import dev.grove.server.fleet.SessionRecord;
import dev.grove.server.fleet.SessionRecord.End;
import dev.grove.server.fleet.SilenceWatch;
import dev.grove.server.fleet.Store;
import dev.grove.server.wake.Tally;
import dev.grove.server.wake.WakeDesk;
import dev.grove.server.wake.WakeRound;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What Prometheus scrapes. What a message costs here are a few counters and four histograms of a dozen buckets; what is
 * read from elsewhere is read when somebody scrapes.
 */
final class Metrics implements Telemetry, AutoCloseable {

    private static final Duration[] BUCKETS = Stream.of(1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 10_000)
            .map(Duration::ofMillis).toArray(Duration[]::new);
    /** What a device says of its dialect before the engine knows better may be anything. */
    private static final Pattern PROFILE = Pattern.compile("DM[ /]\\d\\.\\d|Windows");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collector = new JvmGcMetrics();
    private final Map<Integer, Timer> answers = new ConcurrentHashMap<>();
    private final Map<String, Counter> messages = new ConcurrentHashMap<>();
    private final Map<Ended, Counter> sessions = new ConcurrentHashMap<>();
    private final Timer read = stage("read");
    private final Timer turn = stage("turn");
    private final Timer write = stage("write");
    private final Counter operations = Counter.builder("grove.operations.answered")
            .description("Operations that devices answered").register(registry);
    private final Counter bytesIn = Counter.builder("grove.dm.received").baseUnit("bytes")
            .description("Message bytes received from devices").register(registry);
    private final Counter bytesOut = Counter.builder("grove.dm.sent").baseUnit("bytes")
            .description("Message bytes sent to devices").register(registry);

    private final WakeMetrics wakes = new WakeMetrics(registry);
    /** The registry itself holds what counters read from no better than weakly. */
    private final List<Store.Figure> held = new ArrayList<>();

    private record Ended(String profile, String outcome) {}

    Metrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collector.bindTo(registry);
    }

    private Timer stage(String name) {
        return Timer.builder("grove.dm.stage").tag("stage", name)
                .description("Stages of a message: reading what is known, computing the turn, making it durable")
                .serviceLevelObjectives(BUCKETS).register(registry);
    }

    private void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).register(registry);
    }

    void fleet(Supplier<Number> liveSessions, SilenceWatch silence, BacklogWatch backlog) {
        gauge("grove.sessions.live", "Sessions that have not ended", liveSessions);
        gauge("grove.devices.silent", "Devices that used to call, and have been silent for too long", silence::silent);
        gauge("grove.jobs.waiting", "Jobs that are not over", backlog::waiting);
        gauge("grove.jobs.oldest.seconds", "How long the oldest job that is not over has been waiting",
                () -> backlog.age().toMillis() / 1000.0);
    }

    void admission(Admission admission, HeapWatch heap) {
        for (Admission.Cause cause : Admission.Cause.values()) {
            FunctionCounter.builder("grove.sessions.refused", admission, a -> a.refusals(cause))
                    .description("Sessions that were not let begin, by cause")
                    .tag("cause", cause.name().toLowerCase(Locale.ROOT)).register(registry);
        }
        gauge("grove.sessions.pace", "Sessions that may begin in a second; infinite if there is no limit",
                admission::pace);
        gauge("grove.dm.requests", "Requests of devices that are being answered", admission::requests);
        gauge("grove.draining", "1 while the server is about to stop", () -> admission.isDraining() ? 1 : 0);
        gauge("grove.heap.used.ratio", "Share of the heap in use after the last collection", heap::used);
    }

    /** Who counts what becomes of wakes. */
    Tally wakes() {
        return wakes;
    }

    void waking(WakeDesk desk, WakeRound round) {
        wakes.gauges(desk, round);
    }

    void store(List<Store.Figure> figures) {
        held.addAll(figures);
        for (Store.Figure figure : figures) {
            String name = "grove.store." + figure.name();
            if (figure.isCounter()) {
                FunctionCounter.builder(name, figure, f -> f.value().getAsDouble()).description(figure.help())
                        .register(registry);
            } else {
                gauge(name, figure.help(), () -> figure.value().getAsDouble());
            }
        }
    }

    @Override
    public void answered(int httpStatus, int in, int out, Duration time) {
        answers.computeIfAbsent(httpStatus, status -> Timer.builder("grove.dm.answers")
                .description("Requests of devices, by HTTP status").tag("status", Integer.toString(status))
                .serviceLevelObjectives(BUCKETS).register(registry)).record(time);
        bytesIn.increment(in);
        bytesOut.increment(out);
    }

    @Override
    public void turned(SessionRecord session, Stages stages) {
        messages.computeIfAbsent(profile(session), name -> Counter.builder("grove.messages")
                .description("Messages that were taken, by profile").tag("profile", name).register(registry))
                .increment();
        read.record(stages.readNanos() - stages.readingNanos(), TimeUnit.NANOSECONDS);
        turn.record(stages.computedNanos() - stages.readNanos(), TimeUnit.NANOSECONDS);
        write.record(stages.writtenNanos() - stages.computedNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void sessionEnded(SessionRecord session) {
        End end = session.end();
        String outcome = end == null ? "live" : end.reason().name().toLowerCase(Locale.ROOT);
        sessions.computeIfAbsent(new Ended(profile(session), outcome), ended -> Counter.builder("grove.sessions.ended")
                .description("Sessions that ended, by profile and outcome").tag("profile", ended.profile())
                .tag("outcome", ended.outcome()).register(registry)).increment();
        operations.increment(session.tally().operations());
    }

    private static String profile(SessionRecord session) {
        String name = session.tally().profile();
        return PROFILE.matcher(name).matches() ? name.replace('/', ' ') : "other";
    }

    String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        collector.close();
        registry.close();
    }
}
