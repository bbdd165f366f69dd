package dev.grove.testkit.simulation;

import java.util.List;

/** Something that must always hold did not. The message says what, with the seed and the last events of the world. */
public final class SimulationFailure extends AssertionError {

    SimulationFailure(String what, Throwable cause, List<String> events) {
        super(what + "\nThe last events:\n  " + String.join("\n  ", events), cause);
    }
}
