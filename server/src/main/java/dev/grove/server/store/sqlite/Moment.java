package dev.grove.server.store.sqlite;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The rows of some moment, of each record the last one only, sorted by table. */
final class Moment {

    private static final String ALL = "";

    /** By table, and then by device where something of a device may be removed. */
    private final Map<Row.Kind, Map<String, Map<Row.Key, Row>>> rows = new EnumMap<>(Row.Kind.class);

    void take(Row row) {
        switch (row.kind()) {
            case NODE_REMOVED -> {
                String uri = String.valueOf(row.values()[1]);
                forget(Row.Kind.NODE, row, known -> isBelow(String.valueOf(known.values()[1]), uri));
                put(ALL, row);
            }
            case OBJECTS_FORGOTTEN -> {
                forget(Row.Kind.OBJECT, row, _ -> true);
                put(ALL, row);
            }
            case NODE, OBJECT -> put(device(row), row);
            case DEVICE, SESSION, TRACE, JOB, JOB_CHANGED, RESULT, ALERT, TICKET, VALIDATOR, REACH, WAKE ->
                put(ALL, row);
        }
    }

    private void put(String group, Row row) {
        rows.computeIfAbsent(row.kind(), _ -> new HashMap<>()).computeIfAbsent(group, _ -> new LinkedHashMap<>())
                .put(row.key(), row);
    }

    /** What was put before is not put at all; what is in the table goes before anything is put. */
    private void forget(Row.Kind kind, Row removal, Predicate<Row> which) {
        Map<Row.Key, Row> known = rows.getOrDefault(kind, Map.of()).get(device(removal));
        if (known != null) {
            known.values().removeIf(which);
        }
    }

    private static String device(Row row) {
        return String.valueOf(row.values()[0]);
    }

    private static boolean isBelow(String node, String uri) {
        return node.equals(uri) || node.startsWith(uri + "/");
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
