package dev.grove.server.store.page;

import dev.grove.auth.PreSharedKey;
import dev.grove.server.fleet.Device;
import dev.grove.server.fleet.Devices;
import dev.grove.server.fleet.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Predicate;

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
        keep(device, Optional.empty());
        return true;
    }

    @Override
    public boolean put(Device device) {
        Optional<Device> before = find(device.id());
        before.ifPresent(_ -> keep(device, before));
        return before.isPresent();
    }

    private void keep(Device device, Optional<Device> before) {
        Page page = pages.of(device.id());
        String identityBefore = before.map(PagedDevices::identity).orElse("");
        String identity = identity(device);
        if (!identity.equals(identityBefore)) {
            if (!identityBefore.isEmpty()) {
                page.note(new Note.PskTaken(identityBefore));
            }
            if (!identity.isEmpty()) {
                page.note(new Note.PskGiven(identity));
            }
        }
        watch(page, device.rhythm(), before.map(Device::rhythm).orElse(Device.Rhythm.UNKNOWN));
        page.put(Kind.DEVICE, "", Row.of(Forms.device(device)));
    }

    /** Each time until which it may be quiet is a hint of its own: it is moved at few contacts only. */
    private static void watch(Page page, Device.Rhythm rhythm, Device.Rhythm before) {
        Instant quietUntil = rhythm.quietUntil();
        if (quietUntil != null && !quietUntil.equals(before.quietUntil())) {
            page.note(new Note.DueAt(Note.Due.QUIET, "", quietUntil));
        }
        boolean isSilent = rhythm.silentSince() != null;
        boolean wasSilent = before.silentSince() != null;
        if (isSilent && !wasSilent) {
            page.note(new Note.FellSilent());
        } else if (wasSilent && !isSilent) {
            page.note(new Note.SilentNoMore());
        }
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
        if (known.get().rhythm().silentSince() != null) {
            page.note(new Note.SilentNoMore());
        }
        page.all(Kind.LIVE_SESSION).values().forEach(row -> page.note(
                new Note.Counted(Note.Tally.LIVE_SESSIONS, WorkForms.session(row.value()).startedAt(), -1)));
        page.all(Kind.LIVE_JOB).values().forEach(row -> page.note(
                new Note.Counted(Note.Tally.WAITING_JOBS, WorkForms.job(row).submittedAt(), -1)));
        page.all(Kind.LIVE_TICKET).keySet().forEach(ticket -> page.note(new Note.TicketClosed(ticket.key())));
        for (Kind kind : Kind.values()) {
            if (kind != Kind.META) {
                page.clear(kind);
            }
        }
        return true;
    }

    /** A hint of before a later time was set is of no use: that one has its own. */
    @Override
    public List<Device> missed(Instant now, int limit) {
        SequencedMap<String, Device> missed = new LinkedHashMap<>();
        index.due(Note.Due.QUIET, now, limit, hint -> {
            Optional<Device> device = find(hint.deviceId());
            Instant quietUntil = device.map(Device::rhythm).map(Device.Rhythm::quietUntil).orElse(Instant.MAX);
            return device.isEmpty() || quietUntil.isAfter(hint.at())
                    || missed.putIfAbsent(hint.deviceId(), device.get()) != null
                            ? new FleetIndex.Verdict.Settled()
                            : new FleetIndex.Verdict.Passed();
        });
        return List.copyOf(missed.values());
    }

    @Override
    public List<Device> silent(String after, int limit) {
        return found(after, limit, index::silentIds, device -> device.rhythm().silentSince() != null);
    }

    @Override
    public int countSilent() {
        return index.countSilent();
    }

    @Override
    public List<Device> list(String after, int limit, String query) {
        if (!query.isEmpty()) {
            throw new Store.Unsupported("this store cannot search the fleet for a part of an id or a name:"
                    + " ask for a device by its whole id, or list from an id on");
        }
        return found(after, limit, index::deviceIds, _ -> true);
    }

    /** What tells ids in order. */
    private interface Ids {
        List<String> behind(String after, int limit);
    }

    private List<Device> found(String after, int limit, Ids all, Predicate<Device> wanted) {
        List<Device> devices = new ArrayList<>();
        String from = after;
        boolean isLast = false;
        while (devices.size() < limit && !isLast) {
            int missing = limit - devices.size();
            List<String> ids = all.behind(from, missing);
            ids.forEach(id -> find(id).filter(wanted).ifPresent(devices::add));
            isLast = ids.size() < missing;
            from = ids.isEmpty() ? from : ids.getLast();
        }
        return devices;
    }
}
