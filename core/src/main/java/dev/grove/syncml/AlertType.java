package dev.grove.syncml;

import java.util.List;
import java.util.Locale;

/** The type of an alert as its {@code Meta} has it ([DMPRO 1.3 §8.7.1.6]). */
public final class AlertType {

    private static final List<String> PREFIXES = List.of("reversed-domain-name:", "content-type:");

    private AlertType() {}

    /** The type itself. FUMO, SCOMO and real devices leave the prefix out that the specification demands. */
    public static String withoutPrefix(String type) {
        String text = type.strip();
        String lower = text.toLowerCase(Locale.ROOT);
        for (String prefix : PREFIXES) {
            if (lower.startsWith(prefix)) {
                return text.substring(prefix.length()).strip();
            }
        }
        return text;
    }
}
