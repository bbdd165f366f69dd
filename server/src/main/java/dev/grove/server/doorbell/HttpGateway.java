package dev.grove.server.doorbell;

import dev.grove.wire.Bytes;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Calls a gateway by HTTP/1.1, for so long and for so long an answer at most. It follows no redirect. */
public final class HttpGateway implements AutoCloseable {

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");

    private final HttpClient http;
    private final Duration patience;
    private final int maxAnswerBytes;

    /** @param tls for HTTPS; absent: the authorities of the JDK */
    public HttpGateway(@Nullable SSLContext tls, Duration patience, int maxAnswerBytes) {
        HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(patience)
                .version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER);
        http = (tls == null ? builder : builder.sslContext(tls)).build();
        this.patience = patience;
        this.maxAnswerBytes = maxAnswerBytes;
    }

    /** What came back. */
    public record Answer(int status, HttpHeaders headers, Bytes body) {

        /** How long the gateway wants to be left alone; empty if it does not say in seconds. */
        public Optional<Duration> retryAfter() {
            return headers.firstValue("Retry-After").map(String::strip)
                    .filter(text -> SECONDS.matcher(text).matches())
                    .map(text -> Duration.ofSeconds(Integer.parseInt(text)));
        }
    }

    /** @throws IOException if there is no answer in time, or too long a one */
    public Answer call(HttpRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> coming = http.sendAsync(request,
                BodyHandlers.limiting(BodyHandlers.ofByteArray(), maxAnswerBytes));
        try {
            HttpResponse<byte[]> answer = coming.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(answer.statusCode(), answer.headers(), Bytes.wrap(answer.body()));
        } catch (TimeoutException _) {
            throw new IOException("no answer within " + patience);
        } catch (ExecutionException failed) {
            Throwable cause = Objects.requireNonNullElse(failed.getCause(), failed);
            throw new IOException(cause.getClass().getSimpleName() + ", " + cause.getMessage(), cause);
        } finally {
            coming.cancel(true);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
