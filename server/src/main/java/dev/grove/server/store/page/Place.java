package dev.grove.server.store.page;

import dev.grove.wire.Bytes;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;

/** Where a row stands in its page: rows are in the order of their kinds, and then of their keys as UTF-8. */
public record Place(Kind kind, String key) implements Comparable<Place> {

    private static final Comparator<Place> ORDER = Comparator.comparingInt((Place place) -> place.kind.code())
            .thenComparing(Place::key, Place::compareKeys);

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }

    /** A number as a key that sorts as the number does. */
    static String key(long number) {
        return HexFormat.of().toHexDigits(number);
    }

    /** As the bytes of the keys compare; they differ from Java's order in rare signs only. */
    private static int compareKeys(String one, String other) {
        boolean isPlain = one.chars().allMatch(c -> c < 0xd800) && other.chars().allMatch(c -> c < 0xd800);
        return isPlain
                ? one.compareTo(other)
                : Arrays.compareUnsigned(Bytes.utf8(one).toArray(), Bytes.utf8(other).toArray());
    }
}
