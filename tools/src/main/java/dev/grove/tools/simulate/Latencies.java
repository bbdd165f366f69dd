package dev.grove.tools.simulate;

/** How long things took: counts in buckets, each at most 1/32 wider than the one before. Not for several threads. */
public final class Latencies {

    private static final int STEPS = 32;

    private final long[] counts = new long[64 * STEPS];
    private long total;

    public void add(long nanos) {
        counts[bucket(nanos)]++;
        total++;
    }

    public void addAll(Latencies others) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += others.counts[i];
        }
        total += others.total;
    }

    public long total() {
        return total;
    }

    /** The nanoseconds within which the given share (0 to 1) of all were done; 0 if there were none. */
    public long nanosWithin(double share) {
        long wanted = (long) Math.ceil(share * total);
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= wanted && seen > 0) {
                return upperBound(i);
            }
        }
        return 0;
    }

    /** Small values have a bucket each; above, every power of two has {@value #STEPS} of them. */
    private static int bucket(long nanos) {
        long value = Math.max(nanos, 0);
        if (value < STEPS) {
            return (int) value;
        }
        int shift = 63 - Long.numberOfLeadingZeros(value) - 5;
        return (shift + 1) * STEPS + (int) ((value >>> shift) - STEPS);
    }

    private static long upperBound(int bucket) {
        if (bucket < STEPS) {
            return bucket;
        }
        int shift = bucket / STEPS - 1;
        return ((long) (bucket % STEPS + STEPS + 1) << shift) - 1;
    }
}
