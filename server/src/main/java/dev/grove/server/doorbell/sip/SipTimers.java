package dev.grove.server.doorbell.sip;

import java.time.Duration;

/**
 * The timers of a transaction that is no INVITE ([RFC 3261 §17.1.2, table 4]).
 *
 * @param t1 estimate of a round trip
 * @param t2 longest time between two sendings
 */
record SipTimers(Duration t1, Duration t2) {

    /** Until nobody waits for an answer any more: timer F. */
    Duration end() {
        return t1.multipliedBy(64);
    }

    /** Timer E: twice as long each time, up to T2; T2 at once after a provisional answer. */
    Duration next(Duration last, boolean isProceeding) {
        Duration twice = last.multipliedBy(2);
        return isProceeding || twice.compareTo(t2) > 0 ? t2 : twice;
    }
}
