package dev.grove.verify.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.grove.server.ServerApp;
import dev.grove.server.config.Config;
import dev.grove.server.config.Settings;
import dev.grove.server.store.postgres.Database;
import dev.grove.verify.store.PostgresServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node at work over a database that stands still, goes away, takes no writes, and is full, one after the other:
 * devices are told to come again, and every operation is done once.
 */
class DatabaseTroubleEndToEndTest {

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path data;

    /** What is done to a database. */
    private interface Strike {
        void run() throws SQLException;
    }

    @Test
    @Timeout(240)
    void refuses_while_the_database_is_in_trouble_and_goes_on_by_itself()
            throws IOException, InterruptedException, SQLException {
        Database database = PostgresServer.newDatabase();
        URI place = URI.create(database.url().substring("jdbc:".length()));
        try (HeldLine line = new HeldLine(place.getHost(), place.getPort() < 0 ? 5432 : place.getPort());
                Connection admin = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement sql = admin.createStatement();
                ServerApp server = ServerApp.start(Config.of(Settings.of(options(database, line))))) {
            ApiClient api = new ApiClient(http, server.apiUrl(), server.token());
            api.addDevice("newcomer");
            WorkingFleet fleet = new WorkingFleet(4, http, api).start(server.dmUrl());
            fleet.awaitAcknowledged(20);
            struck(server, fleet, line::hold, line::release);
            struck(server, fleet, line::cut, line::release);
            String name = database.url().replaceFirst(".*/([^?/]+).*", "$1");
            struck(server, fleet, () -> readOnly(sql, name, "on"), () -> readOnly(sql, name, "off"));
            sql.execute("""
                    create function is_full() returns trigger language plpgsql as $$
                    begin raise exception 'could not extend file' using errcode = 'disk_full'; end $$""");
            struck(server, fleet, () -> full(sql, "create trigger is_full before insert or update on ",
                    " for each row execute function is_full()"), () -> full(sql, "drop trigger is_full on ", ""));
            fleet.finish();
            fleet.check();
        }
    }

    private Map<String, String> options(Database database, HeldLine line) {
        return Map.of("data", data.toString(), "dm-listen", "127.0.0.1:0", "api-listen", "127.0.0.1:0", "store",
                database.url().replaceFirst("//[^/]*/", "//127.0.0.1:" + line.port() + "/"), "store-user",
                database.user(),
                "store-password", database.password(), "store-connections", "4", "store-timeout", "1s",
                // What was held up is no reason to let few begin afterwards: that is another test's.
                "slow-write", "60s");
    }

    private void struck(ServerApp server, WorkingFleet fleet, Strike strike, Strike relief)
            throws IOException, InterruptedException, SQLException {
        strike.run();
        fleet.awaitRefusals(1);
        Await.that("not ready", () -> ready(server).statusCode() == 503);
        assertThat(ready(server).body()).startsWith("the store is not available: the database ");
        FieldDevice.Later later = catchThrowableOfType(FieldDevice.Later.class,
                () -> new FieldDevice("newcomer", http).begin(server.dmUrl()));
        assertThat(later.seconds()).isPositive();
        relief.run();
        Await.that("ready again", () -> ready(server).statusCode() == 200);
        fleet.awaitAcknowledged(20);
    }

    private HttpResponse<String> ready(ServerApp server) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(server.apiUrl() + "/readyz")).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static void readOnly(Statement sql, String database, String state) throws SQLException {
        sql.execute("set default_transaction_read_only = off");
        sql.execute("alter database " + database + " set default_transaction_read_only = " + state);
        sql.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                + " where datname = current_database() and pid <> pg_backend_pid()");
    }

    /** The error is that of a full disk; filling one would take all other databases of the server with it. */
    private static void full(Statement sql, String before, String behind) throws SQLException {
        for (String table : new String[] {"session", "job", "secret"}) {
            sql.execute(before + table + behind);
        }
    }
}
