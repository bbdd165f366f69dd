package dev.grove.server.config;

/**
 * One option.
 *
 * @param group the heading under which it is documented
 * @param name as on the command line without dashes, and as in a configuration file
 * @param defaultText the value if nobody gives one; empty means none
 * @param sentence what it is for
 */
public record Option<T>(String group, String name, Kind<T> kind, String defaultText, String sentence) {

    /** Stands for the value in help texts. */
    public String label() {
        return kind.label();
    }

    /** Whether it may stand alone on a command line, which means true. */
    public boolean isFlag() {
        return kind.label().equals(Kind.flag().label());
    }

    /** What is allowed, in words; empty if everything. */
    public String bounds() {
        return kind.bounds();
    }

    /** @throws ConfigRefused with the name of the option and the rule that the text breaks */
    T read(String text) {
        try {
            return kind.reader().apply(text);
        } catch (IllegalArgumentException | ArithmeticException e) {
            String bounds = bounds().isEmpty() ? "" : " (" + bounds() + ")";
            throw new ConfigRefused("option " + name + ": " + e.getMessage() + bounds);
        }
    }
}
