package dev.grove.verify.store;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.grove.server.store.postgres.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL for the tests: the one that {@code GROVE_TEST_PG} names (a JDBC URL of somebody who may make databases),
 * else one that is started here, once for all tests of this process. Where neither works, the tests are skipped and say
 * why; with {@code GROVE_TEST_PG=required} they fail.
 */
public final class PostgresServer {

    private static final String GIVEN = System.getenv().getOrDefault("GROVE_TEST_PG", "");
    private static final boolean IS_REQUIRED = GIVEN.equals("required");
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static @Nullable String url;
    private static String trouble = "";

    private PostgresServer() {}

    /** A new, empty database. */
    public static Database newDatabase() {
        String server = server();
        String name = "grove_test_" + ProcessHandle.current().pid() + "_" + DATABASES.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(server);
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new AssertionError("the tests cannot make a database", e);
        }
        return Database.of(server.replaceFirst("(//[^/]*/)[^?]*", "$1" + name), "", "").with(6,
                Duration.ofSeconds(10));
    }

    private static synchronized String server() {
        if (url == null && trouble.isEmpty()) {
            try {
                url = GIVEN.isEmpty() || IS_REQUIRED ? start() : GIVEN;
            } catch (IOException | IllegalStateException e) {
                trouble = "no PostgreSQL: GROVE_TEST_PG names none, and none could be started here: " + e;
            }
        }
        if (url != null) {
            return url;
        }
        if (IS_REQUIRED) {
            throw new AssertionError(trouble);
        }
        return abort(trouble);
    }

    /**
     * A server for one test, which may do to it what no other should see; skipped where none can be started.
     *
     * @param data its folder, which may be that of one that was stopped
     * @param port 0 for any
     */
    public static EmbeddedPostgres own(Path data, int port) throws IOException {
        try {
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder().setDataDirectory(data)
                    .setCleanDataDirectory(false);
            return port == 0 ? builder.start() : builder.setPort(port).start();
        } catch (IllegalStateException e) {
            return abort("no PostgreSQL could be started here: " + e);
        }
    }

    private static String start() throws IOException {
        EmbeddedPostgres server = EmbeddedPostgres.builder().setServerConfig("fsync", "off")
                .setServerConfig("full_page_writes", "off").setServerConfig("max_connections", "100").start();
        return server.getJdbcUrl("postgres", "postgres");
    }
}
