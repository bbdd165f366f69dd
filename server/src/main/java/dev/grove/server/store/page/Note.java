package dev.grove.server.store.page;

import java.time.Instant;

/** What must be findable without knowing the device, or told beyond its page. */
public sealed interface Note {

    /** To be known before the page is written, so that nothing is left out. */
    sealed interface Before extends Note {}

    /** To be known when the page is written. */
    sealed interface After extends Note {}

    /** A device became known. */
    record DeviceAdded() implements Before {}

    /** A device is known no more. */
    record DeviceRemoved() implements After {}

    /** The device's pre-shared key has this identity. */
    record PskGiven(String identity) implements Before {}

    /** The device's pre-shared key has this identity no more. */
    record PskTaken(String identity) implements After {}

    /** The device may use this ticket. */
    record TicketGiven(String id) implements Before {}

    /** The ticket is good for nothing any more; for a while it is told so to whoever asks. */
    record TicketClosed(String id) implements After {}

    /** Something is to be looked at when its time has passed. */
    record DueAt(Due due, String key, Instant at) implements Before {}

    /** A job was handed in, and waits. */
    record JobWaits(String key, Instant since) implements Before {}

    /** The device is noted as silent. */
    record FellSilent() implements Before {}

    /** The device was heard of again, or is gone. */
    record SilentNoMore() implements After {}

    /**
     * There are more or fewer of something.
     *
     * @param since when what came or went began
     */
    record Counted(Tally what, Instant since, int by) implements After {}

    /** What is counted in the whole fleet. */
    enum Tally {
        LIVE_SESSIONS, WAITING_JOBS
    }

    /** What has a time that may pass. */
    enum Due {
        SESSION, JOB, TICKET, WAKE, QUIET
    }
}
