package dev.grove.server.store.memory;

import dev.grove.server.fleet.Device;
import dev.grove.server.fleet.Devices;
import java.time.Instant;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

final class MemoryDevices implements Devices {

    private final UndoMap<String, Device> devices;
    private final Consumer<String> forget;

    MemoryDevices(Deque<Runnable> undo, Consumer<String> forget) {
        this.devices = new UndoMap<>(undo);
        this.forget = forget;
    }

    @Override
    public Optional<Device> find(String id) {
        return devices.find(id);
    }

    @Override
    public Optional<Device> findByPsk(String identity) {
        return devices.values().stream()
                .filter(device -> device.psk() != null && device.psk().identity().equals(identity)).findFirst();
    }

    @Override
    public boolean add(Device device) {
        if (devices.find(device.id()).isPresent()) {
            return false;
        }
        devices.put(device.id(), device);
        return true;
    }

    @Override
    public boolean put(Device device) {
        if (devices.find(device.id()).isEmpty()) {
            return false;
        }
        devices.put(device.id(), device);
        return true;
    }

    @Override
    public boolean remove(String id) {
        boolean wasThere = devices.remove(id);
        forget.accept(id);
        return wasThere;
    }

    @Override
    public List<Device> missed(Instant now, int limit) {
        return devices.values().stream().filter(device -> device.rhythm().quietUntil() != null
                && !device.rhythm().quietUntil().isAfter(now)).limit(limit).toList();
    }

    @Override
    public List<Device> silent(String after, int limit) {
        return devices.values().stream().filter(device -> device.rhythm().silentSince() != null
                && device.id().compareTo(after) > 0).limit(limit).toList();
    }

    @Override
    public int countSilent() {
        return (int) devices.values().stream().filter(device -> device.rhythm().silentSince() != null).count();
    }

    @Override
    public List<Device> list(String after, int limit, String query) {
        String wanted = query.toLowerCase(Locale.ROOT);
        return devices.values().stream().filter(d -> d.id().compareTo(after) > 0)
                .filter(d -> d.id().toLowerCase(Locale.ROOT).contains(wanted)
                        || d.name().toLowerCase(Locale.ROOT).contains(wanted))
                .limit(limit).toList();
    }
}
