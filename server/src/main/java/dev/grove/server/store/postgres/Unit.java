package dev.grove.server.store.postgres;

import dev.grove.server.fleet.RecordNumbers;
import dev.grove.server.fleet.Store.Records;
import dev.grove.server.store.layer.Cards;
import dev.grove.server.store.layer.Layer;
import dev.grove.server.store.layer.NotInMemory;
import dev.grove.server.store.layer.Tables;
import dev.grove.server.store.layer.View;
import dev.grove.server.store.postgres.Sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** One try of a unit of work that writes, in a transaction of its own. */
record Unit(Sql sql, RecordNumbers numbers) {

    private static final Statement COMMIT = Statement.of("commit");

    <T> T run(Function<Records, T> work) {
        try {
            return overLayer(work);
        } catch (NotInMemory _) {
            return onTables(work);
        }
    }

    private <T> T overLayer(Function<Records, T> work) {
        Heads heads = Heads.of(numbers, sql);
        Layer own = new Layer();
        T result = work.apply(new View(List.of(own), new Tables(new PgRecords(sql, heads, false), new Cards()), heads));
        Gathered gathered = new Gathered(own.changes());
        gathered.devices().forEach(heads::touch);
        List<Statement> all = new ArrayList<>(heads.raise());
        all.addAll(gathered.statements());
        all.add(COMMIT);
        sql.send(all);
        return result;
    }

    /** For what cannot be gathered; nothing was sent so far. */
    private <T> T onTables(Function<Records, T> work) {
        Heads heads = Heads.of(numbers, sql);
        T result = work.apply(new PgRecords(sql, heads, false));
        List<Statement> all = new ArrayList<>(heads.raise());
        all.add(COMMIT);
        sql.send(all);
        return result;
    }
}
