package dev.grove.server.fleet;

import dev.grove.engine.Task;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known when a message comes.
 *
 * @param device absent if nobody knows it; then there is nothing else
 * @param session the newest one of the same session id, dead or alive
 * @param jobs what the device is to do
 */
public record Situation(@Nullable Device device, @Nullable StoredSession session, Seen jobs) {

    /** Nobody knows the device. */
    static final Situation UNKNOWN = new Situation(null, null, Seen.NONE);

    /**
     * The jobs that a turn is computed from.
     *
     * @param live those that are not over, in the order in which they are to run; not all if there are very many
     * @param newest the highest number of the device's jobs: when it grows, there is something new to do
     */
    public record Seen(List<Job> live, long newest) {

        /** No jobs. */
        public static final Seen NONE = new Seen(List.of(), 0);

        public Seen {
            live = List.copyOf(live);
        }
    }

    /**
     * All that is queued, and what is in flight in this very session; in the order in which it is to run. What is in
     * flight in another session counts as queued: that session is over the moment this one is authenticated.
     */
    public List<Task> work(Instant now, SessionDesk.Rules rules) {
        long here = session == null || !session.record().isLive() ? 0 : session.record().number();
        List<Task> work = new ArrayList<>();
        for (Job job : jobs.live()) {
            if (job.isOverdue(now)) {
                continue;
            }
            boolean isHere = here != 0 && job.session() == here;
            for (int i = 0; i < job.operations().size(); i++) {
                boolean waits = switch (job.steps().get(i).progress()) {
                    case QUEUED -> true;
                    case SENT -> isHere || job.returnsWhenUnanswered(i, rules.maxSends());
                    case WAITING, ANSWERED, UNKNOWN, UNSENDABLE -> false;
                };
                if (waits) {
                    work.add(new Task(job.id(), i, job.operations().get(i)));
                }
            }
        }
        return work;
    }
}
