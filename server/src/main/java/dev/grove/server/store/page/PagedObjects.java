package dev.grove.server.store.page;

import dev.grove.engine.KnownObject;
import dev.grove.server.fleet.DeviceObjects;
import java.util.Comparator;
import java.util.List;

/** Management objects and their validators on the page of their device. */
record PagedObjects(Pages pages) implements DeviceObjects {

    @Override
    public void tell(String deviceId, List<KnownObject> objects) {
        pages.of(deviceId).put(Kind.OBJECTS, "", Row.of(Forms.objects(
                objects.stream().sorted(Comparator.comparing(KnownObject::moid)).toList())));
    }

    @Override
    public List<KnownObject> list(String deviceId) {
        return pages.of(deviceId).find(Kind.OBJECTS, "").map(row -> Forms.objects(row.value())).orElse(List.of());
    }

    @Override
    public void put(String deviceId, Validator validator) {
        pages.of(deviceId).put(Kind.VALIDATOR, validator.moid() + '\0' + validator.instance(),
                Row.of(Forms.validator(validator)));
    }

    @Override
    public List<Validator> validators(String deviceId, String moid) {
        return pages.of(deviceId).all(Kind.VALIDATOR).values().stream().map(row -> Forms.validator(row.value()))
                .filter(validator -> validator.moid().equals(moid)).toList();
    }
}
