package dev.grove.server.store.postgres;

import dev.grove.server.fleet.Reach;
import dev.grove.server.fleet.Slice;
import dev.grove.server.fleet.Wake;
import dev.grove.server.fleet.Wakes;
import dev.grove.server.store.form.ReachCodec;
import dev.grove.server.store.form.WakeCodec;
import dev.grove.server.store.postgres.Sql.Statement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Wakes, with the two times by which they are looked for in columns of their own. */
record PgWakes(Sql sql, Heads heads) implements Wakes {

    @Override
    public Reach reach(String deviceId) {
        return sql.first("select body from reach where device = ?", row -> ReachCodec.decode(Sql.bytes(row, "body")),
                deviceId).orElse(Reach.NONE);
    }

    @Override
    public void putReach(String deviceId, Reach reach) {
        heads.touch(deviceId);
        sql.update(statement(deviceId, reach));
    }

    static Statement statement(String deviceId, Reach reach) {
        return Statement.of("""
                insert into reach (device, body) values (?, ?)
                on conflict (device) do update set body = excluded.body""", deviceId, ReachCodec.encode(reach));
    }

    @Override
    public Wake add(Wake wake) {
        Wake numbered = wake.withNumber(heads.nextWake(wake.deviceId()));
        put(numbered);
        return numbered;
    }

    @Override
    public void put(Wake wake) {
        heads.touch(wake.deviceId());
        sql.update(statement(wake));
    }

    static Statement statement(Wake wake) {
        Wake.End end = wake.end();
        return Statement.of("""
                insert into wake (device, num, due_at, ended_at, body) values (?, ?, ?, ?, ?)
                on conflict (device, num) do update set due_at = excluded.due_at, ended_at = excluded.ended_at,
                  body = excluded.body""", wake.deviceId(), wake.number(), wake.dueAt(),
                end == null ? null : end.at(), WakeCodec.encode(wake));
    }

    @Override
    public Optional<Wake> find(String deviceId, long number) {
        return sql.first("select * from wake where device = ? and num = ?", PgWakes::wake, deviceId, number);
    }

    @Override
    public Optional<Wake> open(String deviceId) {
        return sql.first("select * from wake where device = ? and ended_at is null order by num desc limit 1",
                PgWakes::wake, deviceId);
    }

    @Override
    public List<Wake> list(String deviceId, Slice slice) {
        return slice.newestFirst()
                ? sql.list("select * from wake where device = ? and num < ? order by num desc limit ?",
                        PgWakes::wake, deviceId, slice.after() == 0 ? Long.MAX_VALUE : slice.after(), slice.limit())
                : sql.list("select * from wake where device = ? and num > ? order by num limit ?", PgWakes::wake,
                        deviceId, slice.after(), slice.limit());
    }

    @Override
    public List<Wake> due(Instant now, int limit) {
        return sql.list("select * from wake where due_at <= ? order by due_at limit ?", PgWakes::wake, now, limit);
    }

    @Override
    public int prune(Instant end, int limit) {
        return sql.update("""
                delete from wake where (device, num) in (select device, num from wake where ended_at < ?
                  order by ended_at limit ?)""", end, limit);
    }

    private static Wake wake(ResultSet row) throws SQLException {
        return WakeCodec.decode(row.getString("device"), row.getLong("num"), Sql.bytes(row, "body"));
    }
}
