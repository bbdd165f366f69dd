package dev.grove.tools.bench;

import dev.grove.tools.simulate.Latencies;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many devices at once, each on a connection of its own, one message at a time. */
final class Load {

    /** For rounds that come to an end by themselves. */
    static final Duration ENDLESS = Duration.ofDays(1);

    private final int connections;

    Load(int connections) {
        this.connections = connections;
    }

    /** What one device does, again and again, until it has nothing left to do. */
    interface Round {
        /** Has one round; false if there is nothing left to do. */
        boolean run(Connection connection, Latencies latencies) throws IOException;
    }

    /** Makes what each connection does; rounds are not shared. */
    interface Rounds {
        Round make();
    }

    /**
     * What was measured.
     *
     * @param messages how many were answered
     */
    record Measured(long messages, Duration took, Latencies latencies) {

        static final Measured NOTHING = new Measured(0, Duration.ZERO, new Latencies());

        double perSecond() {
            return messages * 1e9 / Math.max(1, took.toNanos());
        }

        /** Both, one after the other. */
        Measured plus(Measured other) {
            Latencies both = new Latencies();
            both.addAll(latencies);
            both.addAll(other.latencies);
            return new Measured(messages + other.messages, took.plus(other.took), both);
        }
    }

    /** Runs until the time is over, or until there is nothing left to do. */
    Measured run(URI url, Duration time, Rounds rounds) throws IOException, InterruptedException {
        long start = System.nanoTime();
        long end = start + time.toNanos();
        Latencies all = new Latencies();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Latencies>> running = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                running.add(threads.submit(() -> one(url, end, rounds.make())));
            }
            for (Future<Latencies> one : running) {
                all.addAll(one.get());
            }
        } catch (ExecutionException e) {
            throw new IOException("a device could not go on: " + e.getCause(), e);
        }
        return new Measured(all.total(), Duration.ofNanos(System.nanoTime() - start), all);
    }

    private Latencies one(URI url, long end, Round round) throws IOException {
        Latencies latencies = new Latencies();
        try (Connection connection = new Connection(url)) {
            while (System.nanoTime() - end < 0 && round.run(connection, latencies)) {
                // The round did it.
            }
        }
        return latencies;
    }
}
