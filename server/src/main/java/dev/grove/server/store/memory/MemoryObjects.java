package dev.grove.server.store.memory;

import dev.grove.engine.KnownObject;
import dev.grove.server.fleet.DeviceObjects;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

final class MemoryObjects implements DeviceObjects {

    private record Of<T>(String deviceId, T what) {}

    private final UndoMap<String, Of<List<KnownObject>>> objects;
    private final UndoMap<String, Of<List<Validator>>> validators;

    MemoryObjects(Deque<Runnable> undo) {
        objects = new UndoMap<>(undo);
        validators = new UndoMap<>(undo);
    }

    @Override
    public void tell(String deviceId, List<KnownObject> told) {
        objects.put(deviceId, new Of<>(deviceId,
                told.stream().sorted(Comparator.comparing(KnownObject::moid)).toList()));
    }

    @Override
    public List<KnownObject> list(String deviceId) {
        return objects.find(deviceId).map(Of::what).orElse(List.of());
    }

    @Override
    public void put(String deviceId, Validator validator) {
        List<Validator> changed = new ArrayList<>(of(deviceId));
        changed.removeIf(v -> v.moid().equals(validator.moid()) && v.instance().equals(validator.instance()));
        changed.add(validator);
        validators.put(deviceId, new Of<>(deviceId, List.copyOf(changed)));
    }

    @Override
    public List<Validator> validators(String deviceId, String moid) {
        return of(deviceId).stream().filter(v -> v.moid().equals(moid)).toList();
    }

    private List<Validator> of(String deviceId) {
        return validators.find(deviceId).map(Of::what).orElse(List.of());
    }

    void forget(String deviceId) {
        objects.remove(deviceId);
        validators.remove(deviceId);
    }
}
