package dev.grove.server.store.cassandra;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.schema.KeyspaceMetadata;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables. Each is made under an id that follows from its name, so that two nodes of ours may make it at once:
 * without that, each would make one of its own, and the cluster be of two minds.
 */
final class Schema {

    private static final Logger LOG = LoggerFactory.getLogger(Schema.class);

    /** Copies of everything; fewer if there are fewer nodes. */
    private static final int COPIES = 3;

    private record Table(String name, String columns, String options) {}

    /** A node that has just died is asked until the others know of it: who waits for it asks the third one as well. */
    private static final String ASK_ANOTHER = "speculative_retry = '100ms'";
    private static final String LEVELED = "compaction = {'class': 'LeveledCompactionStrategy'}";
    /** What dies by its age is thrown away in whole files. */
    private static final String BY_AGE = "compaction = {'class': 'TimeWindowCompactionStrategy',"
            + " 'compaction_window_unit': 'HOURS', 'compaction_window_size': '1'}";

    private static final String BY_DAY = BY_AGE.replace("'HOURS'", "'DAYS'");

    private static final List<Table> TABLES = List.of(
            new Table("page", "device text, stamp blob static, kind tinyint, key text, value blob, body blob,"
                    + " primary key (device, kind, key)", LEVELED),
            new Table("device_id", "bucket smallint, id text, primary key (bucket, id)", LEVELED),
            new Table("silent", "bucket smallint, id text, primary key (bucket, id)", LEVELED),
            new Table("psk", "identity text primary key, device text", LEVELED),
            new Table("ticket", "id text primary key, device text", LEVELED),
            new Table("due", "kind tinyint, bucket bigint, shard tinyint, at bigint, device text, key text,"
                    + " primary key ((kind, bucket, shard), at, device, key)", BY_AGE),
            new Table("due_done", "kind tinyint, shard tinyint, at bigint, primary key (kind, shard)", LEVELED),
            new Table("waiting", "bucket bigint, shard tinyint, at bigint, device text, key text,"
                    + " primary key ((bucket, shard), at, device, key)", BY_DAY),
            new Table("tally", "name text, bucket bigint, value counter, primary key (name, bucket)", LEVELED),
            new Table("secret", "name text primary key, value blob", LEVELED),
            new Table("lease", "work text primary key, owner text", LEVELED),
            new Table("event", "bucket bigint, node text, number bigint, at timestamp, told blob,"
                    + " primary key (bucket, node, number)", BY_AGE));

    private Schema() {}

    /** Makes what is not there, and waits until the cluster agrees. */
    static void make(Cluster cluster, String keyspace) {
        String datacenter = cluster.session().getMetadata().getNodes().values().stream().map(Node::getDatacenter)
                .filter(Objects::nonNull).findFirst().orElseThrow();
        long nodes = cluster.session().getMetadata().getNodes().values().stream()
                .filter(node -> datacenter.equals(node.getDatacenter())).count();
        if (cluster.session().getMetadata().getKeyspace(keyspace).isEmpty()) {
            if (nodes < COPIES) {
                LOG.warn(
                        "keyspace {} gets {} copies of everything: no more nodes are known; alter it when they are",
                        keyspace, nodes);
            }
            cluster.define("create keyspace if not exists " + keyspace
                    + " with replication = {'class': 'NetworkTopologyStrategy', '" + datacenter + "': "
                    + Math.min(COPIES, nodes) + "}");
        }
        Set<String> known = cluster.session().getMetadata().getKeyspace(keyspace).map(KeyspaceMetadata::getTables)
                .map(tables -> tables.keySet().stream().map(CqlIdentifier::asInternal).collect(Collectors.toSet()))
                .orElse(Set.of());
        for (Table table : TABLES) {
            if (known.contains(table.name())) {
                continue;
            }
            UUID id = UUID.nameUUIDFromBytes((keyspace + "." + table.name()).getBytes(StandardCharsets.UTF_8));
            cluster.define("create table if not exists " + keyspace + "." + table.name() + " (" + table.columns()
                    + ") with id = " + id + " and " + table.options() + " and " + ASK_ANOTHER);
        }
        cluster.session().checkSchemaAgreement();
    }
}
