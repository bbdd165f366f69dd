package dev.grove.server.store.sqlite;

import dev.grove.engine.StateBytes;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The form of rows in the journal: the number of the statement, and each value with a letter for its kind. */
final class RowCodec {

    private static final int VERSION = 2;

    private static final int ROW_BYTES = 200;

    private RowCodec() {}

    static Bytes encode(List<Row> rows) {
        StateBytes.Writer out = new StateBytes.Writer(ROW_BYTES * (1 + rows.size()));
        out.octet(VERSION);
        out.number(rows.size());
        for (Row row : rows) {
            out.octet(row.kind().code());
            out.octet(row.values().length);
            for (Object value : row.values()) {
                write(out, value);
            }
        }
        return out.toBytes();
    }

    private static void write(StateBytes.Writer out, @Nullable Object value) {
        switch (value) {
            case null -> out.octet('-');
            case String text -> text(out, text);
            case Long number -> number(out, number);
            case Instant time -> number(out, time.toEpochMilli());
            case Bytes bytes -> {
                out.octet('b');
                out.bytes(bytes);
            }
            case Enum<?> name -> text(out, name.name());
            case Integer number -> number(out, number);
            case Boolean truth -> number(out, truth ? 1 : 0);
            case Object other -> throw new IllegalArgumentException("cannot store a " + other.getClass().getName());
        }
    }

    private static void text(StateBytes.Writer out, String text) {
        out.octet('t');
        out.text(text);
    }

    private static void number(StateBytes.Writer out, long number) {
        out.octet('n');
        out.number(number);
    }

    /** @throws IllegalStateException if the bytes are not what this program has written */
    static List<Row> decode(Bytes stored) {
        StateBytes.Reader in = new StateBytes.Reader(stored);
        try {
            int version = in.octet();
            if (version != VERSION) {
                throw in.malformed("it has version " + version + ", not " + VERSION
                        + ": the program that wrote it has to be started, and stopped in good order");
            }
            return in.list(RowCodec::row);
        } catch (Malformed unknown) {
            throw new IllegalStateException("an entry of the journal is not understood", unknown);
        }
    }

    private static Row row(StateBytes.Reader in) throws Malformed {
        int code = in.octet();
        Row.Kind kind = Row.Kind.of(code).orElseThrow(() -> in.malformed("unknown kind of row " + code));
        int given = in.octet();
        // An older program knew fewer columns: the rest is null, for which the table has a default.
        @Nullable
        Object[] values = new @Nullable Object[Math.max(given, kind.columns())];
        for (int i = 0; i < given; i++) {
            values[i] = read(in);
        }
        return new Row(kind, values);
    }

    private static @Nullable Object read(StateBytes.Reader in) throws Malformed {
        int kind = in.octet();
        return switch (kind) {
            case '-' -> null;
            case 't' -> in.text();
            case 'b' -> in.bytes();
            case 'n' -> in.number();
            default -> throw in.malformed("unknown kind of value " + kind);
        };
    }
}
