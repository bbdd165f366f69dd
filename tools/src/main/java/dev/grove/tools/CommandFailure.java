package dev.grove.tools;

/** A command cannot do what it was asked to: it ends with one line on the error output and an exit status. */
final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int exitStatus;

    CommandFailure(int exitStatus, String line) {
        super(line);
        this.exitStatus = exitStatus;
    }

    /** What was given cannot be used: exit status 2, the same as for a wrong option. */
    static CommandFailure input(String line) {
        return new CommandFailure(2, line);
    }

    int exitStatus() {
        return exitStatus;
    }
}
