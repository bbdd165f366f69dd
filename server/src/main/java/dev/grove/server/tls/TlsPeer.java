package dev.grove.server.tls;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.tls.TlsServer;

/** One side of a handshake, ours, which can tell what came of it. */
interface TlsPeer extends TlsServer {

    /**
     * What was agreed upon.
     *
     * @param device the one that has proved its pre-shared key
     * @param certificates of the client, its own first; empty if it showed none
     */
    record Agreed(String version, String suite, Optional<PskPrincipal> device, List<X509Certificate> certificates) {
        public Agreed {
            certificates = List.copyOf(certificates);
        }
    }

    /** Empty as long as the handshake is not complete. */
    Optional<Agreed> agreed();
}
