package dev.grove.server.store.layer;

import dev.grove.server.fleet.Reach;
import dev.grove.server.fleet.Slice;
import dev.grove.server.fleet.Wake;
import dev.grove.server.fleet.Wakes;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Wakes in layers: when a campaign wakes its devices, each attempt is noted, and no message is to wait for it. Nothing
 * of them stands on cards.
 */
record LayeredWakes(View view) implements Wakes {

    private static final Comparator<Wake> BY_NUMBER = Comparator.comparingLong(Wake::number);
    private static final Comparator<Wake> LONGEST_DUE = Comparator.comparing(LayeredWakes::dueAt)
            .thenComparing(BY_NUMBER);

    @Override
    public Reach reach(String deviceId) {
        return view.newest(deviceId, Page::reach)
                .orElseGet(() -> view.base().wakes().reach(deviceId));
    }

    @Override
    public void putReach(String deviceId, Reach reach) {
        view.change(new Change.ReachPut(deviceId, reach));
    }

    @Override
    public Wake add(Wake wake) {
        Wake numbered = wake.withNumber(view.numbers().nextWake(wake.deviceId()));
        put(numbered);
        return numbered;
    }

    @Override
    public void put(Wake wake) {
        view.change(new Change.WakePut(wake));
    }

    @Override
    public Optional<Wake> find(String deviceId, long number) {
        return here(deviceId, number).or(() -> view.base().wakes().find(deviceId, number));
    }

    private Optional<Wake> here(String deviceId, long number) {
        return view.newest(Page::wakes, deviceId, number);
    }

    /** What the layers know of a device's wakes. */
    private List<Wake> here(String deviceId) {
        return view.ofDevice(Page::wakes, deviceId);
    }

    private boolean isBelow(Wake wake) {
        return here(wake.deviceId(), wake.number()).isEmpty();
    }

    @Override
    public Optional<Wake> open(String deviceId) {
        Optional<Wake> below = view.base().wakes().open(deviceId);
        if (below.isPresent() && !isBelow(below.get())) {
            return list(deviceId, new Slice(0, Integer.MAX_VALUE, true)).stream().filter(Wake::isOpen).findFirst();
        }
        return Stream.concat(below.stream(), here(deviceId).stream().filter(Wake::isOpen)).max(BY_NUMBER);
    }

    @Override
    public List<Wake> list(String deviceId, Slice slice) {
        List<Wake> here = here(deviceId);
        Slice wider = new Slice(slice.after(), sum(slice.limit(), here.size()), slice.newestFirst());
        return Stream.concat(view.base().wakes().list(deviceId, wider).stream().filter(this::isBelow),
                here.stream().filter(wake -> slice.admits(wake.number())))
                .sorted(slice.newestFirst() ? BY_NUMBER.reversed() : BY_NUMBER).limit(slice.limit()).toList();
    }

    @Override
    public List<Wake> due(Instant now, int limit) {
        List<Wake> here = view.ofAll(Page::wakes).toList();
        return Stream.concat(view.base().wakes().due(now, sum(limit, here.size())).stream().filter(this::isBelow),
                here.stream().filter(wake -> dueAt(wake).compareTo(now) <= 0)).sorted(LONGEST_DUE).limit(limit)
                .toList();
    }

    private static Instant dueAt(Wake wake) {
        Instant due = wake.dueAt();
        return due == null ? Instant.MAX : due;
    }

    private static int sum(int limit, int more) {
        return (int) Math.min(Integer.MAX_VALUE, (long) limit + more);
    }

    @Override
    public int prune(Instant end, int limit) {
        throw new NotInMemory();
    }
}
