package dev.grove.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Several bodies in one, as forms are sent: {@code multipart/form-data} ([RFC 7578], [RFC 2046 §5.1]).
 *
 * @param parts one at least
 */
public record Multipart(List<Part> parts) {

    /** The media type of a form. */
    public static final String FORM_DATA = "multipart/form-data";

    private static final String DISPOSITION = "Content-Disposition";
    private static final String TYPE = "Content-Type";

    /**
     * One body.
     *
     * @param headers all fields of its head, such as {@code Content-Type}
     * @param body the bytes that are meant, without any transfer encoding
     */
    public record Part(Headers headers, Bytes body) {

        /** A part of a form; without name if none is given. */
        public static Part of(@Nullable String name, Packet content) {
            String disposition = name == null ? "form-data"
                    : "form-data; name=\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
            return new Part(Headers.of(DISPOSITION, disposition).with(TYPE, content.mediaType()), content.body());
        }

        /** The name that a form gives it. */
        public Optional<String> name() {
            return headers.first(DISPOSITION).map(field -> FieldValue.parse(field).parameters().get("name"));
        }

        /** Body and media type, which is {@code text/plain} if none is said ([RFC 7578 §4.4]). */
        public Packet content() {
            return new Packet(headers.first(TYPE).orElse("text/plain"), body);
        }
    }

    public Multipart {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a multipart body has one part at least (RFC 2046 5.1)");
        }
    }

    /** Whether a media type is one of several bodies in one. */
    public static boolean isOne(String mediaType) {
        return new Packet(mediaType, Bytes.EMPTY).baseMediaType().startsWith("multipart/");
    }

    /**
     * Takes a body apart. Read are, too: line ends without carriage return, a closing boundary that is missing, a
     * boundary that is not the one of the media type, or becomes another one on the way ([DM 2.0 I.1]).
     *
     * @param limits an element is a part
     * @throws Malformed if no boundary is found, a head is broken, or a limit is passed
     */
    public static Multipart read(Packet packet, Limits limits) throws Malformed {
        String boundary = FieldValue.parse(packet.mediaType()).parameters().getOrDefault("boundary", "");
        return new MultipartReader(packet.body(), limits).read(boundary);
    }

    /**
     * Puts the parts together as a form. The boundary follows from the content, so that the same parts are the same
     * bytes, and stands in none of the bodies.
     */
    public Packet write() {
        String boundary = boundary();
        ByteSink out = new ByteSink(256 + parts.stream().mapToInt(part -> part.body().length() + 160).sum());
        for (Part part : parts) {
            out.putUtf8("--" + boundary + "\r\n");
            for (Headers.Field field : part.headers().fields()) {
                out.putUtf8(oneLine(field.name()) + ": " + oneLine(field.value()) + "\r\n");
            }
            out.putUtf8("\r\n");
            out.put(part.body());
            out.putUtf8("\r\n");
        }
        out.putUtf8("--" + boundary + "--\r\n");
        return new Packet(FORM_DATA + "; boundary=" + boundary, out.bytes());
    }

    private static String oneLine(String text) {
        return text.replaceAll("[\\r\\n]+", " ");
    }

    private String boundary() {
        long mixed = 0xCBF29CE484222325L;
        for (Part part : parts) {
            mixed = (mixed ^ part.body().hashCode()) * 0x100000001B3L;
        }
        String boundary = "grove-" + HexFormat.of().toHexDigits(mixed);
        while (isInsideSomeBody(boundary)) {
            mixed++;
            boundary = "grove-" + HexFormat.of().toHexDigits(mixed);
        }
        return boundary;
    }

    private boolean isInsideSomeBody(String boundary) {
        byte[] wanted = boundary.getBytes(StandardCharsets.US_ASCII);
        return parts.stream().anyMatch(part -> indexOf(part.body(), wanted) >= 0);
    }

    private static int indexOf(Bytes body, byte[] wanted) {
        byte[] array = body.array();
        int end = body.arrayOffset() + body.length();
        for (int i = body.arrayOffset(); i <= end - wanted.length; i++) {
            if (array[i] == wanted[0] && Arrays.equals(array, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i - body.arrayOffset();
            }
        }
        return -1;
    }
}
