package dev.grove.server.store.layer;

import dev.grove.server.fleet.Tickets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tickets in layers. */
record LayeredTickets(View view) implements Tickets {

    @Override
    public void put(Held ticket) {
        view.change(new Change.TicketPut(ticket));
    }

    @Override
    public Optional<Held> find(String id) {
        return here(id).or(() -> view.base().tickets().find(id));
    }

    private Optional<Held> here(String id) {
        for (Layer layer : view.layers()) {
            Held held = layer.tickets().get(id);
            if (held != null) {
                return Optional.of(held);
            }
        }
        return Optional.empty();
    }

    @Override
    public List<Held> live(String deviceId) {
        Stream<Held> here = view.pages(deviceId).stream().flatMap(page -> page.tickets().stream())
                .distinct().flatMap(id -> here(id).stream());
        return Stream.concat(below(view.base().tickets().live(deviceId)), here)
                .filter(held -> held.state() != State.CLOSED).toList();
    }

    private Stream<Held> below(List<Held> tickets) {
        return tickets.stream().filter(held -> here(held.ticket().id()).isEmpty());
    }

    @Override
    public List<Held> overdue(Instant now, int limit) {
        Stream<Held> here = view.layers().stream().flatMap(layer -> layer.tickets().keySet().stream()).distinct()
                .flatMap(id -> here(id).stream());
        return Stream.concat(below(view.base().tickets().overdue(now, limit)), here)
                .filter(held -> held.state() != State.CLOSED && held.isExpired(now)).limit(limit).toList();
    }

    @Override
    public int prune(Instant end, int limit) {
        throw new NotInMemory();
    }
}
