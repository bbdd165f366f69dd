package dev.grove.testkit.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a device has done, and what it has been told that its server knows: counted by the device itself, and not lost
 * when it or the server restarts.
 */
final class Ledger {

    private final Map<String, List<Integer>> sessionsOf = new HashMap<>();
    private final Map<String, Integer> acknowledged = new HashMap<>();
    private final Set<String> news = new HashSet<>();

    /** A marked operation has been carried out in the device's so-manieth session. */
    void done(String name, int session) {
        sessionsOf.computeIfAbsent(name, _ -> new ArrayList<>()).add(session);
        news.add(name);
    }

    /** The server has answered a message that bore the Status of a marked operation: it must have it in its books. */
    void acknowledged(String name, int status) {
        acknowledged.put(name, status);
    }

    /** The sessions in which an operation was carried out; one entry an execution. */
    List<Integer> sessionsOf(String name) {
        return sessionsOf.getOrDefault(name, List.of());
    }

    /** The names of which something became known since the last call. */
    Set<String> news() {
        Set<String> told = Set.copyOf(news);
        news.clear();
        return told;
    }

    /** The status that the server must know, by the name of the operation; whoever has seen it there removes it. */
    Map<String, Integer> acknowledged() {
        return acknowledged;
    }
}
