package dev.grove.verify.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that takes nothing more under a server at work, and then takes everything again: real processes, a real disk
 * or a limit of the system in its place.
 */
@Timeout(120)
class DiskTroubleTest {

    private static final double MEBIBYTE = 1 << 20;
    private static final String LISTEN = "127.0.0.1:0";
    private static final String FAT_JOB = "{\"operations\":[{\"replace\":{\"uri\":\"./Fat\",\"value\":\""
            + "f".repeat(700_000) + "\"}}]}";

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    @Test
    void says_so_while_the_disk_is_full_and_goes_on_by_itself_when_there_is_room()
            throws IOException, InterruptedException {
        try (FullDisk disk = FullDisk.best(folder)) {
            isSurvivedWith(disk);
        }
    }

    private void isSurvivedWith(FullDisk disk) throws IOException, InterruptedException {
        Path data = disk.folder().resolve("data");
        String dm;
        String listen;
        WorkingFleet fleet;
        try (GroveProcess server = GroveProcess.start(data, "--dm-listen", LISTEN, "--api-listen", LISTEN)) {
            dm = server.dm();
            listen = URI.create(server.api()).getAuthority();
            ApiClient api = new ApiClient(http, server.api(), server.token());
            api.addDevice("fat");
            api.addDevice("newcomer");
            fleet = new WorkingFleet(4, http, api).start(dm);
            fleet.awaitAcknowledged(20);
            double before = server.liveHeapBytes(http);
            disk.fill(server);
            HttpResponse<String> refused = press(api);
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
            assertThat(refused.headers().firstValueAsLong("Retry-After").orElse(0)).isPositive();
            saysSo(server);
            disk.free(server);
            Await.that("ready again", () -> server.get(http, "/readyz").statusCode() == 200);
            fleet.awaitAcknowledged(20);
            assertThat(api.send("POST", "/devices/fat/jobs", FAT_JOB).statusCode()).isEqualTo(201);
            assertThat(server.figure(http, "grove_store_working")).isEqualTo(1);
            assertThat(server.liveHeapBytes(http)).as("heap after the trouble").isLessThan(before + 24 * MEBIBYTE);
            disk.fill(server);
            Await.that("in trouble again", () -> server.get(http, "/readyz").statusCode() == 503);
            server.kill();
            disk.free(server);
        }
        try (GroveProcess server = GroveProcess.start(data, "--dm-listen", URI.create(dm).getAuthority(),
                "--api-listen", listen)) {
            fleet.awaitAcknowledged(20);
            fleet.finish();
            fleet.check();
            assertThat(server.stop()).isEqualTo(143);
        }
    }

    /** What is on the disk already is written over for a while; much that is new is refused soon. */
    private static HttpResponse<String> press(ApiClient api) throws IOException, InterruptedException {
        HttpResponse<String> answer = api.send("POST", "/devices/fat/jobs", FAT_JOB);
        for (int i = 0; i < 2000 && answer.statusCode() == 201; i++) {
            answer = api.send("POST", "/devices/fat/jobs", FAT_JOB);
        }
        return answer;
    }

    private void saysSo(GroveProcess server) throws IOException, InterruptedException {
        FieldDevice newcomer = new FieldDevice("newcomer", http);
        FieldDevice.Later[] later = new FieldDevice.Later[1];
        Await.that("a device is told to come again", () -> {
            later[0] = catchThrowableOfType(FieldDevice.Later.class, () -> newcomer.begin(server.dm()));
            return later[0] != null;
        });
        assertThat(later[0].seconds()).isPositive();
        Await.that("not ready", () -> server.get(http, "/readyz").statusCode() == 503);
        String why = server.get(http, "/readyz").body();
        assertThat(why).containsAnyOf("No space left", "database or disk is full", "File too large", "disk I/O error");
        assertThat(server.figure(http, "grove_store_refused_units_total")).isPositive();
        assertThat(server.get(http, "/healthz").statusCode()).as("the process itself is well").isEqualTo(200);
    }

    @Test
    void does_not_start_where_nothing_can_be_written_and_says_why() throws IOException, InterruptedException {
        FullDisk.byLimit(folder).close();
        Path data = folder.resolve("data");
        String said = GroveProcess.refusal(data, List.of("prlimit", "--fsize=0:"), "--dm-listen", LISTEN,
                "--api-listen", LISTEN);
        assertThat(said).startsWith("grove: the token file ").contains("admin-token").endsWith("exit status 2");
    }

    @Test
    void does_not_start_without_its_database_and_says_so_in_a_line() throws IOException, InterruptedException {
        int port;
        try (ServerSocket closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }
        String said = GroveProcess.refusal(folder.resolve("data"), List.of(), "--dm-listen", LISTEN, "--api-listen",
                LISTEN, "--store", "jdbc:postgresql://127.0.0.1:" + port + "/grove", "--store-timeout", "1s",
                "--log-level", "error");
        assertThat(said).startsWith("grove: the store cannot be opened: ").contains("127.0.0.1:" + port)
                .endsWith("exit status 1").hasLineCount(2);
    }

    @Test
    void does_not_start_over_a_folder_that_is_read_only_and_says_which() throws IOException, InterruptedException {
        Path data = folder.resolve("data");
        Files.createDirectory(data);
        boolean isRoot = System.getProperty("user.name").equals("root");
        if (isRoot) {
            assumeTrue(FullDisk.ends("mount", "-t", "tmpfs", "-o", "ro,size=1m", "tmpfs", data.toString()),
                    "root may write everywhere, but for a read-only mount, which this one may not make");
        } else {
            Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("r-x------"));
        }
        try {
            String said = GroveProcess.refusal(data, List.of(), "--dm-listen", LISTEN, "--api-listen", LISTEN);
            assertThat(said).startsWith("grove: the data folder " + data + " cannot be used: ")
                    .containsAnyOf("Read-only file system", "AccessDenied").endsWith("exit status 2");
        } finally {
            if (isRoot) {
                FullDisk.ends("umount", data.toString());
            } else {
                Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
            }
        }
    }
}
