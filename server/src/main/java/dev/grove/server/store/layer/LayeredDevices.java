package dev.grove.server.store.layer;

import dev.grove.server.fleet.Device;
import dev.grove.server.fleet.Devices;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Devices in layers. */
record LayeredDevices(View view) implements Devices {

    @Override
    public Optional<Device> find(String id) {
        return view.newest(id, Page::device).or(() -> view.tables().device(id));
    }

    @Override
    public Optional<Device> findByPsk(String identity) {
        for (Layer layer : view.layers()) {
            for (Page page : layer.pages()) {
                Optional<Device> here = Optional.ofNullable(page.device()).filter(device -> isOf(identity, device))
                        .flatMap(device -> find(device.id())).filter(device -> isOf(identity, device));
                if (here.isPresent()) {
                    return here;
                }
            }
        }
        return view.base().devices().findByPsk(identity)
                .flatMap(below -> find(below.id())).filter(device -> isOf(identity, device));
    }

    private static boolean isOf(String identity, Device device) {
        return device.psk() != null && device.psk().identity().equals(identity);
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
