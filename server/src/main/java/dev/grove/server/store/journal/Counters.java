package dev.grove.server.store.journal;

/** Gives the next numbers of what is new. A number that was given to a unit which then failed is never given again. */
final class Counters {

    private long session;
    private long job;
    private long alert;

    /** Goes on from what the tables have given. */
    void raise(Ledger.Numbers given) {
        session = Math.max(session, given.session());
        job = Math.max(job, given.job());
        alert = Math.max(alert, given.alert());
    }

    long nextSession() {
        return ++session;
    }

    long nextJob() {
        return ++job;
    }

    long nextAlert() {
        return ++alert;
    }
}
