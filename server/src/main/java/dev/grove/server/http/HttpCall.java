package dev.grove.server.http;

import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** A request as it came in. Its body is not read before somebody asks for it. */
public interface HttpCall {

    String method();

    /** The path as it stood on the wire, percent-encoding included. */
    String path();

    /** What stood behind the question mark, percent-encoding included; empty if nothing. */
    String query();

    Headers headers();

    /** The address that was called, without the query: scheme, host and path. */
    String url();

    /** The address of the caller, without the port. */
    String remote();

    /** The certificate that the caller has proved to own, if the listener asked for one. */
    Optional<X509Certificate> certificate();

    /** The device whose pre-shared key the caller has proved to know ([RFC 4279]); empty without such a connection. */
    default Optional<String> transportIdentity() {
        return Optional.empty();
    }

    /**
     * Reads the body whole; any transfer coding is gone, and gzip is inflated.
     *
     * @param maxBytes the longest body that is taken, before and after inflation
     */
    Bytes body(int maxBytes) throws BodyRefused;
}
