package dev.grove.notify;

import dev.grove.auth.Digest;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The trigger of DM 1.1.2 and 1.2 without its digest ([DMNOTI 1.2 §6]). Every bit of a trigger that was read is here,
 * so that the digest can be computed again.
 *
 * @param version ten times the version of the notification message, 0 to 1023: 10 in DM 1.1.2, 11 in DM 1.2 (§6.2.6);
 *     known servers write 12 too
 * @param isServerInitiated whether the server has actions to perform, rather than the user asked for the session
 * @param futureUse 27 bits; what a server writes is 0
 * @param sessionId 1 to 65535, of the session that is asked for (§6.2.10)
 * @param serverId of the account that is meant, 255 octets at most
 * @param vendor the trigger-body; under the digest too
 */
public record TriggerMessage(int version, UiMode uiMode, boolean isServerInitiated, int futureUse, int sessionId,
        String serverId, Bytes vendor) {

    /** [DMNOTI 1.2 §6] */
    public static final String MEDIA_TYPE = "application/vnd.syncml.notification";

    /** What a message of DM 1.1.2 says. */
    public static final int VERSION_1_1_2 = 10;

    /** What a message conforming to [DMNOTI 1.2 §6.2.6] says. */
    public static final int VERSION_1_2 = 11;

    private static final int DIGEST_BYTES = 16;
    private static final int HEADER_BYTES = 8;

    public TriggerMessage {
        check(version, 0x3FF, "version");
        check(futureUse, 0x7FFFFFF, "future-use");
        check(sessionId, 0xFFFF, "session id");
        if (sessionId == 0) {
            throw new IllegalArgumentException("a session id is 1 to 65535 (DMNOTI 1.2 §6.2.10)");
        }
        if (serverId.getBytes(StandardCharsets.UTF_8).length > 255) {
            throw new IllegalArgumentException("a server identifier has 255 octets at most (DMNOTI 1.2 §6.1)");
        }
    }

    private static void check(int value, int most, String name) {
        if (value < 0 || value > most) {
            throw new IllegalArgumentException(name + " is 0 to " + most + ": " + value);
        }
    }

    /** What servers send: version 1.1, initiated by the server, nothing of a vendor. */
    public static TriggerMessage of(String serverId, int sessionId, UiMode uiMode) {
        return new TriggerMessage(VERSION_1_2, uiMode, true, 0, sessionId, serverId, Bytes.EMPTY);
    }

    /** The session id as it stands in {@code SessionID}: one to four hexadecimal digits (§6.2.10). */
    public String sessionIdText() {
        return Integer.toHexString(sessionId).toUpperCase(Locale.ROOT);
    }

    /**
     * A trigger and the digest that stood before it.
     *
     * @param digest 16 octets
     */
    public record Signed(TriggerMessage message, Bytes digest) {

        public Signed {
            if (digest.length() != DIGEST_BYTES) {
                throw new IllegalArgumentException("the digest of a notification has 16 octets (DMNOTI 1.2 §6.2.2)");
            }
        }

        /** As it is sent. */
        public Bytes encode() {
            return digest.plus(message.trigger());
        }

        /**
         * Whether the digest was made with this; compared in constant time.
         *
         * @param secretHash {@link Digest#secretHash} of server identifier and password
         * @param nonce in octets
         */
        public boolean isBy(String secretHash, Bytes nonce) {
            return Digest.MD5.mac(secretHash, nonce, message.trigger()).equalsInConstantTime(digest);
        }
    }

    /** This with its digest ([DMNOTI 1.2 §6.2.2]); the parameters are those of {@link Signed#isBy}. */
    public Signed sign(String secretHash, Bytes nonce) {
        return new Signed(this, Digest.MD5.mac(secretHash, nonce, trigger()));
    }

    /** What the digest is computed over. */
    public Bytes trigger() {
        byte[] id = serverId.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + id.length + vendor.length());
        out.putShort((short) ((version << 6) | (uiMode.code() << 4) | (isServerInitiated ? 8 : 0) | (futureUse >> 24)));
        out.put((byte) (futureUse >> 16)).putShort((short) futureUse).putShort((short) sessionId);
        out.put((byte) id.length).put(id).put(vendor.toArray());
        return Bytes.wrap(out.array());
    }

    /** Reads a whole package 0; whether its digest is right is not asked here. */
    public static Signed decode(Bytes bytes) throws Malformed {
        if (bytes.length() < DIGEST_BYTES + HEADER_BYTES) {
            throw new Malformed(bytes.length(), "trigger", "a notification has 24 octets at least (DMNOTI 1.2 §6.1)");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes.toArray()).position(DIGEST_BYTES);
        int first = in.getShort() & 0xFFFF;
        int future = ((first & 7) << 24) | ((in.get() & 0xFF) << 16) | (in.getShort() & 0xFFFF);
        int sessionId = in.getShort() & 0xFFFF;
        if (sessionId == 0) {
            throw new Malformed(DIGEST_BYTES + 5, "sessionid", "a session id is 1 to 65535 (DMNOTI 1.2 §6.2.10)");
        }
        int length = in.get() & 0xFF;
        if (length > in.remaining()) {
            throw new Malformed(in.position() - 1, "length-identifier", "the server identifier should have " + length
                    + " octets, and " + in.remaining() + " are left (DMNOTI 1.2 §6.2.11)");
        }
        String serverId = text(in.slice(in.position(), length), in.position());
        Bytes vendor = bytes.slice(in.position() + length, bytes.length());
        return new Signed(
                new TriggerMessage(first >> 6, UiMode.of((first >> 4) & 3), (first & 8) != 0, future, sessionId,
                        serverId, vendor),
                bytes.slice(0, DIGEST_BYTES));
    }

    private static String text(ByteBuffer octets, int offset) throws Malformed {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(octets).toString();
        } catch (CharacterCodingException _) {
            throw new Malformed(offset, "server-identifier", "a server identifier is characters (DMNOTI 1.2 §6.1)");
        }
    }
}
