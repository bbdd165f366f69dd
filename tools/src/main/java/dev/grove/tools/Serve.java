package dev.grove.tools;

import dev.grove.server.ServerApp;
import dev.grove.server.config.Config;
import dev.grove.server.config.ConfigRefused;
import dev.grove.server.config.Option;
import dev.grove.server.config.Options;
import dev.grove.server.config.Settings;
import dev.grove.server.fleet.Store;
import dev.grove.server.log.Logs;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code grove serve}: the server, until it is told to stop. Its options are those that the server describes. */
final class Serve implements Callable<Integer> {

    private static final String CONFIG = "--config";

    private final CommandSpec spec;

    private Serve() {
        spec = CommandSpec.wrapWithoutInspection(this).name("serve").mixinStandardHelpOptions(true);
        spec.usageMessage().description("Runs the server until it is interrupted.", "",
                "Prints one line for each listener once it answers:",
                "  dm listening on http://127.0.0.1:8080",
                "  api listening on http://127.0.0.1:9090", "");
        spec.usageMessage().footer("", "Examples:", "  grove serve",
                "  grove serve --data /var/lib/grove --dm-listen 0.0.0.0:8080 --dm-paths /dm,/oma",
                "  grove serve --store memory --unknown-devices register   # a lab", "",
                "Exit status: 130 or 143 stopped in order by Ctrl-C or SIGTERM; 1 unexpected failure, or a store "
                        + "that cannot be opened; 2 wrong option, or an address that cannot be listened on.");
        spec.usageMessage().sortOptions(false).width(110);
        spec.addOption(OptionSpec.builder(CONFIG).paramLabel("FILE").type(Path.class)
                .description("File of lines 'key = value' with any of the options below; the command line wins.")
                .build());
        Options.all().forEach(option -> spec.addOption(described(option)));
    }

    static CommandLine command() {
        return new CommandLine(new Serve().spec);
    }

    private static OptionSpec described(Option<?> option) {
        String bounds = option.bounds().isEmpty() ? "" : " (" + option.bounds() + ")";
        String otherwise = option.defaultText().isEmpty() ? "" : " Default: " + option.defaultText() + ".";
        OptionSpec.Builder spec = OptionSpec.builder("--" + option.name()).paramLabel(option.label());
        if (option.isFlag()) {
            spec.arity("0..1").fallbackValue("true");
        }
        return spec.type(String.class).description((option.sentence() + bounds + otherwise).replace("%", "%%"))
                .build();
    }

    @Override
    public Integer call() throws InterruptedException {
        ServerApp app = started();
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            app.drain();
            app.close();
            stopped.countDown();
        }));
        PrintWriter out = spec.commandLine().getOut();
        out.println("dm listening on " + app.dmUrl());
        out.println("api listening on " + app.apiUrl());
        out.flush();
        stopped.await();
        return 0;
    }

    private ServerApp started() {
        try {
            Config config = Config.of(settings());
            Logs.set(config.log());
            return ServerApp.start(config);
        } catch (ConfigRefused | IOException refused) {
            throw CommandFailure.input(String.valueOf(refused.getMessage()));
        } catch (Store.Failure failure) {
            throw new CommandFailure(1, "the store cannot be opened: " + words(failure));
        }
    }

    /** What each of the causes says in its first line, the outermost first. */
    private static String words(Throwable failure) {
        StringJoiner words = new StringJoiner(": ");
        for (Throwable each = failure; each != null; each = each.getCause()) {
            words.add(String.valueOf(each.getMessage()).strip().lines().findFirst().orElse(""));
        }
        return words.toString();
    }

    private Settings settings() {
        CommandLine.ParseResult parsed = spec.commandLine().getParseResult();
        Map<String, String> given = new LinkedHashMap<>();
        for (Option<?> option : Options.all()) {
            String value = parsed.matchedOptionValue("--" + option.name(), (String) null);
            if (value != null) {
                given.put(option.name(), value);
            }
        }
        Path file = parsed.matchedOptionValue(CONFIG, (Path) null);
        Settings fromFile = file == null ? Settings.none() : Settings.load(file);
        return Settings.of(given).over(fromFile);
    }
}
