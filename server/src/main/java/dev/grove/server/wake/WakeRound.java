package dev.grove.server.wake;

import dev.grove.server.doorbell.Doorbell.Result;
import dev.grove.server.doorbell.Doorbell.Ring;
import dev.grove.server.fleet.Store;
import dev.grove.server.fleet.Store.Records;
import dev.grove.server.fleet.Wake;
import dev.grove.server.fleet.Wake.End;
import dev.grove.server.fleet.Wake.Outcome;
import dev.grove.server.wake.Bells.Way;
import dev.grove.server.wake.Notifications.Addressee;
import dev.grove.wire.Packet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the attempts that are due. What a bearer cannot take now gets a turn later and goes back into the store until
 * then: neither memory nor threads grow with the number of devices that are to be woken, and no bearer holds up
 * another.
 */
public final class WakeRound implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WakeRound.class);
    private static final int IN_ONE_GO = 200;
    private static final int MAX_UNDER_WAY = 1000;
    private static final int MAX_TURNS = 50_000;
    /** The store's other users come first. */
    private static final int STORE_AT_ONCE = 4;
    /** For so short a time a thread waits for its turn. */
    private static final Duration SOON = Duration.ofMillis(250);
    /** Turns are given for so long ahead. */
    private static final Duration AHEAD = Duration.ofMinutes(10);

    private final WakeDesk desk;
    private final Store store;
    private final WakeRules rules;
    private final FloodGate gate;
    private final Set<WakeKey> underWay = ConcurrentHashMap.newKeySet();
    private final Set<WakeKey> turns = ConcurrentHashMap.newKeySet();
    private final Semaphore storeDoor = new Semaphore(STORE_AT_ONCE);
    private final Executor threads;
    private final Runnable closing;
    private volatile Duration late = Duration.ZERO;

    public WakeRound(WakeDesk desk) {
        this(desk, Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("wake-", 0).factory()));
    }

    private WakeRound(WakeDesk desk, ExecutorService threads) {
        this(desk, threads, threads::shutdownNow);
    }

    /** @param threads where attempts are made */
    WakeRound(WakeDesk desk, Executor threads, Runnable closing) {
        this.threads = threads;
        this.closing = closing;
        this.desk = desk;
        this.store = desk.world().store();
        this.rules = desk.rules();
        this.gate = new FloodGate(rules.perHour());
    }

    /** How many notifications wait for their turn, or are being sent. */
    public int waiting() {
        return underWay.size() + turns.size();
    }

    /** How long the oldest due attempt has been due. */
    public Duration late() {
        return late;
    }

    /** Takes up what is due, and returns before it is done. Returns whether there may be more. */
    public boolean run() {
        int busy = underWay.size();
        int most = Math.min(IN_ONE_GO, MAX_UNDER_WAY - busy);
        if (most <= 0) {
            return false;
        }
        Instant now = desk.now();
        List<Wake> due = store.read(records -> records.wakes().due(now, busy + most));
        late = due.isEmpty() ? Duration.ZERO : since(due.getFirst().dueAt(), now);
        int begun = 0;
        for (Wake wake : due) {
            WakeKey key = WakeKey.of(wake);
            if (underWay.add(key)) {
                threads.execute(() -> carefully(key));
                begun++;
            }
        }
        return begun >= most;
    }

    private static Duration since(@Nullable Instant due, Instant now) {
        return due == null ? Duration.ZERO : Duration.between(due, now);
    }

    private void carefully(WakeKey key) {
        try {
            attempt(key);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            // It is still due, and the next round may succeed.
            LOG.error("device {} could not be woken", key.deviceId(), failure);
        } finally {
            underWay.remove(key);
        }
    }

    /**
     * What is known when an attempt is due.
     *
     * @param end how the wake ended meanwhile; empty if it did not
     */
    private record Situation(Wake wake, Addressee addressee, Optional<End> end) {}

    private void attempt(WakeKey key) throws InterruptedException {
        boolean hasTurn = turns.remove(key);
        Optional<Situation> found = inStore(() -> store.read(records -> situation(records, key)));
        if (found.isEmpty()) {
            // a device that was removed may have left it behind
            inStore(() -> desk.end(key, new End(desk.now(), Outcome.CANCELLED, null)));
            return;
        }
        Situation situation = found.get();
        desk.watch(situation.wake());
        if (situation.end().isPresent()) {
            inStore(() -> desk.end(key, situation.end().get()));
            return;
        }
        List<Way> ways = desk.bells().to(situation.addressee());
        if (ways.isEmpty()) {
            postpone(situation, desk.bells().objection(situation.addressee()).orElse(""));
            return;
        }
        int first = rules.firstLine(situation.wake().attempts(), ways.size());
        if (hasTurn || takesTurn(key, ways.get(first).bell().pace())) {
            ring(situation, ways, first);
        }
    }

    private Optional<Situation> situation(Records records, WakeKey key) {
        return records.wakes().find(key.deviceId(), key.number()).filter(Wake::isOpen)
                .flatMap(wake -> records.devices().find(key.deviceId()).map(device -> new Situation(wake,
                        new Addressee(device, desk.reach(records, key.deviceId()),
                                !records.objects().list(key.deviceId()).isEmpty()),
                        desk.end(records, wake, desk.now()))));
    }

    private void postpone(Situation situation, String why) throws InterruptedException {
        Instant next = next(situation.wake());
        inStore(() -> desk.change(WakeKey.of(situation.wake()), wake -> wake.failed(why, next)));
    }

    private Instant next(Wake wake) {
        return rules.next(desk.now(), wake.attempts() + 1, wake.expiresAt(), desk.world().luck());
    }

    /** Whether the bearer takes it now. Otherwise it has a turn then, or comes back to ask for one. */
    private boolean takesTurn(WakeKey key, BearerPace pace) throws InterruptedException {
        Duration delay = pace.delay();
        boolean isTooFar = delay.compareTo(AHEAD) > 0 || turns.size() >= MAX_TURNS;
        if (!isTooFar) {
            delay = pace.turn();
        }
        if (!isTooFar && delay.compareTo(SOON) <= 0) {
            pause(delay);
            return true;
        }
        Duration wait = isTooFar ? AHEAD.dividedBy(2).plusMillis(desk.world().luck().nextLong(AHEAD.toMillis() / 2))
                : delay;
        Instant then = desk.now().plus(wait);
        if (!isTooFar) {
            turns.add(key);
        }
        if (inStore(() -> desk.change(key, wake -> wake.due(earlier(then, wake.expiresAt())))).isEmpty()) {
            turns.remove(key);
        }
        return false;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** Tries one line after the other until a bearer takes it. */
    private void ring(Situation situation, List<Way> ways, int first) throws InterruptedException {
        String trouble = "";
        for (int i = 0; i < ways.size(); i++) {
            Way way = ways.get((first + i) % ways.size());
            String bearer = way.line().bearer();
            if (i > 0) {
                pause(least(way.bell().pace().turn(), SOON));
            }
            if (!gate.admits(situation.wake().deviceId(), bearer, desk.now())) {
                trouble = bearer + ": the device was sent " + rules.perHour() + " notifications within an hour";
                continue;
            }
            Result result = rung(situation, way);
            desk.world().tally().rang(bearer, result);
            switch (result) {
                case Result.Taken(String receipt) -> {
                    taken(situation.wake(), bearer, receipt, false);
                    return;
                }
                case Result.Delivered() -> {
                    taken(situation.wake(), bearer, null, true);
                    return;
                }
                case Result.AddressEnded(String reason) -> {
                    inStore(() -> {
                        desk.endLine(situation.wake().deviceId(), way.line(), reason);
                        return true;
                    });
                    trouble = bearer + ": " + reason;
                }
                case Result.Failed(String reason, Duration retryAfter) -> {
                    if (retryAfter != null) {
                        way.bell().pace().rest(retryAfter);
                    }
                    trouble = bearer + ": " + reason;
                }
            }
        }
        postpone(situation, trouble);
    }

    private static void pause(Duration time) throws InterruptedException {
        LockSupport.parkNanos(time.toNanos());
        if (Thread.interrupted()) {
            throw new InterruptedException("the server stops");
        }
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private Result rung(Situation situation, Way way) throws InterruptedException {
        Wake wake = situation.wake();
        Packet notification = situation.addressee().objection().isPresent()
                ? Notifications.ring(wake)
                : Notifications.of(wake, situation.addressee(), desk.now(), rules.startsOver(wake.attempts()));
        Ring ring = new Ring(wake.deviceId(), wake.id(), wake.attempts() + 1, way.line().address(), notification,
                wake.expiresAt());
        try {
            return way.bell().pace().during(() -> way.bell().doorbell().ring(ring));
        } catch (RuntimeException fault) {
            LOG.error("the bearer {} has a fault", way.line().bearer(), fault);
            return new Result.Failed("a fault in the bearer; the server's log has the details", null);
        }
    }

    private void taken(Wake before, String bearer, @Nullable String receipt, boolean isDelivered)
            throws InterruptedException {
        WakeKey key = WakeKey.of(before);
        if (receipt != null) {
            desk.expect(bearer, receipt, key);
        }
        Instant now = desk.now();
        Instant next = next(before);
        inStore(() -> desk.change(key, wake -> {
            Wake sent = wake.sent(new Wake.Sent(bearer, now), next);
            return isDelivered ? sent.delivered(now) : sent;
        })).ifPresent(desk::tell);
    }

    private <T> T inStore(Supplier<T> work) throws InterruptedException {
        storeDoor.acquire();
        try {
            return work.get();
        } finally {
            storeDoor.release();
        }
    }

    @Override
    public void close() {
        closing.run();
    }
}
