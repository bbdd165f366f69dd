package dev.grove.server.doorbell;

/** What others say, made fit for a log line and for people: printable, and short. */
public final class Words {

    private static final int MAX = 160;

    private Words() {}

    /** What is left of it. */
    public static String of(String said) {
        String printable = said.replaceAll("[^\\x20-\\x7E]", "?");
        return printable.length() > MAX ? printable.substring(0, MAX) + "…" : printable;
    }
}
