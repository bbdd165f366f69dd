package dev.grove.server.fleet;

import java.time.Duration;

/**
 * Who of several nodes does what only one is to do at a time. A lease saves double work, no more: what is done under it
 * must be harmless when two nodes do it at once, for a node may stand still longer than its term and not know it.
 */
public interface Leases {

    /** Those of the only node that there is. */
    Leases ALONE = (work, term) -> true;

    /**
     * Takes a lease that is free or whose term is over, or prolongs this node's own.
     *
     * @param work its name
     * @param term counted from now by the store, and not by the clock of any node
     * @return whether this node holds it; it is to act so for no longer than the term, counted from before the call
     */
    boolean hold(String work, Duration term);

    /** Gives a lease back before its term is over; does nothing if another node holds it. */
    default void release(String work) {}
}
