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
import dev.grove.server.wake.ReceiptBook.Receipt;
import dev.grove.server.wake.Turns.Turn;
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
    /** The store's other users come first. */
    private static final int STORE_AT_ONCE = 4;
    /** For so short a time a thread waits for its turn. */
    private static final Duration SOON = Duration.ofMillis(250);
    /** Where turns are given for too long ahead, who wants one asks again after this at the earliest. */
    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

    private final WakeDesk desk;
    private final Store store;
    private final WakeRules rules;
    private final FloodGate gate;
    private final Set<WakeKey> underWay = ConcurrentHashMap.newKeySet();
    private final Turns turns = new Turns();
    private final Semaphore storeDoor = new Semaphore(STORE_AT_ONCE);
    private final Executor threads;
    private final Runnable closing;
    private volatile Duration late = Duration.ZERO;
    private volatile boolean isStoreFailing;

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

    /**
     * Takes up what is due, and returns before it is done. Returns whether there may be more.
     *
     * @throws Store.Failure if nothing can be read, or after a failure nothing be written yet
     */
    public boolean run() {
        int busy = underWay.size();
        int most = Math.min(IN_ONE_GO, MAX_UNDER_WAY - busy);
        if (most <= 0) {
            return false;
        }
        if (isStoreFailing) {
            // Nobody is rung of whom nobody can note that he was: he would be rung again and again.
            store.probe();
            isStoreFailing = false;
        }
        Instant now = desk.now();
        turns.sweep(now);
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
        } catch (Store.Failure failure) {
            // It is still due; whoever runs the rounds hears of it by the next one.
            isStoreFailing = true;
            LOG.debug("what became of an attempt could not be noted: {}", failure.getMessage());
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
        Optional<Turn> turn = turns.take(key);
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
        if (!isDue(situation.wake())) {
            // An attempt has ended since the list of those that are due was read.
            turn.ifPresent(given -> turns.give(key, given));
            return;
        }
        List<Way> ways = desk.bells().to(situation.addressee());
        if (ways.isEmpty()) {
            postpone(situation, desk.bells().objection(situation.addressee()).orElse(""));
            return;
        }
        int first = firstLine(situation.wake(), ways, turn);
        Way way = ways.get(first);
        Optional<Turn> valid = turn.filter(given -> isOf(way, given) && !way.bell().pace().isResting());
        if (valid.isPresent() && valid.get().at().isAfter(desk.now().plus(SOON))) {
            // Who asks again joins: it is not done before its turn.
            comesBack(situation.wake(), "", valid.get().at(), valid);
        } else if (valid.isPresent() || takesTurn(situation.wake(), way, "")) {
            ring(situation, ways, first);
        }
    }

    private boolean isDue(Wake wake) {
        return wake.dueAt() != null && !wake.dueAt().isAfter(desk.now());
    }

    /** The one that has given a turn; or the one behind that which could not bring the last one; or by the rules. */
    private int firstLine(Wake wake, List<Way> ways, Optional<Turn> turn) {
        Optional<String> inVain = desk.receipts().inVain(WakeKey.of(wake));
        for (int i = 0; i < ways.size(); i++) {
            Way way = ways.get(i);
            if (turn.isPresent() && isOf(way, turn.get())) {
                return i;
            }
            if (turn.isEmpty() && inVain.isPresent() && way.line().bearer().equals(inVain.get())) {
                return (i + 1) % ways.size();
            }
        }
        return rules.firstLine(wake.attempts(), ways.size());
    }

    private static boolean isOf(Way way, Turn turn) {
        return way.line().bearer().equals(turn.bearer());
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

    /**
     * Whether the bearer takes it now. Otherwise it has a turn then, or comes back to ask for one.
     *
     * @param trouble why the lines before this one did not take it; empty if there was none
     */
    private boolean takesTurn(Wake wake, Way way, String trouble) throws InterruptedException {
        BearerPace pace = way.bell().pace();
        Duration ahead = pace.delay();
        Instant now = desk.now();
        if (ahead.compareTo(Turns.AHEAD) > 0 || (ahead.compareTo(SOON) > 0 && turns.isFull())) {
            comesBack(wake, trouble, trouble.isEmpty() ? now.plus(askAgain(ahead)) : next(wake), Optional.empty());
            return false;
        }
        Duration wait = pace.turn();
        if (wait.compareTo(SOON) <= 0) {
            pause(wait);
            return true;
        }
        Instant then = now.plus(wait);
        comesBack(wake, trouble, then, Optional.of(new Turn(way.line().bearer(), then)));
        return false;
    }

    /** Not all at the same time, and not before some turns are over. */
    private Duration askAgain(Duration ahead) {
        Duration half = least(ahead, Turns.AHEAD).dividedBy(2);
        long millis = Math.max(half.toMillis(), ASK_AGAIN.toMillis());
        return Duration.ofMillis(millis + desk.world().luck().nextLong(millis));
    }

    private void comesBack(Wake waiting, String trouble, Instant then, Optional<Turn> turn)
            throws InterruptedException {
        WakeKey key = WakeKey.of(waiting);
        turn.ifPresent(given -> turns.give(key, given));
        Instant due = then.isBefore(waiting.expiresAt()) ? then : waiting.expiresAt();
        Optional<Wake> changed = inStore(() -> desk.change(key,
                wake -> trouble.isEmpty() ? wake.due(due) : wake.failed(trouble, due)));
        if (changed.isEmpty()) {
            turns.take(key);
        }
    }

    /** Tries one line after the other until a bearer takes it, or has it come back. */
    private void ring(Situation situation, List<Way> ways, int first) throws InterruptedException {
        Wake wake = situation.wake();
        String trouble = "";
        for (int i = 0; i < ways.size(); i++) {
            Way way = ways.get((first + i) % ways.size());
            if ((i > 0 && !takesTurn(wake, way, trouble)) || !enters(wake, way, trouble)) {
                return;
            }
            Optional<Result> result;
            try {
                result = admitted(situation, way);
            } finally {
                way.bell().pace().leaves();
            }
            Optional<String> reason = result.isEmpty() ? Optional.of(tooMany()) : done(wake, way, result.get());
            if (reason.isEmpty()) {
                return;
            }
            trouble = way.line().bearer() + ": " + reason.get();
        }
        postpone(situation, trouble);
    }

    /** Whether there is a place at the bearer now. A bearer that is busy is not waited for. */
    private boolean enters(Wake wake, Way way, String trouble) throws InterruptedException {
        while (!way.bell().pace().enters(SOON)) {
            if (!takesTurn(wake, way, trouble)) {
                return false;
            }
        }
        return true;
    }

    /** What the bearer did with it; empty if the device was sent enough. */
    private Optional<Result> admitted(Situation situation, Way way) throws InterruptedException {
        return gate.admits(situation.wake().deviceId(), way.line().bearer(), desk.now())
                ? Optional.of(rung(situation, way))
                : Optional.empty();
    }

    private String tooMany() {
        return "the device was sent " + rules.perHour() + " notifications within an hour";
    }

    /** Notes what the bearer did; why it did not take it, or empty if it did. */
    private Optional<String> done(Wake wake, Way way, Result result) throws InterruptedException {
        String bearer = way.line().bearer();
        desk.world().tally().rang(bearer, result);
        return switch (result) {
            case Result.Taken(String receipt) -> {
                taken(wake, bearer, receipt, false);
                yield Optional.empty();
            }
            case Result.Delivered() -> {
                taken(wake, bearer, null, true);
                yield Optional.empty();
            }
            case Result.AddressEnded(String reason) -> {
                inStore(() -> desk.endLine(wake.deviceId(), way.line(), reason));
                yield Optional.of(reason);
            }
            case Result.Failed(String reason, Duration retryAfter) -> {
                if (retryAfter != null) {
                    way.bell().pace().rest(retryAfter);
                }
                yield Optional.of(reason);
            }
        };
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
        Instant now = desk.now();
        Instant next = next(before);
        inStore(() -> desk.note(key, wake -> {
            Wake sent = wake.sent(new Wake.Sent(bearer, now), next);
            return isDelivered ? sent.delivered(now) : sent;
        })).ifPresent(desk::tell);
        if (receipt != null) {
            // What it has told meanwhile is kept for this moment: it is told of what was sent.
            desk.receipts().expect(new Receipt(bearer, receipt), key);
        }
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
