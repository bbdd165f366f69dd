package dev.grove.server.wake;

import dev.grove.server.doorbell.Doorbell;
import dev.grove.server.fleet.Wake;

/** Counts what becomes of wakes; returns at once. */
public interface Tally {

    /** Counts nothing. */
    Tally NONE = new Tally() {
        @Override
        public void rang(String bearer, Doorbell.Result result) {
            // nobody wants to know
        }

        @Override
        public void ended(Wake wake) {
            // nobody wants to know
        }
    };

    /** A bearer was given a notification. */
    void rang(String bearer, Doorbell.Result result);

    /** A wake is over; told by the node that found so. */
    void ended(Wake wake);
}
