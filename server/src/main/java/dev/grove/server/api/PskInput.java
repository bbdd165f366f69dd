package dev.grove.server.api;

import dev.grove.auth.PreSharedKey;
import dev.grove.server.fleet.Device;
import dev.grove.wire.Bytes;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the pre-shared key of a device; what is left out of a change stays. */
final class PskInput {

    private PskInput() {}

    /** The device's key as the document has it; null removes it. The identity is the device's id if none is given. */
    static @Nullable PreSharedKey key(Device device, Input given) throws Invalid {
        if (given.isNull()) {
            return null;
        }
        given.objectOf(Set.of("identity", "key"));
        PreSharedKey before = device.psk();
        String identity = before == null ? device.id() : before.identity();
        Optional<Input> named = given.field("identity");
        if (named.isPresent()) {
            identity = named.get().isNull() ? device.id() : named.get().text();
        }
        Bytes key = before != null && given.field("key").isEmpty() ? before.key() : key(given.required("key"));
        try {
            return new PreSharedKey(identity, key);
        } catch (IllegalArgumentException outOfBounds) {
            throw given.invalid(String.valueOf(outOfBounds.getMessage()));
        }
    }

    private static Bytes key(Input given) throws Invalid {
        String text = given.text();
        try {
            return PreSharedKey.readKey(text);
        } catch (IllegalArgumentException neither) {
            throw given.invalid("is neither hexadecimal digits nor base64");
        }
    }
}
