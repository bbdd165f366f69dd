package dev.grove.testkit.random;

import dev.grove.wire.Bytes;
import java.util.random.RandomGenerator;

/** What happens to bytes on their way: cut off, bits turned, parts lost, repeated or replaced. */
public final class Damage {

    private final Dice dice;

    /** Damage that follows from {@code luck}. */
    public Damage(RandomGenerator luck) {
        this.dice = new Dice(luck);
    }

    /** The bytes with some damage; sometimes, by chance, as they were. */
    public Bytes of(Bytes whole) {
        if (whole.isEmpty()) {
            return Bytes.wrap(dice.octets(dice.between(1, 20)));
        }
        int at = dice.luck().nextInt(whole.length());
        int end = Math.min(whole.length(), at + dice.between(1, 40));
        return switch (dice.between(0, 5)) {
            case 0 -> whole.slice(0, at);
            case 1 -> turned(whole, at);
            case 2 -> whole.slice(0, at).plus(whole.slice(end, whole.length()));
            case 3 -> whole.slice(0, end).plus(whole.slice(at, whole.length()));
            case 4 -> whole.slice(0, at).plus(Bytes.wrap(dice.octets(dice.between(1, 8))))
                    .plus(whole.slice(at, whole.length()));
            default -> turned(turned(whole, at), dice.luck().nextInt(whole.length()));
        };
    }

    private Bytes turned(Bytes whole, int at) {
        byte[] octets = whole.toArray();
        octets[at] ^= (byte) (1 << dice.between(0, 7));
        return Bytes.wrap(octets);
    }
}
