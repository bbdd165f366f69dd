package dev.grove.tools;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Bounds of options. */
final class Checks {

    private Checks() {}

    /** Refuses a number below its lowest value, as picocli refuses one that is no number. */
    static void atLeast(CommandSpec command, String option, long value, long lowest) {
        if (value < lowest) {
            throw new ParameterException(command.commandLine(),
                    "Invalid value for option '" + option + "': " + value + " is less than " + lowest);
        }
    }
}
