package dev.grove.tools;

import java.io.Console;
import java.io.PrintWriter;

/**
 * Tells how far a long work is: on a terminal in one line that is written over, anywhere else in a line for each step.
 */
public final class ProgressLine {

    private static final String ERASE_LINE = "\r\u001B[2K";

    private final PrintWriter out;
    private final boolean onTerminal;

    public ProgressLine(PrintWriter out, boolean onTerminal) {
        this.out = out;
        this.onTerminal = onTerminal;
    }

    /** For the error output: the standard output is for results. */
    public static ProgressLine on(PrintWriter err) {
        return new ProgressLine(err, isTerminal());
    }

    /** Whether a person sees the output at once. */
    // Since JDK 25 the console is the one of java.base again, and null without a terminal.
    @SuppressWarnings("SystemConsoleNull")
    public static boolean isTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal() && !"dumb".equals(System.getenv("TERM"));
    }

    /** What is being done now. */
    public void say(String step) {
        if (onTerminal) {
            out.print(ERASE_LINE + step + " …");
        } else {
            out.println(step);
        }
        out.flush();
    }

    /** The work is over; what is printed next stands on a line of its own. */
    public void end() {
        if (onTerminal) {
            out.print(ERASE_LINE);
            out.flush();
        }
    }
}
