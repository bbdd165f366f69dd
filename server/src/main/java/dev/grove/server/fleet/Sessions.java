package dev.grove.server.fleet;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Sessions, the engine's state of each, and the trace of their messages. */
public interface Sessions {

    /** The newest session of a device under its own session id. */
    Optional<StoredSession> latest(String deviceId, String sessionId);

    /** The number of what {@link #latest} finds; 0 if there is none. */
    long latestNumber(String deviceId, String sessionId);

    /** Keeps a new session and gives it its number. */
    StoredSession open(StoredSession session);

    /** Replaces a session if it still has the expected version; otherwise changes nothing and says false. */
    boolean replace(StoredSession next, long expectedVersion);

    /** Ends a session without touching the engine's state of it. */
    void end(SessionRecord ended);

    /** The living sessions of a device, oldest first. */
    List<SessionRecord> live(String deviceId);

    /** Living sessions whose time has passed. */
    List<StoredSession> overdue(Instant now, int limit);

    int countLive();

    /** A session of a device. */
    Optional<SessionRecord> find(String deviceId, long number);

    /** Sessions of a device by number. */
    List<SessionRecord> list(String deviceId, Slice slice);

    /** Appends to the trace of a session. */
    void trace(String deviceId, long session, List<TraceEntry> entries);

    /** The trace of a session from its beginning. */
    List<TraceEntry> trace(String deviceId, long session);

    /** Forgets the engine's state of ended sessions that expired before {@code now}; at most {@code limit}. */
    int forgetStates(Instant now, int limit);

    /** Forgets the traces of sessions that ended before {@code end}; at most {@code limit} sessions. */
    int pruneTraces(Instant end, int limit);

    /** Forgets sessions that ended before {@code end}, with their traces; at most {@code limit}. */
    int prune(Instant end, int limit);
}
