package dev.grove.verify.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.auth.Scheme;
import dev.grove.engine.Account;
import dev.grove.server.fleet.Device;
import dev.grove.server.fleet.Store;
import dev.grove.server.store.cassandra.CassandraAddress;
import dev.grove.server.store.cassandra.CassandraAddress.Login;
import dev.grove.server.store.cassandra.CassandraStore;
import dev.grove.server.store.page.PageRecords.Retention;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster that asks for a user and a password, over TLS. */
class LockedCassandraTest {

    private static final String KEY_PASSWORD = "not-to-be-seen";
    private static final Login FIRST_USER = new Login("cassandra", "cassandra");
    private static final Duration KEPT = Duration.ofHours(1);
    private static final Duration START = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    @Test
    void only_who_knows_the_password_comes_in_and_only_to_whom_is_trusted() throws Exception {
        Path trusted = certified("node");
        Path other = certified("other");
        CassandraNode.Lock lock = new CassandraNode.Lock(folder.resolve("node.p12"), KEY_PASSWORD);
        try (CassandraCluster cluster = CassandraCluster.locked(lock)) {
            String url = cluster.url("locked") + "?tls=true&tls-ca=";
            try (Store store = openSoon(url + trusted)) {
                store.write(r -> r.devices().add(device()));
                assertThat(store.<Boolean>read(r -> r.devices().find("d").isPresent())).isTrue();
            }
            refuses(url + trusted, new Login("cassandra", "geheim"));
            refuses(url + trusted, null);
            refuses(url + other, FIRST_USER);
            refuses(cluster.url("locked"), FIRST_USER);
            refuses(url + folder.resolve("none.pem"), FIRST_USER);
        }
    }

    private static void refuses(String url, @Nullable Login login) {
        assertThatThrownBy(() -> open(url, login).close()).isInstanceOf(Store.Failure.class).satisfies(failure -> {
            for (Throwable t = failure; t != null; t = t.getCause()) {
                assertThat(String.valueOf(t)).doesNotContain("geheim");
            }
        });
    }

    /** The first user is made a moment after the node answers. */
    private static Store openSoon(String url) {
        long end = System.nanoTime() + START.toNanos();
        while (true) {
            try {
                return open(url, FIRST_USER);
            } catch (Store.Failure failure) {
                if (System.nanoTime() > end) {
                    throw failure;
                }
            }
        }
    }

    private static Store open(String url, @Nullable Login login) {
        return CassandraStore.open(CassandraAddress.of(url, login), new CassandraStore.World(Clock.systemUTC(),
                new Retention(KEPT, KEPT, KEPT, KEPT, KEPT, KEPT), Duration.ZERO, RandomGenerator.getDefault()));
    }

    private static Device device() {
        return Device.of(new Account("d", null, List.of(), null, Scheme.MD5), "d", Instant.EPOCH);
    }

    /** Makes a key for this machine; the certificate, which vouches for itself, as a PEM file. */
    private Path certified(String name) throws IOException, InterruptedException, GeneralSecurityException {
        Path file = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", name, "-dname", "CN=" + name, "-keyalg", "EC", "-ext",
                "SAN=ip:127.0.0.1,dns:localhost", "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass",
                KEY_PASSWORD).redirectErrorStream(true).start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(output).isZero();
        KeyStore keys = KeyStore.getInstance(file.toFile(), KEY_PASSWORD.toCharArray());
        return Files.writeString(folder.resolve(name + ".pem"), "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder().encodeToString(keys.getCertificate(name).getEncoded())
                + "\n-----END CERTIFICATE-----\n");
    }
}
