package dev.grove.server;

import dev.grove.server.fleet.Leases;
import java.time.Duration;

/**
 * This node's share of what one node does for all: asks for the lease again when a third of its term is over. For one
 * thread.
 */
final class Shift {

    private static final Duration TERM = Duration.ofSeconds(12);

    private final Leases leases;
    private final String work;
    private long askedAt;
    private boolean isHeld;

    Shift(Leases leases, String work) {
        this.leases = leases;
        this.work = work;
    }

    /** Whether the work is this node's now; some seconds of the term are always left then. */
    boolean isMine() {
        long now = System.nanoTime();
        if (!isHeld || now - askedAt > TERM.toNanos() / 3) {
            isHeld = false;
            isHeld = leases.hold(work, TERM);
            askedAt = now;
        }
        return isHeld;
    }

    /** Lets another node begin at once. */
    void end() {
        if (isHeld) {
            isHeld = false;
            leases.release(work);
        }
    }
}
