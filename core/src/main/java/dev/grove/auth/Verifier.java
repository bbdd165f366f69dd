package dev.grove.auth;

import dev.grove.wire.Bytes;
import java.util.Optional;
import java.util.Set;

/**
 * Checks the credentials of a peer. Digests are compared in constant time.
 *
 * @param secret what the peer should know, with the nonce in force
 * @param tolerated which matches pass besides {@link Match#CURRENT_NONCE}
 */
public record Verifier(Secret secret, Set<Match> tolerated) {

    public Verifier {
        tolerated = Set.copyOf(tolerated);
    }

    /** A verifier that accepts the nonce in force only. */
    public Verifier(Secret secret) {
        this(secret, Set.of());
    }

    /** Judges the content of {@code Cred/Data}; anything that is not base64 is simply wrong. */
    public Match check(Scheme scheme, String data) {
        Optional<Bytes> offered = decoded(data);
        if (offered.isEmpty()) {
            return Match.NONE;
        }
        return switch (scheme) {
            case BASIC -> offered.get()
                    .equalsInConstantTime(Bytes.utf8(secret.userName() + ":" + secret.password()))
                            ? Match.CURRENT_NONCE
                            : Match.NONE;
            case MD5 -> checkDigest(Digest.MD5, offered.get());
            case SHA256 -> checkDigest(Digest.SHA256, offered.get());
            case MAC -> Match.NONE;
        };
    }

    private Match checkDigest(Digest digest, Bytes offered) {
        String secretHash = digest.secretHash(secret.userName(), secret.password());
        return firstMatch(nonce -> digest.digest(secretHash, nonce).equalsInConstantTime(offered));
    }

    /**
     * Judges the header {@code x-syncml-hmac} of a message.
     *
     * @param body the bytes of the message as they were transferred
     */
    public Match check(SyncmlHmac header, Bytes body) {
        Optional<Digest> algorithm = Digest.ofToken(header.algorithm());
        Optional<Bytes> offered = decoded(header.mac());
        if (algorithm.isEmpty() || offered.isEmpty()
                || !Bytes.utf8(header.userName()).equalsInConstantTime(Bytes.utf8(secret.userName()))) {
            return Match.NONE;
        }
        Digest digest = algorithm.get();
        String secretHash = digest.secretHash(secret.userName(), secret.password());
        return firstMatch(nonce -> isMac(digest.mac(secretHash, nonce, body), offered.get()));
    }

    /** The formula yields raw octets; the example of the specification sends their hexadecimal digits. */
    private static boolean isMac(Bytes mac, Bytes offered) {
        boolean isRaw = mac.equalsInConstantTime(offered);
        return Bytes.utf8(mac.hex()).equalsInConstantTime(offered) || isRaw;
    }

    private Match firstMatch(NonceTest test) {
        if (test.isMadeWith(secret.nonce())) {
            return Match.CURRENT_NONCE;
        }
        if (tolerated.contains(Match.UNDECODED_NONCE) && test.isMadeWith(Bytes.utf8(secret.nonce().base64()))) {
            return Match.UNDECODED_NONCE;
        }
        if (tolerated.contains(Match.DEFAULT_NONCE)) {
            for (Bytes reading : Nonce.DEFAULT_READINGS) {
                if (test.isMadeWith(reading)) {
                    return Match.DEFAULT_NONCE;
                }
            }
        }
        return Match.NONE;
    }

    private static Optional<Bytes> decoded(String base64) {
        try {
            return Optional.of(Bytes.base64(base64));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** Whether the credentials at hand were made with a given nonce. */
    private interface NonceTest {
        boolean isMadeWith(Bytes nonce);
    }
}
