package dev.grove.tools.simulate;

import dev.grove.tools.simulate.Faults.Kind;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What goes wrong in one session: the same for the same luck, whatever happens in other sessions. */
final class FaultDice {

    private final Faults faults;
    private final RandomGenerator luck;
    private int messages;
    private boolean hasStruck;

    FaultDice(Faults faults, RandomGenerator luck) {
        this.faults = faults;
        this.luck = luck;
    }

    /** What goes wrong with the next message; a session is not abandoned before its second. */
    Optional<Kind> next() {
        messages++;
        if (faults.rates().isEmpty()) {
            return Optional.empty();
        }
        double throwOfDice = luck.nextDouble();
        for (Kind kind : Kind.values()) {
            throwOfDice -= faults.rate(kind);
            if (throwOfDice < 0) {
                boolean isTooEarly = kind == Kind.ABANDONED && messages == 1;
                hasStruck |= !isTooEarly;
                return isTooEarly ? Optional.empty() : Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    long slowMillis() {
        return faults.slowMillis();
    }

    /** Whether anything has gone wrong on purpose. */
    boolean hasStruck() {
        return hasStruck;
    }
}
