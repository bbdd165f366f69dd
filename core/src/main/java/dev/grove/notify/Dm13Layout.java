package dev.grove.notify;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How the header of a DM 1.3 notification is laid out: fields from the highest bit of the first octet on. It is not
 * known, so it is an argument: a correction is one of this table.
 *
 * @param parts of whole octets together, at most 32 bits each; each field but {@link Field#RESERVED} occurs once
 */
public record Dm13Layout(List<Part> parts) {

    /** What a header tells. */
    public enum Field {
        VERSION, UI_MODE, INITIATOR, OPTION_COUNT, SESSION_ID, EXPIRATION, RESERVED
    }

    /** A field and how wide it is. */
    public record Part(Field field, int bits) {}

    /** Grove's guess: only that the version comes first is told apart by somebody, namely from DM 2.0. */
    public static final Dm13Layout GUESS = new Dm13Layout(List.of(new Part(Field.VERSION, 4),
            new Part(Field.UI_MODE, 2), new Part(Field.INITIATOR, 1), new Part(Field.RESERVED, 1),
            new Part(Field.OPTION_COUNT, 8), new Part(Field.SESSION_ID, 16), new Part(Field.EXPIRATION, 32)));

    public Dm13Layout {
        parts = List.copyOf(parts);
        if (bits(parts) % Byte.SIZE != 0) {
            throw new IllegalArgumentException("a header has whole octets");
        }
    }

    private static int bits(List<Part> parts) {
        return parts.stream().mapToInt(Part::bits).sum();
    }

    /** Of the header. */
    int octets() {
        return bits(parts) / Byte.SIZE;
    }

    /** Reads the header at the beginning of the octets. */
    Map<Field, Long> read(byte[] octets) {
        Map<Field, Long> values = new EnumMap<>(Field.class);
        int bit = 0;
        for (Part part : parts) {
            long value = 0;
            for (int i = 0; i < part.bits(); i++, bit++) {
                value = (value << 1) | ((octets[bit / Byte.SIZE] >> (7 - bit % Byte.SIZE)) & 1);
            }
            values.put(part.field(), value);
        }
        return values;
    }

    /** A header of these; what is not told is zero. */
    byte[] write(Map<Field, Long> values) {
        byte[] octets = new byte[octets()];
        int bit = 0;
        for (Part part : parts) {
            long value = part.field() == Field.RESERVED ? 0 : values.getOrDefault(part.field(), 0L);
            for (int i = part.bits() - 1; i >= 0; i--, bit++) {
                octets[bit / Byte.SIZE] |= (byte) (((value >> i) & 1) << (7 - bit % Byte.SIZE));
            }
        }
        return octets;
    }
}
