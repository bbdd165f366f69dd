package dev.grove.examples.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.client.DeviceClient;
import dev.grove.client.store.DeviceState;
import dev.grove.client.store.PersistentTree;
import dev.grove.client.transport.HttpOptions;
import dev.grove.client.transport.HttpTransport;
import dev.grove.syncml.Command.Alert;
import dev.grove.testkit.lockstep.Heard;
import dev.grove.testkit.lockstep.LockstepServer;
import dev.grove.tree.Format;
import dev.grove.tree.Tree;
import dev.grove.tree.Value;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The thermostat in conversation with a scripted server: exact messages, over HTTP. */
class ThermostatDeviceTest {

    @TempDir
    Path folder;

    @Test
    void a_server_sets_the_temperature_and_boosts() throws Exception {
        Thermostat thermostat = new Thermostat();
        Deque<Runnable> background = new ArrayDeque<>();
        try (LockstepServer server = LockstepServer.start()) {
            Tree tree = ThermostatDevice.factoryTree(
                    ThermostatDevice.account(server.address().toString(), "thermostat", "secret"), Instant.now());
            try (DeviceClient client = ThermostatDevice.device(thermostat,
                    PersistentTree.open(folder, () -> new DeviceState(tree)),
                    new HttpTransport(HttpOptions.DEFAULT, InstantSource.system()), background::add)) {
                CompletableFuture<Void> session = call(client);

                server.hears();
                server.says(server.answer(212).get("./Thermostat/Wanted")
                        .replace("./Thermostat/Wanted", Value.of(Format.INT, "23"))
                        .replace("./Thermostat/Wanted", Value.of(Format.INT, "90"))
                        .replace("./Thermostat/Measured", Value.of(Format.FLOAT, "1"))
                        .exec("./Thermostat/Boost", "corr-7"));
                Heard done = server.hears();
                assertThat(done.resultTexts()).containsExactly("20");
                assertThat(done.all(dev.grove.syncml.Command.Status.class)).extracting(status -> status.code().code())
                        .containsExactly(200, 200, 200, 500, 405, 202);
                server.says(server.answer());
                session.join();
                assertThat(thermostat.wanted()).isEqualTo(23);

                background.remove().run();
                CompletableFuture<Void> later = call(client);
                Alert told = server.hears().all(Alert.class).getLast();
                assertThat(told.code().code()).isEqualTo(1226);
                assertThat(told.correlator()).isEqualTo("corr-7");
                server.says(server.answer(212));
                later.join();
                assertThat(thermostat.measured()).isEqualTo(23f);
            }
        }
    }

    private static CompletableFuture<Void> call(DeviceClient client) {
        return CompletableFuture.runAsync(() -> {
            try {
                assertThat(client.call("com.example.server").isOk()).isTrue();
            } catch (dev.grove.client.store.StorageException disk) {
                throw new AssertionError(disk);
            }
        });
    }
}
