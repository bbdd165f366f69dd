package dev.grove.server.store.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.ssl.ProgrammaticSslEngineFactory;
import com.datastax.oss.driver.internal.core.loadbalancing.DcInferringLoadBalancingPolicy;
import com.datastax.oss.driver.internal.core.loadbalancing.DefaultLoadBalancingPolicy;
import dev.grove.server.fleet.Store;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The connections to the cluster. Every trouble comes out as a {@link Store.Failure}, unless said otherwise. */
final class Cluster implements AutoCloseable {

    private static final Duration REQUEST = Duration.ofSeconds(5);
    private static final int MAX_CONCURRENT_REQUESTS = 2048;

    private final CqlSession session;

    private Cluster(CqlSession session) {
        this.session = session;
    }

    static Cluster connect(CassandraAddress address) {
        // Without a datacenter the contacts tell which one is ours.
        Class<?> balancing = address.datacenter() == null
                ? DcInferringLoadBalancingPolicy.class
                : DefaultLoadBalancingPolicy.class;
        DriverConfigLoader settings = DriverConfigLoader.programmaticBuilder()
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, REQUEST)
                .withString(DefaultDriverOption.REQUEST_CONSISTENCY, "LOCAL_QUORUM")
                .withString(DefaultDriverOption.REQUEST_SERIAL_CONSISTENCY, "LOCAL_SERIAL")
                .withClass(DefaultDriverOption.LOAD_BALANCING_POLICY_CLASS, balancing)
                .withInt(DefaultDriverOption.CONNECTION_POOL_LOCAL_SIZE, 2)
                .withInt(DefaultDriverOption.CONNECTION_MAX_REQUESTS, MAX_CONCURRENT_REQUESTS)
                .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, REQUEST)
                .withDuration(DefaultDriverOption.CONNECTION_CONNECT_TIMEOUT, REQUEST)
                .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, REQUEST)
                .withDuration(DefaultDriverOption.METADATA_SCHEMA_REQUEST_TIMEOUT, Duration.ofSeconds(10))
                .withDuration(DefaultDriverOption.CONTROL_CONNECTION_AGREEMENT_TIMEOUT, Duration.ofSeconds(30))
                .withDuration(DefaultDriverOption.HEARTBEAT_INTERVAL, Duration.ofSeconds(2))
                .withDuration(DefaultDriverOption.HEARTBEAT_TIMEOUT, Duration.ofSeconds(2))
                .withString(DefaultDriverOption.NETTY_IO_SHUTDOWN_UNIT, "MILLISECONDS")
                .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 50)
                .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_TIMEOUT, 5000)
                .withString(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_UNIT, "MILLISECONDS")
                .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 50)
                .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_TIMEOUT, 5000)
                .withDuration(DefaultDriverOption.RECONNECTION_BASE_DELAY, Duration.ofMillis(200))
                .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, Duration.ofSeconds(5)).build();
        CqlSessionBuilder builder = CqlSession.builder().withConfigLoader(settings)
                .addContactPoints(address.contacts());
        CassandraAddress.Login login = address.login();
        if (login != null) {
            builder.withAuthCredentials(login.user(), login.password());
        }
        try {
            CassandraAddress.Tls tls = address.tls();
            if (tls != null) {
                builder.withSslEngineFactory(new ProgrammaticSslEngineFactory(tls.context(), null, tls.checksNames()));
            }
            String datacenter = address.datacenter();
            if (datacenter != null) {
                builder.withLocalDatacenter(datacenter);
            }
            return new Cluster(builder.build());
        } catch (GeneralSecurityException | IOException e) {
            throw new Store.Failure("the certificates that are to be trusted cannot be used", e);
        } catch (DriverException e) {
            throw new Store.Failure("no node of the cluster could be reached", e);
        }
    }

    PreparedStatement prepare(String cql) {
        return guarded(() -> session.prepare(cql));
    }

    /** Runs a statement that changes the schema, and waits until all nodes that answer know of it. */
    void define(String cql) {
        guarded(() -> session.execute(SimpleStatement.newInstance(cql).setTimeout(Duration.ofSeconds(30))));
    }

    CqlSession session() {
        return session;
    }

    ResultSet run(Statement<?> statement) {
        return guarded(() -> session.execute(statement));
    }

    /** Runs statements of which none waits for another, and waits for all. */
    void runAll(List<BoundStatement> statements) {
        if (statements.isEmpty()) {
            return;
        }
        List<CompletionStage<AsyncResultSet>> running = new ArrayList<>();
        for (BoundStatement statement : statements) {
            running.add(session.executeAsync(statement.setIdempotent(true)));
        }
        guarded(() -> {
            running.forEach(each -> each.toCompletableFuture().join());
            return running;
        });
    }

    /** Asks, and does not wait. */
    CompletionStage<AsyncResultSet> ask(BoundStatement statement) {
        return session.executeAsync(statement.setIdempotent(true));
    }

    static <T> T guarded(Supplier<T> work) {
        try {
            return work.get();
        } catch (DriverException e) {
            throw failure(e);
        } catch (CompletionException e) {
            if (e.getCause() instanceof DriverException cause) {
                throw failure(cause);
            }
            throw e;
        }
    }

    static Store.Failure failure(DriverException cause) {
        return new Store.Failure("the cluster cannot do it now: " + cause.getMessage(), cause);
    }

    @Override
    public void close() {
        session.close();
    }
}
