package dev.grove.server.fleet;

import dev.grove.engine.Ticket;
import dev.grove.tree.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The addresses that single devices may use: what the Data Repository and the Web Server Component answer to. */
public interface Tickets {

    /** Whether anything may still come. */
    enum State {
        /** Nothing has come yet, or as much as wants to may come. */
        OPEN,
        /** What was wanted has come; the same once more is taken for a repetition. */
        USED,
        /** It is good for nothing any more. */
        CLOSED
    }

    /**
     * A ticket and what has become of it.
     *
     * @param digest of what came, 64 hexadecimal digits; empty if nothing has
     * @param outcome what came, until the operation has taken it; absent if nothing has
     * @param closedAt when it became {@link State#CLOSED}; absent before that
     */
    record Held(String deviceId, Ticket ticket, State state, String digest, @Nullable Outcome outcome,
            @Nullable Instant closedAt) {

        /** One that was just given out. */
        public static Held of(String deviceId, Ticket ticket) {
            return new Held(deviceId, ticket, State.OPEN, "", null, null);
        }

        /** This, with what has come. */
        public Held used(String itsDigest, Outcome came) {
            return new Held(deviceId, ticket, State.USED, itsDigest, came, closedAt);
        }

        /** This, good for nothing any more. What came keeps its digest, so that a repetition is known as one. */
        public Held closed(Instant now) {
            return new Held(deviceId, ticket, State.CLOSED, digest, null, closedAt == null ? now : closedAt);
        }

        /** Whether its time has passed. */
        public boolean isExpired(Instant now) {
            Instant end = ticket.expiresAt();
            return end != null && !end.isAfter(now);
        }
    }

    /** Keeps a new ticket, or what has become of it. */
    void put(Held ticket);

    Optional<Held> find(String id);

    /** Tickets of a device that are not closed, in no order. */
    List<Held> live(String deviceId);

    /** Tickets that are not closed and whose time has passed. */
    List<Held> overdue(Instant now, int limit);

    /** Forgets tickets that were closed before {@code end}; at most {@code limit}. Returns how many. */
    int prune(Instant end, int limit);
}
