package dev.grove.testkit.random;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Choices made by luck: the words that the generators speak in.
 *
 * @param luck where all of it comes from
 */
public record Dice(RandomGenerator luck) {

    /** True once in {@code times}, on average. */
    public boolean onceIn(int times) {
        return luck.nextInt(times) == 0;
    }

    /** A whole number from {@code from} to {@code to}, both inclusive. */
    public int between(int from, int to) {
        return luck.nextInt(from, to + 1);
    }

    /** One of them. */
    public <T> T oneOf(List<T> choices) {
        return choices.get(luck.nextInt(choices.size()));
    }

    /** One of them. */
    @SafeVarargs
    public final <T> T oneOf(T... choices) {
        return choices[luck.nextInt(choices.length)];
    }

    /** A value, or as often none. */
    public <T> @Nullable T maybe(Supplier<T> value) {
        return luck.nextBoolean() ? value.get() : null;
    }

    /** From {@code from} to {@code to} values. */
    public <T> List<T> some(int from, int to, Supplier<T> value) {
        List<T> values = new ArrayList<>();
        for (int left = between(from, to); left > 0; left--) {
            values.add(value.get());
        }
        return values;
    }

    /** So many octets. */
    public byte[] octets(int count) {
        byte[] octets = new byte[count];
        luck.nextBytes(octets);
        return octets;
    }
}
