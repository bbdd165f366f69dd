package dev.grove.server.store.postgres;

import dev.grove.server.fleet.EventLog;
import dev.grove.server.store.form.EventCodec;
import dev.grove.server.store.postgres.PgLeases.Autonomous;
import dev.grove.server.store.postgres.Sql.Column;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Batches of events as rows, each written once and read by every other node while it has listeners. */
record PgEventLog(Autonomous sql) implements EventLog {

    @Override
    public void append(Batch batch) {
        sql.run(open -> open.update("insert into event_batch (node, num, at, events) values (?, ?, ?, ?)"
                + " on conflict (node, num) do nothing", batch.node(), batch.number(), batch.at(),
                EventCodec.encode(batch.events())));
    }

    @Override
    public List<Batch> latest(Map<String, Long> heard, Duration reach, int limit) {
        List<String> nodes = List.copyOf(heard.keySet());
        return sql.run(open -> open.list("""
                select e.* from event_batch e left join unnest(?::text[], ?::int8[]) as h (node, num)
                  on e.node = h.node
                where e.told_at > clock_timestamp() - ? * interval '1 ms' and (h.num is null or e.num > h.num)
                order by e.told_at, e.num limit ?""", row -> new Batch(row.getString("node"), row.getLong("num"),
                Instant.ofEpochMilli(row.getLong("at")), EventCodec.decode(Sql.bytes(row, "events"))),
                new Column("text", nodes), new Column("int8", nodes.stream().map(heard::get).toList()),
                reach.toMillis(), limit));
    }

    @Override
    public int prune(Duration age, int limit) {
        return sql.run(open -> open.update("""
                delete from event_batch where (node, num) in (select node, num from event_batch
                  where told_at < clock_timestamp() - ? * interval '1 ms' order by told_at limit ?)""",
                age.toMillis(), limit));
    }
}
