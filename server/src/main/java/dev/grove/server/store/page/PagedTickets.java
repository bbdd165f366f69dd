package dev.grove.server.store.page;

import dev.grove.server.fleet.Tickets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tickets on the page of their device; which device that is, the index knows. */
record PagedTickets(Pages pages, PageRecords.World world) implements Tickets {

    @Override
    public void put(Held held) {
        Page page = pages.of(held.deviceId());
        String id = held.ticket().id();
        Row row = Row.of(WorkForms.ticket(held));
        boolean isNew = on(page, id).isEmpty();
        if (held.state() == State.CLOSED) {
            page.remove(Kind.LIVE_TICKET, id);
            page.put(Kind.CLOSED_TICKET, id, row.fading(world.retention().tickets()));
            page.note(new Note.TicketClosed(id));
        } else {
            page.put(Kind.LIVE_TICKET, id, row);
        }
        if (isNew && held.state() != State.CLOSED) {
            page.note(new Note.TicketGiven(id));
            Instant expiresAt = held.ticket().expiresAt();
            if (expiresAt != null) {
                page.note(new Note.DueAt(Note.Due.TICKET, id, expiresAt));
            }
        }
    }

    private static Optional<Held> on(Page page, String id) {
        return page.find(Kind.LIVE_TICKET, id).or(() -> page.find(Kind.CLOSED_TICKET, id))
                .map(row -> WorkForms.ticket(row.value()));
    }

    /** Mostly it is one of a device that the unit of work is about. */
    @Override
    public Optional<Held> find(String id) {
        for (Page page : pages.all()) {
            Optional<Row> here = page.find(Kind.LIVE_TICKET, id);
            if (here.isPresent()) {
                return here.map(row -> WorkForms.ticket(row.value()));
            }
        }
        return world.index().deviceOfTicket(id).flatMap(device -> on(pages.of(device), id));
    }

    @Override
    public List<Held> live(String deviceId) {
        return pages.of(deviceId).all(Kind.LIVE_TICKET).values().stream().map(row -> WorkForms.ticket(row.value()))
                .toList();
    }

    @Override
    public List<Held> overdue(Instant now, int limit) {
        List<Held> overdue = new ArrayList<>();
        world.index().due(Note.Due.TICKET, now, limit, hint -> {
            Optional<Held> held = pages.of(hint.deviceId()).find(Kind.LIVE_TICKET, hint.key())
                    .map(row -> WorkForms.ticket(row.value()));
            if (held.isEmpty()) {
                return new FleetIndex.Verdict.Settled();
            }
            Instant expiresAt = held.get().ticket().expiresAt();
            if (expiresAt == null || expiresAt.isAfter(now)) {
                return expiresAt == null
                        ? new FleetIndex.Verdict.Settled()
                        : new FleetIndex.Verdict.Later(expiresAt);
            }
            overdue.add(held.get());
            return new FleetIndex.Verdict.Passed();
        });
        return overdue;
    }

    /** Closed tickets have a life of their own. */
    @Override
    public int prune(Instant end, int limit) {
        return 0;
    }
}
