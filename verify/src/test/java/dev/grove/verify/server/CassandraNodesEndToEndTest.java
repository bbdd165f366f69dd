package dev.grove.verify.server;

import dev.grove.verify.cassandra.CassandraCluster;
import java.util.Map;

/** Three nodes over one Cassandra. */
class CassandraNodesEndToEndTest extends NodesEndToEndTest {

    @Override
    Map<String, String> store() {
        CassandraCluster cluster = CassandraCluster.shared();
        cluster.empty("nodes");
        return Map.of("store", cluster.url("nodes"));
    }
}
