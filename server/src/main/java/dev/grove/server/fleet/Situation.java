package dev.grove.server.fleet;

import dev.grove.engine.EngineState;
import dev.grove.engine.Task;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is known when a message comes.
 *
 * @param device absent if nobody knows it; then there is nothing else
 * @param session the newest one of the same session id, dead or alive
 * @param jobs what the device is to do
 * @param living the living sessions of the device; absent if they were not looked for
 * @param engine what the stored state of the session says, as the engine has left it here with the message before;
 *     absent if the stored state is to be decoded
 */
public record Situation(@Nullable Device device, @Nullable StoredSession session, Seen jobs,
        @Nullable List<SessionRecord> living, @Nullable EngineState engine) {

    /** Nobody knows the device. */
    static final Situation UNKNOWN = new Situation(null, null, Seen.NONE, null, null);

    /** What this node has written itself. */
    static Situation written(Device device, SessionRecord session, SessionCommit.Next next, Seen jobs) {
        return new Situation(device, new StoredSession(session, next.state()), jobs, null, next.engine());
    }

    /** What a store tells. */
    static Situation of(Contact contact, boolean isCopy) {
        return contact.device().map(device -> new Situation(device, contact.session().orElse(null),
                new Seen(contact.jobs(), contact.newestJob(), isCopy), contact.live(), null)).orElse(UNKNOWN);
    }

    /** Whether others may have changed it since it was read: an answer with which nothing is written is not certain. */
    public boolean isCopy() {
        return jobs.isCopy();
    }

    /**
     * The jobs that a turn is computed from.
     *
     * @param live those that are not over, in the order in which they are to run; not all if there are very many
     * @param newest the highest number of the device's jobs: when it grows, there is something new to do
     * @param isCopy whether there may be newer ones by now that nobody has told here
     */
    public record Seen(List<Job> live, long newest, boolean isCopy) {

        /** No jobs. */
        public static final Seen NONE = new Seen(List.of(), 0);

        public Seen(List<Job> live, long newest) {
            this(live, newest, false);
        }

        public Seen {
            live = List.copyOf(live);
        }
    }

    /** Whether the device may have a living session of a kind. */
    public boolean mayHave(Predicate<SessionRecord> kind) {
        return living == null || living.stream().anyMatch(kind);
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
            String id = job.id();
            boolean isHere = here != 0 && job.session() == here;
            for (int i = 0; i < job.operations().size(); i++) {
                boolean waits = switch (job.steps().get(i).progress()) {
                    case QUEUED -> true;
                    case SENT -> isHere || job.returnsWhenUnanswered(i, rules.maxSends());
                    case WAITING, ANSWERED, UNKNOWN, UNSENDABLE -> false;
                };
                if (waits) {
                    work.add(new Task(id, i, job.operations().get(i)));
                }
            }
        }
        return work;
    }
}
