package dev.grove.tools.inspect;

import dev.grove.tools.json.JsonWriter;
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
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message as JSON; docs/operations/command-line.md describes the shape. */
final class MessageJson {

    private final JsonWriter out;
    private final Encoding encoding;
    private final Secrets secrets;
    private final Nested nested;

    MessageJson(JsonWriter out, Encoding encoding, Secrets secrets, Nested nested) {
        this.out = out;
        this.encoding = encoding;
        this.secrets = secrets;
        this.nested = nested;
    }

    /** The members {@code header}, {@code commands} and {@code final}. */
    void write(Message message) {
        out.child("header", json -> header(message.header()));
        out.array("commands", list -> message.body().forEach(this::command));
        out.flag("final", message.isFinal());
    }

    private void header(SyncHdr header) {
        out.text("verDtd", header.verDtd()).text("verProto", header.verProto()).text("sessionId", header.sessionId())
                .text("msgId", header.msgId());
        location("target", header.target());
        location("source", header.source());
        out.text("respUri", header.respUri());
        if (header.noResp()) {
            out.flag("noResp", true);
        }
        cred(header.cred());
        meta("meta", header.meta());
    }

    private void location(String name, @Nullable Location location) {
        if (location != null) {
            out.child(name, json -> out.text("uri", location.uri()).text("name", location.name()));
        }
    }

    private void cred(@Nullable Cred cred) {
        if (cred != null) {
            out.child("cred", json -> {
                meta("meta", cred.meta());
                out.text("data", secrets.of(cred.data()));
            });
        }
    }

    private void meta(String name, Meta meta) {
        if (meta.isEmpty()) {
            return;
        }
        out.child(name, json -> {
            out.text("format", meta.format()).text("type", meta.type()).text("mark", meta.mark())
                    .number("size", meta.size());
            out.text("nextNonce", meta.nextNonce() == null ? null : secrets.of(meta.nextNonce()));
            out.number("maxMsgSize", meta.maxMsgSize()).number("maxObjSize", meta.maxObjSize());
            if (!meta.others().isEmpty()) {
                out.array("others", list -> meta.others()
                        .forEach(other -> out.element(element -> new ElementJson(out).element(other))));
            }
        });
    }

    private void command(Command command) {
        out.element(json -> {
            out.text("command", command.name());
            if (!command.cmdId().isEmpty()) {
                out.text("cmdId", command.cmdId());
            }
            members(command);
        });
    }

    private void members(Command command) {
        switch (command) {
            case Status status -> status(status);
            case Alert alert -> alert(alert);
            case Results results -> {
                references(results.msgRef(), results.cmdRef());
                out.text("targetRef", results.targetRef()).text("sourceRef", results.sourceRef());
                withItems(results);
            }
            case Exec exec -> {
                out.text("correlator", exec.correlator());
                withItems(exec);
            }
            case WithItems plain -> withItems(plain);
            case Container container -> {
                meta("meta", container.meta());
                out.array("commands", list -> container.commands().forEach(this::command));
            }
            case Unknown(String ignored, var element) ->
                out.child("element", json -> new ElementJson(out).element(element));
        }
    }

    private void references(String msgRef, String cmdRef) {
        out.text("msgRef", msgRef.isEmpty() ? null : msgRef).text("cmdRef", cmdRef.isEmpty() ? null : cmdRef);
    }

    private void status(Status status) {
        references(status.msgRef(), status.cmdRef());
        out.text("cmd", status.cmd().isEmpty() ? null : status.cmd());
        texts("targetRefs", status.targetRefs());
        texts("sourceRefs", status.sourceRefs());
        cred(status.cred());
        if (status.chal() != null) {
            meta("chal", status.chal());
        }
        out.number("status", status.code().code()).text("text", status.code().text());
        out.text("originalError", status.originalError());
        items(status.items(), Meta.NONE);
    }

    private void texts(String name, List<String> texts) {
        if (!texts.isEmpty()) {
            out.array(name, list -> texts.forEach(out::element));
        }
    }

    private void alert(Alert alert) {
        out.number("code", alert.code().code() < 0 ? null : alert.code().code());
        String name = Wording.of(alert.code());
        out.text("text", name.isEmpty() ? null : name).text("correlator", alert.correlator());
        items(alert.items(), Meta.NONE);
    }

    private void withItems(WithItems command) {
        meta("meta", command.meta());
        items(command.items(), command.meta());
    }

    private void items(List<Item> items, Meta outer) {
        if (!items.isEmpty()) {
            out.array("items", list -> items.forEach(item -> out.element(json -> item(item, outer))));
        }
    }

    private void item(Item item, Meta outer) {
        location("target", item.target());
        location("source", item.source());
        out.text("sourceParent", item.sourceParent()).text("targetParent", item.targetParent());
        meta("meta", item.meta());
        String uri = item.target() != null ? item.target().uri() : item.source() != null ? item.source().uri() : "";
        if (item.data() != null && secrets.hidesNode(uri)) {
            out.text("value", Secrets.MASK);
        } else if (item.data() != null) {
            data(item.data(), item.meta().within(outer));
        }
        if (item.moreData()) {
            out.flag("moreData", true);
        }
    }

    /** A nested document, or the value itself: base64 is decoded. */
    private void data(Data data, Meta meta) {
        String type = meta.type() == null ? "" : meta.type();
        Optional<Element> document = nested.in(data, type);
        ElementJson json = new ElementJson(out);
        if (document.isPresent()) {
            out.child("document", object -> json.root(secrets.masked(document.get())));
            return;
        }
        switch (ItemValue.read(meta, data, encoding)) {
            case ItemValue.Reading.Read(var value) -> json.value(value.data());
            case ItemValue.Reading.Refused ignored -> json.value(data.bytes());
        }
    }
}
