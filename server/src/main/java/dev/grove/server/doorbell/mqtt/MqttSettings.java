package dev.grove.server.doorbell.mqtt;

import dev.grove.server.doorbell.Doorbell;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the bearer must know of its broker.
 *
 * @param broker {@code mqtt://host:port}, or {@code mqtts://} for TLS; port 1883 or 8883 if it names none
 * @param clientId by which the broker knows this node; empty: the broker gives one
 * @param login how this node proves itself; absent: not at all
 * @param trust whom it believes with TLS; absent: the authorities of the JDK
 * @param patience how long a broker may take to answer
 */
public record MqttSettings(URI broker, String clientId, @Nullable Login login, @Nullable Trust trust,
        DeviceTopic topic, Duration patience, Doorbell.Pace pace) {

    /** @throws IllegalArgumentException if the broker's address is none */
    public MqttSettings {
        String scheme = String.valueOf(broker.getScheme());
        boolean isAddress = (scheme.equals("mqtt") || scheme.equals("mqtts")) && broker.getHost() != null
                && broker.getRawUserInfo() == null && String.valueOf(broker.getRawPath()).matches("/?");
        if (!isAddress) {
            throw new IllegalArgumentException(
                    "the address of a broker is mqtt://HOST:PORT or mqtts://HOST:PORT, and holds no password");
        }
    }

    boolean isTls() {
        return broker.getScheme().equals("mqtts");
    }

    String host() {
        String host = broker.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    int port() {
        return broker.getPort() >= 0 ? broker.getPort() : isTls() ? 8883 : 1883;
    }

    /** A user and its password. */
    public record Login(String user, String password) {
        /** Names the user only. */
        @Override
        public String toString() {
            return "Login[" + user + "]";
        }
    }

    /** A PKCS #12 file with authorities. */
    public record Trust(Path file, String password) {
        /** Names the file only. */
        @Override
        public String toString() {
            return "Trust[" + file + "]";
        }
    }
}
