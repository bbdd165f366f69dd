package dev.grove.server.doorbell.web;

import dev.grove.server.doorbell.HttpGateway;
import dev.grove.server.doorbell.HttpGateway.Answer;
import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.time.Duration;

/** Posts to services, and to devices. */
public final class PushClient implements AutoCloseable {

    private final HttpGateway http;
    private final Duration patience;
    private final Clock clock;

    /** @param patience for a whole exchange, the connection included */
    public PushClient(Duration patience, Clock clock) {
        this.http = new HttpGateway(null, patience, clock);
        this.patience = patience;
        this.clock = clock;
    }

    Answer post(URI uri, Headers headers, Bytes body) throws Unanswered, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(patience).version(version(uri))
                .POST(BodyPublishers.ofByteArray(body.toArray()));
        headers.fields().forEach(field -> request.header(field.name(), field.value()));
        try {
            return http.call(request.build());
        } catch (IOException failed) {
            throw new Unanswered("no answer of " + uri.getHost() + ": " + failed.getMessage(), null);
        }
    }

    /** Without TLS nobody is asked to change to HTTP/2: small listeners do not know what that means. */
    private static HttpClient.Version version(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme()) ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1;
    }

    Clock clock() {
        return clock;
    }

    @Override
    public void close() {
        http.close();
    }
}
