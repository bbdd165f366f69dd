package dev.grove.server.fleet;

import dev.grove.engine.Fact;
import dev.grove.engine.Ticket;
import dev.grove.engine.Ticket.Purpose;
import dev.grove.server.fleet.Events.Event;
import dev.grove.server.fleet.Store.Records;
import dev.grove.server.fleet.Tickets.Held;
import dev.grove.server.fleet.Tickets.State;
import dev.grove.tree.Operation;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What comes to the server apart from sessions ([DM 2.0 §5.1.4, §5.1.5]), against the store. The outcome of an
 * operation may come before the device has said in its session that it took the operation on, or after: whichever comes
 * second settles it.
 */
public final class RepositoryDesk {

    private final Store store;
    private final Events events;
    private final SessionDesk.Rules rules;

    public RepositoryDesk(Store store, Events events, SessionDesk.Rules rules) {
        this.store = store;
        this.events = events;
        this.rules = rules;
    }

    /** The job of a ticket that no job asked for. */
    public static final String NO_JOB = "0";

    /** Gives out an address that no operation asked for. */
    public static void issue(Store store, String deviceId, Ticket ticket) {
        store.write(records -> {
            records.tickets().put(Held.of(deviceId, ticket));
            return ticket;
        });
    }

    /** What became of something that came in. */
    public enum Taken {
        /** It is durable. */
        DONE,
        /** The same had come before. */
        REPEATED,
        /** Nothing is wanted any more. */
        GONE
    }

    /** A ticket with the operation that it is for; the operation is absent if its job is forgotten. */
    public record Found(Held held, Optional<Operation> operation) {}

    /** The ticket of an address; empty if there is none, and never was. */
    public Optional<Found> find(String id) {
        return store.read(records -> records.tickets().find(id).map(held -> new Found(held, operation(records, held))));
    }

    private static Optional<Operation> operation(Records records, Held held) {
        Ticket ticket = held.ticket();
        return records.jobs().find(held.deviceId(), Long.parseLong(ticket.jobId()))
                .map(job -> OperationPath.at(job.operations(), ticket.path()));
    }

    /**
     * What ends an operation: data that the device was to bring, or its user's answer.
     *
     * @param digest of what came
     * @param also what else became known with it
     */
    public record Came(String digest, Outcome outcome, List<Fact> also) {
        public Came {
            also = List.copyOf(also);
        }
    }

    /** Takes what ends an operation, once. */
    public Taken take(String id, Came came, Instant now) {
        return written(id, (records, held) -> {
            boolean isSame = !held.digest().isEmpty() && held.digest().equals(came.digest());
            if (isSame) {
                return new Change(Taken.REPEATED, List.of());
            }
            if (held.state() != State.OPEN || held.isExpired(now)) {
                return new Change(Taken.GONE, List.of());
            }
            Held used = held.used(came.digest(), came.outcome());
            records.tickets().put(used);
            return new Change(Taken.DONE, settle(records, used, came, now));
        });
    }

    /** Takes what a device tells of changes at a node, again and again. */
    public Taken told(String id, List<Fact> facts, Instant now) {
        return written(id, (records, held) -> {
            if (held.state() == State.CLOSED) {
                return new Change(Taken.GONE, List.of());
            }
            FactTaker taker = taker(records, held, now);
            taker.takeApart(held, facts);
            return new Change(Taken.DONE, taker.close());
        });
    }

    /** Gives up what has not come in time; an operation that still waits for it is answered 408. */
    public int sweep(Instant now, int limit) {
        List<Held> overdue = store.read(records -> records.tickets().overdue(now, limit));
        for (Held found : overdue) {
            written(found.ticket().id(), (records, held) -> {
                if (held.state() == State.CLOSED) {
                    return new Change(Taken.GONE, List.of());
                }
                List<Event> told = settle(records, held, new Came("", late(held), List.of()), now);
                records.tickets().put(held.closed(now));
                return new Change(Taken.DONE, told);
            });
        }
        return overdue.size();
    }

    private static Outcome late(Held held) {
        Outcome came = held.outcome();
        return came != null ? came : Outcome.of(StatusCode.REQUEST_TIMEOUT, held.ticket().purpose() == Purpose.PAGE
                ? "the user has not answered in time"
                : "the device has not brought the data in time");
    }

    /** Answers the operation, if the device has said that it took it on. */
    private List<Event> settle(Records records, Held held, Came came, Instant now) {
        FactTaker taker = taker(records, held, now);
        List<Fact> facts = new ArrayList<>(came.also());
        if (taker.isWaiting(held.ticket())) {
            facts.add(new Fact.Answered(held.ticket().jobId(), held.ticket().path(), came.outcome()));
        }
        taker.takeApart(held, facts);
        return taker.close();
    }

    private FactTaker taker(Records records, Held held, Instant now) {
        return new FactTaker(records, new FactTaker.Subject(held.deviceId(), now), rules, List.of());
    }

    private record Change(Taken taken, List<Event> events) {}

    private interface Work {
        Change on(Records records, Held held);
    }

    private Taken written(String id, Work work) {
        Change change = store.write(records -> records.tickets().find(id).map(held -> work.on(records, held))
                .orElse(new Change(Taken.GONE, List.of())));
        change.events().forEach(events::tell);
        return change.taken();
    }
}
