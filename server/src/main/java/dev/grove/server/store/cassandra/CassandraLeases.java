package dev.grove.server.store.cassandra;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import dev.grove.server.fleet.Leases;
import java.time.Duration;

/** Leases as rows that fade: the cluster counts their terms. */
final class CassandraLeases implements Leases {

    private final Cluster cluster;
    private final String owner;
    private final PreparedStatement take;
    private final PreparedStatement prolong;
    private final PreparedStatement release;

    /** @param owner the name of this node, another one after every start */
    CassandraLeases(Cluster cluster, String keyspace, String owner) {
        this.cluster = cluster;
        this.owner = owner;
        String lease = keyspace + ".lease";
        take = cluster.prepare("insert into " + lease + " (work, owner) values (?, ?) if not exists using ttl ?");
        prolong = cluster.prepare("update " + lease + " using ttl ? set owner = ? where work = ? if owner = ?");
        release = cluster.prepare("delete from " + lease + " where work = ? if owner = ?");
    }

    @Override
    public boolean hold(String work, Duration term) {
        int seconds = (int) Math.max(1, term.plusMillis(999).toSeconds());
        return cluster.run(prolong.bind(seconds, owner, work, owner)).wasApplied()
                || cluster.run(take.bind(work, owner, seconds)).wasApplied();
    }

    @Override
    public void release(String work) {
        cluster.run(release.bind(work, owner));
    }
}
