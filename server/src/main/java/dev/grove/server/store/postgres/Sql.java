package dev.grove.server.store.postgres;

import dev.grove.wire.Bytes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A connection, for the length of one transaction, taken when the first statement is sent. Arguments may be text,
 * numbers, truth values, {@link Instant}s, {@link Bytes}, lists of the same for array parameters, and null. The driver
 * keeps what it has prepared.
 */
final class Sql implements AutoCloseable {

    /** Makes a value of the row that the cursor stands on. */
    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** A statement with its arguments. */
    record Statement(String sql, List<@Nullable Object> arguments) {
        static Statement of(String sql, @Nullable Object... arguments) {
            return new Statement(sql, Arrays.asList(arguments));
        }
    }

    /** A column of an array parameter. */
    record Column(String type, List<? extends @Nullable Object> values) {}

    private final Supplier<Connection> source;
    private @Nullable Connection taken;

    Sql(Supplier<Connection> source) {
        this.source = source;
    }

    private Connection connection() {
        Connection connection = taken;
        if (connection == null) {
            connection = source.get();
            taken = connection;
        }
        return connection;
    }

    /** Gives the connection back; what was not committed is undone. */
    @Override
    public void close() {
        try {
            if (taken != null) {
                taken.close();
            }
        } catch (SQLException e) {
            throw Trouble.failure(e);
        }
    }

    /** Runs a statement that changes rows; returns how many. */
    int update(Statement update) {
        try (PreparedStatement statement = prepared(update.sql(), update.arguments())) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw Trouble.of(e);
        }
    }

    int update(String sql, @Nullable Object... arguments) {
        return update(Statement.of(sql, arguments));
    }

    /** Sends statements in one round trip; none of them is run behind one that fails. */
    void send(List<Statement> statements) {
        try (PreparedStatement statement = prepared(together(statements), arguments(statements))) {
            statement.execute();
        } catch (SQLException e) {
            throw Trouble.of(e);
        }
    }

    /**
     * Sends the last statements of a transaction and commits it, in one round trip. If nothing was sent before, they
     * are one statement, which commits itself: that costs the driver less than several.
     *
     * @param areApart whether no two of them have to do with the same table
     */
    void commit(List<Statement> last, boolean areApart) {
        if (taken == null && last.isEmpty()) {
            return;
        }
        if (taken == null && areApart) {
            apart();
            send(List.of(atOnce(last)));
        } else {
            List<Statement> all = new ArrayList<>(last);
            all.add(Statement.of("commit"));
            send(all);
        }
    }

    /** From now on what is sent together is a transaction by itself. */
    void apart() {
        try {
            connection().setAutoCommit(true);
        } catch (SQLException e) {
            throw Trouble.of(e);
        }
    }

    /** The last one first: that is the order in which the database runs them, though it promises none. */
    private static Statement atOnce(List<Statement> statements) {
        StringBuilder sql = new StringBuilder("with ");
        List<@Nullable Object> arguments = new ArrayList<>();
        for (Statement statement : statements.reversed()) {
            sql.append(arguments.isEmpty() ? "" : ", ").append('s').append(sql.length()).append(" as (")
                    .append(statement.sql()).append(')');
            arguments.addAll(statement.arguments());
        }
        return new Statement(sql.append(" select 1").toString(), arguments);
    }

    /** Asks several questions in one round trip. */
    Answers ask(List<Statement> questions) {
        try {
            PreparedStatement statement = prepared(together(questions), arguments(questions));
            statement.execute();
            return new Answers(statement);
        } catch (SQLException e) {
            throw Trouble.of(e);
        }
    }

    /** Answers in the order of the questions. */
    static final class Answers implements AutoCloseable {

        private final PreparedStatement statement;

        Answers(PreparedStatement statement) {
            this.statement = statement;
        }

        <T> List<T> next(Row<T> row) {
            try (ResultSet rows = statement.getResultSet()) {
                List<T> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(row.read(rows));
                }
                statement.getMoreResults();
                return found;
            } catch (SQLException e) {
                throw Trouble.of(e);
            }
        }

        @Override
        public void close() {
            try {
                statement.close();
            } catch (SQLException e) {
                throw Trouble.of(e);
            }
        }
    }

    <T> List<T> list(String sql, Row<T> row, @Nullable Object... arguments) {
        try (PreparedStatement statement = prepared(sql, Arrays.asList(arguments));
                ResultSet rows = statement.executeQuery()) {
            List<T> found = new ArrayList<>();
            while (rows.next()) {
                found.add(row.read(rows));
            }
            return found;
        } catch (SQLException e) {
            throw Trouble.of(e);
        }
    }

    <T> Optional<T> first(String sql, Row<T> row, @Nullable Object... arguments) {
        List<T> found = list(sql, row, arguments);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.getFirst());
    }

    int count(String sql, @Nullable Object... arguments) {
        return first(sql, row -> row.getInt(1), arguments).orElse(0);
    }

    /** A time column that may be empty. */
    static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    /** A column of bytes; empty if it has no value. */
    static Bytes bytes(ResultSet row, String column) throws SQLException {
        byte[] bytes = row.getBytes(column);
        return bytes == null ? Bytes.EMPTY : Bytes.wrap(bytes);
    }

    private static String together(List<Statement> statements) {
        return statements.stream().map(Statement::sql).collect(Collectors.joining("; "));
    }

    private static List<@Nullable Object> arguments(List<Statement> statements) {
        List<@Nullable Object> all = new ArrayList<>();
        statements.forEach(statement -> all.addAll(statement.arguments()));
        return all;
    }

    private PreparedStatement prepared(String sql, List<? extends @Nullable Object> arguments) throws SQLException {
        PreparedStatement statement = connection().prepareStatement(sql);
        for (int i = 0; i < arguments.size(); i++) {
            bind(statement, i + 1, arguments.get(i));
        }
        return statement;
    }

    private void bind(PreparedStatement statement, int place, @Nullable Object argument) throws SQLException {
        switch (plain(argument)) {
            case null -> statement.setObject(place, null);
            case String text -> statement.setString(place, text);
            case Long number -> statement.setLong(place, number);
            case Integer number -> statement.setInt(place, number);
            case Boolean truth -> statement.setBoolean(place, truth);
            case byte[] bytes -> statement.setBytes(place, bytes);
            case Column column -> statement.setArray(place, connection().createArrayOf(column.type(),
                    column.values().stream().map(Sql::plain).toArray(size -> array(column.type(), size))));
            case Object other -> throw new IllegalArgumentException("cannot bind a " + other.getClass().getName());
        }
    }

    private static @Nullable Object[] array(String type, int size) {
        return switch (type) {
            case "text" -> new @Nullable String[size];
            case "int8" -> new @Nullable Long[size];
            case "int4" -> new @Nullable Integer[size];
            case "bytea" -> new byte @Nullable [size][];
            default -> throw new IllegalArgumentException("no arrays of " + type);
        };
    }

    /** PostgreSQL has no NUL in a text: a sign for it stands in its place. */
    private static @Nullable Object plain(@Nullable Object argument) {
        return switch (argument) {
            case null -> null;
            case String text -> text.indexOf('\0') < 0 ? text : text.replace('\0', '\u2400');
            case Instant time -> time.toEpochMilli();
            case Bytes bytes -> bytes.toArray();
            case Enum<?> name -> name.name();
            case Object other -> other;
        };
    }
}
