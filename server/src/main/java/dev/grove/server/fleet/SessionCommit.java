package dev.grove.server.fleet;

import dev.grove.dm1.Turn;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One turn of a session, to be made durable in one unit of work: the next state, the facts, the trace.
 *
 * @param device as it was loaded, or the one to be added with this turn
 * @param isNewDevice whether the device becomes known with this turn
 * @param before the newest session of the same device and session id when the turn was computed; absent if none
 * @param begins whether the turn begins a session; otherwise it continues {@code before}
 * @param profile what the message says of its dialect, such as {@code DM/1.2}, until the engine knows better
 * @param trace the message and its reply
 */
public record SessionCommit(Device device, boolean isNewDevice, @Nullable SessionRecord before, boolean begins,
        Turn turn, String profile, Instant now, List<TraceEntry> trace) {

    public SessionCommit {
        trace = List.copyOf(trace);
        if (!begins && before == null) {
            throw new IllegalArgumentException("a turn that begins no session continues one");
        }
    }

    /** What became of it. */
    public sealed interface Result {}

    /**
     * It is durable.
     *
     * @param session the session after the turn
     * @param ended other sessions of the device that ended with it
     * @param events what to tell now
     */
    public record Stored(SessionRecord session, List<SessionRecord> ended, List<Events.Event> events)
            implements
                Result {
        public Stored {
            ended = List.copyOf(ended);
            events = List.copyOf(events);
        }
    }

    /** Something the turn was computed from has changed meanwhile: load again, and compute again. */
    public record Conflict(String what) implements Result {}
}
