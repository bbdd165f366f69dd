package dev.grove.notify.envelope;

import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The user data of a short message in 8-bit coding, with its header ([3GPP 23.040 §9.2.3.24], [DMNOTI 1.2 C]).
 *
 * @param ports from where to where; absent if none are named
 * @param part which part of a longer message it is; absent if it is one by itself
 * @param others elements of the header besides these, as they came
 */
public record ShortMessage(@Nullable Ports ports, @Nullable Part part, List<Element> others, Bytes payload) {

    /** One message holds so many octets, header included. */
    public static final int MOST_OCTETS = 140;

    private static final int CONCATENATION = 0x00;
    private static final int PORTS_8_BIT = 0x04;
    private static final int PORTS = 0x05;
    private static final int CONCATENATION_16_BIT = 0x08;
    // Header length, ports, and concatenation with a reference of 8 bits.
    private static final int SINGLE_HEADER = 7;
    private static final int PART_HEADER = 12;

    /** Each 0 to 65535. */
    public record Ports(int destination, int source) {

        /** As in the example of the specification: to the push port, from one of no meaning. */
        public static final Ports PUSH = new Ports(WapPush.PORT, 0xC002);

        public Ports {
            check(destination, 0, 0xFFFF, "a port");
            check(source, 0, 0xFFFF, "a port");
        }
    }

    /**
     * A part of a longer message.
     *
     * @param reference the same for all parts, 0 to 255, or to 65535 if it is wide
     * @param isWide whether the reference has 16 bits
     * @param total number of parts, 1 to 255
     * @param number of this one, 1 to {@code total}
     */
    public record Part(int reference, boolean isWide, int total, int number) {
        public Part {
            check(reference, 0, isWide ? 0xFFFF : 0xFF, "a reference");
            check(total, 1, 0xFF, "the number of parts");
            check(number, 1, total, "the number of a part");
        }
    }

    /** An element of the header that nothing here knows; the identifier is 0 to 255, the value 253 octets at most. */
    public record Element(int id, Bytes value) {}

    private static void check(int value, int least, int most, String name) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is " + least + " to " + most + ": " + value);
        }
    }

    public ShortMessage {
        others = List.copyOf(others);
    }

    /**
     * What is to be sent: one message, or as many parts as it takes.
     *
     * @param reference 0 to 255, another one for each message to the same device
     * @throws IllegalArgumentException if 255 parts are not enough
     */
    public static List<ShortMessage> split(Ports ports, int reference, Bytes payload) {
        if (SINGLE_HEADER + payload.length() <= MOST_OCTETS) {
            return List.of(new ShortMessage(ports, null, List.of(), payload));
        }
        int room = MOST_OCTETS - PART_HEADER;
        int total = (payload.length() + room - 1) / room;
        List<ShortMessage> parts = new ArrayList<>();
        for (int number = 1; number <= total; number++) {
            Bytes content = payload.slice((number - 1) * room, Math.min(number * room, payload.length()));
            parts.add(new ShortMessage(ports, new Part(reference, false, total, number), List.of(), content));
        }
        return parts;
    }

    /** The header alone, its length first: what some gateways want apart. */
    public Bytes header() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (ports != null) {
            element(PORTS, new byte[] {(byte) (ports.destination() >> 8), (byte) ports.destination(),
                    (byte) (ports.source() >> 8), (byte) ports.source()}, out);
        }
        if (part != null) {
            byte[] reference = part.isWide()
                    ? new byte[] {(byte) (part.reference() >> 8), (byte) part.reference()}
                    : new byte[] {(byte) part.reference()};
            element(part.isWide() ? CONCATENATION_16_BIT : CONCATENATION, Bytes.wrap(reference)
                    .plus(Bytes.wrap(new byte[] {(byte) part.total(), (byte) part.number()})).toArray(), out);
        }
        others.forEach(other -> element(other.id(), other.value().toArray(), out));
        if (out.size() > 0xFF) {
            throw new IllegalArgumentException("a user data header has 255 octets at most");
        }
        return Bytes.wrap(new byte[] {(byte) out.size()}).plus(Bytes.wrap(out.toByteArray()));
    }

    private static void element(int id, byte[] value, ByteArrayOutputStream out) {
        out.write(id);
        out.write(value.length);
        out.writeBytes(value);
    }

    /**
     * Its octets.
     *
     * @throws IllegalArgumentException if they are more than a message holds
     */
    public Bytes encode() {
        Bytes encoded = header().plus(payload);
        if (encoded.length() > MOST_OCTETS) {
            throw new IllegalArgumentException("a short message has 140 octets at most");
        }
        return encoded;
    }

    /**
     * Reads user data that begins with a header, whose elements stand in any order. A concatenation that contradicts
     * itself is as if it were not there ([3GPP 23.040 §9.2.3.24.1]); of two elements of a kind the last one counts.
     *
     * @throws Malformed if a length lies
     */
    public static ShortMessage decode(Bytes bytes) throws Malformed {
        int end = bytes.isEmpty() ? 0 : 1 + (bytes.at(0) & 0xFF);
        if (bytes.isEmpty() || end > bytes.length()) {
            throw new Malformed(0, "UDHL", "the user data header is longer than the message (3GPP 23.040 9.2.3.24)");
        }
        Ports ports = null;
        Part part = null;
        List<Element> others = new ArrayList<>();
        for (int at = 1; at < end;) {
            Element element = element(bytes, at, end);
            at += 2 + element.value().length();
            Ports itsPorts = ports(element);
            ports = itsPorts == null ? ports : itsPorts;
            Part itsPart = part(element);
            part = itsPart == null ? part : itsPart;
            if (itsPorts == null && itsPart == null && !isConcatenation(element)) {
                others.add(element);
            }
        }
        return new ShortMessage(ports, part, others, bytes.slice(end, bytes.length()));
    }

    private static Element element(Bytes bytes, int at, int end) throws Malformed {
        if (end - at < 2 || (bytes.at(at + 1) & 0xFF) > end - at - 2) {
            throw new Malformed(at, "UDH", "an element is longer than the header (3GPP 23.040 9.2.3.24)");
        }
        int length = bytes.at(at + 1) & 0xFF;
        return new Element(bytes.at(at) & 0xFF, bytes.slice(at + 2, at + 2 + length));
    }

    private static @Nullable Ports ports(Element element) {
        Bytes value = element.value();
        if (element.id() == PORTS && value.length() == 4) {
            return new Ports(pair(value, 0), pair(value, 2));
        }
        return element.id() == PORTS_8_BIT && value.length() == 2
                ? new Ports(value.at(0) & 0xFF, value.at(1) & 0xFF)
                : null;
    }

    private static boolean isConcatenation(Element element) {
        return (element.id() == CONCATENATION && element.value().length() == 3)
                || (element.id() == CONCATENATION_16_BIT && element.value().length() == 4);
    }

    private static @Nullable Part part(Element element) {
        if (!isConcatenation(element)) {
            return null;
        }
        Bytes value = element.value();
        boolean isWide = element.id() == CONCATENATION_16_BIT;
        int total = value.at(value.length() - 2) & 0xFF;
        int number = value.at(value.length() - 1) & 0xFF;
        return total == 0 || number == 0 || number > total
                ? null
                : new Part(isWide ? pair(value, 0) : value.at(0) & 0xFF, isWide, total, number);
    }

    private static int pair(Bytes bytes, int at) {
        return ((bytes.at(at) & 0xFF) << 8) | (bytes.at(at + 1) & 0xFF);
    }
}
