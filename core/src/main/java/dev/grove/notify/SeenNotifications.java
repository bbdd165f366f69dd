package dev.grove.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The notifications that a device has followed of late, so that it has one session for each ([DMNOTI 1.2 §6.2.10],
 * [DM 2.0 §5.2.1.2]). A value; it holds what is genuine only, so that nobody else can fill it.
 *
 * @param entries the latest last; at most {@value #MOST_PER_SERVER} of a server
 */
public record SeenNotifications(List<Entry> entries) {

    /** Of a server so many are remembered. */
    public static final int MOST_PER_SERVER = 64;

    /** None. */
    public static final SeenNotifications NONE = new SeenNotifications(List.of());

    /**
     * One notification.
     *
     * @param id the session id of DM 1.x, the notification id of DM 2.0
     * @param at when it came
     */
    public record Entry(String serverId, int id, Instant at) {
        private boolean is(String server, int number) {
            return id == number && serverId.equals(server);
        }
    }

    public SeenNotifications {
        entries = List.copyOf(entries);
    }

    /** Whether this one has come, and not longer ago than {@code keptFor}. */
    public boolean contains(String serverId, int id, Instant now, Duration keptFor) {
        return entries.stream().anyMatch(entry -> entry.is(serverId, id) && entry.at().plus(keptFor).isAfter(now));
    }

    /** This and a new one; the oldest of the same server makes room for it. */
    public SeenNotifications with(Entry latest) {
        List<Entry> kept = new ArrayList<>(without(latest.serverId(), latest.id()).entries);
        long ofServer = kept.stream().filter(entry -> entry.serverId().equals(latest.serverId())).count();
        for (int i = 0; ofServer >= MOST_PER_SERVER && i < kept.size();) {
            if (kept.get(i).serverId().equals(latest.serverId())) {
                kept.remove(i);
                ofServer--;
            } else {
                i++;
            }
        }
        kept.add(latest);
        return new SeenNotifications(kept);
    }

    /** This without one, whose session came to nothing: when it comes again it counts as new. */
    public SeenNotifications without(String serverId, int id) {
        return new SeenNotifications(entries.stream().filter(entry -> !entry.is(serverId, id)).toList());
    }
}
