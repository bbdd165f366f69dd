package dev.grove.server.fleet;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Jobs and the results of their operations. Rules of the states are {@link JobDesk}'s; this only keeps. */
public interface Jobs {

    /** Keeps a new job and gives it its number. */
    Job add(Job job);

    /** A job of a device. */
    Optional<Job> find(String deviceId, long number);

    /** The highest number of a device's jobs; 0 if it has none. */
    long newest(String deviceId);

    /** Replaces the job of the same number; its operations never change. */
    void put(Job job);

    /** How many jobs of a device are not over. */
    int countLive(String deviceId);

    /**
     * The jobs of a device that are not over: higher priority first, then the lower number. What has expired with
     * nothing in flight is left out, and so is what only waits for outcomes.
     */
    List<Job> live(String deviceId, Instant now, int limit);

    /** The jobs of a device that are not over and have operations of which the outcome is still to come. */
    List<Job> waiting(String deviceId, int limit);

    /** The jobs of a device, cancelled ones too, with operations in flight in a session. */
    List<Job> inFlight(String deviceId, long session);

    /** Jobs that are not over, have nothing in flight and whose time has passed. */
    List<Job> overdue(Instant now, int limit);

    /** Jobs of a device by number. */
    List<Job> list(String deviceId, Slice slice);

    /**
     * Replaces a job if it still stands as {@code before} says: the same steps, state and session. Otherwise changes
     * nothing and says false.
     */
    boolean replace(Job before, Job next);

    /** Keeps results, each in place of an earlier one of the same path. */
    void putResults(String deviceId, long job, Collection<Job.Result> results);

    /** The results of a job, in the order of their paths as numbers. */
    List<Job.Result> results(String deviceId, long job);

    /** Forgets the results of one top-level operation, which is to be sent again. */
    void forgetResults(String deviceId, long job, int index);

    /**
     * What waits in the whole fleet: how many jobs are not over, counted up to a million, and about when the oldest was
     * handed in. To be asked now and then, and never for a message; it may be a moment behind.
     */
    default Backlog backlog() {
        return Backlog.NONE;
    }

    /**
     * Jobs that are not over.
     *
     * @param oldest absent if there are none
     */
    record Backlog(int count, @Nullable Instant oldest) {

        /** Nothing waits, or the store does not say. */
        public static final Backlog NONE = new Backlog(0, null);
    }

    /** Forgets jobs that were over before {@code end}; at most {@code limit}. Returns how many. */
    int prune(Instant end, int limit);
}
