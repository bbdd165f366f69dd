package dev.grove.testkit.random;

import java.util.List;
import java.util.random.RandomGenerator;

/** Texts that XML and WBXML can both carry, the awkward ones among them. */
public final class RandomTexts {

    private static final List<String> AWKWARD = List.of("", " ", "<", "&amp;", "]]>", "\"'", "a  b", " around ",
            "line\nbreak", "tab\there", "Ä", "é́", "漢字", "😀", "\u0085", "\u2028", "%20", "./A?prop=ACL",
            "null", "-1", "12:30");
    private static final List<String> WORDS = List.of("DevInfo", "Con", "urn:oma:mo:oma-dm-devinfo:1.0", "text/plain",
            "x", "Grove", "IMEI:493005100592800", "syncml:auth-md5", "0", "1");

    private final Dice dice;

    /** Texts that follow from {@code luck}. */
    public RandomTexts(RandomGenerator luck) {
        this.dice = new Dice(luck);
    }

    /** Any text: words, awkward ones, long ones. */
    public String any() {
        return switch (dice.between(0, 9)) {
            case 0, 1, 2 -> dice.oneOf(AWKWARD);
            case 3 -> dice.oneOf(AWKWARD).repeat(dice.between(1, 50));
            case 4, 5, 6 -> dice.oneOf(WORDS);
            default -> dice.oneOf(WORDS) + dice.oneOf(AWKWARD) + dice.oneOf(WORDS);
        };
    }

    /** A text without white space around it, and not empty: an identifier, a name, a code. */
    public String word() {
        String text = any().strip();
        return text.isEmpty() ? dice.oneOf(WORDS) : text;
    }

    /** A whole number above 0, as text. */
    public String number() {
        return Integer.toString(dice.between(1, dice.onceIn(10) ? Integer.MAX_VALUE - 1 : 99));
    }
}
