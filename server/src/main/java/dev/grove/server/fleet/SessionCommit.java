package dev.grove.server.fleet;

import dev.grove.engine.EngineState;
import dev.grove.engine.Fact;
import dev.grove.wire.Bytes;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One turn of a session, to be made durable in one unit of work: the next state, the facts, the trace.
 *
 * @param device as it was loaded, or the one to be added with this turn
 * @param isNewDevice whether the device becomes known with this turn
 * @param before the newest session of the same device and session id when the turn was computed; absent if none
 * @param jobs the jobs that the turn was computed from
 * @param next the state and the facts
 * @param profile what the message says of its dialect, such as {@code DM/1.2}, until the engine knows better
 * @param trace the message and its reply
 */
public record SessionCommit(Device device, boolean isNewDevice, @Nullable SessionRecord before, Situation.Seen jobs,
        Next next, String profile, Instant now, List<TraceEntry> trace) {

    /**
     * What the turn came to, ready to be written.
     *
     * @param sessionId as the device wrote it
     * @param isEnded whether nothing more is to be said; a complete session may come to life again all the same
     * @param state what {@link EngineState#encode} wrote
     * @param engine the same as the engine left it; absent if only the stored form is known
     */
    public record Next(String sessionId, Instant expiresAt, boolean isEnded, Bytes state, List<Fact> facts,
            @Nullable EngineState engine) {
        public Next {
            facts = List.copyOf(facts);
        }

        /** Whether this is a new session, and not the one before continued. */
        public boolean begins() {
            return opening() >= 0;
        }

        List<Fact> factsOfFormer() {
            return facts.subList(0, Math.max(0, opening()));
        }

        List<Fact> factsOfThis() {
            return facts.subList(Math.max(0, opening()), facts.size());
        }

        private int opening() {
            for (int i = 0; i < facts.size(); i++) {
                if (facts.get(i) instanceof Fact.Opened) {
                    return i;
                }
            }
            return -1;
        }

        /** Encodes the state here, so that the writer need not. */
        public static Next of(EngineState engine, List<Fact> facts) {
            return new Next(engine.sessionId(), engine.expiresAt(), engine.isEnded(), engine.encode(), facts, engine);
        }
    }

    public SessionCommit {
        trace = List.copyOf(trace);
        if (!next.begins() && before == null) {
            throw new IllegalArgumentException("a turn that begins no session continues one");
        }
    }

    boolean begins() {
        return next.begins();
    }

    /** What became of it. */
    public sealed interface Result {}

    /**
     * It is durable.
     *
     * @param session the session after the turn
     * @param ended other sessions of the device that ended with it
     * @param events what to tell now
     * @param after what is known for the next message
     */
    public record Stored(SessionRecord session, List<SessionRecord> ended, List<Events.Event> events, Situation after)
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
