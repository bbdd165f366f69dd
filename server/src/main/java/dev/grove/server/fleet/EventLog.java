package dev.grove.server.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Events on their way from the node where they happened to the others. They are kept for a while, and may be lost with
 * a node that dies: what is to be relied on stands in the records.
 */
public interface EventLog {

    /**
     * What one node has told in one go.
     *
     * @param node its name, another one after every start
     * @param number counts the batches of this node: 1, 2, 3 …
     * @param at by the clock of the node; good for the time being, not for an order
     */
    record Batch(String node, long number, Instant at, List<Events.Event> events) {
        public Batch {
            events = List.copyOf(events);
        }
    }

    void append(Batch batch);

    /**
     * Batches of the last moments, those of one node in order.
     *
     * @param heard the number of the last batch known of each node; what it covers is left out
     * @param reach how far back to look, by the clock of the store; batches come to be seen a little out of order
     */
    List<Batch> latest(Map<String, Long> heard, Duration reach, int limit);

    /** Forgets batches that are older than {@code age}; at most {@code limit}. Returns how many. */
    int prune(Duration age, int limit);
}
