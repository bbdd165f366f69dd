package dev.grove.tools.inspect;

import dev.grove.syncml.Command;
import dev.grove.syncml.Command.Alert;
import dev.grove.syncml.Command.Container;
import dev.grove.syncml.Command.Exec;
import dev.grove.syncml.Command.Results;
import dev.grove.syncml.Command.Status;
import dev.grove.syncml.Command.Unknown;
import dev.grove.syncml.Command.WithItems;
import dev.grove.syncml.Data;
import dev.grove.syncml.Element;
import dev.grove.syncml.Encoding;
import dev.grove.syncml.Item;
import dev.grove.syncml.ItemValue;
import dev.grove.syncml.Message;
import dev.grove.syncml.Meta;
import dev.grove.syncml.SyncHdr;
import dev.grove.syncml.SyncHdr.Cred;
import dev.grove.syncml.SyncHdr.Location;
import dev.grove.tree.Format;
import dev.grove.wire.Bytes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A message as a person reads it: who speaks to whom, then one paragraph a command. */
final class MessageListing {

    private final Lines out;
    private final Encoding encoding;
    private final Secrets secrets;
    private final Nested nested;

    MessageListing(Lines out, Encoding encoding, Secrets secrets, Nested nested) {
        this.out = out;
        this.encoding = encoding;
        this.secrets = secrets;
        this.nested = nested;
    }

    void show(Message message) {
        header(message.header());
        out.add("");
        message.body().forEach(command -> out.inside(1, () -> command(command)));
        if (message.body().isEmpty()) {
            out.inside(1, () -> out.add("(no commands)"));
        }
        out.add("");
        out.add(message.isFinal() ? "Final: the package ends here" : "No Final: the package goes on");
    }

    private void header(SyncHdr header) {
        out.add("Message " + header.msgId() + " of session " + header.sessionId() + ", " + header.verProto() + " (DTD "
                + header.verDtd() + ")");
        out.inside(1, () -> {
            out.add("from     " + location(header.source()));
            out.add("to       " + location(header.target()));
            optional("answers  to ", header.respUri());
            if (header.noResp()) {
                out.add("NoResp: no answers wanted");
            }
            cred(header.cred());
            if (!header.meta().isEmpty()) {
                out.add("takes    " + Wording.of(header.meta()));
            }
        });
    }

    private void optional(String head, @Nullable String text) {
        if (text != null) {
            out.add(head + Lines.visible(text));
        }
    }

    private static String location(Location location) {
        return Lines.visible(location.uri() + (location.name() == null ? "" : " (" + location.name() + ")"));
    }

    private void cred(@Nullable Cred cred) {
        if (cred != null) {
            out.add("proves   " + Wording.of(cred.meta()) + ": " + Lines.visible(secrets.of(cred.data())));
        }
    }

    private void command(Command command) {
        String number = String.format(Locale.ROOT, "%3s  ", command.cmdId().isEmpty() ? "-" : command.cmdId());
        String title = number + title(command);
        List<Item> items = items(command);
        // A command about one node without a value fits in a line.
        String single = items.size() == 1 ? single(items.getFirst()) : "";
        out.add(single.isEmpty() ? title : title + "  " + single);
        out.inside(3, () -> {
            if (command instanceof Status status) {
                answer(status);
            }
            if (single.isEmpty()) {
                items.forEach(item -> item(item, outer(command)));
            }
        });
        if (command instanceof Container container) {
            out.inside(2, () -> container.commands().forEach(this::command));
        }
        if (command instanceof Unknown(String ignored, var element)) {
            out.inside(3, () -> element.elements().forEach(new ElementListing(out)::show));
        }
    }

    private static Meta outer(Command command) {
        return switch (command) {
            case WithItems withItems -> withItems.meta();
            case Alert ignored -> Meta.NONE;
            case Status ignored -> Meta.NONE;
            case Container container -> container.meta();
            case Unknown ignored -> Meta.NONE;
        };
    }

    private static List<Item> items(Command command) {
        return switch (command) {
            case WithItems withItems -> withItems.items();
            case Alert alert -> alert.items();
            case Status status -> status.items();
            case Container ignored -> List.of();
            case Unknown ignored -> List.of();
        };
    }

    private static String title(Command command) {
        return Lines.visible(switch (command) {
            case Alert alert -> alertTitle(alert);
            case Status status -> statusTitle(status);
            case Results results -> "Results to " + reference(results.msgRef(), results.cmdRef(), "")
                    + named("of", results.sourceRef()) + named("for", results.targetRef());
            case Exec exec -> "Exec" + named("correlator", exec.correlator());
            case WithItems plain -> plain.name();
            case Container container -> container.name() + ", "
                    + Wording.count(container.commands().size(), "command");
            case Unknown unknown -> unknown.name() + " (not a command of device management)";
        });
    }

    private static String alertTitle(Alert alert) {
        String code = alert.code().code() < 0 ? "(no code)" : Integer.toString(alert.code().code());
        return ("Alert " + code + " " + Wording.of(alert.code())).stripTrailing()
                + named("correlator", alert.correlator());
    }

    private static String statusTitle(Status status) {
        String result = named("HRESULT", status.originalError());
        String references = Stream.concat(status.targetRefs().stream(), status.sourceRefs().stream()).distinct()
                .collect(Collectors.joining(", "));
        return "Status " + status.code() + " " + status.code().text() + result + " <- "
                + reference(status.msgRef(), status.cmdRef(), status.cmd())
                + (references.isEmpty() ? "" : "  " + references);
    }

    private static String reference(String msgRef, String cmdRef, String cmd) {
        String what = cmdRef.equals(Status.OF_HEADER) ? "header" : "command " + cmdRef;
        return (cmd.isEmpty() || cmd.equals("SyncHdr") ? "" : cmd + ", ") + what + " of message " + msgRef;
    }

    private static String named(String what, @Nullable String text) {
        return text == null ? "" : "  " + what + " " + text;
    }

    private void answer(Status status) {
        cred(status.cred());
        Meta chal = status.chal();
        if (chal != null) {
            String nonce = chal.nextNonce() == null ? "" : ", next nonce " + secrets.of(chal.nextNonce());
            out.add("challenges  " + Wording.of(chal) + nonce);
        }
    }

    /** An item that only names a node; empty if there is more to it. */
    private static String single(Item item) {
        boolean plain = item.data() == null && item.meta().isEmpty() && item.source() == null
                && item.targetParent() == null && item.sourceParent() == null && !item.moreData();
        return plain && item.target() != null ? location(item.target()) : "";
    }

    private void item(Item item, Meta outer) {
        Meta meta = item.meta().within(outer);
        String head = head(item);
        String more = item.moreData() ? ", more data follows" : "";
        Data data = item.data();
        if (data == null) {
            out.add(head + (item.meta().isEmpty() && more.isEmpty() ? "" : "  (" + note(meta, more) + ")"));
        } else if (secrets.hidesNode(uri(item))) {
            out.value(head, note(meta, more), Secrets.MASK);
        } else {
            Optional<Element> document = document(data, meta);
            if (document.isPresent()) {
                out.add(head + " =  (" + note(meta, more) + ")");
                out.inside(1, () -> ElementListing.of(document.get(), out).run());
            } else {
                data(head, note(meta, more), meta, data);
            }
        }
    }

    private void data(String head, String note, Meta meta, Data data) {
        ItemValue.Reading reading = ItemValue.read(meta, data, encoding);
        switch (reading) {
            case ItemValue.Reading.Read(var value) when value.format() == Format.BIN || value.format() == Format.B64 ->
                out.value(head, note, value.data());
            case ItemValue.Reading.Read ignored -> plain(head, note, data);
            case ItemValue.Reading.Refused ignored -> plain(head, note, data);
        }
    }

    private void plain(String head, String note, Data data) {
        switch (data) {
            case Data.Opaque(Bytes bytes) -> out.value(head, note, bytes);
            case Data.Text(String text) -> out.value(head, note, text);
            case Data.Markup(String xml) -> out.value(head, note, xml);
        }
    }

    private Optional<Element> document(Data data, Meta meta) {
        String type = meta.type() == null ? "" : meta.type();
        return nested.in(data, type).map(secrets::masked);
    }

    private static String note(Meta meta, String more) {
        String words = Wording.of(meta) + more;
        return words.startsWith(", ") ? words.substring(2) : words;
    }

    private static String uri(Item item) {
        return item.target() != null ? item.target().uri() : item.source() != null ? item.source().uri() : "";
    }

    /** What the item speaks of; a dash if of nothing. */
    private static String head(Item item) {
        StringBuilder head = new StringBuilder();
        if (item.source() != null && item.target() != null) {
            head.append(location(item.source())).append(" -> ").append(location(item.target()));
        } else if (item.target() != null) {
            head.append(location(item.target()));
        } else {
            head.append(item.source() == null ? "-" : location(item.source()));
        }
        if (item.targetParent() != null) {
            head.append("  below ").append(Lines.visible(item.targetParent()));
        }
        if (item.sourceParent() != null) {
            head.append("  source parent ").append(Lines.visible(item.sourceParent()));
        }
        return head.toString();
    }
}
