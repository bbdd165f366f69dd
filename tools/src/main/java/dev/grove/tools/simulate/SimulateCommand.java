package dev.grove.tools.simulate;

import dev.grove.tools.ProgressLine;
import dev.grove.tools.device.Units;
import dev.grove.tools.device.LoginOptions.Auth;
import dev.grove.tools.device.Unusable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code grove simulate}: a fleet from one process, against any server. */
@Command(name = "simulate", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "Plays a fleet that calls a management server: each device is a whole client engine with a tree, credentials, "
                + "nonces and habits of its own.",
        "Tells how it goes while it does (every second on a terminal, every ten anywhere else), and what came of it at "
                + "the end."},
        footer = {"", "Examples:",
                "  grove simulate --server http://127.0.0.1:8080/dm --devices 100000 --poll 60s --duration 10m",
                "  grove simulate --server http://127.0.0.1:8080/dm --devices 5000 --enrol-storm "
                        + "--api http://127.0.0.1:9090 --api-token-file grove-data/admin-token",
                "  grove simulate --server https://dm.example/oma --devices 500 --profile dm12:3,windows --poll 30s "
                        + "--user '{id}' --id 'SIM%%06d'",
                "  grove simulate --server http://127.0.0.1:8080/dm --devices 1000 --poll 10s --duration 1m "
                        + "--lost-replies 1%% --cuts 1%% --abandoned 0.5%% --json",
                "", "Exit status: 0 sessions were completed, and none failed but by the faults that were asked for; "
                        + "1 otherwise; 2 wrong options."})
public final class SimulateCommand implements Callable<Integer> {

    private static final String TOKEN_VARIABLE = "GROVE_API_TOKEN";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private SimulateOptions options = new SimulateOptions();

    @Option(names = "--poll", paramLabel = "DURATION", converter = Units.DurationConverter.class, description = "Each "
            + "device calls so often, such as 60s; the calls are spread evenly. Without it, each calls until it has "
            + "completed one session.")
    private @Nullable Duration poll;

    @Option(names = "--enrol-storm", description = "All devices call at once in the beginning, as after an outage.")
    private boolean enrolStorm;

    @Option(names = "--connections", paramLabel = "N", defaultValue = "500", description = "How many sessions run at "
            + "the same time, each on a connection of its own. Default: ${DEFAULT-VALUE}.")
    private int connections = 500;

    @Option(names = "--duration", paramLabel = "DURATION", converter = Units.DurationConverter.class, description = ""
            + "End after so long, such as 10m. Default: when every device has completed its session; with --poll, "
            + "when interrupted.")
    private @Nullable Duration duration;

    @Mixin
    private FaultOptions faults = new FaultOptions();

    @Option(names = "--api", paramLabel = "URL", description = "Make the devices known to a Grove server first, by its "
            + "HTTP API at this address, such as http://127.0.0.1:9090.")
    private @Nullable String api;

    @Option(names = "--api-token-file", paramLabel = "FILE", description = "The administrator's token for --api: the "
            + "file admin-token of the server's data folder. Default: the environment variable " + TOKEN_VARIABLE
            + ", which holds the token itself.")
    private @Nullable Path tokenFile;

    @Option(names = "--json", description = "Print the summary as JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try {
            Simulation.Plan plan = plan();
            ProgressLine progress = ProgressLine.on(spec.commandLine().getErr());
            if (api != null) {
                new Enrolment(api, token(), plan.identities()).run(plan.first(), plan.devices(), progress);
                progress.end();
            }
            return play(new Simulation(plan), progress).isAllWell() ? 0 : 1;
        } catch (Unusable wrong) {
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private Simulation.Plan plan() {
        options.check();
        if (connections < 1 || connections > 100_000) {
            throw new Unusable("--connections is 1 to 100000");
        }
        if ((poll != null && !poll.isPositive()) || (duration != null && !duration.isPositive())) {
            throw new Unusable("--poll and --duration are longer than nothing");
        }
        Mix mix = options.mix();
        Fleet.Rhythm rhythm = new Fleet.Rhythm(poll, options.jitter, enrolStorm, connections, faults.seed());
        return new Simulation.Plan(mix, options.devices, options.first, options.identities(mix), !options.plain,
                options.retries, options.login.auth() == Auth.BASIC, faults.faults(), rhythm, options.connections());
    }

    private String token() throws IOException {
        String known = tokenFile == null ? System.getenv(TOKEN_VARIABLE) : Files.readString(tokenFile);
        if (known == null || known.isBlank()) {
            throw new Unusable("--api needs --api-token-file or " + TOKEN_VARIABLE);
        }
        return known.strip();
    }

    /** An interrupted simulation ends its sessions too, and says what it has seen. */
    private SimulationReport play(Simulation simulation, ProgressLine progress) throws InterruptedException {
        CountDownLatch told = new CountDownLatch(1);
        Thread hook = Thread.ofPlatform().unstarted(() -> {
            simulation.stop();
            awaitQuietly(told);
        });
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            SimulationReport report = simulation.run(Optional.ofNullable(duration), progress,
                    ProgressLine.isTerminal() ? Duration.ofSeconds(1) : Duration.ofSeconds(10));
            PrintWriter out = spec.commandLine().getOut();
            out.print(json ? report.json() : report.text());
            out.flush();
            return report;
        } finally {
            told.countDown();
            removeQuietly(hook);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            if (!latch.await(15, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the simulation does not end");
            }
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }

    private static void removeQuietly(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            assert hook.getState() != Thread.State.NEW : shuttingDown;
        }
    }
}
