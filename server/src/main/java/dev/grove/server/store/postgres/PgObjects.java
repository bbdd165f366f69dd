package dev.grove.server.store.postgres;

import dev.grove.engine.KnownObject;
import dev.grove.server.fleet.DeviceObjects;
import dev.grove.server.store.postgres.Sql.Column;
import dev.grove.server.store.postgres.Sql.Statement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/** Management objects; the names of their instances stand in one column, parted by slashes, which no name holds. */
record PgObjects(Sql sql, Heads heads) implements DeviceObjects {

    @Override
    public void tell(String deviceId, List<KnownObject> objects) {
        heads.touch(deviceId);
        told(deviceId, objects).forEach(sql::update);
    }

    static List<Statement> told(String deviceId, List<KnownObject> objects) {
        return List.of(Statement.of("delete from object where device = ?", deviceId), Statement.of("""
                insert into object (device, moid, ddf, instances) select ?, moid, ddf, instances
                from unnest(?::text[], ?::text[], ?::text[]) as o (moid, ddf, instances)
                on conflict (device, moid) do nothing""", deviceId,
                new Column("text", objects.stream().map(KnownObject::moid).toList()),
                new Column("text", objects.stream().map(KnownObject::ddf).toList()),
                new Column("text", objects.stream().map(o -> String.join("/", o.instances())).toList())));
    }

    @Override
    public List<KnownObject> list(String deviceId) {
        return sql.list("select * from object where device = ? order by moid", PgObjects::object, deviceId);
    }

    private static KnownObject object(ResultSet row) throws SQLException {
        String instances = row.getString("instances");
        return new KnownObject(row.getString("moid"), row.getString("ddf"),
                instances.isEmpty() ? List.of() : Arrays.asList(instances.split("/", -1)));
    }

    @Override
    public void put(String deviceId, Validator validator) {
        heads.touch(deviceId);
        sql.update(statement(deviceId, validator));
    }

    static Statement statement(String deviceId, Validator validator) {
        return Statement.of("""
                insert into validator (device, moid, instance, value) values (?, ?, ?, ?)
                on conflict (device, moid, instance) do update set value = excluded.value""", deviceId,
                validator.moid(), validator.instance(), validator.value());
    }

    @Override
    public List<Validator> validators(String deviceId, String moid) {
        return sql.list("select * from validator where device = ? and moid = ?",
                row -> new Validator(moid, row.getString("instance"), row.getString("value")), deviceId, moid);
    }
}
