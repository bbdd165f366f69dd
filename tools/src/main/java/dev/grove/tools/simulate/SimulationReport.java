package dev.grove.tools.simulate;

import dev.grove.tools.json.JsonWriter;
import dev.grove.tools.simulate.Tally.End;
import java.time.Duration;
import java.util.Formatter;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What came of a simulation.
 *
 * @param fleet how many devices of each breed
 * @param connections how many were opened
 * @param cpu what the simulation itself has taken of the processors
 * @param heapBytes how much memory was in use at the end, garbage included
 */
record SimulationReport(Map<Breed, Integer> fleet, Duration took, Tally tally, long connections, Duration cpu,
        long heapBytes) {

    /** Whether no session failed but by the faults that were asked for, and there were sessions. */
    boolean isAllWell() {
        return tally.ends(End.FAILED) == 0 && tally.ends(End.COMPLETED) > 0;
    }

    private int devices() {
        return fleet.values().stream().mapToInt(Integer::intValue).sum();
    }

    private double seconds() {
        return Math.max(1e-3, took.toNanos() / 1e9);
    }

    private long ended() {
        long ended = 0;
        for (End end : End.values()) {
            ended += tally.ends(end);
        }
        return ended;
    }

    private double cpuMicrosPerMessage() {
        return tally.messages() == 0 ? 0 : cpu.toNanos() / 1e3 / tally.messages();
    }

    /** For people. */
    String text() {
        StringBuilder text = new StringBuilder();
        Formatter out = new Formatter(text, Locale.ROOT);
        Latencies sessions = tally.sessions();
        Latencies answers = tally.answers();
        out.format("Fleet       %,d devices: %s; %.1f s\n", devices(), breeds(), seconds());
        out.format(
                "Sessions    %,d (%,.0f a second): %,d completed, %,d turned away, %,d failed by faults, %,d failed\n",
                ended(), ended() / seconds(), tally.ends(End.COMPLETED), tally.ends(End.TURNED_AWAY),
                tally.ends(End.FAILED_BY_FAULT), tally.ends(End.FAILED));
        out.format("  took      p50 %.1f ms, p99 %.1f ms\n", millis(sessions, 0.5), millis(sessions, 0.99));
        out.format("Messages    %,d (%,.0f a second), answered within p50 %.1f ms, p99 %.1f ms\n", tally.messages(),
                tally.messages() / seconds(), millis(answers, 0.5), millis(answers, 0.99));
        tally.errors().forEach((error, count) -> out.format("Error       %,d × %s\n", count, error));
        String faults = faults();
        if (!faults.isEmpty()) {
            out.format("Faults      %s\n", faults);
        }
        out.format("Connections %,d opened; %,d sessions began more than a second late\n", connections, tally.late());
        out.format("Simulator   %.1f s of processor time, %.0f µs a message; heap %,d MiB\n", cpu.toNanos() / 1e9,
                cpuMicrosPerMessage(), heapBytes >> 20);
        return text.toString();
    }

    private String breeds() {
        return fleet.entrySet().stream().map(entry -> String.format(Locale.ROOT, "%s %,d", entry.getKey(),
                entry.getValue())).collect(Collectors.joining(", "));
    }

    private String faults() {
        StringBuilder text = new StringBuilder();
        for (Faults.Kind kind : Faults.Kind.values()) {
            if (tally.faults(kind) > 0) {
                text.append(text.isEmpty() ? "" : ", ")
                        .append(String.format(Locale.ROOT, "%,d %s", tally.faults(kind), kind.plural()));
            }
        }
        return text.toString();
    }

    private static double millis(Latencies latencies, double share) {
        return latencies.nanosWithin(share) / 1e6;
    }

    /** For programs. */
    String json() {
        return JsonWriter.object(json -> json.number("devices", devices())
                .array("profiles", all -> fleet.forEach((breed, count) -> all.element(one -> one
                        .text("profile", breed.toString()).number("devices", count)
                        .number("completed", tally.completed(breed)).number("failed", tally.failed(breed)))))
                .number("millis", took.toMillis()).child("sessions", this::sessions)
                .child("messages", this::messages)
                .child("errors", object -> tally.errors().forEach(object::number))
                .child("faults", this::faults).number("connections", connections)
                .child("simulator", object -> object.number("cpuMillis", cpu.toMillis())
                        .number("cpuMicrosPerMessage", Math.round(cpuMicrosPerMessage()))
                        .number("heapBytes", heapBytes)));
    }

    private void sessions(JsonWriter object) {
        Latencies latencies = tally.sessions();
        object.number("total", ended()).number("perSecond", Math.round(ended() / seconds()))
                .number("completed", tally.ends(End.COMPLETED)).number("turnedAway", tally.ends(End.TURNED_AWAY))
                .number("failedByFault", tally.ends(End.FAILED_BY_FAULT)).number("failed", tally.ends(End.FAILED))
                .number("late", tally.late()).number("p50Micros", latencies.nanosWithin(0.5) / 1000)
                .number("p99Micros", latencies.nanosWithin(0.99) / 1000);
    }

    private void messages(JsonWriter object) {
        Latencies latencies = tally.answers();
        object.number("total", tally.messages()).number("perSecond", Math.round(tally.messages() / seconds()))
                .number("p50Micros", latencies.nanosWithin(0.5) / 1000)
                .number("p99Micros", latencies.nanosWithin(0.99) / 1000);
    }

    private void faults(JsonWriter object) {
        for (Faults.Kind kind : Faults.Kind.values()) {
            object.number(kind.json(), tally.faults(kind));
        }
    }
}
