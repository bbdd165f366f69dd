package dev.grove.verify.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for what is to come about. */
public final class Await {

    private static final long PAUSE_NANOS = 2_000_000;
    private static final Duration MOST = Duration.ofSeconds(60);

    private Await() {}

    /** Something that is so, or not yet. */
    public interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    /** Returns when {@code condition} holds; fails if that takes a minute. */
    public static void that(String what, Condition condition) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        while (!condition.holds()) {
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).as(what).isLessThan(MOST);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
