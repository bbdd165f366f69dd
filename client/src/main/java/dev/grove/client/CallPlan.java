package dev.grove.client;

import dev.grove.client.Scheduler.Call;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The calls that a device is to make, and the wait until one is due; for several threads. */
final class CallPlan {

    private static final Duration IDLE = Duration.ofHours(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Scheduler scheduler;
    private final InstantSource clock;
    /** Calls that wait for a connection of a type that the server prefers. */
    private final List<Call> offline = new ArrayList<>();
    private boolean isChanged;

    CallPlan(Scheduler scheduler, InstantSource clock) {
        this.scheduler = scheduler;
        this.clock = clock;
    }

    private <T> T alone(Supplier<T> step) {
        lock.lock();
        try {
            return step.get();
        } finally {
            lock.unlock();
        }
    }

    private void alone(Runnable step) {
        alone(() -> {
            step.run();
            return true;
        });
    }

    /** Makes whoever waits look again at what there is to do. */
    void changed() {
        alone(() -> {
            isChanged = true;
            news.signalAll();
        });
    }

    void callSoon(Call call) {
        alone(() -> {
            scheduler.callNow(call, clock.instant());
            news.signalAll();
        });
    }

    Optional<Call> take() {
        return alone(() -> scheduler.take(clock.instant()));
    }

    /** What a call has come to. */
    record End(boolean isOk, boolean isHeard, Optional<Duration> pause) {}

    /** @param serverIds those that there are now */
    void done(Call call, End end, List<String> serverIds) {
        Instant now = clock.instant();
        alone(() -> {
            scheduler.done(call.serverId(), end.isOk(), end.pause(), now);
            scheduler.servers(serverIds, now);
            if (!end.isHeard()) {
                scheduler.again(call.agreed());
            }
        });
    }

    // ---- calls without a connection

    void postpone(Call call) {
        alone(() -> {
            offline.removeIf(call::asksTheSameAs);
            offline.add(call);
        });
    }

    boolean isPostponed(Call call) {
        return alone(() -> offline.contains(call));
    }

    /** What was postponed is due if there is a connection for it. */
    void reconnect(Predicate<Call> isConnected) {
        for (Call call : alone(() -> List.copyOf(offline))) {
            if (isConnected.test(call)) {
                alone(() -> offline.remove(call));
                callSoon(call);
            }
        }
    }

    // ---- waiting

    /** When something is due: a call, a look at the connections, or what else there is. */
    Optional<Instant> next(Optional<Instant> further) {
        return alone(() -> {
            Optional<Instant> look = offline.isEmpty() ? Optional.empty()
                    : Optional.of(clock.instant().plus(Welcome.LOOK_AGAIN));
            return Stream.of(scheduler.next(), look, further).flatMap(Optional::stream).min(Instant::compareTo);
        });
    }

    /** Waits until something is due or has changed, or the device stops. */
    void awaitDue(Optional<Instant> further, BooleanSupplier isStopping) throws InterruptedException {
        lock.lock();
        try {
            while (!isStopping.getAsBoolean() && !isChanged) {
                Duration wait = next(further).map(due -> Duration.between(clock.instant(), due)).orElse(IDLE);
                if (!wait.isPositive() || news.awaitNanos(Math.min(wait.toNanos(), IDLE.toNanos())) <= 0) {
                    return;
                }
            }
            isChanged = false;
        } finally {
            lock.unlock();
        }
    }
}
