package dev.grove.server.store.page;

import dev.grove.server.fleet.Reach;
import dev.grove.server.fleet.Slice;
import dev.grove.server.fleet.Wake;
import dev.grove.server.fleet.Wakes;
import dev.grove.server.store.form.ReachCodec;
import dev.grove.server.store.form.WakeCodec;
import dev.grove.server.store.page.FleetIndex.Verdict;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Wakes on the page of their device, among what no message reads. Each time of an attempt is a hint of its own. */
record PagedWakes(Pages pages, PageRecords.World world) implements Wakes {

    private static final Comparator<Wake> BY_NUMBER = Comparator.comparingLong(Wake::number);

    @Override
    public Reach reach(String deviceId) {
        return pages.of(deviceId).find(Kind.REACH, "").map(row -> ReachCodec.decode(row.value())).orElse(Reach.NONE);
    }

    @Override
    public void putReach(String deviceId, Reach reach) {
        pages.of(deviceId).put(Kind.REACH, "", Row.of(ReachCodec.encode(reach)));
    }

    @Override
    public Wake add(Wake wake) {
        Page page = pages.of(wake.deviceId());
        Wake numbered = wake.withNumber(Newest.next(page, world.numbers()));
        keep(page, numbered);
        return numbered;
    }

    @Override
    public void put(Wake wake) {
        keep(pages.of(wake.deviceId()), wake);
    }

    private void keep(Page page, Wake wake) {
        String key = Place.key(wake.number());
        Row row = Row.of(WakeCodec.encode(wake));
        if (!wake.isOpen()) {
            page.remove(Kind.OPEN_WAKE, key);
            page.put(Kind.ENDED_WAKE, key, row.fading(world.retention().wakes()));
            return;
        }
        page.put(Kind.OPEN_WAKE, key, row);
        Instant dueAt = wake.dueAt();
        if (dueAt != null) {
            page.note(new Note.DueAt(Note.Due.WAKE, key, dueAt));
        }
    }

    private static Wake wake(Page page, String key, Row row) {
        return WakeCodec.decode(page.deviceId(), HexFormat.fromHexDigitsToLong(key), row.value());
    }

    @Override
    public Optional<Wake> find(String deviceId, long number) {
        Page page = pages.of(deviceId);
        String key = Place.key(number);
        return page.find(Kind.OPEN_WAKE, key).or(() -> page.find(Kind.ENDED_WAKE, key))
                .map(row -> wake(page, key, row));
    }

    @Override
    public Optional<Wake> open(String deviceId) {
        Page page = pages.of(deviceId);
        return wakes(page, Range.all(Kind.OPEN_WAKE).backwards().limitedTo(1)).findFirst();
    }

    private static Stream<Wake> wakes(Page page, Range range) {
        return page.range(range).entrySet().stream()
                .map(entry -> wake(page, entry.getKey().key(), entry.getValue()));
    }

    @Override
    public List<Wake> list(String deviceId, Slice slice) {
        Page page = pages.of(deviceId);
        return Stream.concat(wakes(page, Range.slice(Kind.OPEN_WAKE, slice)),
                wakes(page, Range.slice(Kind.ENDED_WAKE, slice)))
                .sorted(slice.newestFirst() ? BY_NUMBER.reversed() : BY_NUMBER).limit(slice.limit()).toList();
    }

    /** A hint of before a later time was set is of no use: that one has its own. */
    @Override
    public List<Wake> due(Instant now, int limit) {
        SequencedMap<FleetIndex.Hint, Wake> due = new TreeMap<>(
                Comparator.comparing(FleetIndex.Hint::at).thenComparing(FleetIndex.Hint::deviceId)
                        .thenComparing(FleetIndex.Hint::key));
        world.index().due(Note.Due.WAKE, now, limit, hint -> {
            Page page = pages.of(hint.deviceId());
            Optional<Wake> wake = page.find(Kind.OPEN_WAKE, hint.key()).map(row -> wake(page, hint.key(), row));
            Instant dueAt = wake.map(Wake::dueAt).orElse(Instant.MAX);
            if (dueAt.isAfter(hint.at())) {
                return new Verdict.Settled();
            }
            FleetIndex.Hint own = new FleetIndex.Hint(hint.due(), dueAt, hint.deviceId(), hint.key());
            return wake.isEmpty() || due.putIfAbsent(own, wake.get()) != null
                    ? new Verdict.Settled()
                    : new Verdict.Passed();
        });
        return List.copyOf(due.values());
    }

    /** Wakes that have ended have a life of their own. */
    @Override
    public int prune(Instant end, int limit) {
        return 0;
    }
}
