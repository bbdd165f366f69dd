package dev.grove.client.transport;

import java.time.Duration;

/** Waiting, as something that a test or a stopping client can shorten. */
@FunctionalInterface
public interface Pause {

    /** @throws InterruptedException if there is no point in going on afterwards */
    void pause(Duration length) throws InterruptedException;

    /** The calling thread sleeps. */
    Pause SLEEP = Thread::sleep;
}
