package dev.grove.auth;

import dev.grove.wire.Bytes;
import java.util.List;
import java.util.random.RandomGenerator;

/** The nonces that Grove makes, and the one that everybody knows ([DMSEC 1.2 §5.2], [DMNOTI 1.2 §5.1]). */
public final class Nonce {

    /** As many octets as [DMSEC 1.2] recommends. */
    public static final int LENGTH_BYTES = 16;

    /** The nonce 0x00000000 of the resynchronisation procedure: four zero octets. */
    public static final Bytes DEFAULT = Bytes.wrap(new byte[4]);

    /** How peers read "0x00000000": as four octets, or as that text. */
    static final List<Bytes> DEFAULT_READINGS = List.of(DEFAULT, Bytes.utf8("0x00000000"));

    private Nonce() {}

    /** A new nonce. The generator must be hard to predict. */
    public static Bytes fresh(RandomGenerator luck) {
        byte[] octets = new byte[LENGTH_BYTES];
        luck.nextBytes(octets);
        return Bytes.wrap(octets);
    }
}
