package dev.grove.client.transport;

import dev.grove.auth.HttpBasic;
import dev.grove.auth.HttpChallenge;
import dev.grove.auth.HttpDigest;
import dev.grove.auth.HttpDigest.Request;
import dev.grove.auth.HttpDigest.Use;
import dev.grove.auth.HttpDigestChallenge;
import dev.grove.auth.HttpLogin;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How the device proves itself to one server by HTTP ([DM 2.0 §9.2.1]): by Digest where the server offers it, with the
 * strongest algorithm and a counted nonce that serves for many requests ([RFC 7616]), or else by Basic. Nothing is sent
 * to any other origin.
 *
 * <p>May be used by several threads, and for as long as the server's address stays the same.
 */
public final class HttpProof {

    /** When a password may go over the line as it is. */
    public enum Basic {
        /** Only if the server asks for it. */
        WHEN_ASKED,
        /** With the first request already, which saves a round trip with servers that are known to want it. */
        AT_ONCE,
        /** Not at all. */
        NEVER
    }

    private static final int CNONCE_BYTES = 16;

    private final HttpLogin login;
    private final String origin;
    private final Basic basic;
    private final RandomGenerator luck;
    private boolean isBasicAsked;
    private @Nullable HttpDigestChallenge challenge;
    private String cnonce = "";
    private int uses;

    /**
     * @param server any address of the server: its scheme, host and port count
     * @param luck hard to predict
     */
    public HttpProof(HttpLogin login, URI server, Basic basic, RandomGenerator luck) {
        this.login = login;
        this.origin = origin(server);
        this.basic = basic;
        this.luck = luck;
        this.isBasicAsked = basic == Basic.AT_ONCE;
    }

    /** The value of {@code Authorization} for a request; empty for other origins, and before the first challenge. */
    public synchronized Optional<String> header(String method, URI address) {
        if (!origin(address).equals(origin)) {
            return Optional.empty();
        }
        if (challenge != null) {
            Use use = new Use(cnonce, ++uses);
            return Optional.of(HttpDigest.answer(challenge, login, new Request(method, target(address)), use).print());
        }
        return isBasicAsked ? Optional.of(HttpBasic.print(login)) : Optional.empty();
    }

    /**
     * Takes note of an answer 401.
     *
     * @param address which was asked
     * @param sent what was sent as {@code Authorization}; empty if nothing
     * @param offered the values of {@code WWW-Authenticate}
     * @return whether the request may be accepted if it is sent once more, with what {@link #header} then says
     */
    public synchronized boolean challenged(URI address, Optional<String> sent, List<String> offered) {
        if (!origin(address).equals(origin)) {
            return false;
        }
        List<HttpChallenge> all = readable(offered);
        Optional<HttpDigestChallenge> digest = bestDigest(all);
        if (digest.isPresent()) {
            boolean wasDigest = sent.filter(header -> header.startsWith(HttpDigest.SCHEME + " ")).isPresent();
            boolean isNewHere = challenge == null || !digest.get().realm().equals(challenge.realm());
            take(digest.get());
            return !wasDigest || isNewHere || digest.get().isStale();
        }
        boolean isAsked = all.stream().anyMatch(one -> one.is(HttpBasic.SCHEME));
        if (!isAsked || basic == Basic.NEVER || sent.filter(HttpBasic.print(login)::equals).isPresent()) {
            return false;
        }
        challenge = null;
        isBasicAsked = true;
        return true;
    }

    private void take(HttpDigestChallenge next) {
        byte[] chance = new byte[CNONCE_BYTES];
        luck.nextBytes(chance);
        challenge = next;
        cnonce = Bytes.wrap(chance).hex();
        uses = 0;
    }

    /** Headers that break the grammar count as not sent: the others may do. */
    private static List<HttpChallenge> readable(List<String> headers) {
        List<HttpChallenge> all = new ArrayList<>();
        for (String header : headers) {
            all.addAll(read(header));
        }
        return all;
    }

    private static List<HttpChallenge> read(String header) {
        try {
            return HttpChallenge.parse(header);
        } catch (Malformed unreadable) {
            return List.of();
        }
    }

    private static Optional<HttpDigestChallenge> bestDigest(List<HttpChallenge> offered) {
        try {
            return HttpDigestChallenge.best(offered);
        } catch (Malformed unusable) {
            return Optional.empty();
        }
    }

    /** Path and query as they stand in the request line. */
    private static String target(URI address) {
        String path = address.getRawPath() == null || address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        return address.getRawQuery() == null ? path : path + "?" + address.getRawQuery();
    }

    private static String origin(URI address) {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        int port = address.getPort() >= 0 ? address.getPort() : scheme.equals("https") ? 443 : 80;
        return scheme + "://" + String.valueOf(address.getHost()).toLowerCase(Locale.ROOT) + ":" + port;
    }

    /** Names the user and the server only. */
    @Override
    public String toString() {
        return "HttpProof[" + login.userName() + " at " + origin + "]";
    }
}
