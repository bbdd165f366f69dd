package dev.grove.server.store.journal;

import dev.grove.server.fleet.Store.Figure;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/** What the committer has done, for people to watch. */
final class Tally {

    private final LongAdder commits = new LongAdder();
    private final LongAdder units = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder flushes = new LongAdder();
    private final LongAdder flushNanos = new LongAdder();

    void committed(int together, long length) {
        commits.increment();
        units.add(together);
        bytes.add(length);
    }

    void failed() {
        failures.increment();
    }

    void flushed(long nanos) {
        flushes.increment();
        flushNanos.add(nanos);
    }

    /**
     * The figures.
     *
     * @param behind changes that are not in the tables yet
     * @param waiting units of work that wait for the committer
     */
    List<Figure> figures(DoubleSupplier behind, DoubleSupplier waiting) {
        return List.of(
                new Figure("commits", "Commits: how often the journal was forced to the disk", true, commits::sum),
                new Figure("units", "Units of work in these commits", true, units::sum),
                new Figure("written.bytes", "Bytes of these commits", true, bytes::sum),
                new Figure("failures", "Commits and flushes that failed", true, failures::sum),
                new Figure("flushes", "How often the tables took what the journal had", true, flushes::sum),
                new Figure("flush.seconds", "How long that took, all together", true, () -> flushNanos.sum() / 1e9),
                new Figure("behind.changes", "Changes that are in the journal and not in the tables", false, behind),
                new Figure("waiting.units", "Units of work that wait to be committed", false, waiting));
    }
}
