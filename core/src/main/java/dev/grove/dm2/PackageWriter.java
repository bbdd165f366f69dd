package dev.grove.dm2;

import dev.grove.dm2.Dm2Package.CommandStatus;
import dev.grove.dm2.Dm2Package.Initiation;
import dev.grove.dm2.Dm2Package.Request;
import dev.grove.dm2.Dm2Package.Response;
import dev.grove.dm2.Dm2Package.SupportedObject;
import dev.grove.tree.ClientUri;
import dev.grove.wire.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Packages as JSON, as the schemas have them ([DM 2.0 §7.2.1]). */
final class PackageWriter {

    private PackageWriter() {}

    static Json initiation(Initiation initiation) {
        List<SupportedObject> objects = initiation.objects();
        Json.Builder document = Json.object();
        if (objects != null) {
            document.with("MOS", Json.list(objects.stream().map(PackageWriter::object).toList()));
        }
        return withAlerts(document, initiation.alerts());
    }

    static Json request(Request request) {
        return Json.object().with("CMD",
                Json.list(request.commands().stream().map(PackageWriter::command).toList()))
                .build();
    }

    static Json response(Response response) {
        return withAlerts(Json.object().with("Status",
                Json.list(response.statuses().stream().map(PackageWriter::status).toList())), response.alerts());
    }

    private static Json object(SupportedObject object) {
        return Json.object().with("DDF", object.ddf()).with("MOID", object.moid())
                .with("MIID", texts(object.instances())).build();
    }

    private static Json status(CommandStatus status) {
        return Json.object().with("sc", status.code().code())
                .with("URI", status.uris().isEmpty() ? null : texts(status.uris())).build();
    }

    private static Json withAlerts(Json.Builder document, List<Dm2Alert> alerts) {
        if (!alerts.isEmpty()) {
            document.with("Alert", Json.list(alerts.stream().map(PackageWriter::alert).toList()));
        }
        return document.build();
    }

    /** Data is an object, and has a type ([DM 2.0 §5.4, §7.2.1.5]). */
    private static Json alert(Dm2Alert alert) {
        Json data = alert.data();
        String type = data == null || alert.dataType() != null ? alert.dataType() : "application/json";
        return Json.object().with("AlertType", alert.type()).with("SourceURI", alert.source())
                .with("TargetURI", alert.target()).with("Mark", alert.mark()).with("DataType", type)
                .with("Data", data == null || data instanceof Json.Obj ? data
                        : Json.object().with(Dm2Alert.DM1X, data).build())
                .build();
    }

    private static Json command(Dm2Command command) {
        if (command instanceof Dm2Command.Misshapen misshapen) {
            throw new IllegalStateException("what is no command is not sent: " + misshapen.reason());
        }
        return texts(words(command));
    }

    static List<String> words(Dm2Command command) {
        return switch (command) {
            case Dm2Command.Hget(ServerUri from, ClientUri to) -> line("HGET", from, to);
            case Dm2Command.Hput(ServerUri to, var from) -> line("HPUT", to, from);
            case Dm2Command.Hpost(ServerUri to, var from) -> line("HPOST", to, from);
            case Dm2Command.Delete(ClientUri node) -> line("DELETE", node);
            case Dm2Command.Exec(ClientUri node, ServerUri reportTo) -> line("EXEC", node, reportTo);
            case Dm2Command.Get(ClientUri node) -> line("GET", node);
            case Dm2Command.Show(ServerUri page) -> line("SHOW", page);
            case Dm2Command.Cont(ServerUri at) -> line("CONT", at);
            case Dm2Command.End() -> line("END");
            case Dm2Command.Default(ServerUri from, String moid) -> line("DEFAULT", from, moid);
            case Dm2Command.Sub(ServerUri to, ClientUri node) -> line("SUB", to, node);
            case Dm2Command.Unsub(ClientUri node) -> line("UNSUB", node);
            case Dm2Command.Misshapen(String name, var _, var _) -> line(name);
        };
    }

    private static List<String> line(String name, @Nullable Object... parameters) {
        List<String> line = new ArrayList<>();
        line.add(name);
        for (Object parameter : parameters) {
            if (parameter instanceof List<?> several) {
                several.forEach(one -> line.add(one.toString()));
            } else if (parameter != null) {
                line.add(parameter.toString());
            }
        }
        return line;
    }

    private static Json texts(List<String> texts) {
        return Json.list(texts.stream().map(Json::of).toList());
    }
}
