package dev.grove.notify;

import dev.grove.notify.Dm2Notification.ConnectionType;
import dev.grove.notify.Dm2Notification.Credential;
import dev.grove.notify.Dm2Notification.DigestInput;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The binary format of [DM 2.0 §7.1]: a header of 16 bits, then options in ascending order, numbered by difference. */
public final class Dm2NotificationCodec {

    static final int VERSION = 2;
    static final int HEADER_BYTES = 2;
    static final int DIGEST_BYTES = 32;

    private Dm2NotificationCodec() {}

    /** The bytes to send; with a credential they hold the digest of [DM 2.0 §5.2.1.2]. */
    public static Bytes encode(Dm2Notification notification, @Nullable Credential credential) {
        return encode(notification, credential, DigestInput.WITH_AUTH_DATA);
    }

    /** The same, for a device that reads the specification as {@code input} says. */
    public static Bytes encode(Dm2Notification notification, @Nullable Credential credential, DigestInput input) {
        Options options = new Options();
        if (notification.serverId() != null) {
            options.add(1, notification.serverId().getBytes(StandardCharsets.UTF_8));
        }
        if (!notification.preferred().isEmpty()) {
            options.add(2, codes(notification.preferred()));
        }
        if (notification.id() != null) {
            options.add(3, new byte[] {(byte) (notification.id() >> 8), notification.id().byteValue()});
        }
        int digestAt = credential == null ? -1 : options.add(4, new byte[DIGEST_BYTES]);
        if (notification.sentAt() != null) {
            options.add(5, seconds(notification.sentAt()));
        }
        if (notification.requestsObjects()) {
            options.add(6, new byte[0]);
        }
        byte[] message = options.message();
        if (credential != null) {
            System.arraycopy(digest(credential, message, input), 0, message, digestAt, DIGEST_BYTES);
        }
        return Bytes.wrap(message);
    }

    private static byte[] codes(List<ConnectionType> preferred) {
        int any = preferred.indexOf(ConnectionType.ANY);
        if (any >= 0 && any < preferred.size() - 1) {
            throw new IllegalArgumentException("ANY_AVAILABLE stands at the end (DM 2.0 §5.2.1.2)");
        }
        byte[] codes = new byte[preferred.size()];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = (byte) preferred.get(i).code();
        }
        return codes;
    }

    /** Four octets as long as they are enough. */
    private static byte[] seconds(Instant time) {
        long seconds = time.getEpochSecond();
        byte[] octets = new byte[seconds >> 32 == 0 ? 4 : 8];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) (seconds >> (8 * (octets.length - 1 - i)));
        }
        return octets;
    }

    private static byte[] digest(Credential credential, byte[] zeroed, DigestInput input) {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            credential.secret().feed(hash);
            hash.update(zeroed);
            if (input == DigestInput.WITH_AUTH_DATA) {
                credential.authData().feed(hash);
            }
            return hash.digest();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /**
     * Reads a notification; whether its digest is right is not asked here. Options that nobody knows, unknown types of
     * connection and the reserved bits are passed over.
     *
     * @throws Malformed if the number of options or a length lies, an option occurs twice, or a value is none
     */
    public static Received decode(Bytes bytes) throws Malformed {
        return Dm2NotificationReader.read(bytes);
    }

    /**
     * A notification that has come.
     *
     * @param bytes as they came: the digest is over all of them, unknown options included
     * @param digestAt where the 32 octets of the digest stand in {@code bytes}; -1 if there is none
     */
    public record Received(Dm2Notification notification, Bytes bytes, int digestAt) {

        /** Whether it bears a digest. */
        public boolean isSigned() {
            return digestAt >= 0;
        }

        /** Whether the digest was made with this credential, as the formula says; compared in constant time. */
        public boolean isBy(Credential credential) {
            return isBy(credential, DigestInput.WITH_AUTH_DATA);
        }

        /** Whether the digest was made of this; false without a digest; compared in constant time. */
        public boolean isBy(Credential credential, DigestInput input) {
            if (!isSigned()) {
                return false;
            }
            byte[] zeroed = bytes.toArray();
            Arrays.fill(zeroed, digestAt, digestAt + DIGEST_BYTES, (byte) 0);
            return Bytes.wrap(digest(credential, zeroed, input))
                    .equalsInConstantTime(bytes.slice(digestAt, digestAt + DIGEST_BYTES));
        }
    }

    /** Options on their way out. */
    private static final class Options {

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private int count;
        private int last;

        /** Returns where its value stands in the message. */
        int add(int number, byte[] value) {
            int header = ((number - last) << 12) | value.length;
            out.write(header >> 8);
            out.write(header);
            out.writeBytes(value);
            count++;
            last = number;
            return HEADER_BYTES + out.size() - value.length;
        }

        byte[] message() {
            int header = (VERSION << 12) | (count << 7);
            byte[] options = out.toByteArray();
            byte[] message = new byte[HEADER_BYTES + options.length];
            message[0] = (byte) (header >> 8);
            message[1] = (byte) header;
            System.arraycopy(options, 0, message, HEADER_BYTES, options.length);
            return message;
        }
    }
}
