package dev.grove.server.store.page;

import dev.grove.auth.PreSharedKey;
import dev.grove.server.fleet.Device;
import dev.grove.server.fleet.Devices;
import dev.grove.server.fleet.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Devices, each on its page. */
record PagedDevices(Pages pages, FleetIndex index) implements Devices {

    @Override
    public Optional<Device> find(String id) {
        return pages.of(id).find(Kind.DEVICE, "").map(row -> Forms.device(row.value()));
    }

    @Override
    public Optional<Device> findByPsk(String identity) {
        return index.deviceOfPsk(identity).flatMap(this::find).filter(device -> identity.equals(identity(device)));
    }

    private static String identity(Device device) {
        PreSharedKey psk = device.psk();
        return psk == null ? "" : psk.identity();
    }

    @Override
    public boolean add(Device device) {
        if (find(device.id()).isPresent()) {
            return false;
        }
        pages.of(device.id()).note(new Note.DeviceAdded());
        keep(device, "");
        return true;
    }

    @Override
    public boolean put(Device device) {
        Optional<Device> before = find(device.id());
        before.ifPresent(known -> keep(device, identity(known)));
        return before.isPresent();
    }

    private void keep(Device device, String identityBefore) {
        Page page = pages.of(device.id());
        String identity = identity(device);
        if (!identity.equals(identityBefore)) {
            if (!identityBefore.isEmpty()) {
                page.note(new Note.PskTaken(identityBefore));
            }
            if (!identity.isEmpty()) {
                page.note(new Note.PskGiven(identity));
            }
        }
        page.put(Kind.DEVICE, "", Row.of(Forms.device(device)));
    }

    @Override
    public boolean remove(String id) {
        Optional<Device> known = find(id);
        if (known.isEmpty()) {
            return false;
        }
        Page page = pages.of(id);
        page.note(new Note.DeviceRemoved());
        if (!identity(known.get()).isEmpty()) {
            page.note(new Note.PskTaken(identity(known.get())));
        }
        page.all(Kind.LIVE_SESSION).values()
                .forEach(row -> page.note(new Note.SessionOver(WorkForms.session(row.value()).number())));
        page.all(Kind.LIVE_TICKET).keySet().forEach(ticket -> page.note(new Note.TicketClosed(ticket.key())));
        for (Kind kind : Kind.values()) {
            if (kind != Kind.META) {
                page.clear(kind);
            }
        }
        return true;
    }

    @Override
    public List<Device> list(String after, int limit, String query) {
        if (!query.isEmpty()) {
            throw new Store.Unsupported("this store cannot search the fleet for a part of an id or a name:"
                    + " ask for a device by its whole id, or list from an id on");
        }
        List<Device> devices = new ArrayList<>();
        String from = after;
        boolean isLast = false;
        while (devices.size() < limit && !isLast) {
            int wanted = limit - devices.size();
            List<String> ids = index.deviceIds(from, wanted);
            ids.forEach(id -> find(id).ifPresent(devices::add));
            isLast = ids.size() < wanted;
            from = ids.isEmpty() ? from : ids.getLast();
        }
        return devices;
    }
}
