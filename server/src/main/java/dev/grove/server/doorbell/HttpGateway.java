package dev.grove.server.doorbell;

import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Calls gateways, services and devices by HTTP: follows no redirect, reads so many bytes of an answer and no more, and
 * waits so long for all of it and no longer. Speaks HTTP/1.1 if a request does not say otherwise.
 */
public final class HttpGateway implements AutoCloseable {

    private static final int MAX_ANSWER_BYTES = 64 << 10;

    private final HttpClient http;
    private final Duration patience;
    private final Clock clock;

    /**
     * @param tls for HTTPS; absent: the authorities of the JDK
     * @param patience for a whole exchange, the connection included
     */
    public HttpGateway(@Nullable SSLContext tls, Duration patience, Clock clock) {
        HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(patience)
                .version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER);
        http = (tls == null ? builder : builder.sslContext(tls)).build();
        this.patience = patience;
        this.clock = clock;
    }

    /**
     * What came back.
     *
     * @param retryAfter how long the peer wants to be left alone; absent if it does not say
     */
    public record Answer(int status, Headers headers, Bytes body, @Nullable Duration retryAfter) {

        /** A failure with a reason of ours, for as long as the peer wants to be left alone. */
        public Doorbell.Result.Failed failed(String reason) {
            return new Doorbell.Result.Failed(reason, retryAfter);
        }

        /** The same; where the peer does not say how long, for {@code otherwise}. */
        public Doorbell.Result.Failed failed(String reason, Duration otherwise) {
            return new Doorbell.Result.Failed(reason, retryAfter == null ? otherwise : retryAfter);
        }
    }

    /** @throws IOException with words for people, if there is no answer in time, or too long a one */
    public Answer call(HttpRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> coming = http.sendAsync(request,
                BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
        try {
            HttpResponse<byte[]> answer = coming.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            Headers headers = headers(answer.headers());
            return new Answer(answer.statusCode(), headers, Bytes.wrap(answer.body()),
                    RetryAfter.of(headers, clock.instant()));
        } catch (TimeoutException late) {
            throw new IOException(tooLong(), late);
        } catch (ExecutionException failed) {
            throw new IOException(words(Objects.requireNonNullElse(failed.getCause(), failed)), failed);
        } finally {
            coming.cancel(true);
        }
    }

    private static Headers headers(HttpHeaders came) {
        return new Headers(came.map().entrySet().stream().flatMap(entry -> entry.getValue().stream()
                .map(value -> new Headers.Field(entry.getKey(), value))).toList());
    }

    private String words(Throwable cause) {
        if (cause instanceof HttpTimeoutException) {
            return tooLong();
        }
        String message = cause.getMessage();
        return Words.of(message == null ? cause.getClass().getSimpleName() : message);
    }

    private String tooLong() {
        return "it took longer than " + patience.toMillis() + " ms";
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
