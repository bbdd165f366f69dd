package dev.grove.server.http;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where and how to listen.
 *
 * @param name for logs and threads
 * @param host address or name of the interface
 * @param port 0 takes any free one
 * @param tls absent for plain HTTP
 */
public record HttpListener(String name, String host, int port, @Nullable Tls tls, Limits limits) {

    /**
     * @param keyStore PKCS #12 file with the server's key and certificates; absent if only pre-shared keys are spoken
     * @param trustStore PKCS #12 file with the authorities of client certificates; those of the JDK if absent
     */
    public record Tls(@Nullable Path keyStore, String password, Clients clients, @Nullable Path trustStore,
            String trustPassword, Variants variants) {

        /** Names the file only. */
        @Override
        public String toString() {
            return "Tls[" + keyStore + ", " + clients + "]";
        }
    }

    /**
     * What of TLS is spoken besides its versions 1.2 and 1.3 with certificates.
     *
     * @param preSharedKeys whether callers may prove themselves by a pre-shared key
     * @param legacy whether versions and suites are open that are no longer safe
     * @param maxDhePerSecond how many handshakes with pre-shared key and Diffie-Hellman exchange are taken a second
     */
    public record Variants(boolean preSharedKeys, boolean legacy, int maxDhePerSecond) {

        /** Nothing else. */
        public static final Variants NONE = new Variants(false, false, 0);

        /** Whether the platform's TLS is not enough. */
        public boolean any() {
            return preSharedKeys || legacy;
        }
    }

    /** Whether callers show certificates. */
    public enum Clients {
        NONE, OPTIONAL, REQUIRED
    }

    /**
     * What a caller may hold or spend.
     *
     * @param maxHeaderBytes request line and header fields together
     * @param idle how long a connection may be silent
     * @param headerTime how long the header of a request may take, from its first byte
     * @param minBodyBytesPerSecond the slowest body that is waited for
     * @param bodyGrace how long a body may take before its pace is looked at
     * @param maxConnections more than that wait to be accepted
     * @param stop how long a graceful stop waits for calls that are being answered
     */
    public record Limits(int maxHeaderBytes, Duration idle, Duration headerTime, int minBodyBytesPerSecond,
            Duration bodyGrace, int maxConnections, Duration stop) {}
}
