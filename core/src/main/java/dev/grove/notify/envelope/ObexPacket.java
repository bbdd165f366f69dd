package dev.grove.notify.envelope;

import dev.grove.notify.envelope.ObexHeader.Octet;
import dev.grove.notify.envelope.ObexHeader.Octets;
import dev.grove.notify.envelope.ObexHeader.Text;
import dev.grove.notify.envelope.ObexHeader.Word;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A request or a response of OBEX, in which local management travels ([IrOBEX 1.3 §3], [DMNOTI 1.2 §7.2]). The first
 * constants are requests, those from {@link #CONTINUE} on responses.
 *
 * @param code of the request or response, 0 to 255
 * @param fields fixed octets before the headers: four in a CONNECT and in the response to it, two in SETPATH
 */
public record ObexPacket(int code, Bytes fields, List<ObexHeader> headers) {

    public static final int CONNECT = 0x80;
    public static final int DISCONNECT = 0x81;
    public static final int PUT = 0x02;
    public static final int PUT_FINAL = 0x82;
    public static final int GET = 0x03;
    public static final int GET_FINAL = 0x83;
    public static final int SETPATH = 0x85;
    public static final int SESSION = 0x87;
    public static final int ABORT = 0xFF;
    public static final int CONTINUE = 0x90;
    public static final int SUCCESS = 0xA0;
    public static final int BAD_REQUEST = 0xC0;
    public static final int FORBIDDEN = 0xC3;
    public static final int NOT_FOUND = 0xC4;
    public static final int TOO_LARGE = 0xCD;
    public static final int UNSUPPORTED_MEDIA_TYPE = 0xCF;
    public static final int NOT_IMPLEMENTED = 0xD1;
    public static final int UNAVAILABLE = 0xD3;

    /** What {@code Target} and {@code Who} of a CONNECT hold for device management. */
    public static final Bytes DEVICE_MANAGEMENT = Bytes.utf8("SYNCML-DM");

    /** A packet has so many octets at most. */
    public static final int MOST_OCTETS = 0xFFFF;

    /** Each side takes packets of at least so many octets. */
    public static final int LEAST_LIMIT = 255;

    /** So many octets from the beginning of a packet tell its {@link #length}. */
    public static final int PREFIX_OCTETS = 3;

    private static final int CONNECT_FIELDS = 4;
    private static final int SETPATH_FIELDS = 2;
    private static final int VERSION = 0x10;

    public ObexPacket {
        headers = List.copyOf(headers);
    }

    /** A packet without fixed fields. */
    public static ObexPacket of(int code, ObexHeader... headers) {
        return new ObexPacket(code, Bytes.EMPTY, List.of(headers));
    }

    /**
     * A CONNECT, or the response to one.
     *
     * @param maxPacketOctets how long packets to this side may be, 255 to 65535
     */
    public static ObexPacket connect(int code, int maxPacketOctets, ObexHeader... headers) {
        return new ObexPacket(code, Bytes.wrap(new byte[] {VERSION, 0, (byte) (maxPacketOctets >> 8),
                (byte) maxPacketOctets}), List.of(headers));
    }

    /**
     * A PUT, cut into as many packets as it takes. Data stands in the last one too, as old phones want it.
     *
     * @param first headers of the first packet; a connection id is repeated in the others
     * @param maxPacketOctets that the other side takes
     */
    public static List<ObexPacket> puts(List<ObexHeader> first, Bytes body, int maxPacketOctets) {
        List<ObexPacket> packets = new ArrayList<>();
        List<ObexHeader> headers = first;
        int at = 0;
        do {
            int room = maxPacketOctets - of(PUT, headers.toArray(ObexHeader[]::new)).encode().length() - PREFIX_OCTETS;
            if (room <= 0) {
                throw new IllegalArgumentException("the headers leave no room in a packet of " + maxPacketOctets);
            }
            int to = Math.min(at + room, body.length());
            boolean isLast = to == body.length();
            List<ObexHeader> all = new ArrayList<>(headers);
            all.add(new Octets(isLast ? ObexHeader.END_OF_BODY : ObexHeader.BODY, body.slice(at, to)));
            packets.add(new ObexPacket(isLast ? PUT_FINAL : PUT, Bytes.EMPTY, all));
            headers = first.stream().filter(header -> header.id() == ObexHeader.CONNECTION_ID).toList();
            at = to;
        } while (at < body.length());
        return packets;
    }

    /** Whether this is the last packet of a request. */
    public boolean isFinal() {
        return (code & 0x80) != 0;
    }

    /** How long packets to the other side may be, as a CONNECT or its response tells. */
    public int maxPacketOctets() {
        return fields.length() < CONNECT_FIELDS ? LEAST_LIMIT : Math.max(LEAST_LIMIT, pair(fields, 2));
    }

    /** The octets of the first header with this identifier. */
    public Optional<Bytes> octets(int id) {
        return headers.stream().filter(header -> header.id() == id && header instanceof Octets)
                .map(header -> ((Octets) header).value()).findFirst();
    }

    /** The number in the first header with this identifier. */
    public Optional<Long> number(int id) {
        return headers.stream().filter(header -> header.id() == id && header instanceof Word)
                .map(header -> ((Word) header).value()).findFirst();
    }

    /** The media type: lower case, without the zero behind it. */
    public Optional<String> type() {
        return octets(ObexHeader.TYPE).map(value -> {
            String text = value.utf8();
            int zero = text.indexOf('\0');
            return (zero < 0 ? text : text.substring(0, zero)).strip().toLowerCase(Locale.ROOT);
        });
    }

    /** What it holds of the body, be it the end or not. */
    public Bytes body() {
        return headers.stream().filter(header -> isBody(header.id())).map(header -> ((Octets) header).value())
                .reduce(Bytes.EMPTY, Bytes::plus);
    }

    private static boolean isBody(int id) {
        return id == ObexHeader.BODY || id == ObexHeader.END_OF_BODY;
    }

    /** Whether the body ends with this packet. */
    public boolean endsBody() {
        return octets(ObexHeader.END_OF_BODY).isPresent();
    }

    /**
     * Its octets.
     *
     * @throws IllegalArgumentException if they are more than {@link #MOST_OCTETS}
     */
    public Bytes encode() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(fields.toArray());
        headers.forEach(header -> write(header, out));
        int length = PREFIX_OCTETS + out.size();
        if (length > MOST_OCTETS) {
            throw new IllegalArgumentException("a packet has " + MOST_OCTETS + " octets at most (IrOBEX 1.3 §3.1)");
        }
        return Bytes.wrap(new byte[] {(byte) code, (byte) (length >> 8), (byte) length})
                .plus(Bytes.wrap(out.toByteArray()));
    }

    private static void write(ObexHeader header, ByteArrayOutputStream out) {
        out.write(header.id());
        switch (header) {
            case Text(int _, String value) -> sized(value.isEmpty() ? new byte[0]
                    : (value + "\0").getBytes(StandardCharsets.UTF_16BE), out);
            case Octets(int _, Bytes value) -> sized(value.toArray(), out);
            case Octet(int _, int value) -> out.write(value);
            case Word(int _, long value) -> out.writeBytes(ByteBuffer.allocate(4).putInt((int) value).array());
        }
    }

    private static void sized(byte[] value, ByteArrayOutputStream out) {
        int length = PREFIX_OCTETS + value.length;
        if (length > MOST_OCTETS) {
            throw new IllegalArgumentException("a header has " + MOST_OCTETS + " octets at most (IrOBEX 1.3 §2.1)");
        }
        out.write(length >> 8);
        out.write(length);
        out.writeBytes(value);
    }

    /** How long the packet is that begins so. */
    public static int length(Bytes prefix) throws Malformed {
        if (prefix.length() < PREFIX_OCTETS || pair(prefix, 1) < PREFIX_OCTETS) {
            throw new Malformed(Math.min(1, prefix.length()), "length",
                    "a packet has 3 octets at least (IrOBEX 1.3 §3.1)");
        }
        return pair(prefix, 1);
    }

    /** Reads a request. */
    public static ObexPacket decodeRequest(Bytes bytes) throws Malformed {
        int code = bytes.isEmpty() ? 0 : bytes.at(0) & 0xFF;
        return decode(bytes, code == CONNECT ? CONNECT_FIELDS : code == SETPATH ? SETPATH_FIELDS : 0);
    }

    /**
     * Reads a response.
     *
     * @param isToConnect whether it answers a CONNECT: nothing in it tells, and it has other fields
     */
    public static ObexPacket decodeResponse(Bytes bytes, boolean isToConnect) throws Malformed {
        // One that refuses may leave them out.
        return decode(bytes, isToConnect && bytes.length() >= PREFIX_OCTETS + CONNECT_FIELDS ? CONNECT_FIELDS : 0);
    }

    private static ObexPacket decode(Bytes bytes, int fixed) throws Malformed {
        int length = length(bytes);
        if (length != bytes.length() || length < PREFIX_OCTETS + fixed) {
            throw new Malformed(1, "length", "the packet says that it has " + length + " octets, and it has "
                    + bytes.length() + " (IrOBEX 1.3 §3.1)");
        }
        Bytes fields = bytes.slice(PREFIX_OCTETS, PREFIX_OCTETS + fixed);
        List<ObexHeader> headers = new ArrayList<>();
        for (int at = PREFIX_OCTETS + fixed; at < length;) {
            int end = end(bytes, at);
            headers.add(header(bytes, at, end));
            at = end;
        }
        return new ObexPacket(bytes.at(0) & 0xFF, fields, headers);
    }

    /** Where the header ends that begins here. */
    private static int end(Bytes bytes, int at) throws Malformed {
        boolean isSized = ObexHeader.kind(bytes.at(at)) < 0x80;
        if (isSized && bytes.length() - at < PREFIX_OCTETS) {
            throw new Malformed(at, "header", "a header ends in the middle (IrOBEX 1.3 §2.1)");
        }
        int length = isSized ? pair(bytes, at + 1) : ObexHeader.kind(bytes.at(at)) == 0x80 ? 2 : 5;
        if (length > bytes.length() - at || (isSized && length < PREFIX_OCTETS)) {
            throw new Malformed(at, "header", "a header should have " + length + " octets, and "
                    + (bytes.length() - at) + " are left (IrOBEX 1.3 §2.1)");
        }
        return at + length;
    }

    private static ObexHeader header(Bytes bytes, int at, int end) throws Malformed {
        int id = bytes.at(at) & 0xFF;
        return switch (ObexHeader.kind(id)) {
            case 0x00 -> new Text(id, text(bytes.slice(at + PREFIX_OCTETS, end), at));
            case 0x40 -> new Octets(id, bytes.slice(at + PREFIX_OCTETS, end));
            case 0x80 -> new Octet(id, bytes.at(at + 1) & 0xFF);
            default -> new Word(id, ((long) pair(bytes, at + 1) << 16) | pair(bytes, at + 3));
        };
    }

    private static String text(Bytes octets, int at) throws Malformed {
        try {
            String text = StandardCharsets.UTF_16BE.newDecoder().decode(ByteBuffer.wrap(octets.toArray())).toString();
            return text.endsWith("\0") ? text.substring(0, text.length() - 1) : text;
        } catch (CharacterCodingException _) {
            throw new Malformed(at, "header", "a text is Unicode of 16 bits (IrOBEX 1.3 §2.1)");
        }
    }

    private static int pair(Bytes bytes, int at) {
        return ((bytes.at(at) & 0xFF) << 8) | (bytes.at(at + 1) & 0xFF);
    }
}
