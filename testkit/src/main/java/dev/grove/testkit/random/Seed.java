package dev.grove.testkit.random;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/**
 * The number from which everything random in a test follows.
 *
 * @param number what to print, and to give back in the system property {@code grove.seed} to see the same again
 */
public record Seed(long number) {

    /** The system property that names the only seed to run. */
    public static final String PROPERTY = "grove.seed";

    /** The seed of the property {@code grove.seed}, or else one that nobody has seen before. */
    public static Seed fresh() {
        Long given = Long.getLong(PROPERTY);
        return new Seed(given == null ? System.nanoTime() ^ ProcessHandle.current().pid() << 32 : given);
    }

    /**
     * Seeds for a test that runs several times: 1 and upwards, always the same, and a {@link #fresh} one at the end; or
     * only the one that the property {@code grove.seed} names.
     *
     * @param fixed how many of the former
     */
    public static LongStream several(int fixed) {
        return Long.getLong(PROPERTY) == null
                ? LongStream.concat(LongStream.rangeClosed(1, fixed), LongStream.of(fresh().number()))
                : LongStream.of(fresh().number());
    }

    /** A source of luck that gives the same for the same seed. */
    public RandomGenerator luck() {
        return new SplittableRandom(number);
    }

    /** What to do to see it again. */
    @Override
    public String toString() {
        return "seed " + number + " (again with -D" + PROPERTY + "=" + number + ")";
    }
}
