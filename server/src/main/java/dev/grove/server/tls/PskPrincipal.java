package dev.grove.server.tls;

import java.security.Principal;

/** The peer of a connection that a device has opened with its pre-shared key. */
public record PskPrincipal(String deviceId) implements Principal {

    @Override
    public String getName() {
        return deviceId;
    }
}
