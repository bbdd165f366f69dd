package dev.grove.auth;

import java.util.List;
import java.util.Optional;

/** How one side of a DM 1.x session proves who it is ([DMPRO 1.3 §9], [DMSEC 1.2 §5]). */
public enum Scheme {
    /** User name and password in base64: {@code syncml:auth-basic}. */
    BASIC("syncml:auth-basic"),
    /** MD5 digest with a nonce in {@code Cred}: {@code syncml:auth-md5}. */
    MD5("syncml:auth-md5"),
    /** MD5 digest over the whole message in the header {@code x-syncml-hmac}: {@code syncml:auth-MAC}. */
    MAC("syncml:auth-MAC"),
    /** The MD5 scheme with SHA-256, of DM 1.3. Its name is not confirmed by a public text and may be configured. */
    SHA256("syncml:auth-SHA256");

    private static final List<Scheme> SCHEMES = List.of(values());

    private final String wireName;

    Scheme(String wireName) {
        this.wireName = wireName;
    }

    /** The {@code Type} of the credentials and of the challenge. */
    public String wireName() {
        return wireName;
    }

    /** The {@code Type} where that of SHA-256 is configured otherwise. */
    public String wireName(String sha256Name) {
        return this == SHA256 ? sha256Name : wireName;
    }

    /** Whether the proof is made with a nonce, so that a challenge carries {@code NextNonce}. */
    public boolean hasNonce() {
        return this != BASIC;
    }

    /** Reads a {@code Type} without regard to case; empty for a scheme that Grove does not speak. */
    public static Optional<Scheme> of(String wireName) {
        return of(wireName, SHA256.wireName);
    }

    /** Reads a {@code Type} where that of SHA-256 is configured otherwise. */
    public static Optional<Scheme> of(String wireName, String sha256Name) {
        String wanted = wireName.strip();
        for (Scheme scheme : SCHEMES) {
            if (scheme.wireName(sha256Name).equalsIgnoreCase(wanted)) {
                return Optional.of(scheme);
            }
        }
        return Optional.empty();
    }
}
