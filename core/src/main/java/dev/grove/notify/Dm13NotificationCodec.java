package dev.grove.notify;

import dev.grove.auth.Digest;
import dev.grove.notify.Dm13Layout.Field;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a {@link Dm13Notification}, experimental like it: a header, the digest, then options in ascending order,
 * each of a number (four bits), a length (twelve bits) and a value. The digest is that of DM 1.2 over all but itself.
 */
public final class Dm13NotificationCodec {

    private static final int VERSION = 1;
    private static final int DIGEST_BYTES = 16;

    private static final int SERVER_ID = 1;
    private static final int TARGETED_OBJECT = 2;
    private static final int REQUESTED_OBJECT = 3;
    private static final int PREFERRED_BEARER = 4;
    private static final int CONNECT_REASON = 5;
    private static final int VENDOR_INFO = 6;

    private Dm13NotificationCodec() {}

    /** Whether the first four bits are the version of DM 1.3 rather than that of DM 2.0. */
    public static boolean isOne(Bytes bytes) {
        return !bytes.isEmpty() && ((bytes.at(0) >> 4) & 0xF) == VERSION;
    }

    /**
     * The bytes to send.
     *
     * @param secretHash as in {@link TriggerMessage#sign}, and so is the nonce
     */
    public static Bytes encode(Dm13Notification notification, Dm13Layout layout, String secretHash, Bytes nonce) {
        ByteArrayOutputStream options = new ByteArrayOutputStream();
        int count = write(notification, options);
        Map<Field, Long> header = new EnumMap<>(Field.class);
        header.put(Field.VERSION, (long) VERSION);
        header.put(Field.UI_MODE, (long) notification.uiMode().code());
        header.put(Field.INITIATOR, notification.isServerInitiated() ? 1L : 0L);
        header.put(Field.OPTION_COUNT, (long) count);
        header.put(Field.SESSION_ID, (long) notification.sessionId());
        header.put(Field.EXPIRATION, notification.expires() == null ? 0 : notification.expires().getEpochSecond());
        Bytes head = Bytes.wrap(layout.write(header));
        Bytes tail = Bytes.wrap(options.toByteArray());
        return head.plus(Digest.MD5.mac(secretHash, nonce, head.plus(tail))).plus(tail);
    }

    private static int write(Dm13Notification notification, ByteArrayOutputStream out) {
        option(SERVER_ID, notification.serverId().getBytes(StandardCharsets.UTF_8), out);
        for (int object : notification.targetedObjects()) {
            option(TARGETED_OBJECT, number(object), out);
        }
        for (int object : notification.requestedObjects()) {
            option(REQUESTED_OBJECT, number(object), out);
        }
        for (int bearer : notification.preferredBearers()) {
            option(PREFERRED_BEARER, new byte[] {(byte) bearer}, out);
        }
        int texts = text(CONNECT_REASON, notification.reason(), out) + text(VENDOR_INFO, notification.vendor(), out);
        int count = 1 + texts + notification.targetedObjects().size() + notification.requestedObjects().size()
                + notification.preferredBearers().size();
        if (count > 0xFF) {
            throw new IllegalArgumentException("a notification has 255 options at most");
        }
        return count;
    }

    private static int text(int number, @Nullable String text, ByteArrayOutputStream out) {
        if (text == null) {
            return 0;
        }
        option(number, text.getBytes(StandardCharsets.UTF_8), out);
        return 1;
    }

    private static byte[] number(int object) {
        return object > 0xFF ? new byte[] {(byte) (object >> 8), (byte) object} : new byte[] {(byte) object};
    }

    private static void option(int number, byte[] value, ByteArrayOutputStream out) {
        int header = (number << 12) | value.length;
        out.write(header >> 8);
        out.write(header);
        out.writeBytes(value);
    }

    /** Reads a notification; whether its digest is right is not asked here. Unknown options are passed over. */
    public static Received decode(Bytes bytes, Dm13Layout layout) throws Malformed {
        int options = layout.octets() + DIGEST_BYTES;
        if (bytes.length() < options) {
            throw new Malformed(bytes.length(), "header", "a notification has a header and a digest (DMNOTI 1.3)");
        }
        Map<Field, Long> header = layout.read(bytes.toArray());
        if (header.getOrDefault(Field.VERSION, 0L) != VERSION) {
            throw new Malformed(0, "version", "the version of a DM 1.3 notification is 1");
        }
        Bytes head = bytes.slice(0, layout.octets());
        Bytes tail = bytes.slice(options, bytes.length());
        Dm13Notification notification = new Options(tail, options).read(header);
        return new Received(notification, head.plus(tail), bytes.slice(layout.octets(), options));
    }

    /**
     * A notification that has come.
     *
     * @param signed what the digest is over
     * @param digest 16 octets
     */
    public record Received(Dm13Notification notification, Bytes signed, Bytes digest) {

        /** Whether the digest was made with this; compared in constant time. */
        public boolean isBy(String secretHash, Bytes nonce) {
            return Digest.MD5.mac(secretHash, nonce, signed).equalsInConstantTime(digest);
        }
    }

    /** Options on their way in. */
    private static final class Options {

        private final Bytes bytes;
        private final int start;
        private int at;

        private String serverId = "";
        private final List<Integer> targeted = new ArrayList<>();
        private final List<Integer> requested = new ArrayList<>();
        private final List<Integer> bearers = new ArrayList<>();
        private @Nullable String reason;
        private @Nullable String vendor;

        Options(Bytes bytes, int start) {
            this.bytes = bytes;
            this.start = start;
        }

        Dm13Notification read(Map<Field, Long> header) throws Malformed {
            int last = 0;
            for (long left = header.getOrDefault(Field.OPTION_COUNT, 0L); left > 0; left--) {
                last = option(last);
            }
            if (at < bytes.length()) {
                throw new Malformed(start + at, "option count", "more options follow than are announced");
            }
            long expires = header.getOrDefault(Field.EXPIRATION, 0L);
            try {
                return new Dm13Notification(UiMode.of(header.getOrDefault(Field.UI_MODE, 0L).intValue()),
                        header.getOrDefault(Field.INITIATOR, 0L) == 1,
                        header.getOrDefault(Field.SESSION_ID, 0L).intValue(),
                        expires == 0 ? null : Instant.ofEpochSecond(expires), serverId, targeted, requested, bearers,
                        reason, vendor);
            } catch (IllegalArgumentException broken) {
                throw new Malformed(-1, "", String.valueOf(broken.getMessage()));
            }
        }

        private int option(int last) throws Malformed {
            if (bytes.length() - at < 2) {
                throw new Malformed(start + at, "option count", "more options are announced than there are");
            }
            int header = ((bytes.at(at) & 0xFF) << 8) | (bytes.at(at + 1) & 0xFF);
            int number = header >> 12;
            int length = header & 0xFFF;
            if (number < last || (number == last && !isRepeatable(number))) {
                throw new Malformed(start + at, "option", "options stand in ascending order, texts once");
            }
            if (length > bytes.length() - at - 2) {
                throw new Malformed(start + at, "option", "it is longer than what is left");
            }
            at += 2;
            value(number, bytes.slice(at, at + length));
            at += length;
            return number;
        }

        private static boolean isRepeatable(int number) {
            return number >= TARGETED_OBJECT && number <= PREFERRED_BEARER;
        }

        private void value(int number, Bytes value) throws Malformed {
            switch (number) {
                case SERVER_ID -> serverId = text(value);
                case TARGETED_OBJECT -> targeted.add(number(value, 2));
                case REQUESTED_OBJECT -> requested.add(number(value, 2));
                case PREFERRED_BEARER -> bearers.add(number(value, 1));
                case CONNECT_REASON -> reason = text(value);
                case VENDOR_INFO -> vendor = text(value);
                default -> {
                    // Unknown, but under the digest.
                }
            }
        }

        private int number(Bytes value, int most) throws Malformed {
            if (value.isEmpty() || value.length() > most) {
                throw new Malformed(start + at, "option", "a number has 1 to " + most + " octets");
            }
            int number = 0;
            for (int i = 0; i < value.length(); i++) {
                number = (number << 8) | (value.at(i) & 0xFF);
            }
            return number;
        }

        private String text(Bytes value) throws Malformed {
            try {
                return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value.toArray())).toString();
            } catch (CharacterCodingException _) {
                throw new Malformed(start + at, "option", "a text is UTF-8");
            }
        }
    }
}
