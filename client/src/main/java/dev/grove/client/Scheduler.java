package dev.grove.client;

import dev.grove.dm1.client.Trigger;
import dev.grove.dm2.client.Dm2Trigger;
import dev.grove.notify.Dm2Notification.ConnectionType;
import dev.grove.notify.UiMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When to call which server: at intervals, sooner after a failure, at once when something happens. Asks nobody for the
 * time and has no thread; not for several threads.
 */
public final class Scheduler {

    /**
     * How often servers are called.
     *
     * @param interval between the end of a session and the next; absent: only when something happens
     * @param jitter the part of the interval, 0 to 1, that is left to luck, so that a fleet spreads out
     * @param firstRetry after a failed session; doubled for each further one, up to the interval, or an hour
     */
    public record Poll(@Nullable Duration interval, double jitter, Duration firstRetry) {

        private static final Duration LONGEST_RETRY = Duration.ofHours(1);

        public Poll {
            boolean isEndless = interval != null && !interval.isPositive();
            if (jitter < 0 || jitter > 1 || !firstRetry.isPositive() || isEndless) {
                throw new IllegalArgumentException("a jitter is 0 to 1; interval and retry are positive");
            }
        }

        /** Every {@code interval}, a tenth of it by luck; ten seconds to a first retry. */
        public static Poll every(Duration interval) {
            return new Poll(interval, 0.1, Duration.ofSeconds(10));
        }

        /** Only when something happens. */
        public static Poll never() {
            return new Poll(null, 0, Duration.ofSeconds(10));
        }

        private Duration longestRetry() {
            return interval == null || interval.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : interval;
        }
    }

    /**
     * A server is to be called.
     *
     * @param notification what the server has asked for; absent if the device calls by itself
     * @param dm2 the same of a server of DM 2.0, or why the device calls it
     * @param terms how the server wants to be called
     */
    public record Call(String serverId, @Nullable Trigger notification, @Nullable Dm2Trigger dm2, Terms terms) {
        public Call(String serverId, @Nullable Trigger notification) {
            this(serverId, notification, null, Terms.NONE);
        }

        static Call of(String serverId, @Nullable Dm2Trigger dm2) {
            return new Call(serverId, null, dm2, Terms.NONE);
        }

        /** Whether there is more to it than that it is time. */
        boolean isSpecial() {
            return notification != null || dm2 != null;
        }

        /** Whether one session will do for both, of which the later one says how it is wanted. */
        boolean asksTheSameAs(Call other) {
            return agreed().equals(other.agreed());
        }

        /** This, after the user and the network have agreed. */
        Call agreed() {
            return new Call(serverId, notification, dm2, Terms.NONE);
        }
    }

    /**
     * How a server that has notified the device wants to be called.
     *
     * @param mode what the user is shown or asked before ([DMNOTI 1.2 §6.2.7])
     * @param preferred types of connection, the best first; empty: none is preferred ([DM 2.0 §5.2.1.2])
     */
    public record Terms(UiMode mode, List<ConnectionType> preferred) {

        /** In any way. */
        public static final Terms NONE = new Terms(UiMode.NOT_SPECIFIED, List.of());

        public Terms {
            preferred = List.copyOf(preferred);
        }
    }

    private static final class Line {
        @Nullable
        Instant due;
        final Deque<Call> special = new ArrayDeque<>();
        int failures;
    }

    private final Poll poll;
    private final RandomGenerator luck;
    private final Map<String, Line> lines = new LinkedHashMap<>();

    public Scheduler(Poll poll, RandomGenerator luck) {
        this.poll = poll;
        this.luck = luck;
    }

    /** The servers are these from now on; a new one is due at {@code first}. */
    public void servers(Iterable<String> serverIds, Instant first) {
        Map<String, Line> before = new LinkedHashMap<>(lines);
        lines.clear();
        for (String serverId : serverIds) {
            Line line = before.get(serverId);
            if (line == null) {
                line = new Line();
                line.due = poll.interval() == null ? null : first;
            }
            lines.put(serverId, line);
        }
    }

    /**
     * Something is to be told, or the server has notified the device: it is due now. Calls that ask the same are one.
     */
    public void callNow(Call call, Instant now) {
        Line line = lines.computeIfAbsent(call.serverId(), id -> new Line());
        line.due = line.due != null && line.due.isBefore(now) ? line.due : now;
        if (call.isSpecial()) {
            line.special.removeIf(call::asksTheSameAs);
            line.special.add(call);
        }
    }

    /** What was taken has come to nothing: the server's next call is this one again, when it is due anyway. */
    public void again(Call call) {
        Line line = lines.get(call.serverId());
        if (line != null && call.isSpecial() && line.special.stream().noneMatch(call::asksTheSameAs)) {
            line.special.addFirst(call);
        }
    }

    /**
     * The server that has waited longest for its turn; it is not due any more, until {@link #done} says so, unless it
     * has asked for more sessions than this.
     */
    public Optional<Call> take(Instant now) {
        return lines.entrySet().stream()
                .filter(entry -> entry.getValue().due != null && !dueOf(entry.getValue()).isAfter(now))
                .min(Comparator.comparing(entry -> dueOf(entry.getValue())))
                .map(entry -> take(entry.getKey(), entry.getValue()));
    }

    private static Call take(String serverId, Line line) {
        Call call = Optional.ofNullable(line.special.poll()).orElse(new Call(serverId, null));
        if (line.special.isEmpty()) {
            line.due = null;
        }
        return call;
    }

    private static Instant dueOf(Line line) {
        return line.due == null ? Instant.MAX : line.due;
    }

    /**
     * The session is over.
     *
     * @param pause how long the server asked to be left alone; empty if it did not
     */
    public void done(String serverId, boolean ok, Optional<Duration> pause, Instant now) {
        Line line = lines.get(serverId);
        if (line == null) {
            return;
        }
        line.failures = ok ? 0 : line.failures + 1;
        Duration wait = ok ? poll.interval() : retry(line.failures);
        if (line.due == null && wait != null) {
            Duration least = pause.orElse(Duration.ZERO);
            line.due = now.plus(shortened(wait.compareTo(least) < 0 ? least : wait, least));
        }
    }

    private Duration retry(int failures) {
        Duration wait = poll.firstRetry();
        for (int i = 1; i < failures && wait.compareTo(poll.longestRetry()) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(poll.longestRetry()) < 0 ? wait : poll.longestRetry();
    }

    /** Less the part that is left to luck, but no less than {@code least}. */
    private Duration shortened(Duration wait, Duration least) {
        long spread = (long) (wait.toNanos() * poll.jitter());
        Duration shorter = spread < 1 ? wait : wait.minusNanos(luck.nextLong(spread + 1));
        return shorter.compareTo(least) < 0 ? least : shorter;
    }

    /** When the next server is due; empty if none is. */
    public Optional<Instant> next() {
        return lines.values().stream().map(Scheduler::dueOf).filter(due -> due.isBefore(Instant.MAX))
                .min(Comparator.naturalOrder());
    }
}
