package dev.grove.server.endpoint;

import dev.grove.server.fleet.SessionRecord;
import java.time.Duration;

/** Counts what passes; never fails, never waits. */
public interface Telemetry {

    /** Counts nothing. */
    Telemetry NONE = new Telemetry() {
        @Override
        public void answered(int httpStatus, int bytesIn, int bytesOut, Duration time) {}

        @Override
        public void turned(SessionRecord session, Stages stages) {}

        @Override
        public void sessionEnded(SessionRecord session) {}
    };

    void answered(int httpStatus, int bytesIn, int bytesOut, Duration time);

    /** A turn is durable; the session is as it was after it. */
    void turned(SessionRecord session, Stages stages);

    void sessionEnded(SessionRecord session);
}
