package dev.grove.dm2;

import dev.grove.wire.Json;
import dev.grove.wire.Malformed;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value and where in its document it stands, for messages that name the place: {@code Status[2].URI}.
 *
 * @param value absent or {@code null} is one and the same here
 */
record JsonAt(@Nullable Json value, String path) {

    static JsonAt root(Json value) {
        return new JsonAt(value, "");
    }

    boolean isAbsent() {
        return value == null || value instanceof Json.Null;
    }

    /** The field of an object; absent if this is none. */
    JsonAt field(String name) {
        Json field = value instanceof Json.Obj(var fields) ? fields.get(name) : null;
        return new JsonAt(field, path.isEmpty() ? name : path + "." + name);
    }

    JsonAt object() throws Malformed {
        if (!(value instanceof Json.Obj)) {
            throw malformed("an object");
        }
        return this;
    }

    /** The items of a list; what is no list counts as its only item, and what is absent as none. */
    List<JsonAt> items() {
        if (!(value instanceof Json.Arr(var items))) {
            return isAbsent() ? List.of() : List.of(this);
        }
        List<JsonAt> located = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            located.add(new JsonAt(items.get(i), path + "[" + i + "]"));
        }
        return located;
    }

    /** A text, or a number as it is written. */
    String text() throws Malformed {
        return switch (value) {
            case Json.Str(String text) -> text;
            case Json.Num(BigDecimal number) -> number.toString();
            case null -> throw malformed("a text");
            case Json.Obj _,Json.Arr _,Json.Bool _,Json.Null _ -> throw malformed("a text");
        };
    }

    @Nullable
    String optionalText() throws Malformed {
        return isAbsent() ? null : text();
    }

    List<String> texts() throws Malformed {
        List<String> texts = new ArrayList<>();
        for (JsonAt item : items()) {
            texts.add(item.text());
        }
        return texts;
    }

    /** A text, if it is one. */
    Optional<String> maybeText() {
        return value instanceof Json.Str(String text) ? Optional.of(text) : Optional.empty();
    }

    Malformed malformed(String wanted) {
        return new Malformed(-1, path, wanted + " was expected" + (value == null ? "" : ", not " + value.kind()));
    }
}
