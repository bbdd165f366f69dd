package dev.grove.server.store.postgres;

import dev.grove.server.fleet.Contact;
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
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One try of a unit of work that writes, in a transaction of its own. */
final class Unit {

    private final Sql sql;
    private final Copies copies;
    private final Heads heads;
    private final Cards cards = new Cards();
    private final Layer own = new Layer();
    /** The newest first; what this node has changed since a copy was read joins them when the unit takes that up. */
    private final List<Layer> layers = new ArrayList<>(List.of(own));
    private @Nullable Copy copy;

    Unit(Sql sql, RecordNumbers numbers, Copies copies) {
        this.sql = sql;
        this.copies = copies;
        this.heads = Heads.of(numbers, sql);
    }

    <T> T run(Function<Records, T> work) {
        Optional<Copy> next = Optional.empty();
        try {
            View view = new View(layers, new Tables(new PgRecords(sql, heads, this::meet), cards), heads);
            T result = work.apply(view);
            Gathered gathered = new Gathered(own.changes());
            gathered.devices().forEach(heads::touch);
            commit(gathered.statements(), gathered.isApart());
            next = after(view);
            return result;
        } catch (NotInMemory _) {
            return onTables(work);
        } finally {
            heads.touched().forEach(copies::forget);
            next.ifPresent(copies::keep);
        }
    }

    /** Takes up what the node knows of a device, or else reads it; the device must stand still from then on. */
    private Contact meet(Contact.Call call) {
        Copy known = copies.find(call).orElseGet(() -> Copy.read(sql, call));
        if (copy == null && known.base().contact().device().isPresent()) {
            copy = known;
            layers.addAll(known.since());
            heads.found(call.deviceId(), known.head());
        }
        cards.meet(call, known.base());
        return known.base().contact();
    }

    /** For what cannot be gathered; nothing was sent so far. */
    private <T> T onTables(Function<Records, T> work) {
        T result = work.apply(new PgRecords(sql, heads, call -> Copy.read(sql, call).now()));
        commit(List.of(), true);
        return result;
    }

    private void commit(List<Statement> changes, boolean areApart) {
        List<Statement> all = new ArrayList<>(heads.raise());
        all.addAll(changes);
        sql.commit(all, areApart);
    }

    /** The copy as it is after the commit, if it is worth being kept. */
    private Optional<Copy> after(View view) {
        Copy before = copy;
        if (before == null || !before.isWorthIt() || !heads.touched().equals(Set.of(before.call().deviceId()))) {
            return Optional.empty();
        }
        return before.after(own, view.contact(before.call()), heads.given(before.call().deviceId()))
                .filter(Copy::isLive);
    }
}
