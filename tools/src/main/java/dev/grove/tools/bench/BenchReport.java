package dev.grove.tools.bench;

import dev.grove.tools.bench.Bench.Plan;
import dev.grove.tools.bench.Load.Measured;
import dev.grove.tools.json.JsonWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What the benchmark found.
 *
 * @param answerBytes length of the constant answer: the mean of the server's answers in a session
 * @param constant the constant answer, before and after the sessions
 * @param allocatedBytes by the server, during the sessions
 * @param firstReply from the start of the server's process to its first answer
 */
public record BenchReport(Plan plan, int answerBytes, List<Measured> constant, Measured sessions, long allocatedBytes,
        Duration firstReply) {

    private static final int MESSAGES = 3;

    public BenchReport {
        constant = List.copyOf(constant);
    }

    private double constantPerSecond() {
        return constant.stream().mapToDouble(Measured::perSecond).average().orElse(0);
    }

    private double ratio() {
        return constantPerSecond() == 0 ? 0 : sessions.perSecond() / constantPerSecond();
    }

    private long bytesAMessage() {
        return sessions.messages() == 0 ? 0 : allocatedBytes / sessions.messages();
    }

    /** For people. */
    public String text() {
        return String.format(Locale.ROOT, """
                Sessions          %,10.0f messages a second (%,.0f sessions of 3 messages with 5 operations), %d at once
                  answered in     p50 %.2f ms, p99 %.2f ms
                  allocation      %,d bytes a message
                Constant answer   %,10.0f answers a second of %d bytes (%s)
                Ratio             %10.3f
                First reply       %10d ms after the start of the server's process
                Machine           %d processors, Java %s; %s; MD5, durable store
                """, sessions.perSecond(), sessions.perSecond() / MESSAGES, plan.devices(),
                millis(sessions.latencies().nanosWithin(0.5)), millis(sessions.latencies().nanosWithin(0.99)),
                bytesAMessage(), constantPerSecond(), answerBytes, runs(), ratio(), firstReply.toMillis(),
                Runtime.getRuntime().availableProcessors(), Runtime.version().feature(), plan.encoding());
    }

    private String runs() {
        return String.join(", then ", constant.stream()
                .map(run -> String.format(Locale.ROOT, "%,.0f", run.perSecond())).toList());
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }

    /** For programs. */
    public String json() {
        return JsonWriter.object(json -> json.text("encoding", plan.encoding().name().toLowerCase(Locale.ROOT))
                .number("devices", plan.devices())
                .child("sessions", object -> object.number("messages", sessions.messages())
                        .number("messagesPerSecond", Math.round(sessions.perSecond()))
                        .number("p50Micros", sessions.latencies().nanosWithin(0.5) / 1000)
                        .number("p99Micros", sessions.latencies().nanosWithin(0.99) / 1000)
                        .number("allocatedBytesPerMessage", bytesAMessage()))
                .child("constant", object -> object.number("answerBytes", answerBytes)
                        .number("messagesPerSecond", Math.round(constantPerSecond())))
                .text("ratio", String.format(Locale.ROOT, "%.4f", ratio()))
                .number("firstReplyMillis", firstReply.toMillis())
                .number("processors", Runtime.getRuntime().availableProcessors())
                .text("java", Runtime.version().toString()));
    }
}
