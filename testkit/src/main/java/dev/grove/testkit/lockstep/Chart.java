package dev.grove.testkit.lockstep;

import dev.grove.syncml.Command;
import dev.grove.syncml.Command.Status;
import dev.grove.syncml.Data;
import dev.grove.syncml.Item;
import dev.grove.syncml.Message;
import dev.grove.syncml.Meta;
import dev.grove.syncml.SyncHdr;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A message as a chart: a line for the header, a line a command. Credentials and nonces are left out. */
public final class Chart {

    private static final int MAX_VALUE_CHARS = 60;

    private Chart() {}

    /** The lines of a message, joined by line ends. */
    public static String of(Message message) {
        List<String> lines = new ArrayList<>();
        lines.add(header(message.header()));
        message.body().forEach(command -> add(command, "  ", lines));
        lines.add(message.isFinal() ? "  Final" : "  (not final)");
        return String.join("\n", lines);
    }

    private static String header(SyncHdr header) {
        return "session " + header.sessionId() + " message " + header.msgId() + ", " + header.verProto() + ", "
                + header.source().uri() + " to " + header.target().uri()
                + (header.cred() == null ? "" : ", Cred " + header.cred().meta().type())
                + (header.respUri() == null ? "" : ", RespURI " + header.respUri())
                + (header.noResp() ? ", NoResp" : "");
    }

    private static void add(Command command, String indent, List<String> lines) {
        lines.add(indent + (command.cmdId().isEmpty() ? "-" : command.cmdId()) + " " + line(command));
        if (command instanceof Command.Container container) {
            container.commands().forEach(inner -> add(inner, indent + "  ", lines));
        }
    }

    private static String line(Command command) {
        return switch (command) {
            case Status status -> status(status);
            case Command.Results results -> "Results of " + results.msgRef() + "/" + results.cmdRef()
                    + items(results.items());
            case Command.Alert alert -> "Alert " + alert.code().code() + items(alert.items());
            case Command.WithItems other -> other.name() + items(other.items());
            case Command.Container container -> container.name();
            case Command.Unknown unknown -> unknown.name() + " (unknown)";
        };
    }

    private static String status(Status status) {
        Meta challenge = status.chal();
        return "Status " + status.code() + " of " + status.msgRef() + "/" + status.cmdRef() + " " + status.cmd()
                + (challenge == null ? "" : ", Chal " + challenge.type()) + items(status.items());
    }

    private static String items(List<Item> items) {
        return items.stream().map(Chart::item).collect(Collectors.joining(";"));
    }

    private static String item(Item item) {
        StringBuilder text = new StringBuilder();
        if (item.source() != null) {
            text.append(" ").append(item.source().uri());
        }
        if (item.target() != null) {
            text.append(item.source() == null ? " " : " to ").append(item.target().uri());
        }
        Meta meta = item.meta();
        if (meta.type() != null || meta.format() != null) {
            text.append(" (").append(meta.format()).append(", ").append(meta.type()).append(")");
        }
        Data data = item.data();
        if (data != null) {
            text.append(" = ").append(shortened(data));
        }
        return text.append(item.moreData() ? " …more" : "").toString();
    }

    private static String shortened(Data data) {
        String text = data.text();
        return text.length() <= MAX_VALUE_CHARS
                ? text
                : text.substring(0, MAX_VALUE_CHARS) + "… (" + text.length() + " characters)";
    }
}
