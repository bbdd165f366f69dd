package dev.grove.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The header fields of a {@link Packet}: an ordered list of names and values, names compared without regard to case.
 * What the bearer needs for itself (lengths, encodings) is not among them.
 */
public record Headers(List<Field> fields) {

    /** One header field. */
    public record Field(String name, String value) {}

    /** No fields. */
    public static final Headers NONE = new Headers(List.of());

    public Headers {
        fields = List.copyOf(fields);
    }

    public static Headers of(String name, String value) {
        return new Headers(List.of(new Field(name, value)));
    }

    /** These fields and one more. */
    public Headers with(String name, String value) {
        List<Field> more = new ArrayList<>(fields);
        more.add(new Field(name, value));
        return new Headers(more);
    }

    /** The first value of {@code name}, whatever the case of its letters. */
    public Optional<String> first(String name) {
        for (Field field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                return Optional.of(field.value());
            }
        }
        return Optional.empty();
    }
}
