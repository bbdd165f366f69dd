package dev.grove.server.store.layer;

import dev.grove.engine.KnownObject;
import dev.grove.server.fleet.DeviceObjects;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Management objects and validators in layers. */
record LayeredObjects(View view) implements DeviceObjects {

    @Override
    public void tell(String deviceId, List<KnownObject> objects) {
        view.change(new Change.ObjectsTold(deviceId,
                objects.stream().sorted(Comparator.comparing(KnownObject::moid)).toList()));
    }

    @Override
    public List<KnownObject> list(String deviceId) {
        return view.newest(deviceId, Page::objects)
                .orElseGet(() -> view.tables().objects(deviceId));
    }

    @Override
    public void put(String deviceId, Validator validator) {
        view.change(new Change.ValidatorPut(deviceId, validator));
    }

    @Override
    public List<Validator> validators(String deviceId, String moid) {
        Map<String, Validator> all = new LinkedHashMap<>();
        view.tables().validators(deviceId, moid).forEach(known -> all.put(known.instance(), known));
        for (Page page : view.pages(deviceId).reversed()) {
            for (Validator validator : page.validators()) {
                if (validator.moid().equals(moid)) {
                    all.put(validator.instance(), validator);
                }
            }
        }
        return List.copyOf(all.values());
    }
}
