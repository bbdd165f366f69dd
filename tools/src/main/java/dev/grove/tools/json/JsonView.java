package dev.grove.tools.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * A JSON value to look into. What is not there, or is of another kind, is empty: whoever asks for {@code
 * at("a").text()} gets a text in any case.
 */
public final class JsonView {

    /** Nothing at all. */
    public static final JsonView NOTHING = new JsonView("", List.of(), Map.of());

    // Large objects of a device come as one base64 text.
    private static final int LONGEST_TEXT = 512 << 20;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(LONGEST_TEXT).build()).build();

    private final String text;
    private final List<JsonView> items;
    private final Map<String, JsonView> members;

    private JsonView(String text, List<JsonView> items, Map<String, JsonView> members) {
        this.text = text;
        this.items = items;
        this.members = members;
    }

    /** @throws IllegalArgumentException if the text is no JSON */
    public static JsonView read(String json) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            return parser.nextToken() == null ? NOTHING : value(parser);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static JsonView value(JsonParser parser) {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            Map<String, JsonView> members = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                members.put(name, value(parser));
            }
            return new JsonView("", List.of(), members);
        }
        if (token == JsonToken.START_ARRAY) {
            List<JsonView> items = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(value(parser));
            }
            return new JsonView("", items, Map.of());
        }
        return token == JsonToken.VALUE_NULL ? NOTHING : new JsonView(parser.getString(), List.of(), Map.of());
    }

    /** The member of that name; {@link #NOTHING} if there is none. */
    public JsonView at(String name) {
        return members.getOrDefault(name, NOTHING);
    }

    /** Whether there is a member of that name that is not null. */
    public boolean has(String name) {
        return members.containsKey(name) && members.get(name) != NOTHING;
    }

    /** A text, a number or a truth value as text; empty for anything else. */
    public String text() {
        return text;
    }

    /** A whole number. */
    public Optional<Long> number() {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(new BigDecimal(text).longValueExact());
        } catch (ArithmeticException | NumberFormatException noWholeNumber) {
            return Optional.empty();
        }
    }

    /** The elements of an array. */
    public List<JsonView> items() {
        return items;
    }
}
