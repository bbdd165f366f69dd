package dev.grove.tools.bench;

import dev.grove.tools.bench.Bench.Plan;
import dev.grove.tools.bench.Bench.Run;
import dev.grove.tools.bench.Load.Measured;
import dev.grove.tools.json.JsonWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What the benchmark found.
 *
 * @param messages of a session
 * @param answerBytes length of the constant answer: the mean of the server's answers in a session
 * @param constant the constant answer, before and after the sessions
 * @param firstReply from the start of the server's process to its first answer
 */
public record BenchReport(Plan plan, int messages, int answerBytes, List<Run> constant, Run sessions,
        Duration firstReply) {

    public BenchReport {
        constant = List.copyOf(constant);
    }

    private double constantPerSecond() {
        return constant.stream().mapToDouble(run -> run.answers().perSecond()).average().orElse(0);
    }

    private double ratio() {
        return constantPerSecond() == 0 ? 0 : sessions.answers().perSecond() / constantPerSecond();
    }

    private double constantCpuMicros() {
        return constant.stream().mapToDouble(Run::cpuMicrosPerMessage).average().orElse(0);
    }

    /** For people. */
    public String text() {
        Measured measured = sessions.answers();
        return String.format(Locale.ROOT, """
                Sessions          %,10.0f messages a second (%,.0f sessions of %d messages, 5 operations), %d at once
                  answered in     p50 %.2f ms, p99 %.2f ms
                  server          %.0f µs of processor time and %,d bytes of allocation a message
                Constant answer   %,10.0f answers a second of %d bytes (%s)
                  server          %.0f µs of processor time an answer
                Ratio             %10.3f
                First reply       %10d ms after the start of the server's process
                Machine           %d processors, Java %s; %s, durable store
                """, measured.perSecond(), measured.perSecond() / messages, messages, plan.devices(),
                millis(measured.latencies().nanosWithin(0.5)), millis(measured.latencies().nanosWithin(0.99)),
                sessions.cpuMicrosPerMessage(), sessions.allocatedBytesPerMessage(), constantPerSecond(), answerBytes,
                runs(), constantCpuMicros(), ratio(), firstReply.toMillis(),
                Runtime.getRuntime().availableProcessors(), Runtime.version().feature(),
                plan.protocol().script().spoken());
    }

    private String runs() {
        return String.join(", then ", constant.stream()
                .map(run -> String.format(Locale.ROOT, "%,.0f", run.answers().perSecond())).toList());
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }

    /** For programs. */
    public String json() {
        Measured measured = sessions.answers();
        return JsonWriter.object(json -> json.text("protocol", plan.protocol() == Protocol.DM20 ? "dm20" : "dm12")
                .text("encoding",
                        plan.protocol() == Protocol.DM20 ? "json" : plan.protocol().name().toLowerCase(Locale.ROOT))
                .number("devices", plan.devices())
                .child("sessions", object -> object.number("messages", measured.messages())
                        .number("messagesPerSecond", Math.round(measured.perSecond()))
                        .number("sessionsPerSecond", Math.round(measured.perSecond() / messages))
                        .number("p50Micros", measured.latencies().nanosWithin(0.5) / 1000)
                        .number("p99Micros", measured.latencies().nanosWithin(0.99) / 1000)
                        .number("cpuMicrosPerMessage", Math.round(sessions.cpuMicrosPerMessage()))
                        .number("allocatedBytesPerMessage", sessions.allocatedBytesPerMessage()))
                .child("constant", object -> object.number("answerBytes", answerBytes)
                        .number("messagesPerSecond", Math.round(constantPerSecond()))
                        .number("cpuMicrosPerMessage", Math.round(constantCpuMicros())))
                .text("ratio", String.format(Locale.ROOT, "%.4f", ratio()))
                .number("firstReplyMillis", firstReply.toMillis())
                .number("processors", Runtime.getRuntime().availableProcessors())
                .text("java", Runtime.version().toString()));
    }
}
