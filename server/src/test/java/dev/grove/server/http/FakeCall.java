package dev.grove.server.http;

import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** A call without a network. */
public record FakeCall(String method, String path, String query, Headers headers, Bytes sent,
        Optional<String> transportIdentity) implements HttpCall {

    /** A call from a connection of which nothing is known. */
    public FakeCall(String method, String path, String query, Headers headers, Bytes sent) {
        this(method, path, query, headers, sent, Optional.empty());
    }

    public static FakeCall of(String method, String target, String body) {
        int question = target.indexOf('?');
        return new FakeCall(method, question < 0 ? target : target.substring(0, question),
                question < 0 ? "" : target.substring(question + 1), Headers.of("Authorization", "Bearer the-token"),
                Bytes.utf8(body));
    }

    public FakeCall with(Headers others) {
        return new FakeCall(method, path, query, others, sent, transportIdentity);
    }

    /** The same, from a connection on which the device has proved its pre-shared key. */
    public FakeCall vouchedFor(String deviceId) {
        return new FakeCall(method, path, query, headers, sent, Optional.of(deviceId));
    }

    @Override
    public String url() {
        return "http://test" + path;
    }

    @Override
    public String remote() {
        return "127.0.0.1";
    }

    @Override
    public Optional<X509Certificate> certificate() {
        return Optional.empty();
    }

    @Override
    public Bytes body(int maxBytes) throws BodyRefused {
        if (sent.length() > maxBytes) {
            throw new BodyRefused(413, "the body is longer than " + maxBytes + " bytes");
        }
        return sent;
    }
}
