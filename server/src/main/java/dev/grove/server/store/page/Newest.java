package dev.grove.server.store.page;

import dev.grove.server.fleet.RecordNumbers;
import dev.grove.server.store.form.Stored;

/**
 * The highest numbers that were given to what belongs to a device.
 *
 * @param job of its jobs
 * @param any of its jobs, sessions, alerts and wakes
 */
record Newest(long job, long any) {

    private static final int VERSION = 1;

    static Newest in(Page page) {
        return page.find(Kind.META, "").filter(row -> !row.value().isEmpty())
                .map(row -> Stored.decode(VERSION, row.value(), in -> new Newest(in.readLong(), in.readLong())))
                .orElse(new Newest(0, 0));
    }

    /** The next number of a session, an alert or a wake. */
    static long next(Page page, RecordNumbers numbers) {
        Newest newest = in(page);
        long number = numbers.after(newest.any());
        new Newest(newest.job(), number).keep(page);
        return number;
    }

    /** The next number of a job. */
    static long nextJob(Page page, RecordNumbers numbers) {
        long number = numbers.after(in(page).any());
        new Newest(number, number).keep(page);
        return number;
    }

    private void keep(Page page) {
        page.put(Kind.META, "", Row.of(Stored.encode(VERSION, out -> {
            out.writeLong(job);
            out.writeLong(any);
        })));
    }
}
