package dev.grove.tls;

import java.security.Principal;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** One side of a handshake, ours, which can tell what came of it. */
public interface TlsSide {

    /**
     * What was agreed upon.
     *
     * @param version such as {@code TLSv1.2}
     * @param suite by its name in the registry
     * @param peer who the other side has proved to be, where no certificate says it
     * @param certificates of the other side, its own first; empty if it showed none
     */
    record Agreed(String version, String suite, Optional<Principal> peer, List<X509Certificate> certificates) {
        public Agreed {
            certificates = List.copyOf(certificates);
        }
    }

    /** Empty as long as the handshake is not complete. */
    Optional<Agreed> agreed();
}
