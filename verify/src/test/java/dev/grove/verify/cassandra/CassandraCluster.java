package dev.grove.verify.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * A cluster of one or three nodes on this machine. Where no JDK 17 is, whoever asks for one is skipped, with the
 * reason; or fails, if the property {@code grove.test.cassandra} or the variable {@code GROVE_TEST_CASSANDRA} says
 * {@code required}.
 */
public final class CassandraCluster implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(2);
    /** Thirds of the ring. */
    private static final List<String> TOKENS = List.of("-9223372036854775807", "-3074457345618258603",
            "3074457345618258602");
    private static final Path CLASS_PATH = Path.of("cassandra", "target", "class-path");

    private final Path java;
    private final List<String> classPath;
    private final Path folder;
    private final List<CassandraNode.Place> places = new ArrayList<>();
    private final List<CassandraNode> nodes = new ArrayList<>();

    private CassandraCluster(Path java, List<String> classPath, Path folder) {
        this.java = java;
        this.classPath = classPath;
        this.folder = folder;
    }

    /** One node for all tests of this process, ended with it. */
    private static final class Shared {
        static final CassandraCluster ONE = start(1, false, null);

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(ONE::close));
        }
    }

    /** The node that all tests of this process share; each takes a keyspace of its own. */
    public static CassandraCluster shared() {
        java();
        return Shared.ONE;
    }

    /** Three nodes, for whoever closes them. What they acknowledge is on their disks. */
    public static CassandraCluster ofThree() {
        return start(3, true, null);
    }

    /** One node that asks for a user and a password, over TLS; its first user is {@code cassandra}, as is known. */
    static CassandraCluster locked(CassandraNode.Lock lock) {
        return start(1, false, lock);
    }

    private static CassandraCluster start(int size, boolean isForced, CassandraNode.@Nullable Lock lock) {
        try {
            List<String> classPath = List.of(Files.readString(CLASS_PATH).strip().split(File.pathSeparator));
            CassandraCluster cluster = new CassandraCluster(java(), classPath,
                    Files.createTempDirectory("grove-cassandra"));
            CassandraNode.Ports ports = new CassandraNode.Ports(freePort(), freePort());
            for (int i = 0; i < size; i++) {
                cluster.places.add(new CassandraNode.Place(i + 1, ports, TOKENS.get(i), isForced, lock));
                cluster.nodes.add(cluster.begin(i));
                if (i == 0) {
                    cluster.nodes.getFirst().await(START);
                }
            }
            cluster.nodes.forEach(node -> node.await(START));
            if (lock == null) {
                cluster.places.forEach(place -> awaitRing(place, size));
            }
            return cluster;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path java() {
        Optional<Path> java = Jdk17.java();
        String wanted = System.getProperty("grove.test.cassandra", System.getenv().getOrDefault(
                "GROVE_TEST_CASSANDRA", ""));
        String missing = "Cassandra 5.0 needs a JDK 17, and there is none: name one in GROVE_TEST_JDK17";
        if (wanted.equals("required") && java.isEmpty()) {
            Assertions.fail(missing);
        }
        Assumptions.assumeTrue(java.isPresent(), missing);
        return java.orElseThrow();
    }

    /** Free at every address of this machine, a moment ago. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
            return socket.getLocalPort();
        }
    }

    private CassandraNode begin(int index) throws IOException {
        return CassandraNode.start(java, classPath, folder.resolve("node" + (index + 1)), places.get(index));
    }

    /** Ends a node as a power cut would. */
    public void kill(int index) {
        nodes.get(index).kill();
    }

    /** Starts a node again that was killed, and waits until it answers. */
    public void restart(int index) {
        try {
            nodes.set(index, begin(index));
            nodes.get(index).await(START);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A node that answers may not know of all others yet; how many copies a keyspace gets goes by those. */
    private static void awaitRing(CassandraNode.Place place, int size) {
        long begin = System.nanoTime();
        int known = 0;
        while (known < size) {
            if (System.nanoTime() - begin > START.toNanos()) {
                throw new IllegalStateException(place.address() + " knows of " + known + " nodes, not of " + size);
            }
            try (CqlSession session = CqlSession.builder()
                    .addContactPoint(new InetSocketAddress(place.address(), place.ports().service()))
                    .withLocalDatacenter("datacenter1").build()) {
                known = session.getMetadata().getNodes().size();
            }
        }
    }

    /** Empties the tables of a keyspace, if there is such a one. */
    public void empty(String keyspace) {
        List<InetSocketAddress> contacts = places.stream()
                .map(place -> new InetSocketAddress(place.address(), place.ports().service())).toList();
        try (CqlSession session = CqlSession.builder().addContactPoints(contacts).withLocalDatacenter("datacenter1")
                .build()) {
            session.execute("select table_name from system_schema.tables where keyspace_name = '" + keyspace + "'")
                    .forEach(table -> session.execute("truncate " + keyspace + "." + table.getString(0)));
        }
    }

    /** As the option {@code --store} names it. */
    public String url(String keyspace) {
        List<String> hosts = places.stream().map(place -> place.address() + ":" + place.ports().service()).toList();
        return "cassandra://" + String.join(",", hosts) + "/" + keyspace;
    }

    @Override
    public void close() {
        nodes.forEach(CassandraNode::close);
        remove(folder);
    }

    private static void remove(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
