package dev.grove.server.store.sqlite;

import dev.grove.engine.KnownObject;
import dev.grove.server.fleet.DeviceObjects;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Management objects; the names of their instances stand in one column, parted by slashes, which no name holds. */
record SqliteObjects(Sql sql) implements DeviceObjects {

    @Override
    public void tell(String deviceId, List<KnownObject> objects) {
        forget(deviceId);
        sql.replaceAll(INTO, objects.stream().map(object -> row(deviceId, object)).toList());
    }

    void forget(String deviceId) {
        sql.update("delete from object where device = ?", deviceId);
    }

    /** The columns of {@link #row}, in its order. */
    static final String INTO = "object (device, moid, ddf, instances)";

    static @Nullable Object[] row(String deviceId, KnownObject object) {
        return new @Nullable Object[] {deviceId, object.moid(), object.ddf(), String.join("/", object.instances())};
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
        sql.replaceAll(INTO_VALIDATOR, List.<@Nullable Object[]>of(row(deviceId, validator)));
    }

    /** The columns of a validator's row, in its order. */
    static final String INTO_VALIDATOR = "validator (device, moid, instance, value)";

    static @Nullable Object[] row(String deviceId, Validator validator) {
        return new @Nullable Object[] {deviceId, validator.moid(), validator.instance(), validator.value()};
    }

    @Override
    public List<Validator> validators(String deviceId, String moid) {
        return sql.list("select * from validator where device = ? and moid = ?",
                row -> new Validator(moid, row.getString("instance"), row.getString("value")), deviceId, moid);
    }
}
