package dev.grove.tools.bench;

import dev.grove.tools.bench.FleetTurns.Compared;
import dev.grove.tools.bench.FleetTurns.Side;
import dev.grove.tools.json.JsonWriter;
import dev.grove.tools.simulate.SteadyLoad.Figures;
import java.time.Duration;
import java.util.Locale;

/**
 * What a server with a great fleet does.
 *
 * @param firstSession from the start of the process to the end of its first session
 */
record FleetFinding(Plan plan, Alive alive, Duration firstSession) implements Finding {

    /**
     * While it ran.
     *
     * @param enrolled how long it took to make the fleet known
     * @param sessions of a few devices, beside those with a server that knows these only
     * @param steady a part of the fleet polls
     * @param serverCpu what that took of the server
     * @param heapBytes in use afterwards, without garbage
     */
    record Alive(Duration enrolled, Compared sessions, Figures steady, Duration serverCpu, long heapBytes) {}

    private double cpuShare() {
        return (double) alive.steady().cpu().toNanos() / Math.max(1, alive.serverCpu().toNanos());
    }

    @Override
    public String text() {
        Figures steady = alive.steady();
        Compared sessions = alive.sessions();
        Side few = sessions.few();
        Side many = sessions.many();
        return String.format(Locale.ROOT, """
                %,d devices known, %s
                  made known in   %10.1f s (%,.0f a second, over the API)
                  sessions        %,10.0f messages a second, %,.0f with a server that knows %,d devices: %.3f of it
                    server        %.0f µs of processor time a message, %.0f µs
                  polling         %,10.0f sessions a second (%,d devices every %.1f s), %,d failed, %,d late
                    answered in   p50 %.2f ms, p99 %.2f ms
                    server        %.1f s of processor time in %.1f s, %.0f µs a message
                    simulator     %.1f s, %.2f of the server's
                  heap in use     %,10d MiB without garbage
                  first session   %10d ms after the start of the server's process
                """, plan.fleet(), "2 GiB of heap", alive.enrolled().toMillis() / 1e3,
                plan.fleet() * 1e3 / Math.max(1, alive.enrolled().toMillis()), many.sessions().perSecond(),
                few.sessions().perSecond(), sessions.devices(), sessions.share(), many.cpuMicrosPerMessage(),
                few.cpuMicrosPerMessage(), steady.sessionsPerSecond(), plan.polling(), plan.poll().toMillis() / 1e3,
                steady.failed(), steady.late(), steady.halfNanos() / 1e6, steady.answerNanos() / 1e6,
                alive.serverCpu().toMillis() / 1e3, steady.took().toMillis() / 1e3,
                alive.serverCpu().toNanos() / 1e3 / Math.max(1, steady.messages()), steady.cpu().toMillis() / 1e3,
                cpuShare(), alive.heapBytes() >> 20, firstSession.toMillis());
    }

    @Override
    public void write(JsonWriter json) {
        Figures steady = alive.steady();
        Compared sessions = alive.sessions();
        json.number("devices", plan.fleet()).number("enrolMillis", alive.enrolled().toMillis())
                .child("sessions", object -> object.number("fewDevices", sessions.devices())
                        .number("messagesPerSecondWithFew", Math.round(sessions.few().sessions().perSecond()))
                        .number("messagesPerSecond", Math.round(sessions.many().sessions().perSecond()))
                        .number("cpuMicrosPerMessageWithFew", Math.round(sessions.few().cpuMicrosPerMessage()))
                        .number("cpuMicrosPerMessage", Math.round(sessions.many().cpuMicrosPerMessage()))
                        .text("ratio", String.format(Locale.ROOT, "%.4f", sessions.share())))
                .child("polling", object -> object.number("devices", plan.polling())
                        .number("sessionsPerSecond", Math.round(steady.sessionsPerSecond()))
                        .number("completed", steady.completed()).number("failed", steady.failed())
                        .number("late", steady.late()).number("p50Micros", steady.halfNanos() / 1000)
                        .number("p99Micros", steady.answerNanos() / 1000)
                        .number("serverCpuMillis", alive.serverCpu().toMillis())
                        .number("simulatorCpuMillis", steady.cpu().toMillis())
                        .text("ratio", String.format(Locale.ROOT, "%.4f", cpuShare())))
                .number("heapBytes", alive.heapBytes()).number("firstSessionMillis", firstSession.toMillis());
    }
}
