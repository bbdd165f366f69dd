package dev.grove.server.store.postgres;

import dev.grove.server.fleet.Descriptions;
import dev.grove.wire.Bytes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Descriptions of devices, one row a document. */
record PgDescriptions(Sql sql, Heads heads) implements Descriptions {

    private static final String HEAD = "select name, man, mod, bytes, sha256, at from description where device = ?";

    @Override
    public void put(String deviceId, Head head, Bytes document) {
        heads.touch(deviceId);
        sql.update("""
                insert into description (device, name, man, mod, bytes, sha256, at, document)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (device, name) do update set man = excluded.man, mod = excluded.mod,
                  bytes = excluded.bytes, sha256 = excluded.sha256, at = excluded.at,
                  document = excluded.document""", deviceId, head.name(), head.man(), head.mod(), head.bytes(),
                head.sha256(), head.at(), document);
    }

    @Override
    public List<Head> list(String deviceId) {
        return sql.list(HEAD + " order by name", PgDescriptions::head, deviceId);
    }

    @Override
    public Optional<Head> find(String deviceId, String name) {
        return sql.first(HEAD + " and name = ?", PgDescriptions::head, deviceId, name);
    }

    @Override
    public Optional<Bytes> document(String deviceId, String name) {
        return sql.first("select document from description where device = ? and name = ?",
                row -> Sql.bytes(row, "document"), deviceId, name);
    }

    @Override
    public boolean remove(String deviceId, String name) {
        heads.touch(deviceId);
        return sql.update("delete from description where device = ? and name = ?", deviceId, name) > 0;
    }

    private static Head head(ResultSet row) throws SQLException {
        return new Head(row.getString("name"), row.getString("man"), row.getString("mod"), row.getInt("bytes"),
                row.getString("sha256"), Objects.requireNonNull(Sql.time(row, "at")));
    }
}
