package dev.grove.server.store.sqlite;

import dev.grove.server.fleet.Reach;
import dev.grove.server.fleet.Slice;
import dev.grove.server.fleet.Wake;
import dev.grove.server.fleet.Wakes;
import dev.grove.server.store.form.ReachCodec;
import dev.grove.server.store.form.WakeCodec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Wakes, with the two times by which they are looked for in columns of their own. */
record SqliteWakes(Sql sql) implements Wakes {

    /** The columns of {@link #row(Wake)}, in its order. */
    static final String INTO = "wake (num, device, due_at, ended_at, body)";

    /** A wake without number gets one from the table. */
    static @Nullable Object[] row(Wake wake) {
        Wake.End end = wake.end();
        return new @Nullable Object[] {wake.number() == 0 ? null : wake.number(), wake.deviceId(), wake.dueAt(),
                end == null ? null : end.at(), WakeCodec.encode(wake)};
    }

    /** The columns of {@link #row(String, Reach)}, in its order. */
    static final String INTO_REACH = "reach (device, body)";

    static @Nullable Object[] row(String deviceId, Reach reach) {
        return new @Nullable Object[] {deviceId, ReachCodec.encode(reach)};
    }

    @Override
    public Reach reach(String deviceId) {
        return sql.first("select body from reach where device = ?", row -> ReachCodec.decode(Sql.bytes(row, "body")),
                deviceId).orElse(Reach.NONE);
    }

    @Override
    public void putReach(String deviceId, Reach reach) {
        sql.replaceAll(INTO_REACH, List.<@Nullable Object[]>of(row(deviceId, reach)));
    }

    @Override
    public Wake add(Wake wake) {
        return wake.withNumber(sql.insert("insert into " + INTO + " values (?, ?, ?, ?, ?)", row(wake)));
    }

    @Override
    public void put(Wake wake) {
        sql.replaceAll(INTO, List.<@Nullable Object[]>of(row(wake)));
    }

    @Override
    public Optional<Wake> find(String deviceId, long number) {
        return sql.first("select * from wake where num = ? and device = ?", SqliteWakes::wake, number, deviceId);
    }

    @Override
    public Optional<Wake> open(String deviceId) {
        return sql.first("select * from wake where device = ? and ended_at is null order by num desc limit 1",
                SqliteWakes::wake, deviceId);
    }

    @Override
    public List<Wake> list(String deviceId, Slice slice) {
        return slice.newestFirst()
                ? sql.list("select * from wake where device = ? and num < ? order by num desc limit ?",
                        SqliteWakes::wake, deviceId, slice.after() == 0 ? Long.MAX_VALUE : slice.after(),
                        slice.limit())
                : sql.list("select * from wake where device = ? and num > ? order by num limit ?", SqliteWakes::wake,
                        deviceId, slice.after(), slice.limit());
    }

    @Override
    public List<Wake> due(Instant now, int limit) {
        return sql.list("select * from wake where due_at <= ? order by due_at, num limit ?", SqliteWakes::wake, now,
                limit);
    }

    @Override
    public int prune(Instant end, int limit) {
        return sql.update("delete from wake where num in (select num from wake where ended_at < ? limit ?)", end,
                limit);
    }

    private static Wake wake(ResultSet row) throws SQLException {
        return WakeCodec.decode(row.getString("device"), row.getLong("num"), Sql.bytes(row, "body"));
    }
}
