package dev.grove.tools.simulate;

import dev.grove.auth.HttpLogin;
import dev.grove.client.transport.HttpProof;
import dev.grove.client.transport.Transport;
import dev.grove.client.transport.TransportException;
import dev.grove.client.transport.TransportException.Kind;
import dev.grove.client.transport.Web;
import dev.grove.syncml.Encoding;
import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import dev.grove.wire.Packet;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How one device reaches servers in one session: messages of DM 1.x and the web of DM 2.0. A server that sends the
 * first message away for a while (429, 503) ends the session at once; later it is asked again.
 */
final class SessionLine implements Transport, Web {

    /** Header fields of a response that belong to HTTP and not to the message. */
    private static final Set<String> OF_THE_BEARER = Set.of("connection", "content-length", "content-type", "date",
            "keep-alive", "server", "set-cookie", "transfer-encoding");

    private static final int MAX_REDIRECTS = 5;
    private static final int MAX_TRIES = 3;

    private final HttpExchange http;
    private final Manner manner;
    private @Nullable HttpProof proof;
    private int answered;
    private String trouble = "";
    private boolean isTurnedAway;

    /**
     * How a device speaks HTTP.
     *
     * @param isWordy whether its media types are in capitals and name their charset
     * @param basic when a device of DM 2.0 shows its password
     * @param luck for nonces
     */
    record Manner(String userAgent, boolean isWordy, HttpProof.Basic basic, RandomGenerator luck) {}

    /** @param proof what the device remembers of how its server of DM 2.0 wants it to prove itself */
    SessionLine(HttpExchange http, Manner manner, @Nullable HttpProof proof) {
        this.http = http;
        this.manner = manner;
        this.proof = proof;
    }

    /** Another session of the same device begins, with these dice. */
    void begin(FaultDice dice) {
        http.begin(dice);
        answered = 0;
        trouble = "";
        isTurnedAway = false;
    }

    /** The session is over. */
    void end() {
        http.end();
    }

    /** What is to be remembered for the next session. */
    @Nullable
    HttpProof proof() {
        return proof;
    }

    /** What went wrong last, in a few words; empty if nothing did. */
    String trouble() {
        return http.trouble().isEmpty() ? trouble : http.trouble();
    }

    /** Whether the server had no time for the session. */
    boolean isTurnedAway() {
        return isTurnedAway;
    }

    // ---- DM 1.x

    @Override
    public Optional<Packet> exchange(URI address, Packet message) throws TransportException {
        URI current = address;
        for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
            HttpReply reply = http.send("POST", current, head(message), message.body());
            Optional<URI> next = redirected(reply, current);
            if (next.isEmpty()) {
                return packet(reply, current);
            }
            current = next.get();
        }
        throw failed(Kind.REFUSED, address, "too many redirects");
    }

    private String head(Packet message) {
        String type = manner.isWordy() ? message.mediaType().toUpperCase(Locale.ROOT) + "; charset=\"UTF-8\""
                : message.mediaType();
        StringBuilder head = new StringBuilder(256).append("Accept: ").append(message.baseMediaType())
                .append("\r\nContent-Type: ").append(type).append("\r\nUser-Agent: ").append(manner.userAgent())
                .append("\r\n");
        add(head, message.headers());
        return head.toString();
    }

    private static void add(StringBuilder head, Headers headers) {
        for (Headers.Field field : headers.fields()) {
            head.append(field.name()).append(": ").append(field.value()).append("\r\n");
        }
    }

    private Optional<URI> redirected(HttpReply reply, URI current) throws TransportException {
        int status = reply.status();
        if (status != 301 && status != 302 && status != 307 && status != 308) {
            return Optional.empty();
        }
        try {
            URI next = current.resolve(URI.create(reply.headers().first("Location").orElse("")));
            if ("https".equalsIgnoreCase(current.getScheme()) && !"https".equalsIgnoreCase(next.getScheme())) {
                throw failed(Kind.REFUSED, current, "redirects out of HTTPS");
            }
            return Optional.of(next);
        } catch (IllegalArgumentException unusable) {
            throw failed(Kind.REFUSED, current, "redirects nowhere");
        }
    }

    private Optional<Packet> packet(HttpReply reply, URI address) throws TransportException {
        if (reply.status() < 200 || reply.status() > 299) {
            throw refusal(reply, address);
        }
        answered++;
        if (reply.body().isEmpty()) {
            return Optional.empty();
        }
        Packet packet = packet(reply, true);
        boolean isCoded = !reply.headers().first("Content-Encoding").orElse("identity").strip()
                .equalsIgnoreCase("identity");
        if (isCoded || Encoding.ofMediaType(packet.baseMediaType()).isEmpty()) {
            throw failed(Kind.UNUSABLE, address, "an answer that is no message");
        }
        return Optional.of(packet);
    }

    private static Packet packet(HttpReply reply, boolean isMessage) {
        List<Headers.Field> fields = reply.headers().fields().stream()
                .filter(field -> !isMessage || !OF_THE_BEARER.contains(field.name().toLowerCase(Locale.ROOT)))
                .toList();
        return new Packet(reply.headers().first("Content-Type").orElse(""), reply.body(), new Headers(fields));
    }

    private TransportException refusal(HttpReply reply, URI address) {
        Duration pause = retryAfter(reply);
        note(reply.status());
        Kind kind = switch (reply.status()) {
            case 408, 500, 502, 504 -> Kind.BUSY;
            case 429, 503 -> answered == 0 ? Kind.REFUSED : Kind.BUSY;
            default -> Kind.REFUSED;
        };
        return new TransportException(kind, address.getHost() + ": " + trouble, null, pause);
    }

    /** Notes an answer that may mean that the server has no time. */
    private void note(int status) {
        trouble = "HTTP " + status;
        isTurnedAway = status == 429 || status == 503;
    }

    private static @Nullable Duration retryAfter(HttpReply reply) {
        String field = reply.headers().first("Retry-After").orElse("").strip();
        if (field.matches("[0-9]{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(field));
        }
        try {
            Duration wait = field.isEmpty() ? Duration.ZERO : Duration.between(Instant.now(),
                    ZonedDateTime.parse(field, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
            return wait.isPositive() ? wait : null;
        } catch (DateTimeException notADate) {
            return null;
        }
    }

    private TransportException failed(Kind kind, URI address, String why) {
        trouble = why;
        return new TransportException(kind, address.getHost() + ": " + why, null);
    }

    // ---- DM 2.0

    @Override
    public Answer send(Request request) throws TransportException {
        HttpProof shown = proofFor(request);
        for (int tries = 1;; tries++) {
            Optional<String> authorization = shown == null ? Optional.empty()
                    : shown.header(request.method(), request.address());
            HttpReply reply = http.send(request.method(), request.address(), head(request, authorization),
                    request.body() == null ? Bytes.EMPTY : request.body().body());
            boolean isAnswerable = reply.status() == 401 && shown != null && tries < MAX_TRIES
                    && shown.challenged(request.address(), authorization, reply.all("WWW-Authenticate"));
            if (!isAnswerable) {
                if (reply.status() >= 400) {
                    note(reply.status());
                }
                return new Answer(reply.status(), packet(reply, false));
            }
        }
    }

    /** The device remembers that of the first server to which it shows itself: its own. */
    private @Nullable HttpProof proofFor(Request request) {
        HttpLogin login = request.login();
        if (login == null) {
            return null;
        }
        HttpProof known = proof;
        if (known == null) {
            known = new HttpProof(login, request.address(), manner.basic(), manner.luck());
            proof = known;
        }
        return known;
    }

    private String head(Request request, Optional<String> authorization) {
        StringBuilder head = new StringBuilder(256).append("User-Agent: ").append(manner.userAgent()).append("\r\n");
        add(head, request.headers());
        authorization.ifPresent(value -> head.append("Authorization: ").append(value).append("\r\n"));
        if (request.body() != null) {
            head.append("Content-Type: ").append(Objects.requireNonNull(request.body()).mediaType()).append("\r\n");
        }
        return head.toString();
    }

    /** Both ports have one; the session ends by {@link #end}. */
    @Override
    public void close() {
        end();
    }
}
