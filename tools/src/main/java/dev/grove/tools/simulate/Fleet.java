package dev.grove.tools.simulate;

import dev.grove.tools.simulate.Player.Played;
import dev.grove.tools.simulate.Tally.End;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes devices when they are due and lets a bounded number of them call at the same time, each on a virtual thread of
 * its own. A device that waits costs its place in the timetable and nothing else.
 */
final class Fleet {

    private static final Logger LOG = LoggerFactory.getLogger(Fleet.class);
    private static final long FIRST_RETRY_MILLIS = 10_000;
    private static final long LONGEST_RETRY_MILLIS = 3_600_000;
    private static final long LATE_MILLIS = 1000;
    private static final long IDLE_MILLIS = 3_600_000;
    private static final int MOST_FAILURES = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final PlayedDevice[] devices;
    private final Rhythm rhythm;
    private final Player player;
    private final Tally tally;
    private final Timetable timetable;
    private final Semaphore places;
    private final SplittableRandom luck;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final long start = System.nanoTime();
    /** Guarded by {@code lock}. */
    private int finished;
    private volatile boolean isStopped;

    /**
     * When devices call.
     *
     * @param interval between two calls of a device; absent: each calls until it has completed one session
     * @param jitter the part of it that is left to luck
     * @param isStorm whether all call at once in the beginning rather than spread over the interval
     * @param connections how many sessions run at the same time
     * @param seed of the luck
     */
    record Rhythm(@Nullable Duration interval, double jitter, boolean isStorm, int connections, long seed) {}

    Fleet(PlayedDevice[] devices, Rhythm rhythm, Player player, Tally tally) {
        this.devices = devices;
        this.rhythm = rhythm;
        this.player = player;
        this.tally = tally;
        this.timetable = new Timetable(devices.length);
        this.places = new Semaphore(rhythm.connections());
        this.luck = new SplittableRandom(rhythm.seed());
        plan();
    }

    /** The first calls: all at once, or one after the other over the interval in an order without a pattern. */
    private void plan() {
        Duration interval = rhythm.interval();
        double step = interval == null || rhythm.isStorm() ? 0 : (double) interval.toMillis() / devices.length;
        int[] order = new int[devices.length];
        for (int i = 0; i < order.length; i++) {
            int other = luck.nextInt(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        for (int i = 0; i < order.length; i++) {
            long due = (long) (i * step);
            // After a storm, the calls spread out again over the interval.
            double phase = rhythm.isStorm() && interval != null
                    ? (double) interval.toMillis() / devices.length * i - interval.toMillis()
                    : due;
            devices[order[i]].phase((long) phase);
            timetable.add(order[i], due);
        }
    }

    /** How many devices have nothing left to do; none as long as they poll. */
    int finished() {
        lock.lock();
        try {
            return finished;
        } finally {
            lock.unlock();
        }
    }

    /** Lets devices call until the time is over, none has anything left to do, or it is stopped. */
    void run(Optional<Duration> time) throws InterruptedException {
        long end = time.map(Duration::toMillis).orElse(Long.MAX_VALUE);
        while (!isStopped && now() < end && finished() < devices.length) {
            Optional<Due> due = next(end);
            if (due.isPresent() && !begin(due.get(), end)) {
                break;
            }
        }
        isStopped = true;
        places.tryAcquire(rhythm.connections(), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Lets no more devices call. */
    void stop() {
        isStopped = true;
        lock.lock();
        try {
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private long now() {
        return (System.nanoTime() - start) / 1_000_000;
    }

    private record Due(PlayedDevice device, long at) {}

    private Optional<Due> next(long end) throws InterruptedException {
        lock.lock();
        try {
            long wait = Math.min(timetable.firstDue(), end) - now();
            while (wait > 0 && !isStopped && finished < devices.length) {
                // Whoever comes back earlier than the first signals.
                news.await(Math.min(wait, IDLE_MILLIS), TimeUnit.MILLISECONDS);
                wait = Math.min(timetable.firstDue(), end) - now();
            }
            long at = timetable.firstDue();
            return at > now() ? Optional.empty() : Optional.of(new Due(devices[timetable.take()], at));
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a place; false if the simulation ends meanwhile. */
    private boolean begin(Due due, long end) throws InterruptedException {
        while (!places.tryAcquire(100, TimeUnit.MILLISECONDS)) {
            if (isStopped || now() >= end) {
                return false;
            }
        }
        tally.started(now() - due.at() > LATE_MILLIS);
        Thread.ofVirtual().start(() -> {
            try {
                play(due.device());
            } finally {
                places.release();
            }
        });
        return true;
    }

    private void play(PlayedDevice device) {
        Played played;
        try {
            played = player.play(device);
        } catch (RuntimeException ours) {
            LOG.error("The simulation is at fault", ours);
            tally.ended(new Tally.Session(device.blueprint().breed(), End.FAILED, "fault: " + ours, 0));
            played = new Played(End.FAILED, null);
        }
        device.ended(played.end() == End.COMPLETED);
        back(device, played);
    }

    // ---- after a session

    private void back(PlayedDevice device, Played played) {
        lock.lock();
        try {
            if (isOver(device, played.end())) {
                finished++;
                news.signalAll();
                return;
            }
            long due = played.end() == End.COMPLETED ? afterSuccess(device) : afterFailure(device, played.pause());
            if (due < timetable.firstDue()) {
                news.signalAll();
            }
            timetable.add(indexOf(device), due);
        } finally {
            lock.unlock();
        }
    }

    /** Without a poll, a device that has failed for good does not try for ever; after an outage it does so longer. */
    private boolean isOver(PlayedDevice device, End end) {
        if (rhythm.interval() != null) {
            return false;
        }
        return switch (end) {
            case COMPLETED -> true;
            case FAILED -> !rhythm.isStorm() || device.failures() >= MOST_FAILURES;
            case TURNED_AWAY, FAILED_BY_FAULT -> false;
        };
    }

    private int indexOf(PlayedDevice device) {
        return device.number() - devices[0].number();
    }

    /** The next call keeps to the device's own beat, so that the fleet stays spread whatever happens. */
    private long afterSuccess(PlayedDevice device) {
        long interval = intervalMillis();
        long next = device.phase() + interval;
        long now = now();
        if (next < now) {
            next += (now - next + interval - 1) / interval * interval;
        }
        device.phase(next);
        long spread = (long) (interval * rhythm.jitter());
        return spread < 1 ? next : Math.max(now, next - spread / 2 + luck.nextLong(spread + 1));
    }

    /** As {@code Scheduler} of the client library does it: sooner than the interval, twice as late each time. */
    private long afterFailure(PlayedDevice device, @Nullable Duration pause) {
        long longest = rhythm.interval() == null ? LONGEST_RETRY_MILLIS : intervalMillis();
        long wait = Math.min(longest, FIRST_RETRY_MILLIS << Math.min(device.failures() - 1, 20));
        long spread = (long) (wait * rhythm.jitter());
        wait -= spread < 1 ? 0 : luck.nextLong(spread + 1);
        if (pause != null) {
            // No sooner than the server wants it, and not all at the same moment.
            long told = pause.toMillis();
            long later = (long) (told * rhythm.jitter());
            wait = told + (later < 1 ? 0 : luck.nextLong(later + 1));
        }
        return now() + wait;
    }

    private long intervalMillis() {
        return rhythm.interval() == null ? 0 : rhythm.interval().toMillis();
    }
}
