package dev.grove.verify.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.client.store.DeviceState;
import dev.grove.client.store.PersistentTree;
import dev.grove.client.store.StorageException;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Tree;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A device that is killed in the middle of its commits comes back with everything that it has told the server, and
 * never with half of an Atomic: on a real process, with a real {@code kill -9}.
 */
class KilledDeviceTest {

    private static final String DEVICE = "KILL:1";
    private static final int JOBS = 120;
    private static final int[] MESSAGES_BEFORE_DEATH = {3, 8, 14};

    @TempDir
    Path folder;

    @Test
    @Timeout(value = 4, unit = TimeUnit.MINUTES)
    void comes_back_with_all_it_has_told_and_nothing_by_halves() throws Exception {
        try (RunningServer server = RunningServer.start(folder.resolve("server"), Map.of("store", "memory"))) {
            server.knows(DEVICE, "md5");
            List<String> jobs = new ArrayList<>();
            for (int i = 1; i <= JOBS; i++) {
                jobs.add(server.job(DEVICE, "{\"atomic\": [" + replace("Name", Integer.toString(i)) + ", "
                        + replace("Brightness", Integer.toString(i)) + "]}"));
            }
            for (int messages : MESSAGES_BEFORE_DEATH) {
                killAfter(messages, server);
                int told = lastDone(server, jobs);
                assertThat(kept()).as("jobs that the server was told are done: %d", told).isBetween(told, JOBS - 1);
            }
            Process last = device(server, "--once");
            assertThat(last.waitFor()).isZero();
            assertThat(lastDone(server, jobs)).isEqualTo(JOBS);
            assertThat(kept()).isEqualTo(JOBS);
        }
    }

    /** Kills the device when it begins to send a message; by then it has committed what the messages before asked. */
    private void killAfter(int messages, RunningServer server) throws IOException, InterruptedException {
        Process device = device(server, "--once", "--verbose");
        try (BufferedReader out = new BufferedReader(
                new InputStreamReader(device.getInputStream(), StandardCharsets.UTF_8))) {
            int sent = 0;
            for (String line = out.readLine(); line != null && sent < messages; line = out.readLine()) {
                sent += line.startsWith(DEVICE + "  sends") ? 1 : 0;
            }
            assertThat(sent).as("messages that the device has sent").isEqualTo(messages);
        } finally {
            device.destroyForcibly();
            device.waitFor();
        }
    }

    private Process device(RunningServer server, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "dev.grove.tools.Grove", "device", "--server", server.url(), "--id", DEVICE, "--user", "device",
                "--data", data().toString(), "--max-msg-size", "2k"));
        command.addAll(List.of(more));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("GROVE_DEVICE_SECRET", "device-secret");
        return builder.start();
    }

    private Path data() {
        return folder.resolve("device");
    }

    /** The number that the device's tree holds in both nodes. */
    private int kept() throws StorageException {
        try (PersistentTree store = PersistentTree.open(data(), () -> {
            throw new AssertionError("the device's tree is gone");
        })) {
            DeviceState state = store.state();
            String name = value(state.tree(), "Name");
            assertThat(value(state.tree(), "Brightness")).as("both halves of the Atomic").isEqualTo(name);
            return Integer.parseInt(name);
        }
    }

    private static String value(Tree tree, String setting) {
        return tree.at(NodeUri.parse("./Demo/Settings/" + setting)).orElseThrow().value().text();
    }

    private static int lastDone(RunningServer server, List<String> jobs) throws IOException, InterruptedException {
        int last = 0;
        for (int i = 0; i < jobs.size(); i++) {
            last = RunningServer.stateOf(server.told(DEVICE, jobs.get(i))).equals("done") ? i + 1 : last;
        }
        return last;
    }

    private static String replace(String setting, String value) {
        String format = setting.equals("Name") ? "chr" : "int";
        return "{\"replace\": {\"uri\": \"./Demo/Settings/" + setting + "\", \"format\": \"" + format
                + "\", \"value\": \"" + value + "\"}}";
    }
}
