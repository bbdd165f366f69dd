package dev.grove.tools.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.auth.Scheme;
import dev.grove.tools.device.ServerAccount.Login;
import dev.grove.tools.simulate.Simulation.Plan;
import dev.grove.wire.Bytes;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a device costs that waits for its next call. */
class FleetMemoryTest {

    private static final int DEVICES = 20_000;

    @ParameterizedTest
    @CsvSource({"simulated, 200", "{id}, 4000"})
    void a_waiting_device_costs_what_is_its_own(String user, int mostBytes) {
        Identities identities = new Identities("SIM%06d", "dm", "http://127.0.0.1/dm", "http://127.0.0.1/dm2",
                new Login(Scheme.MD5, user, "secret", Bytes.EMPTY), null);
        Fleet.Rhythm rhythm = new Fleet.Rhythm(Duration.ofMinutes(1), 0.1, false, 100, 1);
        Plan plan = new Plan(Mix.parse("mixed"), DEVICES, 1, identities, true, 3, false, Faults.NONE, rhythm,
                new ConnectionPool.Rules(Duration.ofMinutes(1), 1 << 20, true, () -> {
                    throw new IllegalStateException("no TLS here");
                }));
        Simulation.devices(plan);
        long before = usedBytes();
        PlayedDevice[] devices = Simulation.devices(plan);
        long bytes = (usedBytes() - before) / DEVICES;
        assertThat(devices).hasSize(DEVICES);
        assertThat(bytes).isBetween(20L, (long) mostBytes);
    }

    private static long usedBytes() {
        ManagementFactory.getMemoryMXBean().gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
