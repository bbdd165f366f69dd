package dev.grove.server;

import dev.grove.server.endpoint.Stages;
import dev.grove.server.endpoint.Telemetry;
import dev.grove.server.fleet.SessionRecord;
import dev.grove.server.fleet.SessionRecord.End;
import dev.grove.wire.Bytes;
import dev.grove.wire.Json;
import dev.grove.wire.JsonText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends spans to an OpenTelemetry collector: OTLP over HTTP, in JSON ([OTLP 1.5 §OTLP/HTTP]). A session is a trace: its
 * span is sent when it has ended, under it one for each message, under that its stages. A message only leaves a few
 * numbers in a queue; what finds no room there is counted, and not sent. Spans hold no message and no secret.
 */
final class OtlpTraces implements Telemetry, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OtlpTraces.class);
    private static final int MAX_WAITING = 8192;
    private static final int MAX_TOGETHER = 512;
    private static final Duration GATHERED_FOR = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int INTERNAL = 1;
    private static final int SERVER = 2;

    private final URI collector;
    private final int oneOf;
    private final Clock clock;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final BlockingQueue<Passed> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final LongAdder lost = new LongAdder();
    private final Thread sender;
    private volatile boolean isClosing;
    private boolean isTrouble;

    /** What is to be told: a message, or a session that is over. */
    private sealed interface Passed {

        SessionRecord session();

        /** @param atNanos since 1970, when it was durable */
        record OfMessage(SessionRecord session, Stages stages, long atNanos) implements Passed {}

        record OfSession(SessionRecord session) implements Passed {}
    }

    /** @param oneOf one session of so many is traced */
    OtlpTraces(URI collector, int oneOf, Clock clock) {
        this.collector = collector;
        this.oneOf = oneOf;
        this.clock = clock;
        this.sender = Thread.ofPlatform().daemon().name("traces").start(this::run);
    }

    @Override
    public void answered(int httpStatus, int bytesIn, int bytesOut, Duration time) {
        // a request may be none of a session
    }

    @Override
    public void turned(SessionRecord session, Stages stages) {
        if (isTraced(session)) {
            hand(new Passed.OfMessage(session, stages, nanos(clock.instant())));
        }
    }

    @Override
    public void sessionEnded(SessionRecord session) {
        if (isTraced(session)) {
            hand(new Passed.OfSession(session));
        }
    }

    private boolean isTraced(SessionRecord session) {
        return session.number() % oneOf == 0;
    }

    private void hand(Passed passed) {
        if (!waiting.offer(passed)) {
            lost.increment();
        }
    }

    private void run() {
        List<Passed> together = new ArrayList<>();
        while (!isClosing || !waiting.isEmpty()) {
            try {
                gather(together);
                if (!together.isEmpty()) {
                    send(together);
                }
            } catch (InterruptedException _) {
                isClosing = true;
            }
            together.clear();
        }
    }

    private void gather(List<Passed> together) throws InterruptedException {
        long end = System.nanoTime() + GATHERED_FOR.toNanos();
        while (together.size() < MAX_TOGETHER) {
            long left = isClosing ? 0 : end - System.nanoTime();
            Passed next = waiting.poll(Math.min(left, 100_000_000), TimeUnit.NANOSECONDS);
            if (next != null) {
                together.add(next);
            } else if (left <= 0 || isClosing) {
                return;
            }
        }
    }

    private void send(List<Passed> together) throws InterruptedException {
        List<Json> spans = new ArrayList<>();
        together.forEach(passed -> spans.addAll(spans(passed)));
        Json scope = Json.object().with("scope", Json.object().with("name", "dev.grove.server").build())
                .with("spans", Json.list(spans)).build();
        Json resource = Json.object().with("attributes", Json.list(List.of(text("service.name", "grove")))).build();
        Json all = Json.object().with("resourceSpans", Json.list(List.of(Json.object().with("resource", resource)
                .with("scopeSpans", Json.list(List.of(scope))).build()))).build();
        HttpRequest request = HttpRequest.newBuilder(collector).timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JsonText.write(all).toArray())).build();
        try {
            int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            outcome(status / 100 == 2, together.size(), "HTTP " + status);
        } catch (IOException e) {
            outcome(false, together.size(), e.toString());
        }
    }

    /** Told when it begins and when it is over, and not each time. */
    private void outcome(boolean isSent, int count, String why) {
        if (!isSent) {
            lost.add(count);
        }
        if (!isSent && !isTrouble) {
            LOG.warn("traces do not reach the collector at {}: {}", collector, why);
        } else if (isSent && isTrouble) {
            LOG.info("traces reach the collector again; {} messages and sessions are not among them", lost.sum());
        }
        isTrouble = !isSent;
    }

    private static List<Json> spans(Passed passed) {
        SessionRecord session = passed.session();
        Bytes id = digest(session);
        String trace = id.slice(0, 16).hex();
        String parent = id.slice(16, 24).hex();
        return switch (passed) {
            case Passed.OfSession _ -> List.of(new Span(trace, parent, "", "session")
                    .json(INTERNAL, nanos(session.startedAt()), nanos(session.lastAt()), ended(session)));
            case Passed.OfMessage(_, Stages stages, long atNanos) -> {
                long toWall = atNanos - stages.writtenNanos();
                Span message = new Span(trace, newId(), parent, "message");
                yield List.of(
                        message.json(SERVER, stages.begunNanos() + toWall, atNanos, begun(session)),
                        message.stage("read").json(INTERNAL, stages.readingNanos() + toWall,
                                stages.readNanos() + toWall, List.of()),
                        message.stage("turn").json(INTERNAL, stages.readNanos() + toWall,
                                stages.computedNanos() + toWall, List.of()),
                        message.stage("write").json(INTERNAL, stages.computedNanos() + toWall, atNanos, List.of()));
            }
        };
    }

    /** @param parent empty if it has none */
    private record Span(String trace, String id, String parent, String name) {

        Span stage(String stage) {
            return new Span(trace, newId(), id, stage);
        }

        Json json(int kind, long from, long to, List<Json> attributes) {
            return Json.object().with("traceId", trace).with("spanId", id)
                    .with("parentSpanId", parent.isEmpty() ? null : parent).with("name", name).with("kind", kind)
                    .with("startTimeUnixNano", Long.toString(from)).with("endTimeUnixNano", Long.toString(to))
                    .with("attributes", Json.list(attributes)).build();
        }
    }

    private static List<Json> begun(SessionRecord session) {
        return List.of(text("grove.device", session.deviceId()), text("grove.session", session.id()),
                text("grove.profile", session.tally().profile()), count("grove.message", session.tally().messages()));
    }

    private static List<Json> ended(SessionRecord session) {
        End end = session.end();
        String outcome = end == null ? "live" : end.reason().name().toLowerCase(Locale.ROOT);
        return List.of(text("grove.device", session.deviceId()), text("grove.session", session.id()),
                text("grove.profile", session.tally().profile()), text("grove.outcome", outcome),
                count("grove.messages", session.tally().messages()),
                count("grove.operations", session.tally().operations()));
    }

    private static Json text(String key, String value) {
        return Json.object().with("key", key).with("value", Json.object().with("stringValue", value).build()).build();
    }

    private static Json count(String key, long value) {
        return Json.object().with("key", key)
                .with("value", Json.object().with("intValue", Long.toString(value)).build()).build();
    }

    /** The same on every node that has a message of the session. */
    private static Bytes digest(SessionRecord session) {
        try {
            return Bytes.wrap(MessageDigest.getInstance("SHA-256").digest((session.deviceId() + "\n" + session.number()
                    + "\n" + session.startedAt().toEpochMilli()).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String newId() {
        return String.format("%016x", ThreadLocalRandom.current().nextLong() | 1);
    }

    private static long nanos(Instant at) {
        return at.getEpochSecond() * 1_000_000_000 + at.getNano();
    }

    /** Sends what waits, if the collector takes it. */
    @Override
    public void close() {
        isClosing = true;
        try {
            sender.join(2 * PATIENCE.toMillis());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        http.shutdownNow();
    }
}
