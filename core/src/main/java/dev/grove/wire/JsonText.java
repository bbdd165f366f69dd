package dev.grove.wire;

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

/** Reads and writes JSON as text ([RFC 8259]), in UTF-8. An object that names a field twice is refused. */
public final class JsonText {

    private static final int MAX_NUMBER = 40;
    private static final int MAX_SCALE = 400;

    // The limits of a document are checked here, value by value; those of the parser are only its own bounds.
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(1000).maxNumberLength(MAX_NUMBER)
                    .maxStringLength(Integer.MAX_VALUE).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private final JsonParser parser;
    private final Limits limits;
    private int values;

    private JsonText(JsonParser parser, Limits limits) {
        this.parser = parser;
        this.limits = limits;
    }

    /**
     * Reads one document.
     *
     * @param limits an element is a value, be it a list, an object, or what stands in them
     * @throws Malformed if the bytes are not one JSON value within the limits
     */
    public static Json read(Bytes bytes, Limits limits) throws Malformed {
        if (bytes.length() > limits.maxBodyBytes()) {
            throw new Malformed(limits.maxBodyBytes(), "", "a document has at most " + limits.maxBodyBytes()
                    + " bytes here");
        }
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes.stream())) {
            if (parser.nextToken() == null) {
                throw new Malformed(-1, "", "the body is empty; a JSON value was expected");
            }
            Json value = new JsonText(parser, limits).value(1);
            if (parser.nextToken() != null) {
                throw new Malformed(-1, "", "something follows the JSON value");
            }
            return value;
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            throw new Malformed(-1, "", "not well-formed JSON: " + rule(e)
                    + (at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")"));
        }
    }

    /** What the parser says, without its words on its own settings. */
    private static String rule(JacksonException e) {
        String said = String.valueOf(e.getOriginalMessage());
        int aside = said.indexOf(" (start marker at");
        return aside < 0 ? said.strip() : said.substring(0, aside);
    }

    private Json value(int depth) throws Malformed {
        values++;
        if (values > limits.maxElements() || depth > limits.maxDepth()) {
            throw malformed("at most " + limits.maxElements() + " values, " + limits.maxDepth() + " deep");
        }
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> object(depth);
            case START_ARRAY -> list(depth);
            case VALUE_STRING -> new Json.Str(text(parser.getString()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Num(number(parser.getDecimalValue()));
            case VALUE_TRUE -> new Json.Bool(true);
            case VALUE_FALSE -> new Json.Bool(false);
            case VALUE_NULL -> new Json.Null();
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalStateException("no value begins with " + token);
        };
    }

    /** Some characters can be a number of a thousand million digits, which nobody must ever write out. */
    private BigDecimal number(BigDecimal number) throws Malformed {
        if (Math.abs((long) number.scale()) > MAX_SCALE) {
            throw malformed("a number has an exponent of " + MAX_SCALE + " at most");
        }
        return number;
    }

    private String text(String text) throws Malformed {
        // A character has three bytes at most, but for those that are two characters here and four bytes there.
        if (text.length() > limits.maxTextBytes() / 3 && Bytes.utf8(text).length() > limits.maxTextBytes()) {
            throw malformed("a text has at most " + limits.maxTextBytes() + " bytes here");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw malformed("half of a surrogate pair in a text");
        }
        return text;
    }

    private Json.Obj object(int depth) throws Malformed {
        Map<String, Json> fields = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = text(parser.currentName());
            parser.nextToken();
            fields.put(name, value(depth + 1));
        }
        return new Json.Obj(fields);
    }

    private Json.Arr list(int depth) throws Malformed {
        List<Json> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(depth + 1));
        }
        return new Json.Arr(items);
    }

    private Malformed malformed(String rule) {
        return new Malformed(parser.currentLocation().getByteOffset(), "", "not the JSON that is taken here: " + rule);
    }

    /** The document in its shortest form. */
    public static Bytes write(Json value) {
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
