package dev.grove.client.transport;

import dev.grove.client.transport.TransportException.Kind;
import dev.grove.wire.Bytes;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.CookieManager;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** One HTTP request and its response, within time and limits, with failures in words for a person. */
final class HttpCalls implements AutoCloseable {

    private final HttpOptions options;
    private final HttpClient client;

    HttpCalls(HttpOptions options) {
        this.options = options;
        HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER).connectTimeout(options.connectTimeout());
        if (options.tls() != null) {
            builder.sslContext(options.tls());
        }
        if (options.proxy() != null) {
            builder.proxy(ProxySelector.of(options.proxy()));
        }
        if (options.cookies()) {
            builder.cookieHandler(new CookieManager());
        }
        this.client = builder.build();
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }

    HttpResponse<Bytes> send(HttpRequest request, URI address) throws TransportException {
        CompletableFuture<HttpResponse<Bytes>> answer = client.sendAsync(request,
                info -> new LimitedBody(options.maxAnswerBytes()));
        try {
            return answer.get(options.answerTimeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            answer.cancel(true);
            throw new TransportException(Kind.LOST,
                    place(address) + ": no whole answer within " + seconds(options.answerTimeout()), late);
        } catch (InterruptedException interrupted) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new TransportException(Kind.INTERRUPTED, place(address) + ": the wait for the answer was ended",
                    interrupted);
        } catch (ExecutionException failed) {
            throw failure(failed.getCause() == null ? failed : failed.getCause(), address);
        }
    }

    private TransportException failure(Throwable cause, URI address) {
        String place = place(address) + ": ";
        return switch (cause) {
            case LimitedBody.TooLong tooLong -> new TransportException(Kind.UNUSABLE,
                    place + "the answer is longer than " + options.maxAnswerBytes() + " bytes", tooLong);
            case HttpConnectTimeoutException late -> new TransportException(Kind.UNREACHABLE,
                    place + "no connection within " + seconds(options.connectTimeout()), late);
            case ConnectException refused -> new TransportException(Kind.UNREACHABLE,
                    place + (isUnresolved(refused) ? "the name is not known" : "no connection" + said(refused)),
                    refused);
            case SSLException failed -> new TransportException(
                    failed.getCause() instanceof EOFException ? Kind.UNREACHABLE : Kind.UNTRUSTED,
                    place + Tls.failure(failed), failed);
            case IOException lost ->
                new TransportException(Kind.LOST, place + "the connection broke" + said(lost), lost);
            case Throwable ours -> throw new IllegalStateException("HTTP client failed at " + place(address), ours);
        };
    }

    private static boolean isUnresolved(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof UnresolvedAddressException) {
                return true;
            }
        }
        return false;
    }

    private static String said(Throwable failure) {
        return failure.getMessage() == null ? "" : " (" + failure.getMessage() + ")";
    }

    /** The address without its query, which may hold a session's secret. */
    static String place(URI address) {
        String text = HttpTransport.withoutFragment(address);
        int question = text.indexOf('?');
        return question < 0 ? text : text.substring(0, question);
    }

    static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
