package dev.grove.server.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.grove.server.fleet.Store;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;

/** Connections, opened when they are wanted. Nobody waits for one, or for an answer, longer than he was told. */
final class Pool implements AutoCloseable {

    private static final Duration OPENING = Duration.ofSeconds(5);

    private final HikariDataSource connections;

    Pool(Database database) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("grove");
        config.setJdbcUrl(database.url());
        config.setMaximumPoolSize(database.connections());
        config.setAutoCommit(false);
        config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        config.setConnectionTimeout(database.timeout().toMillis());
        config.setInitializationFailTimeout(-1);
        config.setDataSourceProperties(properties(database));
        connections = new HikariDataSource(config);
    }

    /** The statement ends first, by the server; if that does not answer at all, the socket does. */
    private static Properties properties(Database database) {
        Properties properties = new Properties();
        if (!database.user().isEmpty()) {
            properties.setProperty("user", database.user());
        }
        if (!database.password().isEmpty()) {
            properties.setProperty("password", database.password());
        }
        long millis = database.timeout().toMillis();
        properties.setProperty("ApplicationName", "grove");
        properties.setProperty("connectTimeout", Long.toString(OPENING.toSeconds()));
        properties.setProperty("socketTimeout", Long.toString(database.timeout().toSeconds() + 2));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("options", "-c statement_timeout=" + millis + " -c lock_timeout=" + millis
                + " -c idle_in_transaction_session_timeout=" + 2 * millis);
        properties.setProperty("prepareThreshold", "3");
        properties.setProperty("preparedStatementCacheQueries", "512");
        properties.setProperty("reWriteBatchedInserts", "false");
        return properties;
    }

    /** A connection whose transaction begins with the first statement; it goes back when it is closed. */
    Connection connection() {
        try {
            return connections.getConnection();
        } catch (SQLException e) {
            throw new Store.Failure("the database cannot be reached, or has no connection left in time", e);
        }
    }

    DataSource source() {
        return connections;
    }

    @Override
    public void close() {
        connections.close();
    }
}
