package dev.grove.auth;

import dev.grove.wire.Bytes;

/** Makes what one side sends to prove itself ([DMPRO 1.3 §9.3], [DMSEC 1.2 §5]). */
public final class Credentials {

    private Credentials() {}

    /**
     * The content of {@code Cred/Data}.
     *
     * @throws IllegalArgumentException for {@link Scheme#MAC}, whose proof goes in a header: {@link #hmac}
     */
    public static String data(Scheme scheme, Secret secret) {
        return switch (scheme) {
            case BASIC -> Bytes.utf8(secret.userName() + ":" + secret.password()).base64();
            case MD5 -> digest(Digest.MD5, secret);
            case SHA256 -> digest(Digest.SHA256, secret);
            case MAC -> throw new IllegalArgumentException("the MAC scheme has no Cred (DMSEC 1.2 5.3)");
        };
    }

    private static String digest(Digest digest, Secret secret) {
        return digest.digest(digest.secretHash(secret.userName(), secret.password()), secret.nonce()).base64();
    }

    /** The header {@code x-syncml-hmac} for a message whose bytes, as they will be transferred, are {@code body}. */
    public static SyncmlHmac hmac(Digest digest, Secret secret, Bytes body) {
        String secretHash = digest.secretHash(secret.userName(), secret.password());
        return new SyncmlHmac(digest.token(), secret.userName(),
                digest.mac(secretHash, secret.nonce(), body).base64());
    }
}
