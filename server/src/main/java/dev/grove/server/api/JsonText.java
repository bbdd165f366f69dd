package dev.grove.server.api;

import dev.grove.wire.Bytes;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/** Reads and writes JSON as text. */
final class JsonText {

    private static final int MAX_DEPTH = 64;
    private static final int MAX_TEXT = 256 << 20;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).maxNumberLength(40)
                    .maxStringLength(MAX_TEXT).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private JsonText() {}

    /** @throws Invalid if the bytes are not one JSON value */
    static Json read(Bytes bytes) throws Invalid {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes.stream())) {
            if (parser.nextToken() == null) {
                throw Invalid.malformed("the body is empty; a JSON object was expected");
            }
            Json value = value(parser);
            if (parser.nextToken() != null) {
                throw Invalid.malformed("something follows the JSON value");
            }
            return value;
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            throw Invalid.malformed("not well-formed JSON: " + rule(e)
                    + (at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")"));
        }
    }

    /** What the parser says, without its words on its own settings. */
    private static String rule(JacksonException e) {
        String said = String.valueOf(e.getOriginalMessage());
        int aside = said.indexOf(" (start marker at");
        return aside < 0 ? said.strip() : said.substring(0, aside);
    }

    private static Json.Str text(JsonParser parser) throws Invalid {
        String text = parser.getString();
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw Invalid.malformed("not well-formed JSON: half of a surrogate pair in a text");
        }
        return new Json.Str(text);
    }

    private static Json value(JsonParser parser) throws Invalid {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> list(parser);
            case VALUE_STRING -> text(parser);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Num(number(parser));
            case VALUE_TRUE -> new Json.Bool(true);
            case VALUE_FALSE -> new Json.Bool(false);
            case VALUE_NULL -> new Json.Null();
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalStateException("no value begins with " + token);
        };
    }

    private static BigDecimal number(JsonParser parser) {
        return parser.getDecimalValue();
    }

    private static Json.Obj object(JsonParser parser) throws Invalid {
        Map<String, Json> fields = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            fields.put(name, value(parser));
        }
        return new Json.Obj(fields);
    }

    private static Json.Arr list(JsonParser parser) throws Invalid {
        List<Json> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser));
        }
        return new Json.Arr(items);
    }

    static Bytes write(Json value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            write(out, value);
        }
        return Bytes.wrap(bytes.toByteArray());
    }

    private static void write(JsonGenerator out, Json value) {
        switch (value) {
            case Json.Obj(var fields) -> {
                out.writeStartObject();
                fields.forEach((name, field) -> {
                    out.writeName(name);
                    write(out, field);
                });
                out.writeEndObject();
            }
            case Json.Arr(var items) -> {
                out.writeStartArray();
                items.forEach(item -> write(out, item));
                out.writeEndArray();
            }
            case Json.Str(String text) -> out.writeString(text);
            case Json.Num(BigDecimal number) -> out.writeNumber(number);
            case Json.Bool(boolean truth) -> out.writeBoolean(truth);
            case Json.Null() -> out.writeNull();
        }
    }
}
