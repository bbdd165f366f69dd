package dev.grove.server.store.postgres;

import dev.grove.server.store.form.ResultCodec;
import dev.grove.engine.Ticket;
import dev.grove.engine.Ticket.Purpose;
import dev.grove.server.fleet.Tickets;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.server.store.postgres.Sql.Statement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tickets, with what has come as the columns of a result. */
record PgTickets(Sql sql, Heads heads) implements Tickets {

    @Override
    public void put(Held held) {
        heads.touch(held.deviceId());
        sql.update(statement(held));
    }

    static Statement statement(Held held) {
        Ticket ticket = held.ticket();
        Outcome came = held.outcome();
        return Statement.of("""
                insert into ticket (device, id, purpose, job, path, node, expires_at, state, digest, status, detail,
                  results, closed_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (device, id) do update set state = excluded.state, digest = excluded.digest,
                  status = excluded.status, detail = excluded.detail, results = excluded.results,
                  closed_at = excluded.closed_at""", held.deviceId(), ticket.id(), ticket.purpose(), ticket.jobId(),
                ticket.path(), ticket.node(), ticket.expiresAt(), held.state(), held.digest(),
                came == null ? null : came.status().code(), came == null ? null : came.detail(),
                came == null ? null : ResultCodec.encode(came.results()), held.closedAt());
    }

    @Override
    public Optional<Held> find(String id) {
        return sql.first("select * from ticket where id = ?", PgTickets::held, id);
    }

    @Override
    public List<Held> live(String deviceId) {
        return sql.list("select * from ticket where device = ? and state <> 'CLOSED'", PgTickets::held, deviceId);
    }

    @Override
    public List<Held> overdue(Instant now, int limit) {
        return sql.list("select * from ticket where state <> 'CLOSED' and expires_at <= ? order by expires_at limit ?",
                PgTickets::held, now, limit);
    }

    @Override
    public int prune(Instant end, int limit) {
        return sql.update("""
                delete from ticket where (device, id) in (select device, id from ticket where closed_at < ?
                  order by closed_at limit ?)""", end, limit);
    }

    private static Held held(ResultSet row) throws SQLException {
        Ticket ticket = new Ticket(row.getString("id"), Purpose.valueOf(row.getString("purpose")),
                row.getString("job"), row.getString("path"), row.getString("node"), Sql.time(row, "expires_at"));
        return new Held(row.getString("device"), ticket, State.valueOf(row.getString("state")),
                row.getString("digest"), outcome(row), Sql.time(row, "closed_at"));
    }

    private static @Nullable Outcome outcome(ResultSet row) throws SQLException {
        int code = row.getInt("status");
        return row.wasNull() ? null
                : new Outcome(new StatusCode(code), ResultCodec.decode(Sql.bytes(row, "results")),
                        row.getString("detail"));
    }
}
