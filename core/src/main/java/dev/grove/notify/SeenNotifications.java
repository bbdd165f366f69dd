package dev.grove.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The notifications that a device has followed of late, so that it has one session for each ([DMNOTI 1.2 §6.2.10],
 * [DM 2.0 §5.2.1.2]). A value; it holds what is genuine only, so that nobody else can fill it.
 *
 * @param entries the latest last; at most {@value #MOST_PER_SERVER} of a server in each generation
 */
public record SeenNotifications(List<Entry> entries) {

    /** Of a server so many are remembered in each generation. */
    public static final int MOST_PER_SERVER = 64;

    /** None. */
    public static final SeenNotifications NONE = new SeenNotifications(List.of());

    /** A server that speaks both gives the session ids of DM 1.x and the notification ids of DM 2.0 separately. */
    public enum Generation {
        DM1, DM2
    }

    /**
     * By what a repetition is known.
     *
     * @param number the session id of DM 1.x, the notification id of DM 2.0
     */
    public record RepetitionId(Generation generation, String serverId, int number) {
        private boolean isBeside(RepetitionId other) {
            return generation == other.generation && serverId.equals(other.serverId);
        }
    }

    /**
     * One notification.
     *
     * @param at when it came, or when it says it was sent, if that is later by the device's clock
     */
    public record Entry(RepetitionId id, Instant at) {}

    public SeenNotifications {
        entries = List.copyOf(entries);
    }

    /** Whether this one has come, and not longer ago than {@code keptFor}. */
    public boolean contains(RepetitionId id, Instant now, Duration keptFor) {
        return entries.stream()
                .anyMatch(entry -> entry.id().equals(id) && !entry.at().plus(keptFor).isBefore(now));
    }

    /** This and a new one; the oldest of the same server and generation makes room for it. */
    public SeenNotifications with(Entry latest) {
        List<Entry> kept = new ArrayList<>(entries);
        kept.removeIf(entry -> entry.id().equals(latest.id()));
        List<Entry> beside = kept.stream().filter(entry -> entry.id().isBeside(latest.id())).toList();
        if (beside.size() >= MOST_PER_SERVER) {
            kept.removeAll(beside.subList(0, beside.size() - MOST_PER_SERVER + 1));
        }
        kept.add(latest);
        return new SeenNotifications(kept);
    }
}
