package dev.grove.server.fleet;

/**
 * A part of a long list of numbered things.
 *
 * @param after the number behind which the part begins, in the direction of the list; 0 for its beginning
 * @param limit how many at most
 * @param newestFirst whether the highest number comes first
 */
public record Slice(long after, int limit, boolean newestFirst) {

    /** The first so many, oldest first. */
    public static Slice first(int limit) {
        return new Slice(0, limit, false);
    }

    /** Whether {@code number} may stand in this part. */
    public boolean admits(long number) {
        return after == 0 || (newestFirst ? number < after : number > after);
    }
}
