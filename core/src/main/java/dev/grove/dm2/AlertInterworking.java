package dev.grove.dm2;

import dev.grove.syncml.AlertType;
import dev.grove.tree.Format;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import dev.grove.wire.Json;
import dev.grove.wire.JsonText;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Generic alerts of DM 1.x and of DM 2.0 as one another ([DM 2.0 §13.1]): what DM 1.x has in its Data element stands in
 * the field {@code DM1x} of the data here, as it is but for the wrapping in CDATA. A correlator has no counterpart: an
 * alert is matched by its source.
 */
public final class AlertInterworking {

    private static final String JSON = "application/json";
    private static final String BINARY = "application/octet-stream";
    private static final Pattern CDATA = Pattern.compile("\\s*<!\\[CDATA\\[(.*)]]>\\s*", Pattern.DOTALL);

    private AlertInterworking() {}

    /**
     * An alert of DM 1.x as one of DM 2.0.
     *
     * @param type with or without the prefix that DM 1.x demands
     * @param source the node that it is about, better as a ClientURI: see {@link ObjectIndex#addressOf}
     * @param mark importance level; absent is {@code informational}
     * @param data empty text means that there is none
     */
    public static Dm2Alert toDm2(String type, @Nullable String source, @Nullable String mark, Value data) {
        boolean isNone = data.format() == Format.NULL || (data.format() == Format.CHR && data.data().isEmpty());
        return new Dm2Alert(AlertType.withoutPrefix(type), source, null, mark, isNone ? null : dataType(data),
                isNone ? null : Json.object().with(Dm2Alert.DM1X, json(data)).build());
    }

    /** The examples name the format where it is no media type ([DM 2.0 §7.2.1.3]). */
    private static String dataType(Value data) {
        boolean isPlain = data.type().isEmpty() || data.type().equals(Value.DEFAULT_TYPE);
        return switch (data.format()) {
            case INT, BOOL, FLOAT -> data.format().wireName();
            case XML -> isPlain ? "text/xml" : data.type();
            case BIN, B64 -> isPlain ? BINARY : data.type();
            case CHR, DATE, TIME, NULL, NODE -> isPlain ? Value.DEFAULT_TYPE : data.type();
        };
    }

    private static Json json(Value data) {
        return switch (data.format()) {
            case INT, BOOL, FLOAT, BIN, B64 -> ObjectSerialization.json(data);
            case XML, CHR -> Json.of(withoutCdata(data.text()));
            case DATE, TIME, NULL, NODE -> Json.of(data.text());
        };
    }

    private static String withoutCdata(String text) {
        Matcher wrapped = CDATA.matcher(text);
        return wrapped.matches() ? wrapped.group(1) : text;
    }

    /**
     * The data of an alert as a value, in the form that the same alert has in DM 1.x. Data that is no {@code DM1x} is a
     * text, or, if it is more than that, JSON of the media type {@code application/json}.
     */
    public static Value data(Dm2Alert alert) {
        Json data = alert.data();
        Json dm1x = data instanceof Json.Obj(var fields) && fields.size() == 1 ? fields.get(Dm2Alert.DM1X) : null;
        String type = alert.dataType() == null ? "" : alert.dataType().strip().toLowerCase(Locale.ROOT);
        return data == null ? Value.text("") : value(dm1x == null ? data : dm1x, type);
    }

    private static Value value(Json data, String type) {
        return switch (data) {
            case Json.Str(String text) -> ofText(text, type);
            case Json.Num(BigDecimal number) -> {
                Optional<Bytes> whole = Format.INT.normal(Bytes.utf8(number.toPlainString()));
                yield whole.map(bytes -> new Value(Format.INT, Value.DEFAULT_TYPE, bytes))
                        .orElseGet(() -> Value.of(Format.FLOAT, number.toString()));
            }
            case Json.Bool(boolean truth) -> Value.of(Format.BOOL, Boolean.toString(truth));
            case Json.Null() -> Value.text("");
            case Json.Obj _,Json.Arr _ -> new Value(Format.CHR, JSON, JsonText.write(data));
        };
    }

    private static Value ofText(String text, String type) {
        Format named = Format.of(type).filter(format -> format != Format.NODE && format != Format.NULL)
                .orElse(type.equals(BINARY) ? Format.BIN : type.endsWith("xml") ? Format.XML : Format.CHR);
        boolean isMediaType = type.indexOf('/') > 0;
        if (named == Format.BIN || named == Format.B64) {
            Optional<Bytes> bytes = ofBase64(text);
            return bytes.isEmpty() ? Value.text(text) : new Value(named, isMediaType ? type : BINARY, bytes.get());
        }
        Format format = named.normal(Bytes.utf8(text)).isPresent() ? named : Format.CHR;
        return new Value(format, isMediaType ? type : Value.DEFAULT_TYPE, Bytes.utf8(text));
    }

    private static Optional<Bytes> ofBase64(String text) {
        try {
            return Optional.of(Bytes.base64(text));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
