package dev.grove.client.transport;

import dev.grove.client.transport.TransportException.Kind;
import dev.grove.syncml.Encoding;
import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import dev.grove.wire.Packet;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.CookieManager;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Messages over HTTP ([DM HTTP Binding §5-§6]): each is a POST, the answer is the response. A redirect is followed with
 * the same POST, never from HTTPS down to HTTP. Retrying is {@link RetryingTransport}'s business.
 */
public final class HttpTransport implements Transport {

    /** Header fields of a response that belong to HTTP and not to the message. */
    private static final Set<String> OF_THE_BEARER = Set.of("connection", "content-length", "content-type", "date",
            "keep-alive", "server", "set-cookie", "transfer-encoding");

    private static final String AUTHORIZATION = "Authorization";
    private static final int MAX_TRIES = 3;

    private final HttpOptions options;
    private final InstantSource clock;
    private final HttpClient client;

    /** @param clock to understand a {@code Retry-After} that is a date */
    public HttpTransport(HttpOptions options, InstantSource clock) {
        this.options = options;
        this.clock = clock;
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
    public Optional<Packet> exchange(URI address, Packet message) throws TransportException {
        URI origin = withQuery(address);
        URI current = origin;
        for (int redirects = 0; redirects <= options.maxRedirects(); redirects++) {
            boolean isOwnHost = sameHost(origin, current);
            HttpResponse<Bytes> response = proven(current, message, isOwnHost);
            if (!isRedirect(response.statusCode())) {
                return packet(response, current);
            }
            current = redirected(response, current);
        }
        throw new TransportException(Kind.REFUSED,
                place(origin) + ": more than " + options.maxRedirects() + " redirects", null);
    }

    /** Sends a message, and once or twice more if the server asks for a proof, or for a newer one. */
    private HttpResponse<Bytes> proven(URI address, Packet message, boolean isOwnHost) throws TransportException {
        HttpProof proof = options.proof();
        for (int tries = 1;; tries++) {
            HttpRequest request = request(address, message, isOwnHost);
            HttpResponse<Bytes> response = send(request, address);
            boolean isAnswerable = response.statusCode() == 401 && proof != null && isOwnHost && tries < MAX_TRIES
                    && proof.challenged(address, request.headers().firstValue(AUTHORIZATION),
                            response.headers().allValues("WWW-Authenticate"));
            if (!isAnswerable) {
                return response;
            }
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }

    /** The address with what {@link HttpOptions#query} demands, as far as it is not there yet. */
    URI withQuery(URI address) {
        String query = address.getRawQuery();
        StringBuilder whole = new StringBuilder(withoutFragment(address));
        String separator = query == null ? "?" : query.isEmpty() ? "" : "&";
        for (String wanted : options.query().split("&", -1)) {
            if (!wanted.isEmpty() && !hasParameter(query == null ? "" : query, nameOf(wanted))) {
                whole.append(separator).append(wanted);
                separator = "&";
            }
        }
        return URI.create(whole.toString());
    }

    private static boolean hasParameter(String query, String name) {
        return Stream.of(query.split("&", -1)).anyMatch(pair -> nameOf(pair).equalsIgnoreCase(name));
    }

    private static String nameOf(String parameter) {
        int equals = parameter.indexOf('=');
        return equals < 0 ? parameter : parameter.substring(0, equals);
    }

    private static String withoutFragment(URI address) {
        String text = address.toString();
        int hash = text.indexOf('#');
        return hash < 0 ? text : text.substring(0, hash);
    }

    private HttpRequest request(URI address, Packet message, boolean isOwnHost) throws TransportException {
        HttpRequest.Builder request;
        try {
            request = HttpRequest.newBuilder(address);
        } catch (IllegalArgumentException notHttp) {
            throw new TransportException(Kind.REFUSED, place(address) + ": is not an HTTP address", notHttp);
        }
        request.header("Cache-Control", "no-store").header("Accept", message.baseMediaType())
                .header("Accept-Charset", "utf-8").header("User-Agent", options.userAgent())
                .header("Content-Type", message.mediaType());
        message.headers().fields().stream()
                .filter(field -> isOwnHost || !AUTHORIZATION.equalsIgnoreCase(field.name()))
                .forEach(field -> request.header(field.name(), field.value()));
        if (isOwnHost) {
            options.headers().fields().forEach(field -> request.header(field.name(), field.value()));
            boolean isProven = message.headers().first(AUTHORIZATION).isPresent()
                    || options.headers().first(AUTHORIZATION).isPresent();
            if (options.proof() != null && !isProven) {
                options.proof().header("POST", address).ifPresent(value -> request.header(AUTHORIZATION, value));
            }
        }
        return request.POST(BodyPublishers.ofByteArray(message.body().toArray())).build();
    }

    private HttpResponse<Bytes> send(HttpRequest request, URI address) throws TransportException {
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

    private static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 307 || status == 308;
    }

    private static URI redirected(HttpResponse<?> response, URI current) throws TransportException {
        Optional<URI> next = response.headers().firstValue("Location").flatMap(HttpTransport::parsed)
                .map(current::resolve);
        if (next.isEmpty()) {
            throw new TransportException(Kind.REFUSED,
                    place(current) + ": HTTP " + response.statusCode() + " without a usable Location", null);
        }
        if (isHttps(current) && !isHttps(next.get())) {
            throw new TransportException(Kind.REFUSED,
                    place(current) + ": redirects from HTTPS to " + place(next.get()), null);
        }
        return next.get();
    }

    private static Optional<URI> parsed(String location) {
        try {
            return Optional.of(URI.create(location.strip()));
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    private Optional<Packet> packet(HttpResponse<Bytes> response, URI address) throws TransportException {
        int status = response.statusCode();
        if (status < 200 || status > 299) {
            throw refusal(response, address);
        }
        if (status == 204 || response.body().isEmpty()) {
            return Optional.empty();
        }
        String mediaType = response.headers().firstValue("Content-Type").orElse("");
        Packet packet = new Packet(mediaType, response.body(), protocolHeaders(response));
        if (Encoding.ofMediaType(packet.baseMediaType()).isEmpty() || isCoded(response)) {
            throw new TransportException(Kind.UNUSABLE, place(address) + ": answers with "
                    + (mediaType.isEmpty() ? "no media type" : "the media type " + mediaType)
                    + (isCoded(response) ? " in a content coding that was not asked for" : ", not a DM message"),
                    null);
        }
        return Optional.of(packet);
    }

    private static boolean isCoded(HttpResponse<?> response) {
        String coding = response.headers().firstValue("Content-Encoding").orElse("identity");
        return !coding.strip().equalsIgnoreCase("identity");
    }

    private static Headers protocolHeaders(HttpResponse<?> response) {
        List<Headers.Field> fields = response.headers().map().entrySet().stream()
                .filter(entry -> !OF_THE_BEARER.contains(entry.getKey().toLowerCase(Locale.ROOT)))
                .flatMap(entry -> entry.getValue().stream().map(value -> new Headers.Field(entry.getKey(), value)))
                .toList();
        return new Headers(fields);
    }

    private TransportException refusal(HttpResponse<Bytes> response, URI address) {
        int status = response.statusCode();
        Kind kind = switch (status) {
            case 408, 429, 500, 502, 503, 504 -> Kind.BUSY;
            default -> Kind.REFUSED;
        };
        Duration retryAfter = response.headers().firstValue("Retry-After").map(this::retryAfter).orElse(null);
        return new TransportException(kind, place(address) + ": HTTP " + status
                + (retryAfter == null ? "" : ", wants to be asked again in " + seconds(retryAfter)), null, retryAfter);
    }

    /** Seconds or a date ([RFC 9110 §10.2.3]); null if it is neither. */
    private @Nullable Duration retryAfter(String field) {
        String text = field.strip();
        if (text.matches("[0-9]{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            Duration wait = Duration.between(clock.instant(),
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeException notADate) {
            return null;
        }
    }

    private static boolean isHttps(URI address) {
        return "https".equalsIgnoreCase(address.getScheme());
    }

    private static boolean sameHost(URI one, URI other) {
        return one.getHost() != null && one.getHost().equalsIgnoreCase(other.getHost())
                && one.getPort() == other.getPort() && isHttps(one) == isHttps(other);
    }

    /** The address without its query, which may hold a session's secret. */
    private static String place(URI address) {
        String text = withoutFragment(address);
        int question = text.indexOf('?');
        return question < 0 ? text : text.substring(0, question);
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
