package dev.grove.tools.simulate;

import dev.grove.client.DeviceClient;
import dev.grove.client.DeviceKind;
import dev.grove.client.Scheduler.Poll;
import dev.grove.client.SessionReport;
import dev.grove.client.SessionReport.Result;
import dev.grove.client.store.StorageException;
import dev.grove.client.transport.Backoff;
import dev.grove.client.transport.HttpOptions;
import dev.grove.client.transport.HttpProof.Basic;
import dev.grove.client.transport.Pause;
import dev.grove.client.transport.RetryingTransport;
import dev.grove.tools.simulate.PlayedDevice.Lost;
import dev.grove.tools.simulate.Tally.End;
import java.time.Duration;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Has the sessions of devices: makes a client of what is kept of a device, lets it call, and keeps what it has learnt.
 */
final class Player {

    private final Habits habits;
    private final ConnectionPool pool;
    private final Tally tally;

    /**
     * What all devices have in common beside their breeds.
     *
     * @param backoff between attempts with one message of DM 1.x
     * @param basic when a device of DM 2.0 shows its password
     * @param seed of all that is left to luck
     */
    record Habits(Backoff backoff, Basic basic, Faults faults, long seed) {}

    Player(Habits habits, ConnectionPool pool, Tally tally) {
        this.habits = habits;
        this.pool = pool;
        this.tally = tally;
    }

    /**
     * How a session went.
     *
     * @param pause how long the server asked to be left alone; absent if it did not
     */
    record Played(End end, @Nullable Duration pause) {}

    /** One session from its beginning to its end, on this thread. */
    Played play(PlayedDevice device) {
        Blueprint blueprint = device.blueprint();
        SplittableRandom luck = luck(device);
        FaultDice dice = new FaultDice(habits.faults(), luck.split());
        long start = System.nanoTime();
        Lost lost = device.takeLost();
        if (lost == null) {
            blueprint.prepare(device);
            lost = made(device, luck);
        }
        lost.line().begin(dice);
        SessionReport report;
        try {
            report = lost.client().call(blueprint.identities().serverId());
        } catch (StorageException impossible) {
            throw new IllegalStateException("memory is no disk", impossible);
        } finally {
            lost.line().end();
        }
        device.remember(lost.line().proof());
        boolean wasStruck = lost.wasStruck() || dice.hasStruck();
        boolean mayGoOn = report.result() == Result.NO_ANSWER && report.messages() > 1
                && blueprint.breed() != Breed.DM20;
        if (mayGoOn) {
            device.lose(new Lost(lost.client(), lost.line(), wasStruck));
        }
        End end = end(report, lost.line(), wasStruck);
        tally.ended(new Tally.Session(blueprint.breed(), end, error(report, lost.line()), System.nanoTime() - start));
        return new Played(end, report.retryAfter());
    }

    private SplittableRandom luck(PlayedDevice device) {
        long ofSession = device.number() * 0x9E3779B97F4A7C15L + device.nextSession() * 0xD1B54A32D192ED03L;
        return new SplittableRandom(habits.seed() ^ ofSession);
    }

    private Lost made(PlayedDevice device, SplittableRandom luck) {
        boolean isWindows = device.blueprint().breed().kind() == DeviceKind.WINDOWS;
        SessionLine.Manner manner = new SessionLine.Manner(
                isWindows ? HttpOptions.WINDOWS_USER_AGENT : HttpOptions.DEFAULT.userAgent(),
                device.quirk() == Quirk.WORDY_MEDIA_TYPE, habits.basic(), luck);
        SessionLine line = new SessionLine(new HttpExchange(pool, tally), manner, device.proof());
        RetryingTransport transport = new RetryingTransport(line, habits.backoff(), luck, Pause.SLEEP);
        DeviceClient client = new DeviceClient(device.blueprint().setup(device, line, transport, luck), Poll.never());
        return new Lost(client, line, false);
    }

    private static End end(SessionReport report, SessionLine line, boolean wasStruck) {
        if (report.isOk()) {
            return End.COMPLETED;
        }
        if (line.isTurnedAway()) {
            return End.TURNED_AWAY;
        }
        return wasStruck ? End.FAILED_BY_FAULT : End.FAILED;
    }

    /** By which errors are told apart: no names of devices, no addresses. */
    private static String error(SessionReport report, SessionLine line) {
        String result = report.result().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return line.trouble().isEmpty() ? result : result + ": " + line.trouble();
    }
}
