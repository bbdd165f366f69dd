package dev.grove.server.store.sqlite;

import dev.grove.wire.Bytes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The columns of a row, read one after the other: to look each up by its name costs more than to read it. */
final class Columns {

    private final ResultSet row;
    private int last;

    /** @param before how many columns are passed over */
    Columns(ResultSet row, int before) {
        this.row = row;
        this.last = before;
    }

    Columns(ResultSet row) {
        this(row, 0);
    }

    String text() throws SQLException {
        return Objects.requireNonNull(textOrNull());
    }

    @Nullable
    String textOrNull() throws SQLException {
        return row.getString(++last);
    }

    long number() throws SQLException {
        return row.getLong(++last);
    }

    boolean truth() throws SQLException {
        return number() != 0;
    }

    Instant time() throws SQLException {
        return Instant.ofEpochMilli(number());
    }

    @Nullable
    Instant timeOrNull() throws SQLException {
        long millis = number();
        return millis == 0 && row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    /** Empty if there is no value. */
    Bytes bytes() throws SQLException {
        return Objects.requireNonNullElse(bytesOrNull(), Bytes.EMPTY);
    }

    @Nullable
    Bytes bytesOrNull() throws SQLException {
        byte[] bytes = row.getBytes(++last);
        return bytes == null ? null : Bytes.wrap(bytes);
    }
}
