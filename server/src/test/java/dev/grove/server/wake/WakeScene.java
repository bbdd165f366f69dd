package dev.grove.server.wake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.auth.Scheme;
import dev.grove.auth.Secret;
import dev.grove.engine.Account;
import dev.grove.notify.UiMode;
import dev.grove.server.doorbell.Doorbell;
import dev.grove.server.fleet.Device;
import dev.grove.server.fleet.Events.Event;
import dev.grove.server.fleet.Reach;
import dev.grove.server.fleet.SessionRecord;
import dev.grove.server.fleet.Store;
import dev.grove.server.fleet.StoredSession;
import dev.grove.server.fleet.Wake;
import dev.grove.server.store.memory.MemoryStore;
import dev.grove.server.wake.WakeDesk.Answer;
import dev.grove.wire.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;

/** A desk over a store in memory, with bearers that do what they are told and a clock that stands still. */
final class WakeScene {

    static final String SERVER = "com.mgmtsrv.manage";
    static final String PASSWORD = "DmSecret-42";
    static final Bytes NONCE = Bytes.utf8("the current nonce");

    final MemoryStore store = new MemoryStore();
    final ManualClock clock = new ManualClock();
    final BlockingQueue<Event> told = new LinkedBlockingQueue<>();
    final WakeDesk desk;
    final WakeRound round;

    WakeScene(WakeRules rules, Doorbell... doorbells) {
        this(store -> store, rules, doorbells);
    }

    /** @param seen how the desk sees the store */
    WakeScene(UnaryOperator<Store> seen, WakeRules rules, Doorbell... doorbells) {
        desk = new WakeDesk(new WakeDesk.World(seen.apply(store), told::add, clock, new Random(7), Tally.NONE), rules);
        desk.open(List.of(doorbells), clock::nanos);
        round = new WakeRound(desk, Runnable::run, () -> {});
    }

    /** A device whose account has a server's side, to be reached by these lines. */
    WakeScene with(String device, Reach.Line... lines) {
        Account account = new Account(device, null, List.of(), new Secret(SERVER, PASSWORD, NONCE), Scheme.MD5);
        return with(Device.of(account, "", clock.instant()),
                new Reach(List.of(lines), Reach.Format.AUTO, 11, null, null));
    }

    WakeScene with(Device device, Reach reach) {
        store.write(records -> {
            records.devices().add(device);
            records.wakes().putReach(device.id(), reach);
            return true;
        });
        return this;
    }

    Wake ask(String device) {
        return ask(device, UiMode.NOT_SPECIFIED);
    }

    Wake ask(String device, UiMode mode) {
        if (desk.ask(device, new Wake.Asked(mode, "a test",
                desk.rules().patience())) instanceof Answer.Accepted(Wake wake, boolean _)) {
            return wake;
        }
        throw new AssertionError("cannot be woken");
    }

    Wake now(Wake wake) {
        return store.read(records -> records.wakes().find(wake.deviceId(), wake.number())).orElseThrow();
    }

    /** Lets the time pass until the next attempt is due, and makes it. */
    Wake next(Wake wake) {
        clock.goTo(Objects.requireNonNull(now(wake).dueAt()));
        run();
        return now(wake);
    }

    void run() {
        assertThat(round.run()).isFalse();
    }

    void run(Duration after) {
        clock.pass(after);
        run();
    }

    /** A session of the device in which it has proved itself just now; told to nobody. */
    SessionRecord session(String device, String sessionId) {
        Instant now = clock.instant();
        SessionRecord session = new SessionRecord(0, device, sessionId, 1, now, now, now.plusSeconds(600), null,
                new SessionRecord.Tally("DM 1.2", true, 1, 0), SessionRecord.Tracing.NONE);
        return store.write(records -> records.sessions().open(new StoredSession(session, Bytes.EMPTY))).record();
    }
}
