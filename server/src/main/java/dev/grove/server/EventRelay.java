package dev.grove.server;

import dev.grove.server.api.EventStream;
import dev.grove.server.fleet.EventLog;
import dev.grove.server.fleet.EventLog.Batch;
import dev.grove.server.fleet.Events.Event;
import dev.grove.server.fleet.SessionDesk;
import dev.grove.server.fleet.Store;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries events from node to node, off the path of any message: what happens here goes into the store in batches, four
 * times a second, and what other nodes have put there is told here.
 */
final class EventRelay implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventRelay.class);
    private static final int MAX_WAITING = 20_000;
    private static final int MAX_IN_BATCH = 1000;
    private static final int MAX_BATCHES = 200;
    private static final long PERIOD_MILLIS = 250;
    /** Batches of a node are seen in order; how late one may be seen is a matter of its commit. */
    private static final Duration REACH = Duration.ofSeconds(15);
    private static final Duration KEPT = Duration.ofMinutes(2);

    private final EventLog log;
    private final Clock clock;
    private final Shift pruning;
    private final String node = Long.toString(ThreadLocalRandom.current().nextLong(1L << 62), 36);
    private final BlockingQueue<Event> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final AtomicLong lost = new AtomicLong();
    private final Map<String, Long> heard = new HashMap<>();
    private final List<ScheduledFuture<?>> rounds = new ArrayList<>();
    private final ScheduledExecutorService thread = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("event-relay").factory());
    private long lastNumber;
    private boolean isFailing;

    EventRelay(Store store, EventLog log, Clock clock) {
        this.log = log;
        this.clock = clock;
        this.pruning = new Shift(store.leases(), "forgetting events");
    }

    /** What was told before is left out. */
    void start(EventStream events, SessionDesk sessions) {
        events.passOn(this::offer);
        heard.put(node, Long.MAX_VALUE);
        latest();
        every(PERIOD_MILLIS, this::append);
        every(PERIOD_MILLIS, () -> latest().forEach(batch -> batch.events()
                .forEach(event -> hear(event, events, sessions))));
        every(TimeUnit.SECONDS.toMillis(10), () -> {
            if (pruning.isMine()) {
                log.prune(KEPT, MAX_IN_BATCH);
            }
        });
    }

    private void every(long millis, Runnable work) {
        rounds.add(thread.scheduleWithFixedDelay(() -> quietly(work), millis, millis, TimeUnit.MILLISECONDS));
    }

    private void offer(Event event) {
        if (!waiting.offer(event)) {
            lost.incrementAndGet();
        }
    }

    private void append() {
        List<Event> some = new ArrayList<>();
        while (waiting.drainTo(some, MAX_IN_BATCH) > 0) {
            lastNumber++;
            log.append(new Batch(node, lastNumber, clock.instant(), some));
            some.clear();
        }
        long gone = lost.getAndSet(0);
        if (gone > 0) {
            LOG.warn("{} events did not reach the other nodes: the store does not keep up", gone);
        }
    }

    private List<Batch> latest() {
        List<Batch> batches = log.latest(Map.copyOf(heard), REACH, MAX_BATCHES);
        batches.forEach(batch -> heard.merge(batch.node(), batch.number(), Math::max));
        return batches;
    }

    private static void hear(Event event, EventStream events, SessionDesk sessions) {
        events.heard(event);
        if (event instanceof Event.AbortAsked(_, long session)) {
            sessions.abortWasAsked(session);
        } else if (event instanceof Event.SessionChanged(var session) && !session.isLive()) {
            sessions.forgetAbort(session.number());
        }
    }

    /** The store may fail; it is said once, and tried again. */
    private void quietly(Runnable work) {
        try {
            work.run();
            isFailing = false;
        } catch (RuntimeException failure) {
            if (!isFailing) {
                LOG.warn("events do not travel between nodes just now", failure);
            }
            isFailing = true;
        }
    }

    @Override
    public void close() {
        rounds.forEach(round -> round.cancel(false));
        thread.shutdown();
        try {
            if (thread.awaitTermination(5, TimeUnit.SECONDS)) {
                quietly(this::append);
                quietly(pruning::end);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
