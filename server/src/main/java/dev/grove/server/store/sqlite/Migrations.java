package dev.grove.server.store.sqlite;

import dev.grove.server.fleet.Store;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;

/**
 * Brings the schema of a file to the version of this program, step by step, each step in one transaction. The scripts
 * {@code 1.sql}, {@code 2.sql} … are never changed once released.
 */
final class Migrations {

    /** The version that this program reads and writes. */
    static final int NEWEST = 9;

    private Migrations() {}

    /** Refuses a file that a later program has written. */
    static void apply(Connection connection, Instant now) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists schema_version (version integer primary key,"
                    + " applied_at integer not null)");
            int version = version(statement);
            if (version > NEWEST) {
                throw new IllegalArgumentException("the store has schema version " + version + "; this program knows "
                        + NEWEST + " at most: start the newer program that wrote it");
            }
            for (int next = version + 1; next <= NEWEST; next++) {
                statement.execute("begin immediate");
                for (String sql : script(next).split(";\\s*\n", -1)) {
                    if (!sql.isBlank()) {
                        statement.execute(sql);
                    }
                }
                statement.execute("insert into schema_version values (" + next + ", " + now.toEpochMilli() + ")");
                statement.execute("commit");
            }
        } catch (SQLException e) {
            throw new Store.Failure("the schema of the store could not be brought up to date", e);
        }
    }

    private static int version(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("select coalesce(max(version), 0) from schema_version")) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    private static String script(int version) {
        try (InputStream in = Migrations.class.getResourceAsStream(version + ".sql")) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its script " + version + ".sql");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
