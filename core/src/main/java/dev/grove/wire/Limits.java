package dev.grove.wire;

/**
 * How much a decoder takes from a peer before it says {@link Malformed}. Every limit holds for one document.
 *
 * @param maxBodyBytes length of the whole document in bytes
 * @param maxDepth nesting of elements, the root being 1
 * @param maxElements number of elements, embedded documents included
 * @param maxTextBytes length of one text or opaque value in bytes
 */
public record Limits(int maxBodyBytes, int maxDepth, int maxElements, int maxTextBytes) {

    /** 2 MiB, 64 levels, 100,000 elements, 2 MiB of text in one value: far beyond what devices send. */
    public static final Limits DEFAULT = new Limits(2 << 20, 64, 100_000, 2 << 20);

    public Limits {
        if (maxBodyBytes < 1 || maxDepth < 1 || maxElements < 1 || maxTextBytes < 1) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }
}
