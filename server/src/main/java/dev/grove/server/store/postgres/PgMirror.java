package dev.grove.server.store.postgres;

import dev.grove.server.fleet.Mirror;
import dev.grove.server.fleet.MirrorNode;
import dev.grove.tree.Format;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Value;
import dev.grove.server.store.postgres.Sql.Column;
import dev.grove.server.store.postgres.Sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Mirrored trees, one row a node. What stands below a URI sorts between {@code uri/} and {@code uri0}. */
record PgMirror(Sql sql, Heads heads) implements Mirror {

    private static final String BELOW = "device = ? and (uri = ? or (uri >= ? and uri < ?))";

    @Override
    public Optional<MirrorNode> find(String deviceId, NodeUri uri) {
        return sql.first("select * from node where device = ? and uri = ?", PgMirror::node, deviceId,
                uri.toString());
    }

    /** Those of some nodes that are known. */
    static List<MirrorNode> findAll(Sql sql, String deviceId, List<NodeUri> uris) {
        return sql.list("select * from node where device = ? and uri = any(?)", PgMirror::node, deviceId,
                new Column("text", uris.stream().map(NodeUri::toString).toList()));
    }

    @Override
    public void put(String deviceId, Collection<MirrorNode> nodes) {
        Map<String, MirrorNode> last = new LinkedHashMap<>();
        nodes.forEach(node -> last.put(node.uri().toString(), node));
        if (!last.isEmpty()) {
            heads.touch(deviceId);
            sql.update(statement(deviceId, last.values()));
        }
    }

    /** Each node in place of what was known of it; no URI twice. */
    static Statement statement(String deviceId, Collection<MirrorNode> nodes) {
        return Statement.of("""
                insert into node (device, uri, format, type, data, at) select ?, uri, format, type, data, at
                from unnest(?::text[], ?::text[], ?::text[], ?::bytea[], ?::int8[]) as n (uri, format, type, data, at)
                on conflict (device, uri) do update set format = excluded.format, type = excluded.type,
                  data = excluded.data, at = excluded.at""", deviceId,
                column("text", nodes, node -> node.uri().toString()),
                column("text", nodes, node -> node.value() == null ? null : node.value().format()),
                column("text", nodes, node -> node.value() == null ? null : node.value().type()),
                column("bytea", nodes, node -> node.value() == null || !node.isRead() ? null : node.value().data()),
                column("int8", nodes, MirrorNode::at));
    }

    private static Column column(String type, Collection<MirrorNode> nodes,
            Function<MirrorNode, @Nullable Object> value) {
        List<@Nullable Object> values = new ArrayList<>();
        nodes.forEach(node -> values.add(value.apply(node)));
        return new Column(type, values);
    }

    @Override
    public void remove(String deviceId, NodeUri uri) {
        heads.touch(deviceId);
        sql.update(remove(uri, deviceId));
    }

    static Statement remove(NodeUri uri, String deviceId) {
        return Statement.of("delete from node where " + BELOW, deviceId, uri.toString(), uri + "/", uri + "0");
    }

    @Override
    public List<MirrorNode> below(String deviceId, NodeUri uri, String after, int limit) {
        return sql.list("select * from node where " + BELOW + " and uri > ? order by uri limit ?", PgMirror::node,
                deviceId, uri.toString(), uri + "/", uri + "0", after, limit);
    }

    @Override
    public List<String> children(String deviceId, NodeUri uri) {
        int start = uri.toString().length() + 2;
        return sql.list("select distinct split_part(substr(uri, ?), '/', 1) from node"
                + " where device = ? and uri >= ? and uri < ?", row -> row.getString(1), start, deviceId, uri + "/",
                uri + "0");
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
