package dev.grove.server.store.sqlite;

import dev.grove.server.store.form.Stored;
import dev.grove.wire.Bytes;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The form of rows in the journal: the number of the statement, and each value with a letter for its kind. */
final class RowCodec {

    private static final int VERSION = 1;

    private static final int ROW_BYTES = 200;

    private RowCodec() {}

    static Bytes encode(List<Row> rows) {
        return Stored.encode(VERSION, ROW_BYTES * (1 + rows.size()), out -> {
            out.writeInt(rows.size());
            for (Row row : rows) {
                out.writeByte(row.kind().code());
                out.writeByte(row.values().length);
                for (Object value : row.values()) {
                    write(out, value);
                }
            }
        });
    }

    private static void write(DataOutputStream out, @Nullable Object value) throws IOException {
        switch (value) {
            case null -> out.writeByte('-');
            case String text -> text(out, text);
            case Enum<?> name -> text(out, name.name());
            case Bytes bytes -> {
                out.writeByte('b');
                Stored.bytes(out, bytes);
            }
            case Long number -> number(out, number);
            case Integer number -> number(out, number);
            case Boolean truth -> number(out, truth ? 1 : 0);
            case Instant time -> number(out, time.toEpochMilli());
            case Object other -> throw new IllegalArgumentException("cannot store a " + other.getClass().getName());
        }
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        out.writeByte('t');
        Stored.text(out, text);
    }

    private static void number(DataOutputStream out, long number) throws IOException {
        out.writeByte('n');
        out.writeLong(number);
    }

    static List<Row> decode(Bytes stored) {
        return Stored.decode(VERSION, stored, in -> {
            List<Row> rows = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                int code = in.readByte();
                Row.Kind kind = Row.Kind.of(code)
                        .orElseThrow(() -> new IOException("unknown kind of row " + code));
                int given = in.readByte();
                // An older program knew fewer columns: the rest is null, for which the table has a default.
                @Nullable
                Object[] values = new @Nullable Object[Math.max(given, kind.columns())];
                for (int i = 0; i < given; i++) {
                    values[i] = read(in);
                }
                rows.add(new Row(kind, values));
            }
            return rows;
        });
    }

    private static @Nullable Object read(DataInputStream in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case '-' -> null;
            case 't' -> Stored.text(in);
            case 'b' -> Stored.bytes(in);
            case 'n' -> in.readLong();
            default -> throw new IOException("unknown kind of value " + kind);
        };
    }
}
