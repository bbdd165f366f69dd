package dev.grove.dm2;

import dev.grove.dm2.Dm2Package.CommandStatus;
import dev.grove.dm2.Dm2Package.Initiation;
import dev.grove.dm2.Dm2Package.Request;
import dev.grove.dm2.Dm2Package.Response;
import dev.grove.dm2.Dm2Package.SupportedObject;
import dev.grove.tree.StatusCode;
import dev.grove.wire.Json;
import dev.grove.wire.Malformed;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Packages from their JSON ([DM 2.0 §7.2.1]). */
final class PackageReader {

    private PackageReader() {}

    static Initiation initiation(JsonAt document) throws Malformed {
        JsonAt objects = document.field("MOS");
        List<SupportedObject> supported = new ArrayList<>();
        for (JsonAt object : objects.items()) {
            object.object();
            supported.add(new SupportedObject(object.field("DDF").optionalText(), object.field("MOID").optionalText(),
                    object.field("MIID").texts()));
        }
        return new Initiation(objects.isAbsent() ? null : supported, alerts(document));
    }

    static Request request(JsonAt document) throws Malformed {
        JsonAt commands = document.field("CMD");
        if (!(commands.value() instanceof Json.Arr)) {
            throw commands.malformed("a list of commands");
        }
        return new Request(commands.items().stream().map(JsonAt::value).map(CommandReader::read).toList());
    }

    static Response response(JsonAt document) throws Malformed {
        JsonAt statuses = document.field("Status");
        if (!(statuses.value() instanceof Json.Arr)) {
            throw statuses.malformed("a list of statuses");
        }
        List<CommandStatus> read = new ArrayList<>();
        for (JsonAt item : statuses.items()) {
            boolean isUri = item.value() instanceof Json.Arr
                    || (item.value() instanceof Json.Str(String text) && !isNumber(text));
            if (isUri) {
                addUris(read, item);
            } else {
                read.add(status(item));
            }
        }
        return new Response(read, alerts(document), Map.of());
    }

    // ---- statuses

    private static CommandStatus status(JsonAt item) throws Malformed {
        if (item.value() instanceof Json.Obj) {
            return new CommandStatus(code(item.field("sc")), item.field("URI").texts());
        }
        return CommandStatus.of(code(item));
    }

    private static StatusCode code(JsonAt item) throws Malformed {
        try {
            return switch (item.value()) {
                case Json.Num(BigDecimal number) when number.precision() - number.scale() <= 4 ->
                    new StatusCode(number.intValueExact());
                case Json.Str(String text) when isNumber(text) -> new StatusCode(Integer.parseInt(text.strip()));
                case null -> throw item.malformed("a status code");
                case Json.Num _,Json.Str _,Json.Obj _,Json.Arr _,Json.Bool _,Json.Null _ ->
                    throw item.malformed("a status code from 100 to 1999");
            };
        } catch (ArithmeticException | IllegalArgumentException outOfRange) {
            throw new Malformed(-1, item.path(), "a status code is a whole number from 100 to 1999 (DM 2.0 App. C)");
        }
    }

    private static boolean isNumber(String text) {
        return text.strip().matches("[0-9]{3,4}");
    }

    /** Where data came to be may follow its number ([DM 2.0 I.2]). */
    private static void addUris(List<CommandStatus> read, JsonAt item) throws Malformed {
        if (read.isEmpty()) {
            throw item.malformed("a status code before the URIs");
        }
        CommandStatus before = read.removeLast();
        List<String> uris = new ArrayList<>(before.uris());
        uris.addAll(item.texts());
        read.add(new CommandStatus(before.code(), uris));
    }

    // ---- alerts

    /**
     * The alerts of a package; the schema of an alert, taken by the letter, has them in an object of their own
     * ([DM 2.0 §7.2.1.5]). What has no type is left out: unknown alerts are ignored in silence ([DM 2.0 §5.4]).
     */
    private static List<Dm2Alert> alerts(JsonAt document) {
        JsonAt alerts = document.field("Alert");
        if (!alerts.field("Alert").isAbsent()) {
            alerts = alerts.field("Alert");
        }
        List<Dm2Alert> read = new ArrayList<>();
        for (JsonAt alert : alerts.items()) {
            alert.field("AlertType").maybeText().filter(type -> !type.isBlank())
                    .ifPresent(type -> read.add(alert(type.strip(), alert)));
        }
        return read;
    }

    private static Dm2Alert alert(String type, JsonAt alert) {
        JsonAt data = alert.field("Data");
        return new Dm2Alert(type, alert.field("SourceURI").maybeText().orElse(null),
                alert.field("TargetURI").maybeText().orElse(null), alert.field("Mark").maybeText().orElse(null),
                alert.field("DataType").maybeText().orElse(null), data.isAbsent() ? null : data.value());
    }
}
