package dev.grove.server.api;

import dev.grove.wire.Json;
import dev.grove.wire.Bytes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A value of a document that was sent, with the place where it stands: whatever is wrong with it can be named. */
record Input(String pointer, Json value) {

    /** The whole document. */
    static Input of(Json document) {
        return new Input("", document);
    }

    Invalid invalid(String rule) {
        return Invalid.at(pointer, rule);
    }

    /** This as an object that has no fields but these. */
    Input objectOf(Set<String> names) throws Invalid {
        for (String name : object().fields().keySet()) {
            if (!names.contains(name)) {
                throw Invalid.at(pointer + "/" + escaped(name), "unknown field; known here: "
                        + String.join(", ", names.stream().sorted().toList()));
            }
        }
        return this;
    }

    private Json.Obj object() throws Invalid {
        if (value instanceof Json.Obj object) {
            return object;
        }
        throw invalid("expected an object, found " + value.kind());
    }

    /** The field; empty if it is not there. */
    Optional<Input> field(String name) throws Invalid {
        return Optional.ofNullable(object().fields().get(name)).map(v -> new Input(at(name), v));
    }

    /** The field, which must be there. */
    Input required(String name) throws Invalid {
        Optional<Input> field = field(name);
        if (field.isEmpty()) {
            throw Invalid.at(at(name), "is missing");
        }
        return field.get();
    }

    /** The one field of an object that has exactly one. */
    Input only() throws Invalid {
        Json.Obj object = object();
        if (object.fields().size() != 1) {
            throw invalid("expected exactly one field, found " + object.fields().size());
        }
        String name = object.fields().keySet().iterator().next();
        return required(name);
    }

    /** The last name of the place. */
    String name() {
        return pointer.substring(pointer.lastIndexOf('/') + 1).replace("~1", "/").replace("~0", "~");
    }

    List<Input> items() throws Invalid {
        if (!(value instanceof Json.Arr(List<Json> list))) {
            throw invalid("expected a list, found " + value.kind());
        }
        List<Input> items = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            items.add(new Input(pointer + "/" + i, list.get(i)));
        }
        return items;
    }

    /** The fields of an object, in order. */
    List<Input> fields() throws Invalid {
        return object().fields().entrySet().stream().map(e -> new Input(at(e.getKey()), e.getValue())).toList();
    }

    String text() throws Invalid {
        if (value instanceof Json.Str(String text)) {
            return text;
        }
        throw invalid("expected a text, found " + value.kind());
    }

    /** A text, or a number or truth value as a text. */
    String scalar() throws Invalid {
        return switch (value) {
            case Json.Str(String text) -> text;
            case Json.Num(BigDecimal number) -> number.toPlainString();
            case Json.Bool(boolean truth) -> Boolean.toString(truth);
            case Json.Obj _,Json.Arr _,Json.Null _ -> throw invalid("expected a text, found " + value.kind());
        };
    }

    boolean truth() throws Invalid {
        if (value instanceof Json.Bool(boolean truth)) {
            return truth;
        }
        throw invalid("expected true or false, found " + value.kind());
    }

    int number(int least, int most) throws Invalid {
        if (!(value instanceof Json.Num(BigDecimal number))) {
            throw invalid("expected a number, found " + value.kind());
        }
        try {
            int read = number.intValueExact();
            if (read >= least && read <= most) {
                return read;
            }
        } catch (ArithmeticException _) {
            throw invalid("expected a whole number from " + least + " to " + most);
        }
        throw invalid("expected a whole number from " + least + " to " + most);
    }

    Bytes base64() throws Invalid {
        try {
            return Bytes.base64(text());
        } catch (IllegalArgumentException _) {
            throw invalid("is not base64 (RFC 4648 §4)");
        }
    }

    boolean isNull() {
        return value instanceof Json.Null;
    }

    private String at(String name) {
        return pointer + "/" + escaped(name);
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
