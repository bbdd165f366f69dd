package dev.grove.server.doorbell.web;

/** What others say, made fit for a log line and for people: printable, and short. */
final class Words {

    private static final int MAX = 160;

    private Words() {}

    static String of(String said) {
        String printable = said.replaceAll("[^\\x20-\\x7E]", "?");
        return printable.length() > MAX ? printable.substring(0, MAX) + "…" : printable;
    }
}
