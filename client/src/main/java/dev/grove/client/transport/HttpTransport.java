package dev.grove.client.transport;

import dev.grove.client.transport.TransportException.Kind;
import dev.grove.syncml.Encoding;
import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import dev.grove.wire.Packet;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
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
    private final HttpCalls calls;

    /** @param clock to understand a {@code Retry-After} that is a date */
    public HttpTransport(HttpOptions options, InstantSource clock) {
        this.options = options;
        this.clock = clock;
        this.calls = new HttpCalls(options);
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
                HttpCalls.place(origin) + ": more than " + options.maxRedirects() + " redirects", null);
    }

    /** Sends a message, and once or twice more if the server asks for a proof, or for a newer one. */
    private HttpResponse<Bytes> proven(URI address, Packet message, boolean isOwnHost) throws TransportException {
        HttpProof proof = options.proof();
        for (int tries = 1;; tries++) {
            HttpRequest request = request(address, message, isOwnHost);
            HttpResponse<Bytes> response = calls.send(request, address);
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
        calls.close();
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

    static String withoutFragment(URI address) {
        String text = address.toString();
        int hash = text.indexOf('#');
        return hash < 0 ? text : text.substring(0, hash);
    }

    private HttpRequest request(URI address, Packet message, boolean isOwnHost) throws TransportException {
        HttpRequest.Builder request;
        try {
            request = HttpRequest.newBuilder(address);
        } catch (IllegalArgumentException notHttp) {
            throw new TransportException(Kind.REFUSED, HttpCalls.place(address) + ": is not an HTTP address", notHttp);
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

    private static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 307 || status == 308;
    }

    private static URI redirected(HttpResponse<?> response, URI current) throws TransportException {
        Optional<URI> next = response.headers().firstValue("Location").flatMap(HttpTransport::parsed)
                .map(current::resolve);
        if (next.isEmpty()) {
            throw new TransportException(Kind.REFUSED,
                    HttpCalls.place(current) + ": HTTP " + response.statusCode() + " without a usable Location", null);
        }
        if (isHttps(current) && !isHttps(next.get())) {
            throw new TransportException(Kind.REFUSED,
                    HttpCalls.place(current) + ": redirects from HTTPS to " + HttpCalls.place(next.get()), null);
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
            throw new TransportException(Kind.UNUSABLE, HttpCalls.place(address) + ": answers with "
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
        return new TransportException(kind, HttpCalls.place(address) + ": HTTP " + status
                + (retryAfter == null ? "" : ", wants to be asked again in " + HttpCalls.seconds(retryAfter)), null,
                retryAfter);
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
}
