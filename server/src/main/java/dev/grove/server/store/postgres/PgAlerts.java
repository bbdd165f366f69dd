package dev.grove.server.store.postgres;

import dev.grove.engine.Fact;
import dev.grove.server.fleet.Alert;
import dev.grove.server.fleet.Alerts;
import dev.grove.server.fleet.Slice;
import dev.grove.server.store.postgres.Sql.Statement;
import dev.grove.syncml.AlertCode;
import dev.grove.tree.Format;
import dev.grove.tree.Value;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Alerts, in the order in which they came. */
record PgAlerts(Sql sql, Heads heads) implements Alerts {

    @Override
    public Alert add(Alert alert) {
        Alert numbered = alert.withNumber(heads.nextAlert(alert.deviceId()));
        sql.update(insert(numbered));
        return numbered;
    }

    static Statement insert(Alert alert) {
        Fact.AlertRaised what = alert.what();
        return Statement.of("""
                insert into alert (device, num, session, at, code, type, mark, correlator, source, format, data_type,
                  data)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", alert.deviceId(), alert.number(), alert.session(),
                alert.at(), what.code().code(), what.type(), what.mark(), what.correlator(), what.source(),
                what.data().format(), what.data().type(), what.data().data());
    }

    @Override
    public List<Alert> list(String deviceId, Slice slice) {
        return slice.newestFirst()
                ? sql.list("select * from alert where device = ? and num < ? order by num desc limit ?",
                        PgAlerts::alert, deviceId, slice.after() == 0 ? Long.MAX_VALUE : slice.after(),
                        slice.limit())
                : sql.list("select * from alert where device = ? and num > ? order by num limit ?",
                        PgAlerts::alert, deviceId, slice.after(), slice.limit());
    }

    @Override
    public int prune(Instant end, int limit) {
        return sql.update("""
                delete from alert where (device, num) in (select device, num from alert where at < ?
                  order by at limit ?)""", end, limit);
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
