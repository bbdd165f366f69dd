package dev.grove.notify.envelope;

import dev.grove.wire.Bytes;

/**
 * A header of OBEX; the two highest bits of its identifier tell its kind ([IrOBEX 1.3 §2.1]).
 *
 * <p>All constants are identifiers.
 */
public sealed interface ObexHeader {

    int NAME = 0x01;
    int TYPE = 0x42;
    int TARGET = 0x46;
    /** Lines of HTTP, such as {@code x-syncml-hmac}. */
    int HTTP = 0x47;
    int BODY = 0x48;
    int END_OF_BODY = 0x49;
    int WHO = 0x4A;
    int LENGTH = 0xC3;
    /** Stands first where there is one. */
    int CONNECTION_ID = 0xCB;

    /** 0 to 255. */
    int id();

    /** Characters. */
    record Text(int id, String value) implements ObexHeader {
        public Text {
            check(id, 0x00);
        }
    }

    /** Octets. */
    record Octets(int id, Bytes value) implements ObexHeader {
        public Octets {
            check(id, 0x40);
        }
    }

    /** A number of 8 bits. */
    record Octet(int id, int value) implements ObexHeader {
        public Octet {
            check(id, 0x80);
        }
    }

    /** A number of 32 bits, without sign. */
    record Word(int id, long value) implements ObexHeader {
        public Word {
            check(id, 0xC0);
        }
    }

    private static void check(int id, int kind) {
        if ((id & ~0x3F) != kind) {
            throw new IllegalArgumentException("a header of this kind has another identifier than " + id);
        }
    }

    /** A media type, as it stands in the header for it: with a zero behind. */
    static ObexHeader type(String mediaType) {
        return new Octets(TYPE, Bytes.utf8(mediaType + "\0"));
    }

    /** Its kind, by its identifier. */
    static int kind(int id) {
        return id & 0xC0;
    }
}
