package dev.grove.server.store.sqlite;

import org.jspecify.annotations.Nullable;

import dev.grove.engine.Fact;
import dev.grove.server.fleet.Alert;
import dev.grove.server.fleet.Alerts;
import dev.grove.server.fleet.Slice;
import dev.grove.syncml.AlertCode;
import dev.grove.tree.Format;
import dev.grove.tree.Value;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Alerts, in the order in which they came. */
record SqliteAlerts(Sql sql) implements Alerts {

    @Override
    public Alert add(Alert alert) {
        return alert.withNumber(sql.insert("insert into " + INTO + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row(alert)));
    }

    /** The columns of {@link #row}, in its order. */
    static final String INTO = "alert (num, device, session, at, code, type, mark, correlator, source, format,"
            + " data_type, data)";

    /** An alert without number gets one from the table. */
    static @Nullable Object[] row(Alert alert) {
        Fact.AlertRaised what = alert.what();
        return new @Nullable Object[] {alert.number() == 0 ? null : alert.number(), alert.deviceId(), alert.session(),
                alert.at(), what.code().code(), what.type(), what.mark(), what.correlator(), what.source(),
                what.data().format(), what.data().type(), what.data().data()};
    }

    @Override
    public List<Alert> list(String deviceId, Slice slice) {
        return slice.newestFirst()
                ? sql.list("select * from alert where device = ? and num < ? order by num desc limit ?",
                        SqliteAlerts::alert, deviceId, slice.after() == 0 ? Long.MAX_VALUE : slice.after(),
                        slice.limit())
                : sql.list("select * from alert where device = ? and num > ? order by num limit ?",
                        SqliteAlerts::alert, deviceId, slice.after(), slice.limit());
    }

    /** The oldest have the lowest numbers: only those are looked at. */
    @Override
    public int prune(Instant end, int limit) {
        return sql.update("""
                delete from alert where num in (select num from (select num, at from alert order by num limit ?)
                  where at < ?)""", limit, end);
    }

    private static Alert alert(ResultSet row) throws SQLException {
        Value value = new Value(Format.valueOf(row.getString("format")), row.getString("data_type"),
                Sql.bytes(row, "data"));
        Fact.AlertRaised what = new Fact.AlertRaised(new AlertCode(row.getInt("code")), row.getString("type"),
                row.getString("mark"), row.getString("correlator"), row.getString("source"), value);
        return new Alert(row.getLong("num"), row.getString("device"), row.getLong("session"),
                Objects.requireNonNull(Sql.time(row, "at")), what);
    }
}
