package dev.grove.auth;

import dev.grove.wire.Bytes;

/**
 * A key that a device and its server share for TLS ([RFC 4279], [DM 2.0 §12.2.1.1]).
 *
 * @param identity by which the device tells which key it has; travels in the clear, in UTF-8
 * @param key never printed
 */
public record PreSharedKey(String identity, Bytes key) {

    /** The longest identity that is taken. Every implementation takes 128 bytes at least ([RFC 4279 §5.3]). */
    public static final int MAX_IDENTITY_BYTES = 16_384;

    /** A key of fewer octets is no secret. */
    public static final int MIN_KEY_BYTES = 8;

    /** More octets than any cipher suite could profit from. */
    public static final int MAX_KEY_BYTES = 512;

    public PreSharedKey {
        int identityBytes = Bytes.utf8(identity).length();
        if (identityBytes < 1 || identityBytes > MAX_IDENTITY_BYTES) {
            throw new IllegalArgumentException("an identity has 1 to " + MAX_IDENTITY_BYTES + " bytes of UTF-8");
        }
        if (key.length() < MIN_KEY_BYTES || key.length() > MAX_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "a pre-shared key has " + MIN_KEY_BYTES + " to " + MAX_KEY_BYTES + " bytes");
        }
    }

    /**
     * Reads a key as people write it: an even number of hexadecimal digits, or else base64.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static Bytes readKey(String text) {
        String digits = text.strip();
        return digits.length() % 2 == 0 && digits.matches("[0-9a-fA-F]+") ? Bytes.hex(digits) : Bytes.base64(digits);
    }

    /** Names the identity only. */
    @Override
    public String toString() {
        return "PreSharedKey[" + identity + "]";
    }
}
