package dev.grove.tools;

import dev.grove.tools.bench.Bench;
import dev.grove.tools.bench.Part;
import dev.grove.tools.bench.Plan;
import dev.grove.tools.device.Units;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code grove bench}: measures the server. */
@Command(name = "bench", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "Measures what a server bears on this machine, part by part, each with servers of its own in other processes. "
                + "Every figure stands beside one of the same run, so that their ratio does not depend on the machine.",
        "", "Parts:",
        "  wbxml  sessions of DM 1.2 in WBXML (MD5, three messages, five operations) on the embedded store,"
                + " beside a constant answer of the same HTTP server",
        "  xml    the same in XML", "  dm20   sessions of DM 2.0 (HTTP Basic, two packages), likewise",
        "  fleet  a server with 2 GiB of heap that knows a million devices: sessions before and after it came to know "
                + "them, 100,000 that poll, what that takes of server and simulator, memory, and its start",
        "  tls    a TLS 1.3 handshake for each message, beside the TLS library alone",
        "  store  wbxml on another store (--store), beside the embedded one", ""},
        footer = {"", "Examples:",
                "  grove bench", "  grove bench --only wbxml,dm20 --connections 16 --duration 30s --json",
                "  grove bench --only fleet --devices 100000 --polling 10000 --poll 6s",
                "  grove bench --only store --store 'jdbc:postgresql://127.0.0.1/grove?user=grove'", "",
                "All of it takes about five minutes; --short takes one, and its figures are worth little.",
                "Exit status: 0 measured, and every job was done; 1 something went wrong; 2 wrong option."})
final class BenchCommand implements Callable<Integer> {

    private static final int SHORT = 100;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--only", paramLabel = "NAME", split = ",", description = "Only these parts, with commas between "
            + "them. Default: all, but for store without --store.")
    private List<String> only = List.of();

    @Option(names = "--duration", paramLabel = "DURATION", defaultValue = "10s",
            converter = Units.DurationConverter.class, description = "How "
                    + "long sessions are measured, such as 30s or 2m; the constant answer as long again, polling twice "
                    + "as long. Default: ${DEFAULT-VALUE}.")
    private Duration duration = Duration.ofSeconds(10);

    @Option(names = "--warm-up", paramLabel = "DURATION", defaultValue = "20s",
            converter = Units.DurationConverter.class, description = "How "
                    + "long sessions run before they count. Default: ${DEFAULT-VALUE}.")
    private Duration warmUp = Duration.ofSeconds(20);

    @Option(names = "--connections", paramLabel = "N", defaultValue = "64", description = "How many devices have a "
            + "session at the same time, each on a connection of its own. Default: ${DEFAULT-VALUE}.")
    private int connections = 64;

    @Option(names = "--devices", paramLabel = "N", defaultValue = "1000000", description = "How many devices the "
            + "server of the part fleet knows. Default: ${DEFAULT-VALUE}.")
    private int devices = 1_000_000;

    @Option(names = "--polling", paramLabel = "N", defaultValue = "100000", description = "How many of them poll. "
            + "Default: ${DEFAULT-VALUE}.")
    private int polling = 100_000;

    @Option(names = "--poll", paramLabel = "DURATION", defaultValue = "60s",
            converter = Units.DurationConverter.class, description = "How often each of these polls. Default: "
                    + "${DEFAULT-VALUE}.")
    private Duration poll = Duration.ofMinutes(1);

    @Option(names = "--store", paramLabel = "URL", description = "The store of the part store, as grove serve takes "
            + "it. What it knows of devices named IMEI:000000000000001 and on is overwritten.")
    private @Nullable String store;

    @Option(names = "--java-option", paramLabel = "OPTION", description = "An option for the servers' virtual machine, "
            + "such as -Xmx1g. May be given several times.")
    private List<String> javaOptions = List.of();

    @Option(names = "--short", description = "All in a hundredth of the time: to see that it works.")
    private boolean isShort;

    @Option(names = "--json", description = "Print the results as JSON, an object for each part.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Checks.atLeast(spec, "--connections", connections, 1);
        Checks.atLeast(spec, "--duration", duration.toMillis(), 1);
        Checks.atLeast(spec, "--polling", polling, 1);
        Checks.atLeast(spec, "--devices", devices, 2L * polling);
        Checks.atLeast(spec, "--poll", poll.toMillis(), 1);
        Set<Part> parts = parts();
        PrintWriter out = spec.commandLine().getOut();
        ProgressLine progress = ProgressLine.on(spec.commandLine().getErr());
        try (TemporaryFolder folder = TemporaryFolder.make("grove-bench-")) {
            Plan plan = new Plan(folder.path(), connections, part(warmUp), part(duration), part(devices),
                    part(polling), part(poll), store, javaOptions);
            Bench.Report report = new Bench(plan, progress).run(parts);
            out.print(json ? report.json() : report.text());
            out.flush();
            return 0;
        } finally {
            progress.end();
        }
    }

    private Duration part(Duration whole) {
        return isShort ? whole.dividedBy(SHORT).plusMillis(100) : whole;
    }

    private int part(int whole) {
        return isShort ? Math.max(2, whole / SHORT) : whole;
    }

    private Set<Part> parts() {
        if (only.isEmpty()) {
            return Part.all(store != null);
        }
        Set<Part> parts = EnumSet.noneOf(Part.class);
        for (String name : only) {
            parts.add(Part.of(name).orElseThrow(() -> new ParameterException(spec.commandLine(),
                    "Invalid value for option '--only': '" + name
                            + "' is none of wbxml, xml, dm20, fleet, tls, store")));
        }
        if (parts.contains(Part.STORE) && store == null) {
            throw new ParameterException(spec.commandLine(), "The part store needs --store");
        }
        return parts;
    }
}
