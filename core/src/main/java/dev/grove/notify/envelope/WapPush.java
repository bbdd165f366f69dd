package dev.grove.notify.envelope;

import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import dev.grove.wire.Packet;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A push of WSP without connection, the envelope of notifications in SMS and UDP ([DMNOTI 1.2 §7.1], [DM 2.0 E.1]).
 *
 * @param transactionId 0 to 255, by which a receiver knows duplicates
 * @param contentType lower case, without parameters; a number in hexadecimal, such as {@code 0x55}, if it stood for a
 *     type that nobody here knows
 * @param parameters of the content type
 * @param applicationId the URI of the application that is meant; absent if none is named
 * @param others headers besides these, as they came
 */
public record WapPush(int transactionId, String contentType, List<Field> parameters, @Nullable String applicationId,
        List<Field> others, Bytes body) {

    /** The port to which it goes, in SMS and in UDP. */
    public static final int PORT = 2948;

    /** The application of device management. */
    public static final String DEVICE_MANAGEMENT = "x-wap-application:syncml.dm";

    /** Whatever application takes what is in it. */
    private static final String ANY = "x-wap-application:*";

    /** The header that names the application. */
    public static final String APPLICATION_ID = "X-Wap-Application-Id";

    /** Headers of WDP and WSP together have so many octets at most ([DMNOTI 1.2 §7.1], [DM 2.0 E.1]). */
    public static final int LONGEST_HEADERS = 48;

    private static final int PUSH = 0x06;
    private static final int APPLICATION_ID_NUMBER = 0x2F;
    // A user data header with ports and concatenation: the longest that stands before a push.
    private static final int WDP_BYTES = 12;
    private static final int LONGEST_SHORT_LENGTH = 30;
    // A content type without a name here.
    private static final String NUMBER = "0x[0-9a-f]{1,4}";

    /**
     * A header or a parameter.
     *
     * @param name as text; a number in hexadecimal, if nobody here knows it
     * @param value in words
     * @param octets name and value as they came, which is how they are written again
     */
    public record Field(String name, String value, Bytes octets) {}

    public WapPush {
        parameters = List.copyOf(parameters);
        others = List.copyOf(others);
        contentType = contentType.toLowerCase(Locale.ROOT);
        if (transactionId < 0 || transactionId > 0xFF) {
            throw new IllegalArgumentException("a transaction id has 8 bits (WSP 1.0 8.2.1)");
        }
    }

    /** A push to the client of device management, with the headers that must be and no others. */
    public static WapPush of(int transactionId, Packet notification) {
        return new WapPush(transactionId, notification.baseMediaType(), List.of(), DEVICE_MANAGEMENT, List.of(),
                notification.body());
    }

    /** What is in it. */
    public Packet content() {
        return new Packet(contentType, body);
    }

    /** Whether it may be meant for the client of device management: nobody else is named. */
    public boolean isForDeviceManagement() {
        return applicationId == null || applicationId.equals(DEVICE_MANAGEMENT) || applicationId.equals(ANY);
    }

    /**
     * Its bytes: content type and application first, in this order, by number where they have one.
     *
     * @throws IllegalArgumentException if its headers are longer than the specification allows
     */
    public Bytes encode() {
        ByteArrayOutputStream headers = new ByteArrayOutputStream();
        writeContentType(headers);
        if (applicationId != null) {
            headers.write(0x80 | APPLICATION_ID_NUMBER);
            writeNumberOrText(WspNames.numberOfApplication(applicationId), applicationId, headers);
        }
        others.forEach(other -> headers.writeBytes(other.octets().toArray()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(transactionId);
        out.write(PUSH);
        writeUintvar(headers.size(), out);
        out.writeBytes(headers.toByteArray());
        if (WDP_BYTES + out.size() > LONGEST_HEADERS) {
            throw new IllegalArgumentException("the headers of a push have " + LONGEST_HEADERS + " octets at most, "
                    + "those of WDP included, and these have " + (WDP_BYTES + out.size()) + " (DMNOTI 1.2 §7.1)");
        }
        return Bytes.wrap(out.toByteArray()).plus(body);
    }

    private void writeContentType(ByteArrayOutputStream out) {
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        Optional<Integer> number = contentType.matches(NUMBER)
                ? Optional.of(Integer.parseInt(contentType.substring(2), 16))
                : WspNames.numberOfContentType(contentType);
        boolean isLong = number.filter(n -> n > 0x7F).isPresent();
        writeNumberOrText(number, contentType, value);
        parameters.forEach(parameter -> value.writeBytes(parameter.octets().toArray()));
        if (isLong || !parameters.isEmpty()) {
            if (value.size() > LONGEST_SHORT_LENGTH) {
                out.write(LONGEST_SHORT_LENGTH + 1);
                writeUintvar(value.size(), out);
            } else {
                out.write(value.size());
            }
        }
        out.writeBytes(value.toByteArray());
    }

    private static void writeNumberOrText(Optional<Integer> number, String text, ByteArrayOutputStream out) {
        if (number.isEmpty()) {
            out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
            out.write(0);
        } else if (number.get() <= 0x7F) {
            out.write(0x80 | number.get());
        } else {
            int octets = (Integer.SIZE - Integer.numberOfLeadingZeros(number.get()) + 7) / Byte.SIZE;
            out.write(octets);
            for (int i = octets - 1; i >= 0; i--) {
                out.write(number.get() >> (Byte.SIZE * i));
            }
        }
    }

    private static void writeUintvar(int value, ByteArrayOutputStream out) {
        for (int shift = 28; shift > 0; shift -= 7) {
            if (value >> shift != 0) {
                out.write(0x80 | ((value >> shift) & 0x7F));
            }
        }
        out.write(value & 0x7F);
    }

    /**
     * Reads a push; what is in it is not looked at.
     *
     * @throws Malformed if it is another kind of PDU, or a length in it lies
     */
    public static WapPush decode(Bytes bytes) throws Malformed {
        WspInput in = new WspInput(bytes, 0, bytes.length());
        int transactionId = in.octet();
        int type = in.octet();
        if (type != PUSH) {
            throw new Malformed(1, "PDU type", "a push has the type 6, not " + type + " (WSP 1.0 8.2.4.1)");
        }
        WspInput headers = in.part(in.uintvar());
        Bytes body = bytes.slice(in.at(), bytes.length());
        List<Field> parameters = new ArrayList<>();
        String contentType = contentType(headers, parameters);
        List<Field> others = new ArrayList<>();
        String application = null;
        int page = WspInput.DEFAULT_PAGE;
        while (headers.hasMore()) {
            if (headers.isShift()) {
                page = shift(headers, others);
                continue;
            }
            Field header = header(headers, page);
            if (header.name().equalsIgnoreCase(APPLICATION_ID) && isPlain(header.value())) {
                application = WspNames.application(header.value());
            } else {
                others.add(header);
            }
        }
        return new WapPush(transactionId, contentType, parameters, application, others, body);
    }

    /** A number, a text, or the general form of either with its parameters ([WSP 1.0 8.4.2.24]). */
    private static String contentType(WspInput in, List<Field> parameters) throws Malformed {
        if (!in.isLength()) {
            return mediaType(in);
        }
        WspInput value = in.sized();
        String type = mediaType(value);
        while (value.hasMore()) {
            int start = value.at();
            String name = value.isText() ? value.text() : WspNames.parameter(value.integer());
            String content = value.hasMore() ? value.readable() : "";
            parameters.add(new Field(name, content, value.since(start)));
        }
        return type;
    }

    private static String mediaType(WspInput in) throws Malformed {
        int start = in.at();
        boolean isText = in.isText();
        String type = isText ? in.text() : WspNames.contentType(in.integer());
        boolean isNumber = type.matches(NUMBER) && !isText;
        if (!isNumber && (!isPlain(type) || type.indexOf('/') < 0)) {
            throw new Malformed(start, "Content-Type", "a content type is a media type in ASCII (WSP 1.0 8.4.2.24)");
        }
        return type;
    }

    private static boolean isPlain(String text) {
        return !text.isEmpty() && text.charAt(0) != '"' && text.chars().allMatch(c -> c > ' ' && c < 0x7F);
    }

    /** From here on, numbers of headers are those of another page ([WSP 1.0 8.4.2.6]). */
    private static int shift(WspInput in, List<Field> others) throws Malformed {
        int start = in.at();
        int page = in.shift();
        others.add(new Field("shift", Integer.toString(page), in.since(start)));
        return page;
    }

    private static Field header(WspInput in, int page) throws Malformed {
        int start = in.at();
        String name = in.isText() ? in.text() : name(in.octet() & 0x7F, page);
        String value = in.readable();
        return new Field(name, value, in.since(start));
    }

    private static String name(int number, int page) {
        return page == WspInput.DEFAULT_PAGE ? WspNames.header(number) : "0x" + Integer.toHexString(number);
    }
}
