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

    /** A session lives; it may be told again and again. */
    record SessionLives(long number, Instant expiresAt) implements After {}

    /** A session is over. */
    record SessionOver(long number) implements After {}

    /** What has a time that may pass. */
    enum Due {
        SESSION, JOB, TICKET, WAKE
    }
}
