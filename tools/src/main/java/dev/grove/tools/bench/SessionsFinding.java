package dev.grove.tools.bench;

import dev.grove.tools.bench.Load.Measured;
import dev.grove.tools.bench.SessionsPart.Run;
import dev.grove.tools.json.JsonWriter;
import java.time.Duration;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;

/**
 * What sessions cost.
 *
 * @param spoken what the devices spoke, for people
 * @param connections how many had a session at the same time
 * @param messages of a session
 * @param answerBytes length of the constant answer: the mean of the server's answers in a session
 * @param constant the constant answer, each time before a turn of the sessions
 * @param firstReply from the start of the server's process to its first answer
 */
record SessionsFinding(String spoken, int connections, int messages, int answerBytes, List<Run> constant, Run sessions,
        Duration firstReply) implements Finding {

    SessionsFinding {
        constant = List.copyOf(constant);
    }

    double messagesPerSecond() {
        return sessions.answers().perSecond();
    }

    private Run constantAnswers() {
        return constant.stream().reduce(Run.NOTHING, Run::plus);
    }

    private double constantPerSecond() {
        return constantAnswers().answers().perSecond();
    }

    double ratio() {
        return constantPerSecond() == 0 ? 0 : messagesPerSecond() / constantPerSecond();
    }

    private double constantCpuMicros() {
        return constantAnswers().cpuMicrosPerMessage();
    }

    @Override
    public String text() {
        Measured measured = sessions.answers();
        return String.format(Locale.ROOT, """
                %s, %d sessions at once
                  sessions        %,10.0f messages a second (%,.0f sessions of %d messages, 5 operations)
                    answered in   p50 %.2f ms, p99 %.2f ms
                    server        %.0f µs of processor time and %,d bytes of allocation a message
                  constant answer %,10.0f answers a second of %d bytes (%s)
                    server        %.0f µs of processor time an answer
                  ratio           %10.3f
                  first reply     %10d ms after the start of the server's process
                """, spoken, connections, messagesPerSecond(), messagesPerSecond() / messages, messages,
                measured.latencies().nanosWithin(0.5) / 1e6, measured.latencies().nanosWithin(0.99) / 1e6,
                sessions.cpuMicrosPerMessage(), sessions.allocatedBytesPerMessage(), constantPerSecond(), answerBytes,
                runs(), constantCpuMicros(), ratio(), firstReply.toMillis());
    }

    private String runs() {
        DoubleSummaryStatistics rates = constant.stream().mapToDouble(run -> run.answers().perSecond())
                .summaryStatistics();
        return String.format(Locale.ROOT, "%,.0f to %,.0f", rates.getMin(), rates.getMax());
    }

    @Override
    public void write(JsonWriter json) {
        Measured measured = sessions.answers();
        json.number("connections", connections)
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
                .number("firstReplyMillis", firstReply.toMillis());
    }
}
