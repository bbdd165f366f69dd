package dev.grove.server.fleet;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the first message of a session asks for, read in one go.
 *
 * @param session the newest session of the device under the session id
 * @param live its living sessions, oldest first
 * @param jobs what it is to do, as {@link Jobs#live} has it
 * @param newestJob the highest number of its jobs; 0 if it has none
 */
public record Contact(Optional<Device> device, Optional<StoredSession> session, List<SessionRecord> live,
        List<Job> jobs, long newestJob) {

    public Contact {
        live = List.copyOf(live);
        jobs = List.copyOf(jobs);
    }

    /**
     * Who calls, and when.
     *
     * @param maxJobs so many jobs, or all if they are fewer
     * @param mayBeCopy whether it will do what the store itself knew when the session was last heard of here: then
     *     others may have changed it, and only a write over it that succeeds tells that nobody has
     */
    public record Call(String deviceId, String sessionId, Instant now, int maxJobs, boolean mayBeCopy) {

        /** What stands there now. */
        public Call(String deviceId, String sessionId, Instant now, int maxJobs) {
            this(deviceId, sessionId, now, maxJobs, false);
        }
    }

    /** The same from the records one by one. */
    static Contact of(Store.Records records, Call call) {
        String device = call.deviceId();
        return new Contact(records.devices().find(device), records.sessions().latest(device, call.sessionId()),
                records.sessions().live(device), records.jobs().live(device, call.now(), call.maxJobs()),
                records.jobs().newest(device));
    }
}
