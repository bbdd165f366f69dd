package dev.grove.server.doorbell.web;

import dev.grove.server.doorbell.Doorbell.Result;
import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Posts to services, and to devices: follows no redirect, reads so many bytes of an answer and no more, and waits so
 * long for all of it and no longer.
 */
public final class PushClient implements AutoCloseable {

    private static final int MAX_ANSWER_BYTES = 64 << 10;

    private final HttpClient http;
    private final Duration patience;
    private final Clock clock;

    /** @param patience for a whole exchange, the connection included */
    public PushClient(Duration patience, Clock clock) {
        this.patience = patience;
        this.clock = clock;
        this.http = HttpClient.newBuilder().connectTimeout(patience).followRedirects(HttpClient.Redirect.NEVER).build();
    }

    /** What came back. */
    record Answer(int status, Headers headers, Bytes body) {

        /** {@code Failed} with a reason of ours, for as long as the peer wants to be left alone. */
        Result.Failed failed(String reason, PushClient client) {
            return new Result.Failed(reason, RetryAfter.of(headers, client.clock.instant()));
        }
    }

    Answer post(URI uri, Headers headers, Bytes body) throws Unanswered, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(patience)
                .version(version(uri)).POST(BodyPublishers.ofByteArray(body.toArray()));
        headers.fields().forEach(field -> request.header(field.name(), field.value()));
        CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(request.build(),
                BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
        try {
            HttpResponse<byte[]> came = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            Headers fields = new Headers(came.headers().map().entrySet().stream().flatMap(entry -> entry.getValue()
                    .stream().map(value -> new Headers.Field(entry.getKey(), value))).toList());
            return new Answer(came.statusCode(), fields, Bytes.wrap(came.body()));
        } catch (TimeoutException late) {
            answer.cancel(true);
            throw new Unanswered(uri.getHost() + " has not answered within " + patience.toMillis() + " ms", null);
        } catch (ExecutionException failed) {
            throw new Unanswered("no answer of " + uri.getHost() + ": " + words(failed), null);
        }
    }

    /** Without TLS nobody is asked to change to HTTP/2: small listeners do not know what that means. */
    private static HttpClient.Version version(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme()) ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1;
    }

    Clock clock() {
        return clock;
    }

    private static String words(ExecutionException failed) {
        return switch (failed.getCause()) {
            case null -> "";
            case HttpTimeoutException late -> "it took too long";
            case IOException trouble -> Words.of(trouble.getMessage() == null
                    ? trouble.getClass().getSimpleName()
                    : trouble.getMessage());
            case Throwable other -> Words.of(other.toString());
        };
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
