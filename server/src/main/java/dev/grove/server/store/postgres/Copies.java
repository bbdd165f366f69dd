package dev.grove.server.store.postgres;

import dev.grove.server.fleet.Contact;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The copies that this node keeps, of each device at most one. Nothing here is relied on: a copy that is not true any
 * more is found out when something is to be committed over it, and thrown away.
 */
final class Copies {

    /** Some kilobytes each. */
    private static final int MAX_COPIES = 4096;

    private final SequencedMap<String, Copy> copies = new LinkedHashMap<>(256, 0.75f, true);

    /** What is known for a message. */
    synchronized Optional<Copy> find(Contact.Call call) {
        return Optional.ofNullable(copies.get(call.deviceId())).filter(copy -> copy.answers(call));
    }

    synchronized void keep(Copy copy) {
        String device = copy.call().deviceId();
        if (!copy.isWorthIt()) {
            copies.remove(device);
            return;
        }
        copies.put(device, copy);
        if (copies.size() > MAX_COPIES) {
            copies.pollFirstEntry();
        }
    }

    synchronized void forget(String device) {
        copies.remove(device);
    }
}
