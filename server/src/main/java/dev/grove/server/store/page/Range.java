package dev.grove.server.store.page;

import dev.grove.server.fleet.Slice;

/**
 * Some rows of one kind.
 *
 * @param from the first key
 * @param to the first key behind
 * @param limit how many at most
 * @param isDescending whether the last ones come first
 */
public record Range(Kind kind, String from, String to, int limit, boolean isDescending) {

    /** Behind every key: no text in UTF-8 begins with such a sign. */
    private static final String END = "\udbff\udfff";

    static Range all(Kind kind) {
        return new Range(kind, "", END, Integer.MAX_VALUE, false);
    }

    /** Keys that begin with {@code prefix}, of which the last sign is not the last one there is. */
    static Range prefix(Kind kind, String prefix) {
        int last = prefix.length() - 1;
        String behind = prefix.substring(0, last) + (char) (prefix.charAt(last) + 1);
        return new Range(kind, prefix, behind, Integer.MAX_VALUE, false);
    }

    /** Numbers in a slice. */
    static Range slice(Kind kind, Slice slice) {
        String from = slice.newestFirst() || slice.after() == 0 ? "" : Place.key(slice.after() + 1);
        String to = slice.newestFirst() && slice.after() != 0 ? Place.key(slice.after()) : END;
        return new Range(kind, from, to, slice.limit(), slice.newestFirst());
    }

    Range limitedTo(int most) {
        return new Range(kind, from, to, most, isDescending);
    }

    Range backwards() {
        return new Range(kind, from, to, limit, true);
    }

    boolean holds(Place place) {
        return place.kind() == kind && place.compareTo(new Place(kind, from)) >= 0
                && place.compareTo(new Place(kind, to)) < 0;
    }
}
