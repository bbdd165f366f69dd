package dev.grove.server.admission;

import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says whether a session may begin now. What is refused comes again at a time of its own, so that a herd of devices
 * comes as a stream; messages of sessions that live are never refused here.
 */
public final class Admission {

    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);
    private static final long TOLD_AGAIN_AFTER_MILLIS = 60_000;
    private static final Duration WHILE_DRAINING = Duration.ofSeconds(5);

    /**
     * @param maxSessions living sessions in all
     * @param maxRequests requests of devices that are being answered at once
     * @param sessionsPerSecond that may begin; 0: as many as turn out to be possible
     * @param slowWrite on average, a turn is durable sooner than this, or there is too much to do
     */
    public record Rules(int maxSessions, int maxRequests, int sessionsPerSecond, Duration slowWrite) {}

    /** Why a session may not begin. */
    public enum Cause {
        DRAINING("The server is about to stop."), SESSIONS("Too many sessions."), HEAP(
                "The server's memory is nearly full."), REQUESTS(
                        "Too many requests at once."), RATE("Too many sessions begin at once.");

        private final String why;

        Cause(String why) {
            this.why = why;
        }
    }

    /** A session may not begin now. */
    public record Refusal(Cause cause, Duration retryAfter, String why) {}

    private final Rules rules;
    private final Clock clock;
    private final RandomGenerator luck;
    private final BooleanSupplier isHeapTight;
    private final Pace pace;
    private final AtomicInteger requests = new AtomicInteger();
    private final LongAdder writes = new LongAdder();
    private final LongAdder writeNanos = new LongAdder();
    private final Map<Cause, LongAdder> refused = new EnumMap<>(Cause.class);
    private final Map<Cause, Long> toldAt = new EnumMap<>(Cause.class);
    private final AtomicLong writtenAt;
    private volatile boolean isDraining;

    /** @param isHeapTight whether little of the heap is left after a collection */
    public Admission(Rules rules, Clock clock, RandomGenerator luck, BooleanSupplier isHeapTight) {
        this.rules = rules;
        this.clock = clock;
        this.luck = luck;
        this.isHeapTight = isHeapTight;
        this.pace = new Pace(rules.sessionsPerSecond(), clock.millis());
        this.writtenAt = new AtomicLong(clock.millis());
        for (Cause cause : Cause.values()) {
            refused.put(cause, new LongAdder());
        }
    }

    /** One that counts living sessions, and nothing else. */
    public static Admission upTo(int maxSessions, Clock clock, RandomGenerator luck) {
        return new Admission(new Rules(maxSessions, Integer.MAX_VALUE, 0, Duration.ofDays(1)), clock, luck,
                () -> false);
    }

    /** Somebody at the door, who is asked no more than once. */
    public final class Visit {

        private boolean isAdmitted;

        /** Why the visitor may not begin a session now; empty if he may, and then he may for good. */
        public Optional<Refusal> refusal(int liveSessions) {
            if (isAdmitted) {
                return Optional.empty();
            }
            Optional<Refusal> refusal = Admission.this.refusal(liveSessions);
            isAdmitted = refusal.isEmpty();
            return refusal;
        }
    }

    /** For one message. */
    public Visit visit() {
        return new Visit();
    }

    private Optional<Refusal> refusal(int liveSessions) {
        Cause cause = obstacle(liveSessions);
        Duration wait;
        synchronized (pace) {
            // Only here: a time from before the lock may be earlier than one that another visitor has brought.
            long now = clock.millis();
            learn(now);
            if (cause == null) {
                if (pace.admits(now)) {
                    return Optional.empty();
                }
                cause = Cause.RATE;
            }
            wait = cause == Cause.DRAINING ? spread(WHILE_DRAINING) : pace.later(now, luck);
            tell(cause, now);
        }
        refused(cause).increment();
        return Optional.of(new Refusal(cause, wait, cause.why));
    }

    private LongAdder refused(Cause cause) {
        return Objects.requireNonNull(refused.get(cause));
    }

    private @Nullable Cause obstacle(int liveSessions) {
        if (isDraining) {
            return Cause.DRAINING;
        }
        if (liveSessions >= rules.maxSessions()) {
            return Cause.SESSIONS;
        }
        if (isHeapTight.getAsBoolean()) {
            return Cause.HEAP;
        }
        return requests.get() > rules.maxRequests() ? Cause.REQUESTS : null;
    }

    private void learn(long now) {
        if (pace.isDue(now)) {
            long count = writes.sumThenReset();
            long nanos = writeNanos.sumThenReset();
            boolean isSlow = count > 0 && nanos / count > rules.slowWrite().toNanos();
            pace.tick(now, isSlow || requests.get() > rules.maxRequests() || isHeapTight.getAsBoolean());
        }
    }

    private void tell(Cause cause, long now) {
        Long before = toldAt.get(cause);
        if (before == null || now - before >= TOLD_AGAIN_AFTER_MILLIS) {
            toldAt.put(cause, now);
            LOG.atWarn().addKeyValue("cause", cause).addKeyValue("refusedSoFar", refused(cause).sum())
                    .log("devices are told to begin their sessions later: {}", cause.why);
        }
    }

    /** Whether nobody may begin a session however few there are: to be asked before anything costly is done. */
    public boolean isClosed() {
        return isDraining || requests.get() > rules.maxRequests() || isHeapTight.getAsBoolean();
    }

    /** A time around this one, another one for everybody. */
    public Duration spread(Duration around) {
        return Duration.ofSeconds(Math.max(1, Math.round(around.toSeconds() * (0.5 + luck.nextDouble()))));
    }

    /** A request of a device is being answered from now on. */
    public void entered() {
        requests.incrementAndGet();
    }

    /** It has been. */
    public void left() {
        requests.decrementAndGet();
    }

    /** A turn has become durable. */
    public void written(long nanos) {
        writes.increment();
        writeNanos.add(nanos);
        writtenAt.lazySet(clock.millis());
    }

    /** Nobody may begin a session any more. */
    public void drain() {
        isDraining = true;
    }

    public boolean isDraining() {
        return isDraining;
    }

    /** Whether no session has gone on for so long. */
    public boolean isQuietFor(Duration time) {
        return clock.millis() - writtenAt.get() >= time.toMillis();
    }

    /** Requests of devices that are being answered. */
    public int requests() {
        return requests.get();
    }

    /** How many were refused since the start. */
    public long refusals(Cause cause) {
        return refused(cause).sum();
    }

    /** Sessions that may begin in a second at the moment; infinite if there is no limit. */
    public double pace() {
        synchronized (pace) {
            learn(clock.millis());
            return pace.limit();
        }
    }
}
