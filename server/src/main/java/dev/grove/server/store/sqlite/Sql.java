package dev.grove.server.store.sqlite;

import dev.grove.server.fleet.Store;
import dev.grove.wire.Bytes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection with its prepared statements, kept for as long as it lives. Used by one thread at a time. Arguments
 * may be text, numbers, truth values, {@link Instant}s, {@link Bytes} and null.
 */
final class Sql implements AutoCloseable {

    /** Makes a value of the row that the cursor stands on. */
    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private static final int MAX_ROWS = 32;

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    /** Made once: those of many rows are long. */
    private final Map<Lot, String> texts = new HashMap<>();

    Sql(Connection connection) {
        this.connection = connection;
    }

    /** Runs a statement that changes rows; returns how many. */
    int update(String sql, @Nullable Object... arguments) {
        try {
            return bound(sql, arguments).executeUpdate();
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    /**
     * Puts rows in, each in place of one with the same key: many with one statement.
     *
     * @param into the table and its columns, such as {@code node (device, uri)}
     * @param rows the values of the columns
     */
    void replaceAll(String into, List<@Nullable Object[]> rows) {
        updateAll("insert or replace into " + into, rows, "");
    }

    /**
     * Changes rows: many with one statement.
     *
     * @param before the statement up to the values
     * @param then what follows the values
     */
    void updateAll(String before, List<@Nullable Object[]> rows, String then) {
        inLots(new Lots(before, then), rows, (sql, arguments) -> update(sql, arguments));
    }

    /**
     * The same with a statement that returns a text or null for each row.
     *
     * @return the texts
     */
    List<String> updateAllReturning(String before, List<@Nullable Object[]> rows, String then) {
        List<String> texts = new ArrayList<>();
        inLots(new Lots(before, then), rows, (sql, arguments) -> list(sql, row -> row.getString(1), arguments).stream()
                .filter(Objects::nonNull).forEach(texts::add));
        return texts;
    }

    /** A statement before and behind the values of several rows. */
    private record Lots(String before, String then) {}

    private record Lot(Lots of, int rows, int columns) {
        String sql() {
            String row = "(" + String.join(", ", Collections.nCopies(columns, "?")) + ")";
            return of.before() + " values " + String.join(", ", Collections.nCopies(rows, row)) + of.then();
        }
    }

    private void inLots(Lots lots, List<@Nullable Object[]> rows, BiConsumer<String, @Nullable Object[]> run) {
        for (int from = 0; from < rows.size(); from += MAX_ROWS) {
            int count = Math.min(MAX_ROWS, rows.size() - from);
            int columns = rows.get(from).length;
            @Nullable
            Object[] arguments = new @Nullable Object[count * columns];
            for (int i = 0; i < count; i++) {
                System.arraycopy(rows.get(from + i), 0, arguments, i * columns, columns);
            }
            run.accept(texts.computeIfAbsent(new Lot(lots, count, columns), Lot::sql), arguments);
        }
    }

    /** Inserts a row and returns its number. */
    long insert(String sql, @Nullable Object... arguments) {
        update(sql, arguments);
        return first("select last_insert_rowid()", row -> row.getLong(1)).orElseThrow();
    }

    <T> List<T> list(String sql, Row<T> row, @Nullable Object... arguments) {
        try (ResultSet rows = bound(sql, arguments).executeQuery()) {
            List<T> found = new ArrayList<>();
            while (rows.next()) {
                found.add(row.read(rows));
            }
            return found;
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    <T> Optional<T> first(String sql, Row<T> row, @Nullable Object... arguments) {
        try (ResultSet rows = bound(sql, arguments).executeQuery()) {
            return rows.next() ? Optional.of(row.read(rows)) : Optional.empty();
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    int count(String sql, @Nullable Object... arguments) {
        return first(sql, row -> row.getInt(1), arguments).orElse(0);
    }

    /** A time column that may be empty. */
    static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    /** A blob column; empty if it has no value. */
    static Bytes bytes(ResultSet row, String column) throws SQLException {
        byte[] bytes = row.getBytes(column);
        return bytes == null ? Bytes.EMPTY : Bytes.wrap(bytes);
    }

    private PreparedStatement bound(String sql, @Nullable Object[] arguments) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        for (int i = 0; i < arguments.length; i++) {
            bind(statement, i + 1, arguments[i]);
        }
        return statement;
    }

    private static void bind(PreparedStatement statement, int place, @Nullable Object argument) throws SQLException {
        switch (argument) {
            case null -> statement.setObject(place, null);
            case String text -> statement.setString(place, text);
            case Long number -> statement.setLong(place, number);
            case Integer number -> statement.setInt(place, number);
            case Boolean truth -> statement.setInt(place, truth ? 1 : 0);
            case Instant time -> statement.setLong(place, time.toEpochMilli());
            case Bytes bytes -> statement.setBytes(place, bytes.toArray());
            case Enum<?> name -> statement.setString(place, name.name());
            case Object other -> throw new IllegalArgumentException("cannot bind a " + other.getClass().getName());
        }
    }

    /** After a failure the driver has closed the statement, as a rule; it must not be tried again as it is. */
    private Store.Failure failed(String sql, SQLException cause) {
        PreparedStatement broken = statements.remove(sql);
        if (broken != null) {
            try {
                broken.close();
            } catch (SQLException alsoBroken) {
                cause.addSuppressed(alsoBroken);
            }
        }
        return new Store.Failure("the store could not run: " + sql.strip(), cause);
    }

    @Override
    public void close() {
        try {
            for (PreparedStatement statement : statements.values()) {
                statement.close();
            }
            connection.close();
        } catch (SQLException e) {
            throw new Store.Failure("the store could not be closed", e);
        }
    }
}
