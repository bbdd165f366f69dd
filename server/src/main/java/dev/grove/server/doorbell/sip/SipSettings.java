package dev.grove.server.doorbell.sip;

import dev.grove.auth.HttpLogin;
import dev.grove.server.doorbell.Doorbell;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who sends messages, and by whom.
 *
 * @param from the SIP URI of this server
 * @param listen where answers by UDP arrive
 * @param proxy the SIP URI of the proxy that all goes by; absent: straight to the hosts of the addresses
 * @param hosts without a proxy: those that may be sent to, with a port where it is not 5060
 * @param login how this server proves itself when it is asked to; absent: not at all
 * @param application by which the device knows what a message is for
 * @param t1 estimate of a round trip; an answer is waited for 64 times as long ([RFC 3261 §17.1.1.1])
 */
public record SipSettings(String from, InetSocketAddress listen, @Nullable String proxy, List<String> hosts,
        @Nullable HttpLogin login, String application, Duration t1, Doorbell.Pace pace) {

    /** The application of device management, by the pattern of OMA's others; no public text settles it. */
    public static final String DEVICE_MANAGEMENT = "syncml.dm";

    static final Duration T2 = Duration.ofSeconds(4);

    /** @throws IllegalArgumentException if an address is none */
    public SipSettings {
        hosts = List.copyOf(hosts);
        if (SipUri.read(from).isEmpty() || (proxy != null && SipUri.read(proxy).isEmpty())) {
            throw new IllegalArgumentException("the addresses of the server and of its proxy are SIP URIs, such as"
                    + " sip:grove@example.com and sip:proxy.example.com;transport=tcp");
        }
        if (!application.matches("[\\w.:-]{1,100}")) {
            throw new IllegalArgumentException("'" + application + "' is no name of an application");
        }
    }
}
