package dev.grove.auth;

import dev.grove.wire.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The formulas of HTTP Digest ([RFC 7616 §3.4]), with those of [RFC 2069] for peers that know no {@code qop}. With
 * {@code H} the hash function in lower-case hexadecimal digits:
 *
 * <pre>
 * A1       = user ":" realm ":" password              of -sess: H(that) ":" nonce ":" cnonce
 * response = H(H(A1) ":" nonce ":" nc ":" cnonce ":auth:" H(method ":" uri))
 *            H(H(A1) ":" nonce ":" H(method ":" uri))                                 without qop
 * </pre>
 *
 * <p>Of the qualities of protection only {@code auth} is spoken: {@code auth-int} would have bodies hashed that TLS
 * protects anyway.
 */
public final class HttpDigest {

    /** The name of the scheme. */
    public static final String SCHEME = "Digest";

    private HttpDigest() {}

    /** The hash functions that Grove speaks, the stronger ones first. */
    public enum Algorithm {
        SHA256_SESS("SHA-256-sess", "SHA-256"), SHA256("SHA-256", "SHA-256"), MD5_SESS("MD5-sess", "MD5"), MD5("MD5",
                "MD5");

        private final String token;
        private final String javaName;

        Algorithm(String token, String javaName) {
            this.token = token;
            this.javaName = javaName;
        }

        /** The name on the wire. */
        public String token() {
            return token;
        }

        /** Whether the nonces go into the hash of the secret. */
        public boolean isForSession() {
            return this == SHA256_SESS || this == MD5_SESS;
        }

        /** Reads a name without regard to case; empty for one that Grove does not speak, such as SHA-512-256. */
        public static Optional<Algorithm> of(String token) {
            for (Algorithm algorithm : values()) {
                if (algorithm.token.equalsIgnoreCase(token.strip())) {
                    return Optional.of(algorithm);
                }
            }
            return Optional.empty();
        }

        String hash(String text) {
            try {
                byte[] octets = MessageDigest.getInstance(javaName).digest(text.getBytes(StandardCharsets.UTF_8));
                return Bytes.wrap(octets).hex();
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException("every Java has " + javaName, impossible);
            }
        }
    }

    /**
     * What is asked for.
     *
     * @param uri the request target as it stands in the request line: path and query
     */
    public record Request(String method, String uri) {}

    /**
     * How often a nonce was used ({@code cnonce} and {@code nc}), so that nobody can send the same request again.
     *
     * @param cnonce of the client's own luck; one for as long as it uses the server's nonce
     * @param number from 1
     */
    public record Use(String cnonce, int number) {

        public Use {
            if (number < 1) {
                throw new IllegalArgumentException("uses of a nonce are counted from 1 (RFC 7616 3.4)");
            }
        }

        /** As it stands on the wire and in the hash: eight hexadecimal digits. */
        String nc() {
            return String.format(Locale.ROOT, "%08x", number);
        }

        @Nullable
        static Use of(@Nullable String cnonce, @Nullable String nc) {
            if (cnonce == null || nc == null || !nc.matches("[0-7][0-9a-fA-F]{7}")) {
                return null;
            }
            int number = Integer.parseInt(nc, 16);
            return number < 1 ? null : new Use(cnonce, number);
        }
    }

    /**
     * Answers a challenge.
     *
     * @param use left out of the answer where the server has offered no {@code qop}, except that a {@code -sess}
     *     algorithm needs its {@code cnonce}
     */
    public static HttpDigestAnswer answer(HttpDigestChallenge challenge, HttpLogin login, Request request, Use use) {
        Use used = challenge.countsUses() || challenge.algorithm().isForSession() ? use : null;
        HttpDigestAnswer unsigned = new HttpDigestAnswer(login.userName(), false, challenge.realm(), challenge.nonce(),
                request.uri(), challenge.algorithm(), "", challenge.opaque(), used, challenge.countsUses());
        HttpDigestAnswer signed = unsigned.withResponse(response(unsigned, login, request.method()));
        return challenge.hidesUserName()
                ? signed.withHashedName(challenge.algorithm().hash(login.userName() + ":" + challenge.realm()))
                : signed;
    }

    /**
     * Whether the answer was made with this login for this method and for its own realm, nonce and address, which the
     * caller compares with what it has issued and what was called. Takes the same time whether it was or not.
     */
    public static boolean matches(HttpDigestAnswer answer, HttpLogin login, String method) {
        String name = answer.isNameHashed()
                ? answer.algorithm().hash(login.userName() + ":" + answer.realm())
                : login.userName();
        Bytes expected = Bytes.utf8(response(answer, login, method) + ":" + name);
        Bytes offered = Bytes.utf8(answer.response().toLowerCase(Locale.ROOT) + ":" + answer.userName());
        return expected.equalsInConstantTime(offered);
    }

    private static String response(HttpDigestAnswer answer, HttpLogin login, String method) {
        Algorithm algorithm = answer.algorithm();
        Use use = answer.use();
        String secret = algorithm.hash(login.userName() + ":" + answer.realm() + ":" + login.password());
        if (algorithm.isForSession()) {
            secret = algorithm.hash(secret + ":" + answer.nonce() + ":" + (use == null ? "" : use.cnonce()));
        }
        String asked = algorithm.hash(method + ":" + answer.uri());
        String counted = use == null || !answer.hasQop() ? "" : use.nc() + ":" + use.cnonce() + ":auth:";
        return algorithm.hash(secret + ":" + answer.nonce() + ":" + counted + asked);
    }
}
