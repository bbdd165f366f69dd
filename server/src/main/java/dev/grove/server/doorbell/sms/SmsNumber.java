package dev.grove.server.doorbell.sms;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A telephone number.
 *
 * @param digits without any sign
 * @param isInternational whether a plus stood before it
 */
public record SmsNumber(String digits, boolean isInternational) {

    /** 15 digits are the most of an international number ([E.164 §6.2.1]); short ones exist in every network. */
    private static final Pattern FORM = Pattern.compile("\\+?[0-9]{3,15}");
    /** What people put between digits to read them better. */
    private static final Pattern BETWEEN = Pattern.compile("[ ()./-]");

    /** Reads what somebody wrote; empty if it is no number. */
    public static Optional<SmsNumber> parse(String text) {
        if (text.length() > 40) {
            return Optional.empty();
        }
        String bare = BETWEEN.matcher(text.strip()).replaceAll("");
        if (!FORM.matcher(bare).matches()) {
            return Optional.empty();
        }
        boolean isInternational = bare.startsWith("+");
        return Optional.of(new SmsNumber(isInternational ? bare.substring(1) : bare, isInternational));
    }

    /** Why a text is none; empty if it is one. */
    public static Optional<String> objection(String text) {
        return parse(text).isPresent() ? Optional.empty()
                : Optional.of("a telephone number is 3 to 15 digits, with a plus before an international one");
    }

    /** With the plus that belongs to it. */
    @Override
    public String toString() {
        return isInternational ? "+" + digits : digits;
    }
}
