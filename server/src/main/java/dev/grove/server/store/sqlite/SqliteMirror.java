package dev.grove.server.store.sqlite;

import dev.grove.server.fleet.Mirror;
import dev.grove.server.fleet.MirrorNode;
import dev.grove.tree.Format;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Value;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Mirrored trees, one row a node. What stands below a URI sorts between {@code uri/} and {@code uri0}. */
record SqliteMirror(Sql sql) implements Mirror {

    /** The columns of {@link #row}, in its order. */
    static final String INTO = "node (device, uri, format, type, data, at)";
    private static final String BELOW = "device = ? and (uri = ? or (uri >= ? and uri < ?))";

    @Override
    public Optional<MirrorNode> find(String deviceId, NodeUri uri) {
        return sql.first("select format, type, data, uri, at from node where device = ? and uri = ?",
                SqliteMirror::node, deviceId,
                uri.toString());
    }

    /** Those of some nodes that are known. */
    List<MirrorNode> findAll(String deviceId, List<NodeUri> uris) {
        List<Object> arguments = new ArrayList<>(List.of(deviceId));
        uris.forEach(uri -> arguments.add(uri.toString()));
        return sql.list("select format, type, data, uri, at from node where device = ? and uri in ("
                + String.join(", ", Collections.nCopies(uris.size(), "?")) + ")", SqliteMirror::node,
                arguments.toArray());
    }

    @Override
    public void put(String deviceId, Collection<MirrorNode> nodes) {
        sql.replaceAll(INTO, nodes.stream().map(node -> row(deviceId, node)).toList());
    }

    static @Nullable Object[] row(String deviceId, MirrorNode node) {
        Value value = node.value();
        return new @Nullable Object[] {deviceId, node.uri().toString(), value == null ? null : value.format(),
                value == null ? null : value.type(), value == null || !node.isRead() ? null : value.data(),
                node.at()};
    }

    @Override
    public void remove(String deviceId, NodeUri uri) {
        sql.update("delete from node where " + BELOW, deviceId, uri.toString(), uri + "/", uri + "0");
    }

    @Override
    public List<MirrorNode> below(String deviceId, NodeUri uri, String after, int limit) {
        return sql.list("select * from node where " + BELOW + " and uri > ? order by uri limit ?", SqliteMirror::node,
                deviceId, uri.toString(), uri + "/", uri + "0", after, limit);
    }

    @Override
    public List<String> children(String deviceId, NodeUri uri) {
        int start = uri.toString().length() + 2;
        return sql.list("""
                select distinct case instr(substr(uri, ?), '/') when 0 then substr(uri, ?)
                  else substr(uri, ?, instr(substr(uri, ?), '/') - 1) end
                from node where device = ? and uri >= ? and uri < ?""", row -> row.getString(1), start, start, start,
                start, deviceId, uri + "/", uri + "0");
    }

    private static MirrorNode node(ResultSet row) throws SQLException {
        String format = row.getString("format");
        Value value = format == null
                ? null
                : new Value(Format.valueOf(format), row.getString("type"), Sql.bytes(row, "data"));
        boolean isRead = row.getBytes("data") != null;
        return new MirrorNode(NodeUri.parse(row.getString("uri")), value, isRead,
                Objects.requireNonNull(Sql.time(row, "at")));
    }
}
