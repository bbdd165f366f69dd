package dev.grove.tools.simulate;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/** Counts what a fleet does; for any number of threads. */
final class Tally {

    /** How a session ended, as far as it is counted. */
    enum End {
        /** Nothing was left to do. */
        COMPLETED,
        /** The server had no time, and said so. */
        TURNED_AWAY,
        /** It failed after something had gone wrong on purpose. */
        FAILED_BY_FAULT,
        /** It failed. */
        FAILED
    }

    /**
     * One session that is over.
     *
     * @param error of a failed one, in a few words
     */
    record Session(Breed breed, End end, String error, long nanos) {}

    private final LongAdder messages = new LongAdder();
    private final LongAdder started = new LongAdder();
    private final LongAdder late = new LongAdder();
    private final Map<End, LongAdder> ends = counters(End.class);
    private final Map<Faults.Kind, LongAdder> faults = counters(Faults.Kind.class);
    private final Map<Breed, LongAdder> completed = counters(Breed.class);
    private final Map<Breed, LongAdder> failed = counters(Breed.class);
    private final Map<String, LongAdder> errors = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by {@code lock}, as all latencies. */
    private Latencies recent = new Latencies();
    private final Latencies answers = new Latencies();
    private final Latencies sessions = new Latencies();

    private static <E extends Enum<E>> Map<E, LongAdder> counters(Class<E> keys) {
        Map<E, LongAdder> counters = new EnumMap<>(keys);
        for (E key : keys.getEnumConstants()) {
            counters.put(key, new LongAdder());
        }
        return counters;
    }

    private static <E> LongAdder counter(Map<E, LongAdder> counters, E key) {
        return counters.computeIfAbsent(key, _ -> new LongAdder());
    }

    // ---- counting

    void started(boolean isLate) {
        started.increment();
        if (isLate) {
            late.increment();
        }
    }

    void answered(long nanos) {
        messages.increment();
        lock.lock();
        try {
            recent.add(nanos);
            answers.add(nanos);
        } finally {
            lock.unlock();
        }
    }

    void struck(Faults.Kind fault) {
        counter(faults, fault).increment();
    }

    void ended(Session session) {
        counter(ends, session.end()).increment();
        if (session.end() == End.COMPLETED) {
            counter(completed, session.breed()).increment();
            lock.lock();
            try {
                sessions.add(session.nanos());
            } finally {
                lock.unlock();
            }
            return;
        }
        if (session.end() == End.FAILED) {
            counter(failed, session.breed()).increment();
        }
        counter(errors, session.error()).increment();
    }

    // ---- reading

    long messages() {
        return messages.sum();
    }

    long started() {
        return started.sum();
    }

    /** How many sessions began more than a second after they were due. */
    long late() {
        return late.sum();
    }

    long ends(End end) {
        return counter(ends, end).sum();
    }

    /** Sessions that run now. */
    long live() {
        return started() - ends.values().stream().mapToLong(LongAdder::sum).sum();
    }

    long completed(Breed breed) {
        return counter(completed, breed).sum();
    }

    long failed(Breed breed) {
        return counter(failed, breed).sum();
    }

    long faults(Faults.Kind fault) {
        return counter(faults, fault).sum();
    }

    /** How many sessions were not completed, by what went wrong. */
    Map<String, Long> errors() {
        Map<String, Long> sorted = new TreeMap<>();
        errors.forEach((error, count) -> sorted.put(error, count.sum()));
        return sorted;
    }

    /** From a message to its answer, since this was asked last. */
    Latencies recentAnswers() {
        lock.lock();
        try {
            Latencies taken = recent;
            recent = new Latencies();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** From a message to its answer. */
    Latencies answers() {
        return copied(answers);
    }

    /** From the first message of a completed session to its end. */
    Latencies sessions() {
        return copied(sessions);
    }

    private Latencies copied(Latencies all) {
        lock.lock();
        try {
            Latencies copy = new Latencies();
            copy.addAll(all);
            return copy;
        } finally {
            lock.unlock();
        }
    }
}
