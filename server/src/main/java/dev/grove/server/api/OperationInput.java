package dev.grove.server.api;

import dev.grove.wire.Json;
import dev.grove.server.config.Durations;
import dev.grove.tree.Address;
import dev.grove.tree.ClientUri;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Operation.Via;
import dev.grove.tree.Operation;
import dev.grove.tree.Operation.UiOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads operations, and refuses at once what could never be sent. */
final class OperationInput {

    private static final int MAX_OPERATIONS = 10_000;
    private static final int MAX_URL = 2048;
    private static final int MAX_SEGMENTS = 200;
    private static final int MAX_SEGMENT = 1000;
    private static final Set<String> VALUE = Set.of("uri", "format", "type", "value", "valueBase64");
    private static final Set<String> UI = Set.of("text", "options");

    private OperationInput() {}

    static List<Operation> operations(Input list) throws Invalid {
        List<Input> items = list.items();
        if (items.isEmpty()) {
            throw list.invalid("a job has at least one operation");
        }
        if (items.size() > MAX_OPERATIONS) {
            throw list.invalid("a job has at most " + MAX_OPERATIONS + " operations");
        }
        return all(items, false, false);
    }

    private static List<Operation> all(List<Input> items, boolean inAtomic, boolean inSequence) throws Invalid {
        List<Operation> operations = new ArrayList<>();
        for (Input item : items) {
            operations.add(operation(item, inAtomic, inSequence));
        }
        return operations;
    }

    private static Operation operation(Input item, boolean inAtomic, boolean inSequence) throws Invalid {
        Input verb = item.only();
        return switch (verb.name()) {
            case "get" -> get(verb.objectOf(Set.of("uri", "via")));
            case "add" -> new Operation.Add(address(verb.objectOf(VALUE).required("uri")), ValueInput.value(verb));
            case "replace" ->
                new Operation.Replace(address(verb.objectOf(VALUE).required("uri")), ValueInput.value(verb));
            case "delete" -> new Operation.Delete(address(verb.objectOf(Set.of("uri")).required("uri")));
            case "copy" -> new Operation.Copy(address(verb.objectOf(Set.of("from", "to")).required("from")),
                    address(verb.required("to")));
            case "exec" -> exec(verb);
            case "atomic" -> atomic(verb, inAtomic, inSequence);
            case "sequence" -> sequence(verb, inAtomic, inSequence);
            case "subscribe" -> new Operation.Subscribe(address(verb.objectOf(Set.of("uri")).required("uri")));
            case "unsubscribe" -> new Operation.Unsubscribe(address(verb.objectOf(Set.of("uri")).required("uri")));
            case "show" -> new Operation.Show(url(verb.objectOf(Set.of("url"))));
            case "default" -> {
                verb.objectOf(Set.of("moid", "url"));
                yield new Operation.SetDefault(moid(verb.required("moid")), url(verb));
            }
            case "continueAt" -> new Operation.ContinueAt(url(verb.objectOf(Set.of("url"))));
            case "display" -> new Operation.Display(text(verb), options(verb));
            case "confirm" -> new Operation.Confirm(text(verb), options(verb));
            case "input" -> new Operation.Input(text(verb), options(verb));
            case "choose" -> choose(verb);
            default -> throw verb.invalid("no such operation; known: get, add, replace, delete, copy, exec, atomic,"
                    + " sequence, display, confirm, input, choose, subscribe, unsubscribe, show, default,"
                    + " continueAt");
        };
    }

    private static Operation get(Input verb) throws Invalid {
        Optional<Input> given = verb.field("via");
        if (given.isEmpty()) {
            return new Operation.Get(address(verb.required("uri")));
        }
        Via via = switch (given.get().text()) {
            case "session" -> Via.SESSION;
            case "repository" -> Via.REPOSITORY;
            default -> throw given.get().invalid("an answer comes via session or via repository");
        };
        return new Operation.Get(address(verb.required("uri")), via);
    }

    /** An address that a device is to open; it may have places for the device's own values ([DM 2.0 §6.2]). */
    private static String url(Input verb) throws Invalid {
        Input given = verb.required("url");
        String url = given.text();
        boolean isHttp = url.startsWith("https://") || url.startsWith("http://");
        if (!isHttp || url.length() > MAX_URL || url.chars().anyMatch(c -> c <= ' ' || c == 0x7F)) {
            throw given.invalid("a URL begins with https:// or http://, has no blanks and at most " + MAX_URL
                    + " characters (DM 2.0 §6.2)");
        }
        return url;
    }

    private static String moid(Input given) throws Invalid {
        String moid = given.text();
        if (moid.isBlank() || moid.length() > MAX_SEGMENT || moid.indexOf('/') >= 0) {
            throw given.invalid("names a management object, such as urn:oma:mo:oma-scomo:1.0");
        }
        return moid;
    }

    private static Operation exec(Input verb) throws Invalid {
        verb.objectOf(Set.of("uri", "format", "type", "value", "valueBase64", "correlator"));
        boolean hasArgument = verb.field("value").isPresent() || verb.field("valueBase64").isPresent();
        Optional<Input> correlator = verb.field("correlator");
        return new Operation.Exec(address(verb.required("uri")), hasArgument ? ValueInput.value(verb) : null,
                correlator.isPresent() ? correlator.get().text() : null);
    }

    private static Operation atomic(Input verb, boolean inAtomic, boolean inSequence) throws Invalid {
        if (inAtomic) {
            throw verb.invalid("an atomic stands in no other: devices answer 500 (REPPRO 6.5)");
        }
        return new Operation.Atomic(members(verb, true, inSequence));
    }

    private static Operation sequence(Input verb, boolean inAtomic, boolean inSequence) throws Invalid {
        if (inSequence) {
            throw verb.invalid("a sequence stands in no other (REPPRO 6.5)");
        }
        return new Operation.Sequence(members(verb, inAtomic, true));
    }

    private static List<Operation> members(Input verb, boolean inAtomic, boolean inSequence) throws Invalid {
        List<Input> items = verb.items();
        if (items.isEmpty()) {
            throw verb.invalid("a group has at least one operation");
        }
        return all(items, inAtomic, inSequence);
    }

    private static Operation choose(Input verb) throws Invalid {
        verb.objectOf(Set.of("text", "choices", "multiple", "options"));
        List<String> choices = new ArrayList<>();
        for (Input choice : verb.required("choices").items()) {
            choices.add(choice.text());
        }
        if (choices.isEmpty()) {
            throw verb.required("choices").invalid("there is at least one choice");
        }
        Optional<Input> multiple = verb.field("multiple");
        return new Operation.Choose(verb.required("text").text(), choices,
                multiple.isPresent() && multiple.get().truth(), options(verb));
    }

    private static String text(Input verb) throws Invalid {
        return verb.objectOf(UI).required("text").text();
    }

    private static UiOptions options(Input verb) throws Invalid {
        Optional<Input> given = verb.field("options");
        return given.isPresent() ? UiOptionsInput.options(given.get()) : UiOptions.NONE;
    }

    static Duration duration(Input given) throws Invalid {
        try {
            return Durations.parse(given.text());
        } catch (IllegalArgumentException e) {
            throw given.invalid(String.valueOf(e.getMessage()));
        }
    }

    private static Address address(Input given) throws Invalid {
        try {
            return bounded(given, given.value() instanceof Json.Obj ? relative(given) : Address.read(given.text()));
        } catch (IllegalArgumentException e) {
            throw given.invalid(String.valueOf(e.getMessage()));
        }
    }

    /** What no device keeps; how long its own URIs may be, a device tells in DevDetail. */
    private static Address bounded(Input given, Address address) throws Invalid {
        NodeUri uri = switch (address) {
            case Address.Absolute(NodeUri node, var _) -> node;
            case Address.Relative relative -> relative.path();
            case Address.Client(ClientUri client) -> new NodeUri(client.path());
        };
        if (uri.segments().size() > MAX_SEGMENTS) {
            throw given.invalid("has more than " + MAX_SEGMENTS + " segments");
        }
        if (uri.segments().stream().anyMatch(segment -> segment.length() > MAX_SEGMENT)) {
            throw given.invalid("has a segment of more than " + MAX_SEGMENT + " characters");
        }
        if (address.part().suffix().length() > MAX_SEGMENT) {
            throw given.invalid("has a query part of more than " + MAX_SEGMENT + " characters");
        }
        return address;
    }

    private static Address relative(Input given) throws Invalid {
        given.objectOf(Set.of("start", "moid", "where", "path"));
        Optional<Input> start = given.field("start");
        Optional<Input> path = given.field("path");
        String moid = given.required("moid").text();
        if (moid.isBlank()) {
            throw given.required("moid").invalid("names a management object");
        }
        Optional<Input> where = given.field("where");
        List<Address.Condition> conditions = where.isPresent() ? conditions(where.get()) : List.of();
        String inside = path.isPresent() ? path.get().text() : "";
        Address.Absolute end = inside.isEmpty() ? Address.of(NodeUri.ROOT) : Address.parse(inside);
        NodeUri from = start.isPresent() ? NodeUri.parse(start.get().text()) : NodeUri.ROOT;
        return new Address.Relative(from, moid, conditions, end.node(), end.part());
    }

    /** {@code {"leaf": "value"}}, or {@code [{"leaf": "…", "value": "…"}]}. */
    private static List<Address.Condition> conditions(Input where) throws Invalid {
        List<Address.Condition> conditions = new ArrayList<>();
        if (where.value() instanceof Json.Obj) {
            for (Input field : where.fields()) {
                conditions.add(new Address.Condition(NodeUri.parse(field.name()), field.scalar()));
            }
            return conditions;
        }
        for (Input item : where.items()) {
            item.objectOf(Set.of("leaf", "value"));
            conditions.add(new Address.Condition(NodeUri.parse(item.required("leaf").text()),
                    item.required("value").scalar()));
        }
        return conditions;
    }
}
