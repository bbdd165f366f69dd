package dev.grove.server.store.memory;

import dev.grove.server.fleet.Tickets;
import java.time.Instant;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

final class MemoryTickets implements Tickets {

    private final UndoMap<String, Held> tickets;

    MemoryTickets(Deque<Runnable> undo) {
        tickets = new UndoMap<>(undo);
    }

    @Override
    public void put(Held ticket) {
        tickets.put(ticket.ticket().id(), ticket);
    }

    @Override
    public Optional<Held> find(String id) {
        return tickets.find(id);
    }

    @Override
    public List<Held> live(String deviceId) {
        return tickets.values().stream().filter(t -> t.state() != State.CLOSED && t.deviceId().equals(deviceId))
                .toList();
    }

    @Override
    public List<Held> overdue(Instant now, int limit) {
        return tickets.values().stream().filter(t -> t.state() != State.CLOSED && t.isExpired(now)).limit(limit)
                .toList();
    }

    @Override
    public int prune(Instant end, int limit) {
        List<Held> old = tickets.values().stream()
                .filter(t -> t.closedAt() != null && t.closedAt().isBefore(end)).limit(limit).toList();
        old.forEach(t -> tickets.remove(t.ticket().id()));
        return old.size();
    }

    void forget(String deviceId) {
        tickets.removeIf(t -> t.deviceId().equals(deviceId));
    }
}
