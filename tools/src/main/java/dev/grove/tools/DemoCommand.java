package dev.grove.tools;

import dev.grove.client.store.StorageException;
import dev.grove.server.config.ConfigRefused;
import dev.grove.tools.demo.Demo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code grove demo}: shows what Grove does. */
@Command(name = "demo", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "Starts a server on its embedded store and six simulated devices (DM 1.1.2 to 2.0 and Windows, in XML, WBXML "
                + "and JSON, with different authentication), gives them jobs, and shows what each device answered: "
                + "inventory, structure, settings, an Atomic that fails and is rolled back, a Sequence, a Copy, an "
                + "Exec that is answered later, large objects both ways, user interaction, a page for the user, a "
                + "subscription, a generic alert, a device that is woken from sleep. What a device cannot do, it is "
                + "shown to refuse.",
        "Then it stays up to be played with, until it is interrupted."},
        footer = {"", "Examples:", "  grove demo",
                "  grove demo --once   # a check that everything works", "",
                "Exit status: 0 everything went as the tour says; 1 something did not; 2 wrong option, or an address "
                        + "that cannot be listened on; 130 interrupted."})
final class DemoCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--once", description = "End after the tour.")
    private boolean once;

    @Option(names = "--data", paramLabel = "DIR", description = "Folder of the server. Default: a temporary one, "
            + "deleted at the end.")
    private @Nullable Path data;

    @Option(names = "--dm-listen", paramLabel = "HOST:PORT", defaultValue = "127.0.0.1:0", description = "Where "
            + "devices call; port 0 is any free one. Default: ${DEFAULT-VALUE}.")
    private String dmListen = "127.0.0.1:0";

    @Option(names = "--api-listen", paramLabel = "HOST:PORT", defaultValue = "127.0.0.1:0", description = "Where the "
            + "HTTP API listens; port 0 is any free one. Default: ${DEFAULT-VALUE}.")
    private String apiListen = "127.0.0.1:0";

    @Override
    public Integer call() throws IOException, StorageException, InterruptedException {
        try (TemporaryFolder folder = TemporaryFolder.make("grove-demo-")) {
            Demo demo = started(data == null ? folder.path() : data);
            CountDownLatch over = new CountDownLatch(1);
            Thread interrupted = Thread.ofPlatform().name("end-of-demo").unstarted(() -> end(demo, folder));
            Runtime.getRuntime().addShutdownHook(interrupted);
            try (demo) {
                int surprises = demo.tour();
                if (!once) {
                    demo.open();
                    over.await();
                }
                return surprises == 0 ? 0 : 1;
            } finally {
                forget(interrupted);
            }
        }
    }

    private Demo started(Path folder) throws StorageException {
        try {
            return Demo.start(new Demo.Place(folder, dmListen, apiListen), spec.commandLine().getOut());
        } catch (ConfigRefused | IOException refused) {
            throw CommandFailure.input(String.valueOf(refused.getMessage()));
        }
    }

    /** After Ctrl-C nothing else runs. */
    private void end(Demo demo, TemporaryFolder folder) {
        try (folder; demo) {
            spec.commandLine().getOut().flush();
        } catch (IOException | StorageException e) {
            spec.commandLine().getErr().println("grove: note: " + e.getMessage());
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            // Then the hook does it.
        }
    }
}
