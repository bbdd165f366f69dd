package dev.grove.server.doorbell.kannel;

import dev.grove.server.doorbell.Flow;
import java.net.URI;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a smsbox and what to tell it.
 *
 * @param sendsms where it takes messages, such as {@code http://127.0.0.1:13013/cgi-bin/sendsms}
 * @param tls for HTTPS; absent: the authorities of the JDK
 * @param from in whose name messages are sent; may be empty
 * @param smsc the connection that is to be used; empty: Kannel chooses
 * @param reports where it tells what became of messages; absent: nowhere
 */
public record KannelSettings(URI sendsms, @Nullable SSLContext tls, User user, String from, String smsc,
        @Nullable URI reports, Flow flow) {

    /** Who may send. */
    public record User(String name, String password) {
        /** Without the password. */
        @Override
        public String toString() {
            return "User[" + name + "]";
        }
    }

    /** Without the address for reports, which is a secret. */
    @Override
    public String toString() {
        return "KannelSettings[" + sendsms + ", " + user + "]";
    }
}
