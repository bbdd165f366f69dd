package dev.grove.auth;

/** What the credentials of a peer turned out to be made with. */
public enum Match {
    /** The nonce in force; also a right password in a scheme without nonces. */
    CURRENT_NONCE,
    /** The nonce 0x00000000 of the resynchronisation procedure ([DMNOTI 1.2 §5.1]). */
    DEFAULT_NONCE,
    /** The nonce in force, hashed in its base64 form: a mistake that some clients make. */
    UNDECODED_NONCE,
    /** Nothing that is accepted. */
    NONE
}
