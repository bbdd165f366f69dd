package dev.grove.tools.simulate;

import dev.grove.client.objects.Machine;
import java.time.Duration;

/**
 * A machine that is none.
 *
 * @param breed what its model is named after
 * @param variant of the model, from 0
 */
record PlayedMachine(String breed, int variant) implements Machine {

    private static final long GIB = 1L << 30;

    @Override
    public String maker() {
        return "Grove";
    }

    @Override
    public String model() {
        return "Simulated " + breed + (char) ('A' + variant);
    }

    @Override
    public String firmwareVersion() {
        return "1." + variant;
    }

    @Override
    public String hardwareVersion() {
        return "rev " + variant;
    }

    @Override
    public String hostName() {
        return "simulated";
    }

    @Override
    public long memoryBytes() {
        return (1 + variant) * GIB;
    }

    @Override
    public long freeMemoryBytes() {
        return GIB / 2;
    }

    @Override
    public long diskBytes() {
        return (16 * GIB) << variant;
    }

    @Override
    public long freeDiskBytes() {
        return GIB << variant;
    }

    @Override
    public Duration uptime() {
        return Duration.ofDays(1 + variant);
    }
}
