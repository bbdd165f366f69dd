package dev.grove.server.fleet;

import dev.grove.server.fleet.Store.Records;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Switches the keeping of messages on and off. Sessions that live are marked as changed with it, so that no node goes
 * on with a copy of before: it takes effect with the next message.
 */
public final class TracingDesk {

    private static final int MAX_TRIES = 20;

    private final Store store;
    private final Tracing rule;

    /** Another message of a session came in between. */
    private static final class Raced extends RuntimeException {
        Raced() {
            super("a session was changed meanwhile", null, false, false);
        }
    }

    /** @param rule the server's own, which nobody can change while it runs */
    public TracingDesk(Store store, Tracing rule) {
        this.store = store;
        this.rule = rule;
    }

    /** The server's own rule. */
    public Tracing rule() {
        return rule;
    }

    /**
     * Keeps the messages of a device from now on.
     *
     * @param until when that ends by itself; absent: now
     * @return the device; empty if nobody knows it
     */
    public Optional<Device> device(String deviceId, @Nullable Instant until) {
        return written(records -> records.devices().find(deviceId).map(device -> {
            Device changed = device.withTracing(until);
            records.devices().put(changed);
            records.sessions().live(deviceId).forEach(session -> change(records, session, session.tracing()));
            return changed;
        }));
    }

    /**
     * Keeps the messages of a living session from now on, or no longer.
     *
     * @return the session; empty if the device has none of that number, or it is over
     */
    public Optional<SessionRecord> session(String deviceId, long number, boolean isWanted) {
        return written(records -> records.sessions().find(deviceId, number)
                .filter(SessionRecord::isLive)
                .map(session -> change(records, session, next(session.tracing(), isWanted))));
    }

    private static SessionRecord.Tracing next(SessionRecord.Tracing before, boolean isWanted) {
        if (isWanted) {
            return SessionRecord.Tracing.ASKED;
        }
        return before == SessionRecord.Tracing.ASKED ? SessionRecord.Tracing.KEPT : before;
    }

    private static SessionRecord change(Records records, SessionRecord session, SessionRecord.Tracing tracing) {
        StoredSession stored = records.sessions().latest(session.deviceId(), session.sessionId())
                .filter(latest -> latest.record().number() == session.number()).orElseThrow(Raced::new);
        SessionRecord changed = stored.record().changed(tracing);
        if (!records.sessions().replace(new StoredSession(changed, stored.state()), stored.record().version())) {
            throw new Raced();
        }
        return changed;
    }

    private <T> T written(Function<Records, T> work) {
        for (int tries = 1;; tries++) {
            try {
                return store.write(work);
            } catch (Raced raced) {
                if (tries == MAX_TRIES) {
                    throw new IllegalStateException("a session changes too fast to be traced", raced);
                }
            }
        }
    }
}
