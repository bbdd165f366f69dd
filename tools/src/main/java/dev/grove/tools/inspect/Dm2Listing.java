package dev.grove.tools.inspect;

import dev.grove.dm2.Dm2Alert;
import dev.grove.dm2.Dm2Command;
import dev.grove.dm2.Dm2Package.CommandStatus;
import dev.grove.dm2.Dm2Package.Initiation;
import dev.grove.dm2.Dm2Package.Request;
import dev.grove.dm2.Dm2Package.Response;
import dev.grove.dm2.Dm2Package.SupportedObject;
import dev.grove.dm2.Dm2Package;
import dev.grove.dm2.Dm2Status;
import dev.grove.dm2.ObjectDocument;
import dev.grove.wire.Json;
import dev.grove.wire.JsonText;
import dev.grove.wire.Limits;
import dev.grove.wire.Multipart;
import dev.grove.wire.Packet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A body of DM 2.0 as a person reads it. */
final class Dm2Listing {

    private final Lines out;
    private final Secrets secrets;
    private final Limits limits;

    Dm2Listing(Lines out, Secrets secrets, Limits limits) {
        this.out = out;
        this.secrets = secrets;
        this.limits = limits;
    }

    void show(Dm2Document document) {
        switch (document) {
            case Dm2Document.Session(Dm2Package content) -> show(content);
            case Dm2Document.Objects(ObjectDocument content) -> show(content);
            case Dm2Document.Parts(Multipart content) -> content.parts()
                    .forEach(part -> part("Part " + part.name().orElse("without name"), part.content()));
        }
    }

    private void show(Dm2Package content) {
        switch (content) {
            case Initiation initiation -> {
                out.add("Package 1: a session begins");
                supported(initiation.objects());
                initiation.alerts().forEach(this::alert);
            }
            case Request request -> {
                out.add("Package 2: " + Wording.count(request.commands().size(), "command")
                        + (request.isLast() ? ", the session ends" : ""));
                for (int i = 0; i < request.commands().size(); i++) {
                    command(i, request.commands().get(i));
                }
            }
            case Response response -> {
                out.add("Package 3: " + response.statuses().size()
                        + (response.statuses().size() == 1 ? " status" : " statuses"));
                for (int i = 0; i < response.statuses().size(); i++) {
                    status(i, response.statuses().get(i));
                }
                response.alerts().forEach(this::alert);
                response.data().forEach((index, data) -> part("Data of command " + index, data));
            }
        }
    }

    private void supported(@Nullable List<SupportedObject> objects) {
        if (objects == null) {
            return;
        }
        out.add("Objects that the device has");
        objects.forEach(object -> out.inside(2, () -> {
            out.add(word(object.moid(), "an object without MOID") + "  "
                    + (object.instances().isEmpty() ? "no instance"
                            : Lines.visible(String.join(", ", object.instances())))
                    + (object.ddf() == null ? "" : "  (described by " + Lines.visible(object.ddf()) + ")"));
        }));
    }

    private static String word(@Nullable String text, String otherwise) {
        return text == null ? otherwise : Lines.visible(text);
    }

    private void command(int index, Dm2Command command) {
        List<String> words = command.words();
        String note = command instanceof Dm2Command.Misshapen(String name, var status, String reason)
                ? (name.isEmpty() ? "no command" : "") + "  " + status + ": " + reason : "";
        out.inside(1, () -> out.add(number(index) + Lines.visible(String.join("  ", words)) + note));
    }

    private void status(int index, CommandStatus status) {
        out.inside(1, () -> {
            out.add(number(index) + status.code() + " " + Dm2Status.text(status.code()));
            status.uris().forEach(uri -> out.inside(3, () -> out.add("at " + Lines.visible(uri))));
        });
    }

    /** Commands are counted from 0 ([DM 2.0 App. F]). */
    private static String number(int index) {
        return " ".repeat(Math.max(0, 3 - Integer.toString(index).length())) + index + "  ";
    }

    private void alert(Dm2Alert alert) {
        out.add("Alert " + Lines.visible(alert.type())
                + (alert.mark() == null ? "" : "  importance " + Lines.visible(alert.mark())));
        out.inside(2, () -> {
            about("source", alert.source());
            about("target", alert.target());
            Json data = alert.data();
            if (data != null) {
                Json dm1x = data instanceof Json.Obj(var fields) && fields.size() == 1 ? fields.get(Dm2Alert.DM1X)
                        : null;
                leaf(dm1x == null ? "data" : Dm2Alert.DM1X, dm1x == null ? data : dm1x,
                        alert.dataType() == null ? "" : alert.dataType());
            }
        });
    }

    private void about(String what, @Nullable String uri) {
        if (uri != null) {
            out.add(what + " " + Lines.visible(uri));
        }
    }

    private void part(String head, Packet content) {
        ObjectDocument objects = Dm2Document.objects(content, limits);
        if (objects == null) {
            out.value(head, content.mediaType(), content.body());
        } else {
            out.add(head);
            out.inside(1, () -> show(objects));
        }
    }

    // ---- objects

    private void show(ObjectDocument document) {
        for (ObjectDocument.Part part : document.parts()) {
            out.add("Object " + Lines.visible(part.uri())
                    + (part.validator() == null ? "" : "  validator " + Lines.visible(part.validator()))
                    + (part.ddf() == null ? "" : "  (described by " + Lines.visible(part.ddf()) + ")"));
            out.inside(1, () -> nodes(secrets.masked(part.data()).fields()));
        }
    }

    private void nodes(Map<String, Json> nodes) {
        nodes.forEach((name, value) -> {
            if (value instanceof Json.Obj(Map<String, Json> children)) {
                out.add(Lines.visible(name) + "/");
                out.inside(1, () -> nodes(children));
            } else {
                leaf(Lines.visible(name), value, "");
            }
        });
    }

    /** Texts as they are, all else as in JSON. */
    private void leaf(String name, Json value, String note) {
        out.value(name, note, value instanceof Json.Str(String text) ? text : JsonText.write(value).utf8());
    }
}
