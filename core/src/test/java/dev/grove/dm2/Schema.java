package dev.grove.dm2;

import dev.grove.wire.Bytes;
import dev.grove.wire.Json;
import dev.grove.wire.JsonText;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The few rules of JSON Schema that the schemas of DM 2.0 use: type, properties, items, required, one reference. */
final class Schema {

    private final Json schema;

    private Schema(Json schema) {
        this.schema = schema;
    }

    /** A schema as the text has it. */
    static Schema named(String name) throws Malformed {
        return new Schema(JsonText.read(Golden.bytes("schema-" + name + ".json"), Limits.DEFAULT));
    }

    /** What breaks the schema, with its place; empty if nothing does. */
    List<String> violations(Bytes document) throws Malformed {
        List<String> found = new ArrayList<>();
        check(schema, JsonText.read(document, Limits.DEFAULT), "$", found);
        return found;
    }

    private static void check(Json rule, Json value, String path, List<String> found) throws Malformed {
        Map<String, Json> rules = ((Json.Obj) rule).fields();
        if (rules.containsKey("$ref")) {
            check(alertList(), value, path, found);
            return;
        }
        if (rules.get("type") instanceof Json.Str(String type) && !isOf(type, value)) {
            found.add(path + " is no " + type);
            return;
        }
        if (value instanceof Json.Obj(Map<String, Json> fields)) {
            if (rules.get("required") instanceof Json.Arr(List<Json> required)) {
                required.stream().map(name -> ((Json.Str) name).text()).filter(name -> !fields.containsKey(name))
                        .forEach(name -> found.add(path + " has no " + name));
            }
            if (rules.get("properties") instanceof Json.Obj(Map<String, Json> properties)) {
                for (Map.Entry<String, Json> property : properties.entrySet()) {
                    if (fields.containsKey(property.getKey())) {
                        check(property.getValue(), fields.get(property.getKey()), path + "." + property.getKey(),
                                found);
                    }
                }
            }
        }
        if (value instanceof Json.Arr(List<Json> items) && rules.containsKey("items")) {
            for (Json item : items) {
                check(rules.get("items"), item, path + "[]", found);
            }
        }
    }

    /** What the reference is meant to mean: the list inside the schema of alerts, as all examples have it. */
    private static Json alertList() throws Malformed {
        return field(field(named("alert").schema, "properties"), "Alert");
    }

    private static Json field(Json object, String name) {
        return Objects.requireNonNull(((Json.Obj) object).fields().get(name), name);
    }

    private static boolean isOf(String type, Json value) {
        return switch (type) {
            case "object" -> value instanceof Json.Obj;
            case "array" -> value instanceof Json.Arr;
            case "string" -> value instanceof Json.Str;
            case "number" -> value instanceof Json.Num;
            default -> throw new IllegalStateException("no such type in the schemas: " + type);
        };
    }
}
