package dev.grove.verify.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.auth.Scheme;
import dev.grove.engine.Account;
import dev.grove.server.fleet.Device;
import dev.grove.server.fleet.Job;
import dev.grove.server.fleet.Job.Terms;
import dev.grove.server.fleet.Slice;
import dev.grove.server.fleet.Store;
import dev.grove.server.store.cassandra.CassandraAddress;
import dev.grove.server.store.cassandra.CassandraStore;
import dev.grove.server.store.page.PageRecords.Retention;
import dev.grove.tree.Address;
import dev.grove.tree.Operation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Three nodes under load, of which one is killed, comes again, and another is killed. */
class KilledCassandraTest {

    private static final int WRITERS = 4;
    private static final Duration KEPT = Duration.ofHours(1);
    private static final Duration OUTAGE = Duration.ofSeconds(30);

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Semaphore acknowledgements = new Semaphore(0);
    private final AtomicLong longestGapMillis = new AtomicLong();
    private final AtomicBoolean isOver = new AtomicBoolean();

    @Test
    void loses_nothing_acknowledged_and_stands_still_for_no_longer_than_a_connection_takes_to_fail()
            throws InterruptedException {
        try (CassandraCluster cluster = CassandraCluster.ofThree(); Store store = open(cluster)) {
            List<Thread> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                String device = "device " + i;
                store.write(r -> r.devices().add(device(device)));
                writers.add(Thread.ofVirtual().start(() -> load(store, device)));
            }
            awaitMore(60);
            cluster.kill(1);
            awaitMore(120);
            assertThat(longestGapMillis.get()).as("longest time without an acknowledgement")
                    .isLessThan(OUTAGE.toMillis());
            cluster.restart(1);
            awaitMore(60);
            isOver.set(true);
            for (Thread writer : writers) {
                writer.join();
            }
            assertThat(keptSoon(store)).doesNotHaveDuplicates().containsAll(acknowledged);
            cluster.kill(2);
            assertThat(keptSoon(store)).doesNotHaveDuplicates().containsAll(acknowledged);
            cluster.kill(1);
            long begin = System.nanoTime();
            assertThatThrownBy(() -> kept(store)).isInstanceOf(Store.Failure.class);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
        }
    }

    private static Store open(CassandraCluster cluster) {
        return CassandraStore.open(CassandraAddress.of(cluster.url("killed"), null),
                new CassandraStore.World(Clock.systemUTC(), new Retention(KEPT, KEPT, KEPT, KEPT, KEPT, KEPT),
                        Duration.ofSeconds(10), RandomGenerator.getDefault()));
    }

    private static Device device(String id) {
        return Device.of(new Account(id, null, List.of(), null, Scheme.MD5), id, Instant.EPOCH);
    }

    /** One job after another; of one that fails nobody knows whether it is there. */
    private void load(Store store, String device) {
        long last = System.nanoTime();
        for (int i = 0; !isOver.get(); i++) {
            String mark = "./" + device.replace(' ', '-') + "/" + i;
            try {
                store.write(r -> {
                    Job job = r.jobs().add(Job.of(device, List.of(new Operation.Get(Address.parse(mark))),
                            Terms.USUAL, Instant.now()));
                    r.jobs().put(job.cancelled(Instant.now()));
                    return job;
                });
                acknowledged.add(mark);
                acknowledgements.release();
                long now = System.nanoTime();
                longestGapMillis.accumulateAndGet(TimeUnit.NANOSECONDS.toMillis(now - last), Math::max);
                last = now;
            } catch (Store.Failure failure) {
                // Not acknowledged: it may be there or not.
            }
        }
    }

    private void awaitMore(int count) throws InterruptedException {
        acknowledgements.drainPermits();
        assertThat(acknowledgements.tryAcquire(count, 2, TimeUnit.MINUTES)).as(count + " more writes").isTrue();
    }

    /** What was on its way to a node that dies fails; what is asked soon after does not. */
    private static List<String> keptSoon(Store store) {
        long begin = System.nanoTime();
        while (true) {
            try {
                return kept(store);
            } catch (Store.Failure failure) {
                if (System.nanoTime() - begin > OUTAGE.toNanos()) {
                    throw failure;
                }
            }
        }
    }

    private static List<String> kept(Store store) {
        List<String> marks = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            String device = "device " + i;
            List<Job> jobs = store.read(r -> r.jobs().list(device, Slice.first(100_000)));
            jobs.forEach(job -> marks.add(((Operation.Get) job.operations().getFirst()).target().toString()));
        }
        return marks;
    }
}
