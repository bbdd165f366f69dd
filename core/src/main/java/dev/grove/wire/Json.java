package dev.grove.wire;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON value ([RFC 8259]). */
public sealed interface Json {

    /** An object; its fields keep their order. */
    record Obj(Map<String, Json> fields) implements Json {
        public Obj {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }
    }

    record Arr(List<Json> items) implements Json {
        public Arr {
            items = List.copyOf(items);
        }
    }

    record Str(String text) implements Json {}

    record Num(BigDecimal number) implements Json {}

    record Bool(boolean truth) implements Json {}

    record Null() implements Json {}

    /** What it is, in words. */
    default String kind() {
        return switch (this) {
            case Obj _ -> "an object";
            case Arr _ -> "a list";
            case Str _ -> "a text";
            case Num _ -> "a number";
            case Bool _ -> "true or false";
            case Null _ -> "null";
        };
    }

    static Str of(String text) {
        return new Str(text);
    }

    static Num of(long number) {
        return new Num(BigDecimal.valueOf(number));
    }

    static Bool of(boolean truth) {
        return new Bool(truth);
    }

    static Arr list(List<? extends Json> items) {
        return new Arr(List.copyOf(items));
    }

    /** Begins an object. */
    static Builder object() {
        return new Builder();
    }

    /** Puts an object together; what is absent is left out. */
    final class Builder {
        private final Map<String, Json> fields = new LinkedHashMap<>();

        public Builder with(String name, @Nullable String text) {
            return text == null ? this : with(name, of(text));
        }

        public Builder with(String name, @Nullable Instant time) {
            return time == null ? this : with(name, of(time.toString()));
        }

        public Builder with(String name, long number) {
            return with(name, of(number));
        }

        public Builder with(String name, boolean truth) {
            return with(name, of(truth));
        }

        public Builder with(String name, @Nullable Json value) {
            if (value != null) {
                fields.put(name, value);
            }
            return this;
        }

        public Obj build() {
            return new Obj(fields);
        }
    }
}
