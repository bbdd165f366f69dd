package dev.grove.tools.device;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.grove.engine.Account;
import dev.grove.dm1.Dm1ServerSession;
import dev.grove.engine.Fact;
import dev.grove.dm1.Incoming;
import dev.grove.dm1.ServerContext;
import dev.grove.dm1.ServerSettings;
import dev.grove.dm1.SessionState;
import dev.grove.engine.Task;
import dev.grove.dm1.Turn;
import dev.grove.syncml.Encoding;
import dev.grove.syncml.Message;
import dev.grove.syncml.SyncmlCodec;
import dev.grove.tree.Operation;
import dev.grove.tree.Outcome;
import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import dev.grove.wire.Packet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The server's engine behind the JDK's HTTP server, with one device and its work in memory. */
final class EngineServer implements AutoCloseable {

    final List<Fact> facts = new CopyOnWriteArrayList<>();
    final List<String> requests = new CopyOnWriteArrayList<>();
    private final HttpServer http;
    private final List<Task> work = new ArrayList<>();
    private final Map<String, SessionState> sessions = new LinkedHashMap<>();
    private final SplittableRandom luck = new SplittableRandom(7);
    private Account account;

    EngineServer(Account account) throws IOException {
        this.account = account;
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/dm", this::handle);
        http.start();
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/dm";
    }

    /** One more job of one operation. */
    synchronized EngineServer wants(Operation operation) {
        work.add(new Task("job" + work.size(), 0, operation));
        return this;
    }

    /** What came of the job number {@code index}. */
    Outcome outcome(int index) {
        return answer("job" + index, "0").orElseThrow(() -> new AssertionError("no answer: " + facts));
    }

    Optional<Outcome> answer(String jobId, String path) {
        return facts.stream().filter(Fact.Answered.class::isInstance).map(Fact.Answered.class::cast)
                .filter(answered -> answered.jobId().equals(jobId) && answered.path().equals(path))
                .map(Fact.Answered::outcome).findFirst();
    }

    List<Fact.AlertRaised> alerts() {
        return facts.stream().filter(Fact.AlertRaised.class::isInstance).map(Fact.AlertRaised.class::cast).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("User-Agent"));
            Headers headers = Headers.NONE;
            for (String name : exchange.getRequestHeaders().keySet()) {
                headers = headers.with(name, exchange.getRequestHeaders().getFirst(name));
            }
            Packet packet = new Packet(exchange.getRequestHeaders().getFirst("Content-Type"),
                    Bytes.wrap(exchange.getRequestBody().readAllBytes()), headers);
            answer(exchange, turn(packet));
        } catch (Malformed | RuntimeException failed) {
            facts.add(new Fact.Noted("SERVER FAILED: " + failed));
            exchange.sendResponseHeaders(400, -1);
        }
    }

    private synchronized @Nullable Packet turn(Packet packet) throws Malformed {
        Message message = SyncmlCodec.decode(packet, Limits.DEFAULT);
        Encoding encoding = Encoding.ofMediaType(packet.baseMediaType()).orElseThrow();
        Turn turn = Dm1ServerSession.turn(sessions.get(message.header().sessionId()),
                new Incoming(packet, message, encoding, url(), null),
                new ServerContext(ServerSettings.DEFAULT, account, work, Instant.now(), luck));
        sessions.put(message.header().sessionId(), turn.next());
        turn.facts().forEach(this::take);
        return turn.reply();
    }

    @SuppressWarnings("StatementSwitchToExpressionSwitch")
    private void take(Fact fact) {
        facts.add(fact);
        if (fact instanceof Fact.Answered(String jobId, String path, var outcome) && path.indexOf('.') < 0
                && outcome != null) {
            work.removeIf(task -> task.jobId().equals(jobId));
        } else if (fact instanceof Fact.Unsendable unsendable) {
            work.removeIf(task -> task.jobId().equals(unsendable.jobId()));
        } else if (fact instanceof Fact.ClientNonceIssued(Bytes nonce) && account.client() != null) {
            account = new Account(account.deviceId(), account.client().withNonce(nonce), account.clientSchemes(),
                    account.server(), account.serverScheme());
        } else if (fact instanceof Fact.ServerNonceReceived(Bytes nonce) && account.server() != null) {
            account = new Account(account.deviceId(), account.client(), account.clientSchemes(),
                    account.server().withNonce(nonce), account.serverScheme());
        }
    }

    private static void answer(HttpExchange exchange, @Nullable Packet reply) throws IOException {
        if (reply == null) {
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", reply.mediaType());
        reply.headers().fields().forEach(field -> exchange.getResponseHeaders().add(field.name(), field.value()));
        exchange.sendResponseHeaders(200, reply.body().length());
        exchange.getResponseBody().write(reply.body().toArray());
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
