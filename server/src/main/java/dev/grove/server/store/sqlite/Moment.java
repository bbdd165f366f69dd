package dev.grove.server.store.sqlite;

import dev.grove.server.store.form.LearnedCodec;
import dev.grove.tree.NodeUri;
import dev.grove.wire.Bytes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rows of some moment, of each record the last one only, sorted by table. */
final class Moment {

    private static final String ALL = "";

    /** By table, and then by device where something of a device may be removed. */
    private final Map<Row.Kind, Map<String, Map<Object, Row>>> rows = new EnumMap<>(Row.Kind.class);

    void take(Row row) {
        switch (row.kind()) {
            case NODE_REMOVED -> {
                rowsOf(row.kind(), ALL).put(row.key(), row);
                learned(new Row(Row.Kind.LEARNED, new @Nullable Object[] {row.values()[0],
                        LearnedCodec.removed(NodeUri.parse(String.valueOf(row.values()[1])))}));
            }
            case LEARNED -> learned(row);
            case OBJECTS_FORGOTTEN -> {
                // What was put before is not put at all; what is in the table goes before anything is put.
                rowsOf(Row.Kind.OBJECT, device(row)).clear();
                rowsOf(row.kind(), ALL).put(row.key(), row);
            }
            case OBJECT -> rowsOf(row.kind(), device(row)).put(row.key(), row);
            case DEVICE, SESSION, TRACE, JOB, JOB_CHANGED, RESULT, ALERT, TICKET, VALIDATOR, REACH, WAKE ->
                rowsOf(row.kind(), ALL).put(row.key(), row);
        }
    }

    /** Change behind change: the order is kept. */
    private void learned(Row row) {
        rowsOf(Row.Kind.LEARNED, ALL).merge(row.key(), row, (before, more) -> new Row(Row.Kind.LEARNED,
                new @Nullable Object[] {before.values()[0], changes(before).plus(changes(more))}));
    }

    private static Bytes changes(Row learned) {
        return (Bytes) Objects.requireNonNull(learned.values()[1]);
    }

    private Map<Object, Row> rowsOf(Row.Kind kind, String group) {
        return rows.computeIfAbsent(kind, _ -> new HashMap<>()).computeIfAbsent(group, _ -> new LinkedHashMap<>());
    }

    private static String device(Row row) {
        return String.valueOf(row.values()[0]);
    }

    /** Brings the rows into the tables, in the order of the kinds: what removes comes before what is put. */
    void run(Sql sql) {
        rows.forEach((kind, groups) -> {
            List<@Nullable Object[]> all = new ArrayList<>();
            groups.values().forEach(group -> group.values().forEach(row -> all.add(row.values())));
            Row.run(sql, kind, all);
        });
    }
}
