package dev.grove.notify;

import dev.grove.notify.Dm2Notification.ConnectionType;
import dev.grove.notify.Dm2Notification.Credential;
import dev.grove.wire.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** The binary format of [DM 2.0 §7.1]: a header of 16 bits, then options in ascending order, numbered by difference. */
public final class Dm2NotificationCodec {

    private static final int DIGEST_BYTES = 32;

    private Dm2NotificationCodec() {}

    /** The bytes to send; with a credential they hold the digest of [DM 2.0 §5.2.1.2]. */
    public static Bytes encode(Dm2Notification notification, @Nullable Credential credential) {
        Options options = new Options();
        if (notification.serverId() != null) {
            options.add(1, notification.serverId().getBytes(StandardCharsets.UTF_8));
        }
        if (!notification.preferred().isEmpty()) {
            options.add(2, connectionTypes(notification));
        }
        if (notification.id() != null) {
            options.add(3, new byte[] {(byte) (notification.id() >> 8), notification.id().byteValue()});
        }
        int digestAt = credential == null ? -1 : options.add(4, new byte[DIGEST_BYTES]);
        if (notification.sentAt() != null) {
            options.add(5, seconds(notification.sentAt().getEpochSecond()));
        }
        if (notification.requestsObjects()) {
            options.add(6, new byte[0]);
        }
        byte[] message = options.message();
        if (credential != null) {
            System.arraycopy(digest(credential, message), 0, message, digestAt, DIGEST_BYTES);
        }
        return Bytes.wrap(message);
    }

    private static byte[] connectionTypes(Dm2Notification notification) {
        byte[] codes = new byte[notification.preferred().size()];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = (byte) switch (notification.preferred().get(i)) {
                case ConnectionType.ANY -> 0;
                case ConnectionType.CELLULAR -> 1;
                case ConnectionType.WLAN -> 2;
                case ConnectionType.WIRELINE -> 3;
            };
        }
        return codes;
    }

    /** Four octets as long as they are enough. */
    private static byte[] seconds(long seconds) {
        byte[] octets = new byte[seconds >> 32 == 0 ? 4 : 8];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) (seconds >> (8 * (octets.length - 1 - i)));
        }
        return octets;
    }

    private static byte[] digest(Credential credential, byte[] zeroed) {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            credential.secret().feed(hash);
            hash.update(zeroed);
            credential.authData().feed(hash);
            return hash.digest();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /** Options on their way out. */
    private static final class Options {

        private static final int HEADER_BYTES = 2;
        private static final int VERSION = 2;

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
            return Bytes.wrap(new byte[] {(byte) (header >> 8), (byte) header}).plus(Bytes.wrap(out.toByteArray()))
                    .toArray();
        }
    }
}
