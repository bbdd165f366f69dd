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

    /** Both hear everything. */
    static Telemetry both(Telemetry one, Telemetry other) {
        return new Telemetry() {
            @Override
            public void answered(int httpStatus, int bytesIn, int bytesOut, Duration time) {
                one.answered(httpStatus, bytesIn, bytesOut, time);
                other.answered(httpStatus, bytesIn, bytesOut, time);
            }

            @Override
            public void turned(SessionRecord session, Stages stages) {
                one.turned(session, stages);
                other.turned(session, stages);
            }

            @Override
            public void sessionEnded(SessionRecord session) {
                one.sessionEnded(session);
                other.sessionEnded(session);
            }
        };
    }

    void answered(int httpStatus, int bytesIn, int bytesOut, Duration time);

    /** A turn is durable; the session is as it was after it. */
    void turned(SessionRecord session, Stages stages);

    void sessionEnded(SessionRecord session);
}
