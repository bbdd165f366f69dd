package dev.grove.server.doorbell.pap;

import dev.grove.server.doorbell.Flow;
import java.net.URI;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a push proxy gateway and what to tell it.
 *
 * @param gateway where it takes pushes, such as {@code http://127.0.0.1:8088/wappush}
 * @param tls for HTTPS; absent: the authorities of the JDK
 * @param user absent if it asks for none
 * @param addressHost what stands behind the at sign of addresses: the gateway's name for itself
 * @param reports where it tells what became of pushes; absent: nowhere
 */
public record PapSettings(URI gateway, @Nullable SSLContext tls, @Nullable User user, String addressHost,
        Quality quality, @Nullable URI reports, Flow flow) {

    /** Who may push, by HTTP Basic. */
    public record User(String name, String password) {
        /** Without the password. */
        @Override
        public String toString() {
            return "User[" + name + "]";
        }
    }

    /** How sure delivery is to be ([WAP-247-PAP §9.2.3]). */
    public enum Delivery {
        CONFIRMED, PREFERCONFIRMED, UNCONFIRMED, NOTSPECIFIED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What is asked of the gateway.
     *
     * @param network the one to be used, such as {@code GSM}; empty: any
     * @param bearer the one to be used, such as {@code SMS}; empty: any
     */
    public record Quality(Delivery delivery, String network, String bearer) {}

    /** Without the address for reports, which is a secret. */
    @Override
    public String toString() {
        return "PapSettings[" + gateway + ", " + user + "]";
    }
}
