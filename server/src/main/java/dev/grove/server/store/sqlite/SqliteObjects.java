package dev.grove.server.store.sqlite;

import dev.grove.engine.KnownObject;
import dev.grove.server.fleet.DeviceObjects;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Management objects; the names of their instances stand in one column, parted by slashes, which no name holds. */
record SqliteObjects(Sql sql) implements DeviceObjects {

    @Override
    public void tell(String deviceId, List<KnownObject> objects) {
        sql.update("delete from object where device = ?", deviceId);
        sql.replaceAll("object (device, moid, ddf, instances)", objects.stream().map(object -> new @Nullable Object[] {
                deviceId, object.moid(), object.ddf(), String.join("/", object.instances())}).toList());
    }

    @Override
    public List<KnownObject> list(String deviceId) {
        return sql.list("select * from object where device = ? order by moid", SqliteObjects::object, deviceId);
    }

    private static KnownObject object(ResultSet row) throws SQLException {
        String instances = row.getString("instances");
        return new KnownObject(row.getString("moid"), row.getString("ddf"),
                instances.isEmpty() ? List.of() : Arrays.asList(instances.split("/", -1)));
    }

    @Override
    public void put(String deviceId, Validator validator) {
        sql.update("insert or replace into validator (device, moid, instance, value) values (?, ?, ?, ?)", deviceId,
                validator.moid(), validator.instance(), validator.value());
    }

    @Override
    public Optional<Validator> validator(String deviceId, String moid, String instance) {
        List<Validator> found = sql.list("select * from validator where device = ? and moid = ?",
                row -> new Validator(moid, row.getString("instance"), row.getString("value")), deviceId, moid);
        if (instance.isEmpty() && found.size() == 1) {
            return Optional.of(found.getFirst());
        }
        return found.stream().filter(v -> v.instance().equals(instance)).findFirst();
    }
}
