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
import dev.grove.tools.inspect.Inspection.Form;
import dev.grove.tools.inspect.Inspection.View;
import dev.grove.tools.json.JsonWriter;
import dev.grove.wire.Bytes;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import dev.grove.wire.Multipart;
import dev.grove.wire.Packet;
import dev.grove.wire.XmlText;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows bodies of DM 2.0: the door beside {@link Inspection}. */
public final class Dm2Inspection {

    private final Secrets secrets;
    private final Limits limits;

    private Dm2Inspection(View view) {
        this.secrets = new Secrets(view.showSecrets(), new Nested(view.limits()));
        this.limits = view.limits();
    }

    /**
     * The body in words.
     *
     * @param mediaType what it is said to be; if absent, its bytes tell
     * @return empty if no media type is given, and the bytes are no body of DM 2.0
     */
    public static Optional<String> show(Bytes file, @Nullable String mediaType, View view) throws Malformed {
        Optional<String> type = mediaType == null ? Dm2Document.mediaType(file, view.limits())
                : Optional.of(mediaType);
        if (type.isEmpty()) {
            return Optional.empty();
        }
        if (view.form() == Form.XML) {
            throw new Malformed(-1, "", "only documents of DM 1.x are shown as XML; this is DM 2.0");
        }
        Dm2Document document = Dm2Document.read(new Packet(type.get(), file), view.limits());
        Dm2Inspection inspection = new Dm2Inspection(view);
        return Optional.of(view.form() == Form.JSON ? inspection.json(document, file) : inspection.text(document, file,
                view));
    }

    private String text(Dm2Document document, Bytes file, View view) {
        Lines out = new Lines(view.valueCharacters());
        out.add("DM 2.0, " + encoding(file) + ", " + file.length() + " bytes");
        new Dm2Listing(out, secrets, limits).show(document);
        return out.toString();
    }

    private static String encoding(Bytes file) {
        return file.utf8().stripLeading().startsWith("--") ? "multipart" : "json";
    }

    private String json(Dm2Document document, Bytes file) {
        return JsonWriter.object(json -> {
            json.text("kind", document.kind()).number("bytes", file.length()).text("encoding", encoding(file));
            switch (document) {
                case Dm2Document.Session(Dm2Package content) -> write(content, json);
                case Dm2Document.Objects(ObjectDocument content) -> write(content, json);
                case Dm2Document.Parts(Multipart content) -> json.array("parts", list -> content.parts()
                        .forEach(part -> list.element(one -> data(part.name().orElse(null), part.content(), one))));
            }
        });
    }

    private void write(Dm2Package content, JsonWriter json) {
        switch (content) {
            case Initiation initiation -> {
                List<SupportedObject> objects = initiation.objects();
                if (objects != null) {
                    json.array("objects",
                            list -> objects.forEach(object -> list.element(one -> write(object, one))));
                }
                alerts(initiation.alerts(), json);
            }
            case Request request -> json.array("commands",
                    list -> request.commands().forEach(command -> list.element(one -> write(command, one))));
            case Response response -> {
                json.array("statuses",
                        list -> response.statuses().forEach(status -> list.element(one -> write(status, one))));
                alerts(response.alerts(), json);
                if (!response.data().isEmpty()) {
                    json.array("data", list -> response.data()
                            .forEach((index, data) -> list.element(one -> data(index.toString(), data, one))));
                }
            }
        }
    }

    private static void write(SupportedObject object, JsonWriter json) {
        json.text("ddf", object.ddf()).text("moid", object.moid()).array("instances",
                list -> object.instances().forEach(list::element));
    }

    private static void write(Dm2Command command, JsonWriter json) {
        json.text("command", command.words().getFirst());
        if (command instanceof Dm2Command.Misshapen(String _, var status, String reason)) {
            json.number("status", status.code()).text("reason", reason);
        } else {
            json.array("parameters",
                    list -> command.words().subList(1, command.words().size()).forEach(list::element));
        }
    }

    private static void write(CommandStatus status, JsonWriter json) {
        json.number("status", status.code().code()).text("text", Dm2Status.text(status.code()));
        if (!status.uris().isEmpty()) {
            json.array("uris", list -> status.uris().forEach(list::element));
        }
    }

    private static void alerts(List<Dm2Alert> alerts, JsonWriter json) {
        if (!alerts.isEmpty()) {
            json.array("alerts",
                    list -> alerts.forEach(alert -> list.element(one -> one.text("type", alert.type())
                            .text("source", alert.source()).text("target", alert.target()).text("mark", alert.mark())
                            .text("dataType", alert.dataType()).json("data", alert.data()))));
        }
    }

    private void data(@Nullable String name, Packet content, JsonWriter json) {
        json.text("name", name).text("mediaType", content.mediaType());
        ObjectDocument objects = Dm2Document.objects(content, limits);
        if (objects != null) {
            write(objects, json);
        } else if (XmlText.isText(content.body())) {
            json.text("value", content.body().utf8());
        } else {
            json.text("valueBase64", content.body().base64());
        }
    }

    private void write(ObjectDocument document, JsonWriter json) {
        json.array("objects",
                list -> document.parts()
                        .forEach(part -> list.element(one -> one.text("ddf", part.ddf()).text("uri", part.uri())
                                .text("validator", part.validator()).json("data", secrets.masked(part.data())))));
    }
}
