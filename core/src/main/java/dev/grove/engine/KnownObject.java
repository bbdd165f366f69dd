package dev.grove.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A management object that a device has, wherever it is ([DM 2.0 §5.2.2]).
 *
 * @param moid its identifier
 * @param ddf the address of its description; absent if the device names none
 * @param instances the names of its instances (MIID)
 */
public record KnownObject(String moid, @Nullable String ddf, List<String> instances) {
    public KnownObject {
        instances = List.copyOf(instances);
    }
}
