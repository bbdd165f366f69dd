package dev.grove.server.store.layer;

import dev.grove.server.fleet.Device;
import dev.grove.server.fleet.Devices;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Devices in layers. */
record LayeredDevices(View view) implements Devices {

    @Override
    public Optional<Device> find(String id) {
        return view.newest(layer -> layer.devices.get(id)).or(() -> view.tables().device(id));
    }

    @Override
    public Optional<Device> findByPsk(String identity) {
        Stream<String> here = view.layers().stream().flatMap(layer -> layer.devices.keySet().stream());
        Stream<String> below = view.base().devices().findByPsk(identity).map(Device::id).stream();
        return Stream.concat(here, below).distinct().flatMap(id -> find(id).stream())
                .filter(device -> device.psk() != null && device.psk().identity().equals(identity)).findFirst();
    }

    @Override
    public boolean add(Device device) {
        if (find(device.id()).isPresent()) {
            return false;
        }
        view.change(new Change.DevicePut(device));
        return true;
    }

    @Override
    public boolean put(Device device) {
        if (find(device.id()).isEmpty()) {
            return false;
        }
        view.change(new Change.DevicePut(device));
        return true;
    }

    @Override
    public boolean remove(String id) {
        throw new NotInMemory();
    }

    @Override
    public List<Device> missed(Instant now, int limit) {
        return view.base().devices().missed(now, limit);
    }

    @Override
    public List<Device> silent(String after, int limit) {
        throw new NotInMemory();
    }

    @Override
    public int countSilent() {
        return view.base().devices().countSilent();
    }

    @Override
    public List<Device> list(String after, int limit, String query) {
        throw new NotInMemory();
    }
}
