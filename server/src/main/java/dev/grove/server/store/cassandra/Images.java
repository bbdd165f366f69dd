package dev.grove.server.store.cassandra;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The pages that this node has read or written last. They are guesses: another node may have written since, and whoever
 * uses one has the stamp compared by the cluster.
 */
final class Images {

    private static final int MAX_IMAGES = 4096;
    private static final long MAX_WEIGHT_BYTES = 32_768;

    private final SequencedMap<String, Image> images = new LinkedHashMap<>(256, 0.75f, true);

    synchronized Optional<Image> find(String deviceId) {
        return Optional.ofNullable(images.get(deviceId));
    }

    synchronized void keep(String deviceId, Image image) {
        if (image.weight() > MAX_WEIGHT_BYTES) {
            images.remove(deviceId);
            return;
        }
        images.put(deviceId, image);
        if (images.size() > MAX_IMAGES) {
            images.pollFirstEntry();
        }
    }

    synchronized void forget(String deviceId) {
        images.remove(deviceId);
    }
}
