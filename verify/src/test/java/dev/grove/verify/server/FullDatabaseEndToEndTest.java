package dev.grove.verify.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.grove.server.ServerApp;
import dev.grove.server.config.Config;
import dev.grove.server.config.Settings;
import dev.grove.verify.store.PostgresServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
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
 * A node at work over a database whose disk has no room left, and then has some again: a real PostgreSQL, of which the
 * tables lie on a file system in memory. Skipped for those who may mount none.
 */
class FullDatabaseEndToEndTest {

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    @Test
    @Timeout(120)
    void tells_devices_to_come_again_while_the_database_has_no_room_and_loses_nothing()
            throws IOException, InterruptedException, SQLException {
        Path place = Files.createDirectory(folder.resolve("disk"));
        try (FullDisk.Mounted disk = FullDisk.mounted(place)
                .orElseGet(() -> abort("a full disk needs the right to mount one"));
                EmbeddedPostgres postgres = PostgresServer.own(folder.resolve("database"), 0)) {
            String url = fleetOn(disk, postgres);
            try (ServerApp server = ServerApp.start(Config.of(Settings.of(options(url))))) {
                isSurvived(server, disk);
            }
        }
    }

    /** A database on the disk; what PostgreSQL needs for itself is elsewhere. */
    private static String fleetOn(FullDisk disk, EmbeddedPostgres postgres) throws IOException, SQLException {
        Path tables = Files.createDirectory(disk.folder().resolve("tables"));
        try (Connection admin = DriverManager.getConnection(postgres.getJdbcUrl("postgres", "postgres"));
                Statement sql = admin.createStatement()) {
            sql.execute("create tablespace small location '" + tables + "'");
            sql.execute("create database fleet tablespace small");
        }
        return postgres.getJdbcUrl("postgres", "fleet");
    }

    private Map<String, String> options(String url) {
        return Map.of("data", folder.resolve("data").toString(), "dm-listen", "127.0.0.1:0", "api-listen",
                "127.0.0.1:0", "store", url.replaceFirst("[?].*", ""), "store-user", "postgres", "store-connections",
                "4", "slow-write", "60s");
    }

    private void isSurvived(ServerApp server, FullDisk.Mounted disk) throws IOException, InterruptedException {
        ApiClient api = new ApiClient(http, server.apiUrl(), server.token());
        api.addDevice("newcomer");
        WorkingFleet fleet = new WorkingFleet(4, http, api).start(server.dmUrl());
        fleet.awaitAcknowledged(20);
        disk.fill();
        // Each time another session: one that found the last room left is told what it was told.
        FieldDevice newcomer = new FieldDevice("newcomer", http);
        Await.that("a device is told to come again", () -> {
            FieldDevice.Later later = catchThrowableOfType(FieldDevice.Later.class,
                    () -> newcomer.begin(server.dmUrl()));
            return later != null && later.seconds() > 0;
        });
        // Rows that are written over in their place are taken all the time.
        Await.that("not ready", () -> ready(server).statusCode() == 503);
        assertThat(ready(server).body()).startsWith("the store is not available: the database ").contains("no room");
        disk.free();
        Await.that("ready again", () -> ready(server).statusCode() == 200);
        fleet.awaitAcknowledged(20);
        fleet.finish();
        fleet.check();
    }

    private HttpResponse<String> ready(ServerApp server) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(server.apiUrl() + "/readyz")).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
