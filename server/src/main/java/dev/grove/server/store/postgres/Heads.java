package dev.grove.server.store.postgres;

import dev.grove.server.fleet.RecordNumbers;
import dev.grove.server.store.layer.Numbers;
import dev.grove.server.store.postgres.Sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * The devices that one unit of work changes. Each has a row with its epoch, which every unit that changes the device
 * counts up: so of two units at once the database lets only one commit. Beside it stands the highest number that was
 * given to a record of the device.
 */
final class Heads implements Numbers {

    static final String FIND = "select epoch, newest from head where device = ?";

    private final RecordNumbers numbers;
    private final ToLongFunction<String> newest;
    private final Map<String, Head> found = new HashMap<>();
    private final Map<String, Long> given = new HashMap<>();
    private final Set<String> touched = new LinkedHashSet<>();

    /** What stands in the table: no row is epoch 0. */
    record Head(long epoch, long newest) {
        static final Head NONE = new Head(0, 0);
    }

    /** @param newest asks for the highest number of a device that is not known yet */
    Heads(RecordNumbers numbers, ToLongFunction<String> newest) {
        this.numbers = numbers;
        this.newest = newest;
    }

    static Heads of(RecordNumbers numbers, Sql sql) {
        return new Heads(numbers, device -> find(sql, device).newest());
    }

    static Head find(Sql sql, String device) {
        return sql.first(FIND, row -> new Head(row.getLong(1), row.getLong(2)), device).orElse(Head.NONE);
    }

    /** Notes what stood in the table when a device was read, be it in another transaction: so it must stand still. */
    void found(String device, Head head) {
        found.put(device, head);
        touch(device);
    }

    /** Notes that the device is changed. */
    void touch(String device) {
        touched.add(device);
    }

    Set<String> touched() {
        return touched;
    }

    /** The highest number that this unit has given to the device; 0 if it has given none. */
    long given(String device) {
        return given.getOrDefault(device, 0L);
    }

    @Override
    public long nextSession(String deviceId) {
        return next(deviceId);
    }

    @Override
    public long nextJob(String deviceId) {
        return next(deviceId);
    }

    @Override
    public long nextAlert(String deviceId) {
        return next(deviceId);
    }

    @Override
    public long nextWake(String deviceId) {
        return next(deviceId);
    }

    private long next(String device) {
        touch(device);
        Long last = given.get(device);
        long next = numbers.after(last == null ? newest(device) : last);
        given.put(device, next);
        return next;
    }

    private long newest(String device) {
        Head head = found.get(device);
        return head == null ? newest.applyAsLong(device) : head.newest();
    }

    /**
     * Counts up the epochs, for a transaction that has read the devices in the same moment. Where the epoch was read
     * earlier, it fails if that is another one by now: the column takes no null, and a row of this table never goes.
     */
    List<Statement> raise() {
        List<Statement> all = new ArrayList<>();
        for (String device : touched) {
            Head head = found.get(device);
            all.add(head == null ? raise(device) : raise(device, head.epoch()));
        }
        return all;
    }

    private Statement raise(String device) {
        return Statement.of("""
                insert into head (device, epoch, newest) values (?, 1, ?) on conflict (device)
                do update set epoch = head.epoch + 1, newest = greatest(head.newest, excluded.newest)""", device,
                given(device));
    }

    private Statement raise(String device, long expected) {
        return Statement.of("""
                insert into head (device, epoch, newest) values (?, 1, ?) on conflict (device)
                do update set epoch = case when head.epoch = ? then head.epoch + 1 end,
                  newest = greatest(head.newest, excluded.newest)""", device, given(device), expected);
    }
}
