package dev.grove.dm2;

import dev.grove.wire.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Data of management objects as it goes from one side to the other ([DM 2.0 §7.2.1.4]): by GET, HGET, HPUT and HPOST,
 * for subscriptions and in bootstraps.
 */
public record ObjectDocument(List<Part> parts) {

    /** The media type of the JSON form. */
    public static final String MEDIA_TYPE = "application/dmmo+json";

    /**
     * One node with what is below it.
     *
     * @param ddf the address of the description; absent if there is none
     * @param uri where it stands, a ClientURI as it came
     * @param validator the cache validator of its instance; absent if it has none
     * @param data one field, whose name is the node's: an object for an interior node, a leaf's value otherwise
     */
    public record Part(@Nullable String ddf, String uri, @Nullable String validator, Json.Obj data) {}

    public ObjectDocument {
        parts = List.copyOf(parts);
    }
}
