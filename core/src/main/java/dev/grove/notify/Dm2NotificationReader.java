package dev.grove.notify;

import dev.grove.notify.Dm2Notification.ConnectionType;
import dev.grove.notify.Dm2NotificationCodec.Received;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One notification of DM 2.0 on its way in. */
final class Dm2NotificationReader {

    // An octet string longer than this, of digits alone, is a text: as a number it would lie far beyond the year 8000.
    private static final int LONGEST_SECONDS = 4;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final Bytes bytes;
    private int at;

    private @Nullable String serverId;
    private List<ConnectionType> preferred = List.of();
    private @Nullable Integer id;
    private @Nullable Instant sentAt;
    private boolean requestsObjects;
    private int digestAt = -1;

    private Dm2NotificationReader(Bytes bytes) {
        this.bytes = bytes;
    }

    static Received read(Bytes bytes) throws Malformed {
        return new Dm2NotificationReader(bytes).message();
    }

    private Received message() throws Malformed {
        if (bytes.length() < Dm2NotificationCodec.HEADER_BYTES) {
            throw new Malformed(bytes.length(), "header", "a notification has 2 octets at least (DM 2.0 §7.1.1.1)");
        }
        int header = pair();
        if (header >> 12 != Dm2NotificationCodec.VERSION) {
            throw new Malformed(0, "VER", "the version of a notification is 2, not " + (header >> 12)
                    + " (DM 2.0 §5.2.1.1)");
        }
        int count = (header >> 7) & 0x1F;
        int number = 0;
        for (int i = 0; i < count; i++) {
            number += option(number);
        }
        if (at < bytes.length()) {
            throw new Malformed(at, "OC", count + " options are announced, and more follows (DM 2.0 §5.2.1.1)");
        }
        return new Received(new Dm2Notification(serverId, preferred, id, sentAt, requestsObjects), bytes, digestAt);
    }

    /** Returns by how much its number is above the last one. */
    private int option(int last) throws Malformed {
        if (bytes.length() - at < 2) {
            throw new Malformed(at, "OC", "more options are announced than there are (DM 2.0 §5.2.1.1)");
        }
        int start = at;
        int header = pair();
        int delta = header >> 12;
        int length = header & 0xFFF;
        if (delta == 0) {
            throw new Malformed(start, "Option Delta", "an option occurs once, in ascending order (DM 2.0 §7.1.1.2)");
        }
        if (length > bytes.length() - at) {
            throw new Malformed(start, "Option Length", "the option should have " + length + " octets, and "
                    + (bytes.length() - at) + " are left (DM 2.0 §7.1.1.2)");
        }
        value(last + delta, bytes.slice(at, at + length));
        at += length;
        return delta;
    }

    private int pair() {
        int pair = ((bytes.at(at) & 0xFF) << 8) | (bytes.at(at + 1) & 0xFF);
        at += 2;
        return pair;
    }

    private void value(int number, Bytes value) throws Malformed {
        switch (number) {
            case 1 -> serverId = text(value);
            case 2 -> preferred = connections(value);
            case 3 -> {
                exactly(2, value, "NOTIFICATION-ID");
                id = number(value).intValueExact();
            }
            case 4 -> {
                exactly(Dm2NotificationCodec.DIGEST_BYTES, value, "SHA256-DIGEST");
                digestAt = at;
            }
            case 5 -> sentAt = time(value);
            case 6 -> requestsObjects = true;
            default -> {
                // Of a later version: passed over, but under the digest like the rest.
            }
        }
    }

    private void exactly(int octets, Bytes value, String name) throws Malformed {
        if (value.length() != octets) {
            throw new Malformed(at, name, "it has " + octets + " octets (DM 2.0 §5.2.1.2)");
        }
    }

    private String text(Bytes value) throws Malformed {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value.toArray())).toString();
        } catch (CharacterCodingException _) {
            throw new Malformed(at, "SERVER-ID", "a String is UTF-8 (DM 2.0 §5.2.1.2)");
        }
    }

    /** Those that are known. */
    private static List<ConnectionType> connections(Bytes value) {
        byte[] codes = value.toArray();
        return IntStream.range(0, codes.length).boxed()
                .flatMap(i -> Arrays.stream(ConnectionType.values()).filter(type -> type.code() == codes[i])).toList();
    }

    /** Seconds since 1970, as a number of one to eight octets or as decimal digits: the text does not say which. */
    private Instant time(Bytes value) throws Malformed {
        boolean isText = value.length() > LONGEST_SECONDS && value.utf8().chars().allMatch(c -> c >= '0' && c <= '9');
        if (value.isEmpty() || (!isText && value.length() > 8)) {
            throw new Malformed(at, "TIMESTAMP", "a time is one to eight octets, or digits (DM 2.0 §5.2.1.2)");
        }
        BigInteger seconds = isText ? new BigInteger(value.slice(0, Math.min(value.length(), 20)).utf8())
                : number(value);
        if (value.length() > 20 || seconds.compareTo(BigInteger.valueOf(LATEST.getEpochSecond())) > 0) {
            throw new Malformed(at, "TIMESTAMP", "a time is before the year 10000 (DM 2.0 §5.2.1.2)");
        }
        return Instant.ofEpochSecond(seconds.longValueExact());
    }

    private static BigInteger number(Bytes value) {
        return new BigInteger(1, value.toArray());
    }
}
