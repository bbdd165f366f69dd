package dev.grove.verify.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Devices at work, each in a thread of its own, while somebody hands in jobs without end: whatever is done to their
 * server, something is always under way. A device that gets no answer, or is told to come again, says the same again.
 */
final class WorkingFleet {

    private static final long PAUSE_NANOS = 2_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    /** Not more waits for a device than this, so that the work is done soon when nothing more comes. */
    private static final int MOST_AHEAD = 20;
    private static final Pattern STATE = Pattern.compile("\"state\":\"(\\w+)\"");

    private final List<FieldDevice> devices;
    private final List<Thread> threads = new ArrayList<>();
    private final Semaphore acknowledgements = new Semaphore(0);
    private final Map<String, Integer> accepted = new ConcurrentHashMap<>();
    private final Queue<Throwable> troubles = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean isWorkOver = new AtomicBoolean();
    private final AtomicBoolean isOver = new AtomicBoolean();
    private volatile ApiClient api;

    /** Makes so many devices known, as w0, w1 and so on. */
    WorkingFleet(int count, HttpClient http, ApiClient api) throws IOException, InterruptedException {
        this.devices = IntStream.range(0, count).mapToObj(i -> new FieldDevice(id(i), http).stubborn(PATIENCE))
                .toList();
        this.api = api;
        for (int i = 0; i < count; i++) {
            api.addDevice(id(i));
        }
    }

    private static String id(int device) {
        return "w" + device;
    }

    /** Has the work begin. */
    WorkingFleet start(String url) {
        threads.add(Thread.ofVirtual().start(this::submit));
        for (FieldDevice device : devices) {
            threads.add(Thread.ofVirtual().start(() -> work(device, url)));
        }
        return this;
    }

    /** From now on jobs are handed in there. */
    void administeredBy(ApiClient other) {
        api = other;
    }

    private void submit() {
        for (int job = 1; !isWorkOver.get(); job++) {
            int device = job % devices.size();
            boolean isAhead = accepted.getOrDefault(id(device), 0) > devices.get(device).executed().size() / 2
                    + MOST_AHEAD;
            if (isAhead) {
                LockSupport.parkNanos(PAUSE_NANOS);
                continue;
            }
            try {
                api.post("/devices/" + id(device) + "/jobs", """
                        {"operations":[{"exec":{"uri":"./X/%d"}},{"replace":{"uri":"./R/%d","value":"v"}}]}"""
                        .formatted(job, job));
                accepted.merge(id(device), 1, Integer::sum);
            } catch (IOException | AssertionError refused) {
                // Whether there is such a job now, the server knows: all that are there are to be done.
                LockSupport.parkNanos(PAUSE_NANOS);
            } catch (InterruptedException _) {
                return;
            }
        }
    }

    private void work(FieldDevice device, String url) {
        int quiet = 0;
        try {
            while (quiet < 2) {
                boolean wasOver = isOver.get();
                int before = device.acknowledged().size();
                device.session(url);
                int done = device.acknowledged().size() - before;
                acknowledgements.release(done);
                quiet = wasOver && done == 0 ? quiet + 1 : 0;
            }
        } catch (IOException | InterruptedException | RuntimeException | Error trouble) {
            troubles.add(trouble);
        }
    }

    /** Waits until so many more answers are acknowledged. */
    void awaitAcknowledged(int more) throws InterruptedException {
        acknowledgements.drainPermits();
        assertThat(acknowledgements.tryAcquire(more, 60, TimeUnit.SECONDS)).as("%s more answers; %s", more, troubles)
                .isTrue();
    }

    /** Waits until devices were told so many more times to come again later. */
    void awaitRefusals(int more) throws IOException, InterruptedException {
        int before = refusals();
        Await.that("devices are told to come again", () -> refusals() >= before + more);
    }

    /** How often devices were told to come again later. */
    int refusals() {
        return devices.stream().mapToInt(FieldDevice::refusals).sum();
    }

    /** No more jobs are handed in; returns when all is done that was. */
    void finish() throws InterruptedException {
        isWorkOver.set(true);
        threads.getFirst().join();
        isOver.set(true);
        for (Thread each : threads) {
            each.join();
        }
        assertThat(troubles).isEmpty();
    }

    /** The first job that is not done, with its results. */
    private String unlucky(int device, String jobs) throws IOException, InterruptedException {
        Matcher other = Pattern.compile("\"id\":\"(\\d+)\",\"state\":\"(?!done)").matcher(jobs);
        return other.find() ? ": " + api.get("/devices/" + id(device) + "/jobs/" + other.group(1)) : "";
    }

    /** Every job that is known is done, each of its operations was done once, and nothing accepted is unknown. */
    void check() throws IOException, InterruptedException {
        for (int i = 0; i < devices.size(); i++) {
            FieldDevice device = devices.get(i);
            String jobs = api.get("/devices/" + id(i) + "/jobs?limit=1000");
            Map<String, Integer> states = new HashMap<>();
            Matcher each = STATE.matcher(jobs);
            while (each.find()) {
                states.merge(each.group(1), 1, Integer::sum);
            }
            assertThat(states.keySet()).as("states of the jobs of %s%s", id(i), unlucky(i, jobs))
                    .containsExactly("done");
            int done = states.getOrDefault("done", 0);
            assertThat(done).as("jobs of %s", id(i)).isGreaterThanOrEqualTo(accepted.getOrDefault(id(i), 0));
            assertThat(device.executed()).as("done by %s", id(i)).hasSize(2 * done)
                    .allSatisfy((_, times) -> assertThat(times).isEqualTo(1));
            Set<String> unheard = new HashSet<>(device.executed().keySet());
            unheard.removeAll(device.acknowledged());
            assertThat(unheard).as("done by %s and never acknowledged", id(i)).isEmpty();
        }
    }
}
