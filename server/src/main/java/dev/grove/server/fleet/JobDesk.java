package dev.grove.server.fleet;

import dev.grove.server.fleet.Events.Event;
import dev.grove.server.fleet.Job.State;
import dev.grove.server.fleet.Job.Terms;
import dev.grove.tree.Operation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where people hand in jobs and take them back. */
public final class JobDesk {

    /** What became of a submission. */
    public sealed interface Submission {
        /** It is durable and waits for the device. */
        record Accepted(Job job) implements Submission {}

        /** Nobody knows the device. */
        record UnknownDevice() implements Submission {}

        /** The device is bound to refuse some of it. */
        record Refused(List<JobCheck.Refusal> refusals) implements Submission {}

        /** The device has as many unfinished jobs as it may have. */
        record TooMany(int limit) implements Submission {}
    }

    private final Store store;
    private final Events events;
    private final int maxLivePerDevice;
    private final JobCheck check;

    /** A desk that takes every job; see {@link #JobDesk(Store, Events, int, JobCheck)}. */
    public JobDesk(Store store, Events events, int maxLivePerDevice) {
        this(store, events, maxLivePerDevice, JobCheck.NONE);
    }

    /**
     * @param maxLivePerDevice how many unfinished jobs a device may have
     * @param check what is refused at once
     */
    public JobDesk(Store store, Events events, int maxLivePerDevice, JobCheck check) {
        this.store = store;
        this.events = events;
        this.maxLivePerDevice = maxLivePerDevice;
        this.check = check;
    }

    public Submission submit(String deviceId, List<Operation> operations, Terms terms, Instant now) {
        List<JobCheck.Refusal> refusals = check.refuse(deviceId, operations);
        if (!refusals.isEmpty()) {
            return new Submission.Refused(refusals);
        }
        Submission submission = store.write(records -> {
            if (records.devices().find(deviceId).isEmpty()) {
                return new Submission.UnknownDevice();
            }
            if (records.jobs().countLive(deviceId) >= maxLivePerDevice) {
                return new Submission.TooMany(maxLivePerDevice);
            }
            return new Submission.Accepted(records.jobs().add(Job.of(deviceId, operations, terms, now)));
        });
        if (submission instanceof Submission.Accepted(Job job)) {
            events.tell(changed(job));
        }
        return submission;
    }

    /**
     * Takes a job back: what is queued is never sent. A job that is over stays as it is.
     *
     * @return the job after that; empty if the device has no such job
     */
    public Optional<Job> cancel(String deviceId, long number, Instant now) {
        record Change(Job after, boolean isNews) {}
        Optional<Change> change = store.write(records -> records.jobs().find(deviceId, number).map(job -> {
            if (job.state().isOver()) {
                return new Change(job, false);
            }
            Job cancelled = job.cancelled(now);
            records.jobs().put(cancelled);
            return new Change(cancelled, true);
        }));
        change.filter(Change::isNews).ifPresent(c -> events.tell(changed(c.after())));
        return change.map(Change::after);
    }

    /** Gives up jobs whose time has passed. Returns how many. */
    public int sweep(Instant now, int limit) {
        List<Job> overdue = store.read(records -> records.jobs().overdue(now, limit));
        for (Job job : overdue) {
            Job expired = job.expired(now);
            if (store.write(records -> records.jobs().replace(job, expired))) {
                events.tell(changed(expired));
            }
        }
        return overdue.size();
    }

    private static Event changed(Job job) {
        State state = job.state();
        return new Event.JobChanged(job.deviceId(), job.id(), state, job.reason());
    }
}
