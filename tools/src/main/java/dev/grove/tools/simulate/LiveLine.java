package dev.grove.tools.simulate;

import dev.grove.tools.ProgressLine;
import dev.grove.tools.simulate.Tally.End;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells how a simulation goes while it does: every second on a terminal, every ten anywhere else. */
final class LiveLine {

    private final Tally tally;
    private final ProgressLine progress;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread teller;
    private final long start = System.nanoTime();
    private long toldNanos = start;
    private long toldSessions;

    LiveLine(Tally tally, ProgressLine progress, Duration interval) {
        this.tally = tally;
        this.progress = progress;
        this.teller = Thread.ofVirtual().start(() -> tell(interval));
    }

    private void tell(Duration interval) {
        try {
            while (!over.await(interval.toNanos(), TimeUnit.NANOSECONDS)) {
                progress.say(line());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        progress.end();
    }

    /** The state of things now; rates and times are those since the last line. */
    String line() {
        long now = System.nanoTime();
        long ended = 0;
        for (End end : End.values()) {
            ended += tally.ends(end);
        }
        double perSecond = (ended - toldSessions) * 1e9 / Math.max(1, now - toldNanos);
        toldNanos = now;
        toldSessions = ended;
        Latencies recent = tally.recentAnswers();
        long seconds = (now - start) / 1_000_000_000;
        return String.format(Locale.ROOT, "%02d:%02d:%02d  %,.0f sessions/s  %,d live  p50 %.1f ms  p99 %.1f ms  "
                + "%,d completed%s", seconds / 3600, seconds / 60 % 60, seconds % 60, perSecond, tally.live(),
                recent.nanosWithin(0.5) / 1e6, recent.nanosWithin(0.99) / 1e6, tally.ends(End.COMPLETED), errors());
    }

    /** Errors by kind, the most frequent first. */
    private String errors() {
        StringBuilder text = new StringBuilder();
        tally.errors().entrySet().stream().sorted(Map.Entry.<String, Long>comparingByValue().reversed()).limit(3)
                .forEach(error -> text.append(String.format(Locale.ROOT, "%s%s %,d",
                        text.isEmpty() ? "  errors: " : "; ", error.getKey(), error.getValue())));
        return text.toString();
    }

    /** Tells no more. */
    void end() throws InterruptedException {
        over.countDown();
        teller.join();
    }
}
