package dev.grove.tools;

/** What the commands end with, as their help says it. */
final class ExitStatuses {

    static final String OF_DOCUMENTS = "Exit status: 0 done; 1 unexpected failure; 2 wrong option, unreadable file or "
            + "malformed document, told in one line.";

    private ExitStatuses() {}
}
