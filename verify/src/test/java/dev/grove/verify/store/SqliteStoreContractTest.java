package dev.grove.verify.store;

import static dev.grove.verify.store.Samples.NOW;
import static dev.grove.verify.store.Samples.device;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.server.fleet.Store;
import dev.grove.server.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreContractTest extends StoreContract {

    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    @TempDir
    Path folder;

    @Override
    Store open() {
        return SqliteStore.open(folder.resolve("grove.db"), CLOCK);
    }

    @Test
    void keeps_everything_when_it_is_closed_and_opened_again() {
        write(r -> r.devices().add(device("a")));
        store.close();
        store = open();
        assertThat(read(r -> r.devices().find("a")).orElseThrow()).isEqualTo(device("a"));
    }

    @Test
    void keeps_everything_acknowledged_when_the_process_dies() throws IOException {
        for (int i = 0; i < 500; i++) {
            String id = "device " + i;
            write(r -> r.devices().add(device(id)));
        }
        Path copy = Files.createDirectory(folder.resolve("as the disk was"));
        copyFiles(copy);
        try (Store found = SqliteStore.open(copy.resolve("grove.db"), CLOCK)) {
            assertThat(found.read(r -> r.devices().list("", 1000, "").size()).intValue()).isEqualTo(500);
        }
    }

    @Test
    void keeps_its_log_short_while_much_is_written() throws IOException {
        for (int i = 0; i < 300; i++) {
            String id = "device " + i;
            write(r -> r.devices().add(device(id).withName("x".repeat(100_000))));
        }
        assertThat(Files.size(folder.resolve("grove.db-wal"))).isLessThan(24L << 20);
    }

    @Test
    void refuses_a_file_that_a_later_program_has_written() throws SQLException {
        store.close();
        Path file = folder.resolve("grove.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute("insert into schema_version values (999, 0)");
        }
        assertThatThrownBy(this::open).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("999");
    }

    @Test
    void takes_no_more_work_after_closing() {
        store.close();
        store.close();
        assertThatThrownBy(() -> write(r -> r.devices().add(device("late")))).isInstanceOf(Store.Failure.class);
    }

    private void copyFiles(Path target) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.toString().endsWith("-shm")) {
                    Files.copy(file, target.resolve(file.getFileName()));
                }
            }
        }
    }
}
