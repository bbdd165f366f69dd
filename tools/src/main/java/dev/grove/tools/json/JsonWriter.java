package dev.grove.tools.json;

import dev.grove.wire.Json;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;

/** Writes indented JSON; members without a value are left out. */
public final class JsonWriter {

    private static final ObjectWriteContext INDENTED = new ObjectWriteContext.Base() {
        @Override
        public PrettyPrinter getPrettyPrinter() {
            DefaultIndenter twoSpaces = new DefaultIndenter("  ", "\n");
            return new DefaultPrettyPrinter().withObjectIndenter(twoSpaces).withArrayIndenter(twoSpaces);
        }

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }
    };

    private final JsonGenerator out;

    private JsonWriter(JsonGenerator out) {
        this.out = out;
    }

    /** One object. */
    public static String object(Consumer<JsonWriter> members) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = new JsonFactory().createGenerator(INDENTED, text)) {
            generator.writeStartObject();
            members.accept(new JsonWriter(generator));
            generator.writeEndObject();
        }
        return text.append('\n').toString();
    }

    public JsonWriter text(String name, @Nullable String value) {
        if (value != null) {
            out.writeStringProperty(name, value);
        }
        return this;
    }

    public JsonWriter number(String name, @Nullable Number value) {
        if (value != null) {
            out.writeName(name);
            out.writeNumber(value.longValue());
        }
        return this;
    }

    public JsonWriter flag(String name, boolean value) {
        out.writeBooleanProperty(name, value);
        return this;
    }

    /** Any value. */
    public JsonWriter json(String name, @Nullable Json value) {
        if (value != null) {
            out.writeName(name);
            write(value);
        }
        return this;
    }

    private void write(Json value) {
        switch (value) {
            case Json.Obj(Map<String, Json> fields) -> {
                out.writeStartObject();
                fields.forEach(this::json);
                out.writeEndObject();
            }
            case Json.Arr(List<Json> items) -> {
                out.writeStartArray();
                items.forEach(this::write);
                out.writeEndArray();
            }
            case Json.Str(String text) -> out.writeString(text);
            case Json.Num(BigDecimal number) -> out.writeNumber(number);
            case Json.Bool(boolean truth) -> out.writeBoolean(truth);
            case Json.Null() -> out.writeNull();
        }
    }

    public JsonWriter child(String name, Consumer<JsonWriter> members) {
        out.writeName(name);
        return element(members);
    }

    /** An array, whose elements {@code elements} writes. */
    public JsonWriter array(String name, Consumer<JsonWriter> elements) {
        out.writeName(name);
        out.writeStartArray();
        elements.accept(this);
        out.writeEndArray();
        return this;
    }

    /** An object in an array. */
    public JsonWriter element(Consumer<JsonWriter> members) {
        out.writeStartObject();
        members.accept(this);
        out.writeEndObject();
        return this;
    }

    /** A text in an array. */
    public JsonWriter element(String value) {
        out.writeString(value);
        return this;
    }
}
