package dev.grove.tools;

import dev.grove.syncml.Encoding;
import dev.grove.tools.bench.Bench;
import dev.grove.tools.bench.Bench.Plan;
import dev.grove.tools.bench.BenchReport;
import dev.grove.tools.bench.Protocol;
import dev.grove.tools.device.Units;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code grove bench}: measures sessions. */
@Command(name = "bench", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "Measures how many messages of device management the server answers.",
        "Starts a server in a process of its own on its embedded, durable store, and has many devices call it at once: "
                + "authenticated sessions with five operations each. Before and after, "
                + "the same HTTP server gives a constant answer of the same size to the same messages: the ratio "
                + "between the two does not depend on the machine."},
        footer = {"", "Examples:", "  grove bench",
                "  grove bench --encoding xml --devices 16 --duration 30s --json",
                "  grove bench --protocol dm20", "",
                "Exit status: 0 measured, and every job was done; 1 something went wrong; 2 wrong option."})
final class BenchCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--duration", paramLabel = "DURATION", defaultValue = "10s",
            converter = Units.DurationConverter.class, description = "How "
                    + "long sessions are measured, such as 30s or 2m; the constant answer as long again. Default: "
                    + "${DEFAULT-VALUE}.")
    private Duration duration = Duration.ofSeconds(10);

    @Option(names = "--warm-up", paramLabel = "DURATION", defaultValue = "20s",
            converter = Units.DurationConverter.class, description = "How "
                    + "long each measurement runs before it counts. Default: ${DEFAULT-VALUE}.")
    private Duration warmUp = Duration.ofSeconds(5);

    @Option(names = "--devices", paramLabel = "N", defaultValue = "64", description = "How many devices have a session "
            + "at the same time, each on a connection of its own. Default: ${DEFAULT-VALUE}.")
    private int devices = 64;

    @Option(names = "--protocol", paramLabel = "PROTOCOL", defaultValue = "dm12", description = "dm12 (three messages "
            + "a session, MD5) or dm20 (two packages a session, HTTP Basic). Default: ${DEFAULT-VALUE}.")
    private Version version = Version.DM12;

    @Option(names = "--encoding", paramLabel = "ENCODING", defaultValue = "wbxml",
            description = "wbxml or xml, for dm12. "
                    + "Default: ${DEFAULT-VALUE}.")
    private Encoding encoding = Encoding.WBXML;

    private enum Version {
        DM12, DM20
    }

    @Option(names = "--java-option", paramLabel = "OPTION", description = "An option for the server's virtual machine, "
            + "such as -Xmx1g. May be given several times.")
    private List<String> javaOptions = List.of();

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    private Protocol protocol() {
        return version == Version.DM20 ? Protocol.DM20 : encoding == Encoding.XML ? Protocol.XML : Protocol.WBXML;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Checks.atLeast(spec, "--devices", devices, 1);
        Checks.atLeast(spec, "--duration", duration.toMillis(), 1);
        PrintWriter out = spec.commandLine().getOut();
        ProgressLine progress = ProgressLine.on(spec.commandLine().getErr());
        try (TemporaryFolder folder = TemporaryFolder.make("grove-bench-")) {
            BenchReport report = new Bench(new Plan(folder.path(), protocol(), devices, warmUp, duration, javaOptions),
                    progress).run();
            out.print(json ? report.json() : report.text());
            out.flush();
            return 0;
        } finally {
            progress.end();
        }
    }
}
