package dev.grove.server;

import dev.grove.server.endpoint.Telemetry;
import dev.grove.server.fleet.SessionRecord;
import dev.grove.server.fleet.SessionRecord.End;
import io.micrometer.core.instrument.Counter;
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
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What Prometheus scrapes. */
final class Metrics implements Telemetry, AutoCloseable {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collector = new JvmGcMetrics();
    private final Map<Integer, Timer> answers = new ConcurrentHashMap<>();
    private final Map<String, Counter> sessions = new ConcurrentHashMap<>();
    private final Counter operations = Counter.builder("grove.operations.answered")
            .description("Operations that devices answered").register(registry);
    private final Counter bytesIn = Counter.builder("grove.dm.received").baseUnit("bytes")
            .description("Message bytes received from devices").register(registry);
    private final Counter bytesOut = Counter.builder("grove.dm.sent").baseUnit("bytes")
            .description("Message bytes sent to devices").register(registry);

    Metrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collector.bindTo(registry);
    }

    void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).register(registry);
    }

    @Override
    public void answered(int httpStatus, int in, int out, Duration time) {
        answers.computeIfAbsent(httpStatus, status -> Timer.builder("grove.dm.answers")
                .description("Requests of devices, by HTTP status").tag("status", Integer.toString(status))
                .publishPercentileHistogram().minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(10)).register(registry)).record(time);
        bytesIn.increment(in);
        bytesOut.increment(out);
    }

    @Override
    public void sessionEnded(SessionRecord session) {
        End end = session.end();
        String outcome = end == null ? "live" : end.reason().name().toLowerCase(Locale.ROOT);
        sessions.computeIfAbsent(outcome, name -> Counter.builder("grove.sessions.ended")
                .description("Sessions that ended, by outcome").tag("outcome", name).register(registry)).increment();
        operations.increment(session.tally().operations());
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
