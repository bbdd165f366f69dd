package dev.grove.server.config;

import org.jspecify.annotations.Nullable;

/**
 * The bearers by which devices are woken; absent is what is not switched on.
 *
 * @param udp WAP push over UDP
 * @param services MQTT, Firebase, the services of Windows, HTTP push and SIP
 * @param gateways SMS, PAP and OBEX
 */
public record Bearers(@Nullable Udp udp, Services services, Gateways gateways) {

    /**
     * @param from where notifications are sent from
     * @param perSecond at most; 0: as many as there are
     */
    public record Udp(HostPort from, int perSecond) {}

    static Bearers of(Settings s) {
        return new Bearers(udp(s), Services.of(s), Gateways.of(s));
    }

    private static @Nullable Udp udp(Settings s) {
        return s.get(WakeOptions.WAKE_UDP) ? new Udp(s.get(WakeOptions.UDP_FROM), s.get(WakeOptions.UDP_PACE)) : null;
    }
}
