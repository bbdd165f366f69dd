package dev.grove.server.store.cassandra;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import dev.grove.server.fleet.Store;
import dev.grove.wire.Bytes;
import java.nio.ByteBuffer;

/** Secrets that all nodes share: of several that are given under one name the first stays. */
final class SharedSecrets {

    private final Cluster cluster;
    private final PreparedStatement give;
    private final PreparedStatement read;

    SharedSecrets(Cluster cluster, String keyspace) {
        this.cluster = cluster;
        give = cluster.prepare("insert into " + keyspace + ".secret (name, value) values (?, ?) if not exists");
        read = cluster.prepare("select value from " + keyspace + ".secret where name = ?");
    }

    Bytes first(String name, Bytes fresh) {
        cluster.run(give.bind(name, ByteBuffer.wrap(fresh.toArray())));
        var row = cluster.run(read.bind(name).setConsistencyLevel(ConsistencyLevel.LOCAL_SERIAL).setIdempotent(true))
                .one();
        ByteBuffer value = row == null ? null : row.getByteBuffer(0);
        if (value == null) {
            throw new Store.Failure("a secret that was kept is not there", new IllegalStateException(name));
        }
        byte[] copy = new byte[value.remaining()];
        value.get(copy);
        return Bytes.wrap(copy);
    }
}
