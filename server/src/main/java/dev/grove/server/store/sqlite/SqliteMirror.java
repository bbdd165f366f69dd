package dev.grove.server.store.sqlite;

import dev.grove.server.fleet.Mirror;
import dev.grove.server.fleet.MirrorNode;
import dev.grove.server.store.form.LearnedCodec;
import dev.grove.tree.Format;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Mirrored trees. What was learned last of a device stands in one row, change behind change, and hides what the nodes
 * have, one row each; there it is poured out when it has become long. What stands below a URI sorts between
 * {@code uri/} and {@code uri0}.
 */
record SqliteMirror(Sql sql) implements Mirror {

    /** Where {@link #append} puts rows. */
    static final String INTO_LEARNED = "learned (device, changes)";
    /** Beyond about a thousand bytes a row is spread over several pages. */
    private static final int MAX_LEARNED_BYTES = 1000;
    private static final String INTO = "node (device, uri, format, type, data, at)";
    private static final String BELOW = "device = ? and (uri = ? or (uri >= ? and uri < ?))";

    @Override
    public Optional<MirrorNode> find(String deviceId, NodeUri uri) {
        return findAll(deviceId, List.of(uri)).stream().findFirst();
    }

    /** Those of some nodes that are known. */
    List<MirrorNode> findAll(String deviceId, List<NodeUri> uris) {
        List<String> arguments = new ArrayList<>(List.of(deviceId, deviceId));
        uris.forEach(uri -> arguments.add(uri.toString()));
        Overlaid found = new Overlaid();
        sql.list("select '', null, null, changes, null from learned where device = ? union all select " + COLUMNS
                + " from node where device = ? and uri in ("
                + String.join(", ", Collections.nCopies(uris.size(), "?")) + ")", found::take,
                arguments.toArray());
        return found.those(uris::contains);
    }

    @Override
    public void put(String deviceId, Collection<MirrorNode> nodes) {
        append(sql, Collections.singletonList(row(deviceId, List.copyOf(nodes))));
    }

    static @Nullable Object[] row(String deviceId, List<MirrorNode> nodes) {
        return new @Nullable Object[] {deviceId, LearnedCodec.put(nodes)};
    }

    /**
     * Appends changes to what was learned of devices.
     *
     * @param rows of {@link #INTO_LEARNED}, one a device at most
     */
    static void append(Sql sql, List<@Nullable Object[]> rows) {
        SqliteMirror mirror = new SqliteMirror(sql);
        List<@Nullable Object[]> few = new ArrayList<>();
        for (@Nullable
        Object[] row : rows) {
            Bytes changes = (Bytes) Objects.requireNonNull(row[1]);
            if (changes.length() > MAX_LEARNED_BYTES) {
                mirror.pour((String) Objects.requireNonNull(row[0]), changes);
            } else {
                few.add(row);
            }
        }
        sql.updateAllReturning("insert into " + INTO_LEARNED, few, """
                 on conflict (device) do update set changes = cast(changes || excluded.changes as blob)
                 returning case when length(changes) > %d then device end""".formatted(MAX_LEARNED_BYTES))
                .forEach(device -> mirror.pour(device, Bytes.EMPTY));
    }

    /** Pours what was learned, and then more, out into the nodes. */
    private void pour(String deviceId, Bytes more) {
        Bytes learned = learned(deviceId);
        Collection<MirrorNode> nodes = LearnedCodec.nodes(learned.plus(more)).values();
        sql.replaceAll(INTO, nodes.stream().map(node -> nodeRow(deviceId, node)).toList());
        if (!learned.isEmpty()) {
            sql.update("delete from learned where device = ?", deviceId);
        }
    }

    private static @Nullable Object[] nodeRow(String deviceId, MirrorNode node) {
        Value value = node.value();
        return new @Nullable Object[] {deviceId, node.uri().toString(), value == null ? null : value.format(),
                value == null ? null : value.type(), value == null || !node.isRead() ? null : value.data(),
                node.at()};
    }

    @Override
    public void remove(String deviceId, NodeUri uri) {
        sql.update("update learned set changes = cast(changes || ? as blob) where device = ?",
                LearnedCodec.removed(uri), deviceId);
        sql.update("delete from node where " + BELOW, deviceId, uri.toString(), uri + "/", uri + "0");
    }

    @Override
    public List<MirrorNode> below(String deviceId, NodeUri uri, String after, int limit) {
        Overlaid found = new Overlaid();
        found.learned(learned(deviceId));
        sql.list("select " + COLUMNS + " from node where " + BELOW + " and uri > ? order by uri limit ?", found::take,
                deviceId, uri.toString(), uri + "/", uri + "0", after, limit);
        List<MirrorNode> all = found.those(at -> at.startsWith(uri) && at.toString().compareTo(after) > 0);
        return all.subList(0, Math.min(limit, all.size()));
    }

    @Override
    public List<String> children(String deviceId, NodeUri uri) {
        int start = uri.toString().length() + 2;
        SortedSet<String> names = new TreeSet<>(sql.list("""
                select distinct case instr(substr(uri, ?), '/') when 0 then substr(uri, ?)
                  else substr(uri, ?, instr(substr(uri, ?), '/') - 1) end
                from node where device = ? and uri >= ? and uri < ?""", row -> row.getString(1), start, start, start,
                start, deviceId, uri + "/", uri + "0"));
        int depth = uri.segments().size();
        for (MirrorNode node : LearnedCodec.nodes(learned(deviceId)).values()) {
            if (node.uri().startsWith(uri) && node.uri().segments().size() > depth) {
                names.add(node.uri().segments().get(depth));
            }
        }
        return List.copyOf(names);
    }

    private Bytes learned(String deviceId) {
        return sql.first("select changes from learned where device = ?", row -> Sql.bytes(row, "changes"), deviceId)
                .orElse(Bytes.EMPTY);
    }

    private static final String COLUMNS = "uri, format, type, data, at";

    /** Nodes of both tables. */
    private static final class Overlaid {

        private final SortedMap<String, MirrorNode> nodes = new TreeMap<>();
        private SortedMap<String, MirrorNode> learned = Collections.emptySortedMap();

        void learned(Bytes changes) {
            learned = LearnedCodec.nodes(changes);
        }

        /** Takes a row of {@link #COLUMNS}; without URI it is what was learned. */
        boolean take(ResultSet row) throws SQLException {
            Columns columns = new Columns(row);
            String uri = columns.text();
            String format = columns.textOrNull();
            String type = columns.textOrNull();
            Bytes data = columns.bytesOrNull();
            if (uri.isEmpty()) {
                learned(Objects.requireNonNull(data));
                return true;
            }
            Value value = format == null
                    ? null
                    : new Value(Format.valueOf(format), Objects.requireNonNull(type),
                            data == null ? Bytes.EMPTY : data);
            nodes.put(uri, new MirrorNode(NodeUri.parse(uri), value, data != null, columns.time()));
            return true;
        }

        /** In the order of their URIs. */
        List<MirrorNode> those(Predicate<NodeUri> which) {
            learned.forEach((uri, node) -> {
                if (which.test(node.uri())) {
                    nodes.put(uri, node);
                }
            });
            return List.copyOf(nodes.values());
        }
    }
}
