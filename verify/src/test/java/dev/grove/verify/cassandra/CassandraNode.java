package dev.grove.verify.cassandra;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One process of Cassandra at an address of its own, with its data in a folder of its own. */
final class CassandraNode implements AutoCloseable {

    /** What Cassandra 5.0 wants to see of a JDK 17 ({@code conf/jvm17-server.options} of its distribution). */
    private static final List<String> EXPORTS = List.of("java.base/jdk.internal.misc", "java.base/jdk.internal.ref",
            "java.base/sun.nio.ch", "java.management.rmi/com.sun.jmx.remote.internal.rmi",
            "java.rmi/sun.rmi.registry", "java.rmi/sun.rmi.server", "java.sql/java.sql");
    private static final List<String> OPENS = List.of("java.base/java.lang.module", "java.base/jdk.internal.loader",
            "java.base/jdk.internal.ref", "java.base/jdk.internal.reflect", "java.base/jdk.internal.math",
            "java.base/jdk.internal.module", "java.base/jdk.internal.util.jar", "java.base/sun.nio.ch",
            "java.base/java.io", "java.base/java.nio", "java.base/java.lang", "java.base/java.util",
            "java.base/java.util.concurrent", "java.base/java.util.concurrent.atomic",
            "jdk.management/com.sun.management.internal");

    private final Path folder;
    private final Place place;
    private final Process process;

    /**
     * Where a node stands among the others.
     *
     * @param number 1 to 3: the last part of its address
     * @param token where its part of the ring begins
     * @param isForced whether what it acknowledges is on its disk
     * @param lock absent if everybody may come in, and read what is on the wire
     */
    record Place(int number, Ports ports, String token, boolean isForced, @Nullable Lock lock) {
        String address() {
            return "127.0.0." + number;
        }
    }

    /**
     * Who may come in shows a user and a password, over TLS.
     *
     * @param keyStore of the node, PKCS #12
     */
    record Lock(Path keyStore, String password) {
        String settings() {
            return """
                    authenticator: PasswordAuthenticator
                    client_encryption_options:
                      enabled: true
                      optional: false
                      store_type: PKCS12
                      keystore: '%s'
                      keystore_password: '%s'
                    """.formatted(keyStore, password);
        }
    }

    /** The ports that are the same at every node. */
    record Ports(int storage, int service) {}

    private CassandraNode(Path folder, Place place, Process process) {
        this.folder = folder;
        this.place = place;
        this.process = process;
    }

    /** Starts a node, again perhaps, over what its folder holds; it does not serve yet. */
    static CassandraNode start(Path java, List<String> classPath, Path folder, Place place) throws IOException {
        Files.createDirectories(folder);
        Path settings = Files.writeString(folder.resolve("cassandra.yaml"), settings(folder, place));
        Path log = Files.writeString(folder.resolve("logback.xml"), """
                <configuration><appender name="out" class="ch.qos.logback.core.ConsoleAppender"><encoder>
                <pattern>%d{HH:mm:ss.SSS} %-5level %logger{0} %msg%n</pattern></encoder></appender>
                <root level="INFO"><appender-ref ref="out"/></root></configuration>
                """);
        List<String> command = new ArrayList<>(List.of(java.toString(), "-Xms256m", "-Xmx512m", "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Djdk.attach.allowAttachSelf=true",
                "-Dio.netty.tryReflectionSetAccessible=true", "-Dcassandra.config=" + settings.toUri(),
                "-Dcassandra.storagedir=" + folder, "-Dlogback.configurationFile=" + log,
                "-Dcassandra.skip_wait_for_gossip_to_settle=0", "-Dcassandra.ring_delay_ms=500",
                "-Dcassandra.consistent.rangemovement=false", "-Dcassandra.superuser_setup_delay_ms=0",
                "-Dcassandra-foreground=yes"));
        classPath.stream().filter(jar -> jar.contains("jamm-")).forEach(jar -> command.add("-javaagent:" + jar));
        EXPORTS.forEach(name -> command.add("--add-exports=" + name + "=ALL-UNNAMED"));
        OPENS.forEach(name -> command.add("--add-opens=" + name + "=ALL-UNNAMED"));
        command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath),
                "org.apache.cassandra.service.CassandraDaemon"));
        Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(folder.resolve("out.log").toFile())).start();
        return new CassandraNode(folder, place, process);
    }

    private static String settings(Path folder, Place place) {
        String forced = place.isForced()
                ? "commitlog_sync: group\ncommitlog_sync_group_window: 2ms"
                : "commitlog_sync: periodic\ncommitlog_sync_period: 1000ms";
        CassandraNode.Lock lock = place.lock();
        return """
                cluster_name: grove
                num_tokens: 1
                initial_token: '%s'
                auto_bootstrap: false
                partitioner: org.apache.cassandra.dht.Murmur3Partitioner
                endpoint_snitch: SimpleSnitch
                paxos_variant: v2
                data_file_directories: ['%s/data']
                commitlog_directory: '%s/commitlog'
                saved_caches_directory: '%s/caches'
                hints_directory: '%s/hints'
                %s
                commitlog_segment_size: 8MiB
                commitlog_total_space: 64MiB
                seed_provider:
                  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
                    parameters:
                      - seeds: '127.0.0.1:%d'
                listen_address: %s
                rpc_address: %s
                storage_port: %d
                native_transport_port: %d
                memtable_heap_space: 96MiB
                memtable_offheap_space: 64MiB
                key_cache_size: 8MiB
                networking_cache_size: 16MiB
                file_cache_size: 32MiB
                concurrent_compactors: 1
                auto_snapshot: false
                cdc_enabled: false
                %s""".formatted(place.token(), folder, folder, folder, folder, forced, place.ports().storage(),
                place.address(), place.address(), place.ports().storage(), place.ports().service(),
                lock == null ? "" : lock.settings());
    }

    /** Waits until it answers clients. */
    void await(Duration most) {
        InetSocketAddress service = new InetSocketAddress(place.address(), place.ports().service());
        long end = System.nanoTime() + most.toNanos();
        while (!answers(service)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException("Cassandra does not answer at " + service + ":\n" + lastWords());
            }
            pause();
        }
    }

    private static boolean answers(InetSocketAddress service) {
        try (Socket socket = new Socket()) {
            socket.connect(service, 500);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /** A moment, cut short by the end of the process. */
    private void pause() {
        try {
            CompletableFuture<Process> end = process.onExit();
            end.get(100, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException _) {
            // It lives on.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private String lastWords() {
        try {
            List<String> lines = Files.readAllLines(folder.resolve("out.log"), StandardCharsets.UTF_8);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it as a power cut would, and waits for that. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
