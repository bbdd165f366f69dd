package dev.grove.server.store.journal;

import dev.grove.server.store.layer.NotInMemory;
import dev.grove.server.store.layer.Tables;
import dev.grove.server.fleet.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * A store whose units of work are durable once the journal has them. What they change is seen at once, in layers over
 * the tables, and comes into the tables a moment later: the many changes of a record in that moment as one.
 *
 * <p>A unit that asks for what the layers cannot tell or do (lists, pruning, removal) waits until the tables know all
 * that was acknowledged, and then runs on them.
 */
public final class JournaledStore implements Store {

    private final Ledger ledger;
    private final Journal journal;
    private final Committer committer;
    private final AtomicBoolean isClosed = new AtomicBoolean();

    private JournaledStore(Ledger ledger, Journal journal) {
        this.ledger = ledger;
        this.journal = journal;
        this.committer = new Committer(ledger, journal);
    }

    /**
     * Opens the journal beside the tables' file; what a crash has left in it comes into the tables first.
     *
     * @throws Store.Failure if the journal cannot be read or made
     */
    public static JournaledStore over(Ledger ledger, Path table) {
        try {
            Journal journal = Journal.open(table);
            long done = ledger.numbers().segment();
            long last = done;
            for (Journal.Segment segment : journal.segments()) {
                if (segment.number() > done) {
                    ledger.replay(segment.number(), segment.entries());
                    last = segment.number();
                }
            }
            journal.begin(last + 1);
            return new JournaledStore(ledger, journal);
        } catch (IOException e) {
            throw new Failure("the journal beside " + table.getFileName() + " cannot be used", e);
        }
    }

    @Override
    public <T> T read(Function<Records, T> work) {
        try {
            return seen(work);
        } catch (NotInMemory _) {
            committer.settle();
            return ledger.read(work);
        }
    }

    private <T> T seen(Function<Records, T> work) {
        while (true) {
            try {
                return committer.seen(null, work);
            } catch (Tables.Missing missing) {
                committer.look(missing);
            } catch (Tables.NotOnCards _) {
                return ledger.read(tables -> committer.seen(tables, work));
            }
        }
    }

    @Override
    public <T> T write(Function<Records, T> work) {
        return committer.write(work);
    }

    /** On the tables alone: what is long over is in no layer; if it comes back to life, its layer brings it back. */
    @Override
    public <T> T tidy(Function<Records, T> work) {
        return ledger.write(work);
    }

    @Override
    public void probe() {
        committer.probe();
    }

    @Override
    public List<Figure> figures() {
        List<Figure> all = new ArrayList<>(committer.figures());
        all.addAll(ledger.figures());
        return all;
    }

    @Override
    public void close() {
        if (!isClosed.compareAndSet(false, true)) {
            return;
        }
        committer.close();
        try {
            journal.close();
        } catch (IOException e) {
            throw new Failure("the journal could not be closed", e);
        } finally {
            ledger.close();
        }
    }
}
