package dev.grove.tools.inspect;

import dev.grove.syncml.AlertCode;
import dev.grove.syncml.Meta;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What codes are called in plain English. */
final class Wording {

    private Wording() {}

    /** The name of an alert ([REPPRO 1.2 §9], [DMPRO 1.3 §8]); empty if nobody named it. */
    static String of(AlertCode alert) {
        return switch (alert.code()) {
            case 1100 -> "display";
            case 1101 -> "confirm or reject";
            case 1102 -> "text input";
            case 1103 -> "single choice";
            case 1104 -> "multiple choice";
            case 1200 -> "server-initiated session";
            case 1201 -> "client-initiated session";
            case 1222 -> "next message";
            case 1223 -> "session abort";
            case 1224 -> "client event";
            case 1225 -> "no end of data";
            case 1226 -> "generic alert";
            default -> "";
        };
    }

    /** Format, type and the rest of a Meta, in one line. */
    static String of(Meta meta) {
        List<String> words = new ArrayList<>();
        add(words, "", meta.format());
        add(words, "", meta.type());
        add(words, "importance ", meta.mark());
        add(words, "size ", meta.size());
        add(words, "MaxMsgSize ", meta.maxMsgSize());
        add(words, "MaxObjSize ", meta.maxObjSize());
        meta.others().forEach(element -> words.add(element.name()));
        return String.join(", ", words);
    }

    private static void add(List<String> words, String name, @Nullable Object value) {
        if (value != null) {
            words.add(name + value);
        }
    }

    /** The number in front of a noun that becomes plural. */
    static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
