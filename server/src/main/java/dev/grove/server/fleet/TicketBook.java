package dev.grove.server.fleet;

import dev.grove.engine.Ticket;
import dev.grove.engine.Ticket.Purpose;
import dev.grove.server.fleet.Tickets.Held;
import dev.grove.server.fleet.Tickets.State;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The tickets of one device within a unit of work. */
final class TicketBook {

    private final Tickets tickets;
    private final String deviceId;
    private final Instant now;

    TicketBook(Tickets tickets, String deviceId, Instant now) {
        this.tickets = tickets;
        this.deviceId = deviceId;
        this.now = now;
    }

    /** Keeps a new ticket; an earlier one for the same operation went with a session that died. */
    void issue(Ticket ticket) {
        closeAll(held -> held.ticket().jobId().equals(ticket.jobId()) && held.ticket().path().equals(ticket.path()));
        tickets.put(Held.of(deviceId, ticket));
    }

    void close(String id) {
        tickets.find(id).filter(held -> held.state() != State.CLOSED).ifPresent(held -> tickets.put(held.closed(now)));
    }

    void unsubscribe(String node) {
        closeAll(held -> held.ticket().purpose() == Purpose.SUBSCRIPTION && held.ticket().node().equals(node));
    }

    private void closeAll(Predicate<Held> which) {
        tickets.live(deviceId).stream().filter(which).forEach(held -> tickets.put(held.closed(now)));
    }

    /**
     * What has come in already, which closes the ticket; that it is too late, if the ticket is closed. Empty if it may
     * still come, or there is no ticket.
     */
    Optional<Outcome> take(@Nullable String id) {
        Optional<Held> held = id == null ? Optional.empty() : tickets.find(id);
        if (held.isEmpty()) {
            return Optional.empty();
        }
        Outcome came = held.get().outcome();
        if (came != null) {
            close(held.get().ticket().id());
            return Optional.of(came);
        }
        return held.get().state() == State.CLOSED
                ? Optional.of(Outcome.of(StatusCode.REQUEST_TIMEOUT, "nothing came in time"))
                : Optional.empty();
    }
}
