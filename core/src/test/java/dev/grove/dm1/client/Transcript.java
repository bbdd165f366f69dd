package dev.grove.dm1.client;

import dev.grove.syncml.Command;
import dev.grove.syncml.Command.Alert;
import dev.grove.syncml.Command.Results;
import dev.grove.syncml.Command.Status;
import dev.grove.syncml.Command.WithItems;
import dev.grove.syncml.Data;
import dev.grove.syncml.Item;
import dev.grove.syncml.Message;
import dev.grove.syncml.Meta;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message in lines that a test can compare, such as {@code Status 3/2 Get 200 ./A}: what is answered (MsgRef/CmdRef),
 * the command, the code, the addresses; {@code Final} at the end if the message has it.
 */
final class Transcript {

    private Transcript() {}

    static List<String> of(Message message) {
        List<String> lines = new ArrayList<>();
        message.body().forEach(command -> lines.add(line(command)));
        if (message.isFinal()) {
            lines.add("Final");
        }
        return lines;
    }

    private static String line(Command command) {
        return switch (command) {
            case Status s -> "Status " + s.msgRef() + "/" + s.cmdRef() + " " + s.cmd() + " " + s.code()
                    + (s.isOfHeader() ? "" : words(s.targetRefs()) + words(s.sourceRefs()))
                    + (s.chal() == null ? "" : " challenge " + s.chal().type())
                    + (s.originalError() == null ? "" : " error " + s.originalError()) + items(s.items());
            case Results r -> "Results " + r.msgRef() + "/" + r.cmdRef() + items(r.items());
            case Alert a -> "Alert " + a.code().code() + (a.correlator() == null ? "" : " for " + a.correlator())
                    + items(a.items());
            case WithItems w -> w.name() + items(w.items());
            default -> command.name();
        };
    }

    private static String words(List<String> words) {
        return words.isEmpty() ? "" : " " + String.join(" ", words);
    }

    private static String items(List<Item> items) {
        StringBuilder text = new StringBuilder();
        items.forEach(item -> text.append(' ').append(item(item)));
        return text.toString();
    }

    private static String item(Item item) {
        String address = (item.target() == null ? "" : item.target().uri())
                + (item.source() == null ? "" : item.source().uri());
        return address + meta(item.meta()) + data(item.data()) + (item.moreData() ? "+" : "");
    }

    private static String meta(Meta meta) {
        if (meta.isEmpty()) {
            return "";
        }
        List<String> parts = new ArrayList<>();
        if (meta.format() != null) {
            parts.add(meta.format());
        }
        if (meta.type() != null) {
            parts.add(meta.type());
        }
        if (meta.mark() != null) {
            parts.add(meta.mark());
        }
        if (meta.size() != null) {
            parts.add("size " + meta.size());
        }
        return "(" + String.join(" ", parts) + ")";
    }

    private static String data(@Nullable Data data) {
        return switch (data) {
            case null -> "";
            case Data.Text(String text) -> "=" + (text.length() > 60 ? text.length() + " characters" : text);
            case Data.Opaque opaque -> "=" + opaque.bytes().length() + " bytes";
            case Data.Markup(String xml) -> "=" + xml;
        };
    }
}
