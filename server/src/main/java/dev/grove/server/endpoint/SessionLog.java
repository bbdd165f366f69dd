package dev.grove.server.endpoint;

import dev.grove.server.fleet.SessionRecord;
import dev.grove.server.fleet.SessionRecord.End;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line in the log for each session that ends, and the count of those that live. */
public final class SessionLog {

    private static final Logger LOG = LoggerFactory.getLogger("dev.grove.session");

    private final Telemetry telemetry;
    private final AtomicInteger live;

    /** @param live how many sessions the store holds that have not ended */
    public SessionLog(Telemetry telemetry, int live) {
        this.telemetry = telemetry;
        this.live = new AtomicInteger(live);
    }

    /** Takes note of a turn: {@code before} is absent if the session began with it. */
    void turned(@Nullable SessionRecord before, SessionRecord after, String userAgent, Stages stages) {
        telemetry.turned(after, stages);
        boolean wasLive = before != null && before.isLive();
        if (after.isLive() && !wasLive) {
            live.incrementAndGet();
        } else if (!after.isLive() && wasLive) {
            live.decrementAndGet();
        }
        if (!after.isLive() && (before == null || wasLive)) {
            line(after, userAgent);
        }
    }

    /** Takes note of a living session that was ended from outside. */
    void ended(SessionRecord session) {
        live.decrementAndGet();
        line(session, "");
    }

    /** The store knows best: sessions also go with their device. */
    void counted(int inStore) {
        live.set(inStore);
    }

    private void line(SessionRecord session, String userAgent) {
        telemetry.sessionEnded(session);
        End end = session.end();
        if (end == null) {
            throw new IllegalStateException("session " + session.id() + " has not ended");
        }
        LOG.atInfo().addKeyValue("device", session.deviceId()).addKeyValue("session", session.id())
                .addKeyValue("profile", session.tally().profile()).addKeyValue("messages", session.tally().messages())
                .addKeyValue("operations", session.tally().operations()).addKeyValue("outcome", end.reason())
                .addKeyValue("authenticated", session.tally().isAuthenticated())
                .addKeyValue("durationMs", session.duration().toMillis()).addKeyValue("userAgent", userAgent)
                .log(end.remark().isEmpty() ? "session ended" : "session ended: " + end.remark());
    }

    /** How many sessions live. */
    public int live() {
        return live.get();
    }
}
