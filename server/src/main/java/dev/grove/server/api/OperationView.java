package dev.grove.server.api;

import dev.grove.wire.Json;
import dev.grove.server.fleet.OperationPath;
import dev.grove.tree.Address;
import dev.grove.tree.Format;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Operation.Via;
import dev.grove.tree.Operation;
import dev.grove.tree.Operation.UiOptions;
import dev.grove.tree.Outcome;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Operations, results and values as JSON; values of secret nodes are masked. */
final class OperationView {

    private OperationView() {}

    static Json.Obj of(Operation operation) {
        return switch (operation) {
            case Operation.Get(Address target, Via via) ->
                verb("get", at(target).with("via", via == Via.REPOSITORY ? "repository" : null));
            case Operation.Add(Address target, Value value) -> verb("add", at(target, value));
            case Operation.Replace(Address target, Value value) -> verb("replace", at(target, value));
            case Operation.Delete(Address target) -> verb("delete", at(target));
            case Operation.Copy(Address from, Address to) ->
                verb("copy", Json.object().with("from", address(from)).with("to", address(to)));
            case Operation.Exec(Address target, Value argument, String correlator) ->
                verb("exec", (argument == null ? at(target) : at(target, argument)).with("correlator", correlator));
            case Operation.Atomic(List<Operation> members) -> group("atomic", members);
            case Operation.Sequence(List<Operation> members) -> group("sequence", members);
            case Operation.Subscribe(Address target) -> verb("subscribe", at(target));
            case Operation.Unsubscribe(Address target) -> verb("unsubscribe", at(target));
            case Operation.Show(String url) -> verb("show", Json.object().with("url", url));
            case Operation.SetDefault(String moid, String url) ->
                verb("default", Json.object().with("moid", moid).with("url", url));
            case Operation.ContinueAt(String url) -> verb("continueAt", Json.object().with("url", url));
            case Operation.Display(String text, UiOptions options) -> verb("display", ask(text, options));
            case Operation.Confirm(String text, UiOptions options) -> verb("confirm", ask(text, options));
            case Operation.Input(String text, UiOptions options) -> verb("input", ask(text, options));
            case Operation.Choose(String text, List<String> choices, boolean multiple, UiOptions options) ->
                verb("choose", ask(text, options).with("choices", Json.list(choices.stream().map(Json::of).toList()))
                        .with("multiple", multiple));
        };
    }

    /** Where an operation stands in the document that was sent, such as {@code /operations/1/atomic/0/add}. */
    static String pointer(List<Operation> operations, String path) {
        StringBuilder pointer = new StringBuilder("/operations");
        List<Operation> level = operations;
        for (String step : path.split("\\.", -1)) {
            Operation operation = level.get(Integer.parseInt(step));
            pointer.append('/').append(step).append('/').append(of(operation).fields().keySet().iterator().next());
            level = OperationPath.membersOf(operation);
        }
        return pointer.toString();
    }

    /** The operation that a place in the document belongs to, such as {@code 1.0}; null if it belongs to none. */
    static @Nullable String path(String pointer) {
        String[] names = pointer.split("/", -1);
        if (names.length < 3 || !names[1].equals("operations")) {
            return null;
        }
        StringBuilder path = new StringBuilder(names[2]);
        for (int i = 3; i + 1 < names.length && (names[i].equals("atomic") || names[i].equals("sequence")); i += 2) {
            path.append('.').append(names[i + 1]);
        }
        return path.toString();
    }

    static Json.Obj of(Outcome.Result result) {
        return value(Json.object().with("uri", result.uri()), result.uri(), result.value()).build();
    }

    /** Adds format, type, and the value as text, or as base64 if it is none. */
    static Json.Builder value(Json.Builder into, String uri, Value value) {
        into.with("format", value.format().wireName()).with("type", value.type());
        if (Secrets.isSecret(uri)) {
            return into.with("value", Secrets.MASK).with("masked", true);
        }
        return data(into, "value", value);
    }

    /** Adds the data of a value as {@code name}, or as {@code nameBase64} if it is no text. */
    static Json.Builder data(Json.Builder into, String name, Value value) {
        boolean isBinary = value.format() == Format.BIN || value.format() == Format.B64;
        Optional<String> text = isBinary ? Optional.empty() : text(value.data());
        if (text.isEmpty()) {
            return into.with(name + "Base64", value.data().base64());
        }
        return into.with(name, Secrets.holdsSecrets(text.get()) ? Secrets.MASK : text.get());
    }

    private static Optional<String> text(Bytes bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toArray())).toString());
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }

    private static Json.Obj verb(String name, Json.Builder body) {
        return Json.object().with(name, body.build()).build();
    }

    private static Json.Obj group(String name, List<Operation> members) {
        return Json.object().with(name, Json.list(members.stream().map(OperationView::of).toList())).build();
    }

    private static Json.Builder at(Address target) {
        return Json.object().with("uri", address(target));
    }

    private static Json.Builder at(Address target, Value value) {
        Json.Builder body = at(target);
        if (value.format() == Format.NODE || value.format() == Format.NULL) {
            return body.with("format", value.format().wireName()).with("type", value.type());
        }
        String uri = switch (target) {
            case Address.Absolute(NodeUri node, _) -> node.toString();
            case Address.Relative relative -> relative.path().toString();
            case Address.Client client -> client.toString();
        };
        return value(body, uri, value);
    }

    private static Json address(Address address) {
        return switch (address) {
            case Address.Absolute absolute -> Json.of(absolute.toString());
            case Address.Client client -> Json.of(client.toString());
            case Address.Relative(NodeUri start, String moid, List<Address.Condition> where, NodeUri path, var part) ->
                Json.object().with("start", start.isRoot() ? null : start.toString()).with("moid", moid)
                        .with("where", where.isEmpty() ? null : Json.list(where.stream().map(OperationView::condition)
                                .toList()))
                        .with("path", (path.isRoot() ? "" : String.join("/", path.segments())) + part.suffix())
                        .build();
        };
    }

    private static Json.Obj condition(Address.Condition condition) {
        return Json.object().with("leaf", String.join("/", condition.leaf().segments()))
                .with("value", condition.value()).build();
    }

    private static Json.Builder ask(String text, UiOptions options) {
        Json.Obj given = Json.object().with("minDisplay", seconds(options.minDisplay()))
                .with("maxDisplay", seconds(options.maxDisplay())).with("defaultResponse", options.defaultResponse())
                .with("maxLength", options.maxLength() == null ? null : Json.of(options.maxLength()))
                .with("inputType", options.inputType()).with("echoType", options.echoType()).build();
        return Json.object().with("text", text).with("options", given.fields().isEmpty() ? null : given);
    }

    private static Json.@Nullable Num seconds(@Nullable Duration duration) {
        return duration == null ? null : Json.of(duration.toSeconds());
    }
}
