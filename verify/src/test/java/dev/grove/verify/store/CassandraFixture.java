package dev.grove.verify.store;

import static dev.grove.verify.store.Samples.NOW;

import com.datastax.oss.driver.api.core.CqlSession;
import dev.grove.server.fleet.Store;
import dev.grove.server.store.cassandra.CassandraAddress;
import dev.grove.server.store.cassandra.CassandraStore;
import dev.grove.server.store.page.PageRecords.Retention;
import dev.grove.verify.cassandra.CassandraCluster;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.random.RandomGenerator;

/** The store on the node that all tests share, empty at the beginning of each. */
final class CassandraFixture {

    private static final List<String> TABLES = List.of("page", "device_id", "psk", "ticket", "due", "due_done",
            "secret", "lease", "silent", "waiting", "tally",
            "event");
    private static final Duration KEPT = Duration.ofHours(1);

    private CassandraFixture() {}

    /** Made once, with the tables. */
    private static final class Shared {
        static final CassandraAddress ADDRESS = CassandraAddress.of(CassandraCluster.shared().url("contract"), null);
        static final CqlSession SESSION = session();

        private static CqlSession session() {
            CassandraFixture.open(ADDRESS).close();
            return CqlSession.builder().addContactPoints(ADDRESS.contacts()).withLocalDatacenter("datacenter1")
                    .withKeyspace(ADDRESS.keyspace()).build();
        }
    }

    /** A store with nothing in it, whose clock stands still. */
    static Store empty() {
        CassandraCluster.shared();
        TABLES.forEach(table -> Shared.SESSION.execute("truncate " + table));
        return open(Shared.ADDRESS);
    }

    /** One more node over the same tables. */
    static Store another() {
        return open(Shared.ADDRESS);
    }

    /** One more node, which keeps what is over for a moment only. */
    static Store forgetful(Duration kept) {
        return open(Shared.ADDRESS, kept, Duration.ZERO);
    }

    /** One more node, which trusts hints only so long after their time. */
    static Store careful(Duration settling) {
        return open(Shared.ADDRESS, KEPT, settling);
    }

    private static Store open(CassandraAddress address) {
        return open(address, KEPT, Duration.ZERO);
    }

    private static Store open(CassandraAddress address, Duration kept, Duration settling) {
        return CassandraStore.open(address, new CassandraStore.World(Clock.fixed(NOW, ZoneOffset.UTC),
                new Retention(kept, kept, kept, kept, kept, kept), settling, RandomGenerator.getDefault()));
    }
}
