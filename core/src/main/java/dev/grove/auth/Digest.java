package dev.grove.auth;

import dev.grove.wire.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Optional;

/**
 * The hash functions of the digest schemes, and the three formulas that are built on them ([DMSEC 1.2 §5]). With
 * {@code H} the hash function and {@code B64} base64 without line breaks:
 *
 * <pre>
 * secretHash = B64(H(user ":" password))
 * digest     = H(secretHash ":" nonce)
 * mac        = H(secretHash ":" nonce ":" B64(H(body)))
 * </pre>
 *
 * <p>The nonce is hashed as octets, never in its base64 form. In spite of its name, {@code x-syncml-hmac} is not the
 * HMAC of RFC 2104. The digest of a notification (package 0) is the {@code mac} formula too, over the trigger.
 */
public enum Digest {
    MD5("MD5", "MD5"), SHA256("SHA-256", "SHA256");

    private final String javaName;
    private final String token;
    /** Copied for each use: to look a hash function up takes longer than to hash a message. */
    @SuppressWarnings("ImmutableEnumChecker") // nothing is ever fed to it
    private final MessageDigest unused;

    Digest(String javaName, String token) {
        this.javaName = javaName;
        this.token = token;
        this.unused = lookedUp(javaName);
    }

    /** The name in {@code x-syncml-hmac: algorithm=}. That of SHA-256 is a guess: no public text names it. */
    public String token() {
        return token;
    }

    /** Reads an algorithm name without regard to case and dashes; empty for one that Grove does not know. */
    public static Optional<Digest> ofToken(String token) {
        return switch (token.strip().toUpperCase(Locale.ROOT)) {
            case "MD5", "MD-5" -> Optional.of(MD5);
            case "SHA256", "SHA-256" -> Optional.of(SHA256);
            default -> Optional.empty();
        };
    }

    /** The plain hash of some bytes. */
    public Bytes of(Bytes bytes) {
        MessageDigest hash = hash();
        bytes.feed(hash);
        return Bytes.wrap(hash.digest());
    }

    /** What may be stored in place of the password: {@code B64(H(user ":" password))}, both in UTF-8. */
    public String secretHash(String userName, String password) {
        MessageDigest hash = hash();
        hash.update(userName.getBytes(StandardCharsets.UTF_8));
        hash.update((byte) ':');
        hash.update(password.getBytes(StandardCharsets.UTF_8));
        return Bytes.wrap(hash.digest()).base64();
    }

    /** The digest of {@code Cred}; the colon stays even where the nonce is empty. */
    public Bytes digest(String secretHash, Bytes nonce) {
        MessageDigest hash = hash();
        feedSecretAndNonce(hash, secretHash, nonce);
        return Bytes.wrap(hash.digest());
    }

    /** The digest over a whole message, as it was transferred ({@code x-syncml-hmac}) or over a trigger. */
    public Bytes mac(String secretHash, Bytes nonce, Bytes body) {
        String bodyHash = of(body).base64();
        MessageDigest hash = hash();
        feedSecretAndNonce(hash, secretHash, nonce);
        hash.update((byte) ':');
        hash.update(bodyHash.getBytes(StandardCharsets.US_ASCII));
        return Bytes.wrap(hash.digest());
    }

    private static void feedSecretAndNonce(MessageDigest hash, String secretHash, Bytes nonce) {
        hash.update(secretHash.getBytes(StandardCharsets.US_ASCII));
        hash.update((byte) ':');
        nonce.feed(hash);
    }

    private MessageDigest hash() {
        try {
            return (MessageDigest) unused.clone();
        } catch (CloneNotSupportedException inHardware) {
            return lookedUp(javaName);
        }
    }

    private static MessageDigest lookedUp(String javaName) {
        try {
            return MessageDigest.getInstance(javaName);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has " + javaName, impossible);
        }
    }
}
