package dev.grove.server;

import dev.grove.server.doorbell.Doorbell.Result;
import dev.grove.server.fleet.Wake;
import dev.grove.server.wake.Tally;
import dev.grove.server.wake.WakeDesk;
import dev.grove.server.wake.WakeRound;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Waking in figures. */
final class WakeMetrics implements Tally {

    private static final Duration[] BUCKETS = Stream.of(1, 2, 5, 10, 30, 60, 300, 900, 3600, 14_400, 86_400)
            .map(Duration::ofSeconds).toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final Map<String, Timer> answers = new ConcurrentHashMap<>();

    WakeMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void gauges(WakeDesk desk, WakeRound round) {
        Gauge.builder("grove.wakes.waiting", round, WakeRound::waiting)
                .description("Notifications that wait for their turn at a bearer, or are being sent")
                .register(registry);
        Gauge.builder("grove.wakes.late.seconds", round, r -> r.late().toMillis() / 1000.0)
                .description("How long the oldest due notification has been due").register(registry);
        desk.delays().keySet().forEach(bearer -> Gauge
                .builder("grove.wakes.delay.seconds", desk,
                        d -> d.delays().getOrDefault(bearer, Duration.ZERO).toMillis() / 1000.0)
                .description("How long a new notification would wait for its turn").tag("bearer", bearer)
                .register(registry));
    }

    @Override
    public void rang(String bearer, Result result) {
        String outcome = switch (result) {
            case Result.Taken _ -> "taken";
            case Result.Delivered _ -> "delivered";
            case Result.AddressEnded _ -> "ended";
            case Result.Failed _ -> "failed";
        };
        Counter.builder("grove.wakes.notifications").description("Notifications, by bearer and what it did with them")
                .tag("bearer", bearer).tag("outcome", outcome).register(registry).increment();
    }

    @Override
    public void ended(Wake wake) {
        Wake.End end = wake.end();
        Wake.Sent sent = wake.sent();
        String bearer = sent == null ? "none" : sent.bearer();
        if (end == null) {
            return;
        }
        Counter.builder("grove.wakes.ended").description("Wakes that are over, by outcome and the last bearer")
                .tag("outcome", end.outcome().name().toLowerCase(Locale.ROOT)).tag("bearer", bearer)
                .register(registry).increment();
        if (end.outcome() == Wake.Outcome.ANSWERED) {
            answers.computeIfAbsent(bearer, name -> Timer.builder("grove.wakes.answer")
                    .description("From the wish to the device's call, by the last bearer").tag("bearer", name)
                    .serviceLevelObjectives(BUCKETS).register(registry))
                    .record(Duration.between(wake.createdAt(), end.at()));
        }
    }
}
