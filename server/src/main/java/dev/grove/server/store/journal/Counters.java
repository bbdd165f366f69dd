package dev.grove.server.store.journal;

import dev.grove.server.store.layer.Numbers;

/** Gives the next numbers of what is new; for one thread. */
final class Counters implements Numbers {

    private long session;
    private long job;
    private long alert;
    private long wake;

    /** Goes on from what the tables have given. */
    void raise(Ledger.Numbers given) {
        session = Math.max(session, given.session());
        job = Math.max(job, given.job());
        alert = Math.max(alert, given.alert());
        wake = Math.max(wake, given.wake());
    }

    /** The numbers that were given last, but for the segment. */
    Ledger.Numbers given() {
        return new Ledger.Numbers(session, job, alert, wake, 0);
    }

    /** Takes back what was given since to a unit that came to nothing. */
    void takeBack(Ledger.Numbers given) {
        session = given.session();
        job = given.job();
        alert = given.alert();
        wake = given.wake();
    }

    @Override
    public long nextSession(String deviceId) {
        return ++session;
    }

    @Override
    public long nextJob(String deviceId) {
        return ++job;
    }

    @Override
    public long nextAlert(String deviceId) {
        return ++alert;
    }

    @Override
    public long nextWake(String deviceId) {
        return ++wake;
    }
}
