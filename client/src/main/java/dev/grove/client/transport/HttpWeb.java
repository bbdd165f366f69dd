package dev.grove.client.transport;

import dev.grove.auth.HttpLogin;
import dev.grove.client.transport.HttpProof.Basic;
import dev.grove.client.transport.TransportException.Kind;
import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import dev.grove.wire.Packet;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The web by the JDK's HTTP client. A 401 is answered once, by Digest if the server offers it, by Basic only over TLS
 * or to this machine; what a server wanted is remembered for the next request to it.
 */
public final class HttpWeb implements Web {

    private static final String AUTHORIZATION = "Authorization";
    private static final int UNAUTHORIZED = 401;
    private static final int MAX_TRIES = 3;
    /** Devices know few servers; a fleet of them on one transport knows many users. */
    private static final int MOST_PROOFS = 10_000;

    private final HttpOptions options;
    private final HttpCalls calls;
    private final RandomGenerator luck;
    private final Map<String, HttpProof> proofs = new ConcurrentHashMap<>();

    /** @param luck for the client's nonces; must be hard to predict */
    public HttpWeb(HttpOptions options, RandomGenerator luck) {
        this.options = options;
        this.calls = new HttpCalls(options);
        this.luck = luck;
    }

    @Override
    public Answer send(Request request) throws TransportException {
        HttpProof proof = proof(request);
        for (int tries = 1;; tries++) {
            Optional<String> shown = proof == null ? Optional.empty()
                    : proof.header(request.method(), request.address());
            HttpResponse<Bytes> response = call(request, shown);
            boolean isAnswerable = response.statusCode() == UNAUTHORIZED && proof != null && tries < MAX_TRIES
                    && proof.challenged(request.address(), shown, response.headers().allValues("WWW-Authenticate"));
            if (!isAnswerable) {
                return answer(response);
            }
        }
    }

    private @Nullable HttpProof proof(Request request) {
        HttpLogin login = request.login();
        if (login == null) {
            return null;
        }
        String key = login.userName() + " " + login.password().hashCode() + " " + origin(request.address());
        if (proofs.size() >= MOST_PROOFS) {
            proofs.clear();
        }
        return proofs.computeIfAbsent(key, _ -> new HttpProof(login, request.address(),
                isPrivate(request.address()) ? Basic.WHEN_ASKED : Basic.NEVER, luck));
    }

    /** Whether a password in the clear is safe from eavesdroppers. */
    private static boolean isPrivate(URI address) {
        String host = address.getHost() == null ? "" : address.getHost();
        return "https".equalsIgnoreCase(address.getScheme()) || host.equals("localhost") || host.startsWith("127.")
                || host.equals("[::1]");
    }

    private static String origin(URI address) {
        return (address.getScheme() + "://" + address.getRawAuthority()).toLowerCase(Locale.ROOT);
    }

    private HttpResponse<Bytes> call(Request request, Optional<String> authorization)
            throws TransportException {
        HttpRequest.Builder builder;
        try {
            builder = HttpRequest.newBuilder(request.address());
        } catch (IllegalArgumentException notHttp) {
            throw new TransportException(Kind.REFUSED, HttpCalls.place(request.address()) + ": is no HTTP address",
                    notHttp);
        }
        builder.header("Cache-Control", "no-store").header("User-Agent", options.userAgent());
        request.headers().fields().forEach(field -> builder.header(field.name(), field.value()));
        authorization.ifPresent(value -> builder.header(AUTHORIZATION, value));
        Packet body = request.body();
        if (body != null) {
            builder.header("Content-Type", body.mediaType());
        }
        builder.method(request.method(), body == null ? BodyPublishers.noBody()
                : BodyPublishers.ofByteArray(body.body().toArray()));
        return calls.send(builder.build(), request.address());
    }

    private static Answer answer(HttpResponse<Bytes> response) throws TransportException {
        String coding = response.headers().firstValue("Content-Encoding").orElse("identity");
        if (!coding.strip().equalsIgnoreCase("identity")) {
            throw new TransportException(Kind.UNUSABLE,
                    HttpCalls.place(response.uri()) + ": answers in a content coding that was not asked for", null);
        }
        Headers headers = new Headers(response.headers().map().entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(value -> new Headers.Field(entry.getKey(), value)))
                .toList());
        String mediaType = response.headers().firstValue("Content-Type").orElse("");
        return new Answer(response.statusCode(), new Packet(mediaType, response.body(), headers));
    }

    @Override
    public void close() {
        calls.close();
    }
}
