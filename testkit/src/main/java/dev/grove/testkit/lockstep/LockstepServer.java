package dev.grove.testkit.lockstep;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.grove.client.transport.Transport;
import dev.grove.syncml.Encoding;
import dev.grove.syncml.Message;
import dev.grove.syncml.Meta;
import dev.grove.syncml.SyncHdr;
import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import dev.grove.wire.Packet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A server that follows a script, to test a DM 1.x device message by message. The device runs in a thread or process of
 * its own and calls {@link #address}, or uses {@link #transport}; the test hears a message, says one, and so on.
 *
 * <pre>{@code
 * try (LockstepServer server = LockstepServer.start()) {
 *     startDevice(server.address());
 *     Heard packageOne = server.hears().isFinal();
 *     server.says(server.answer(212).get("./DevInfo/Mod"));
 *     server.hears().hasStatus("2", 200);
 *     server.says(server.answer());
 * }
 * }</pre>
 */
public final class LockstepServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String PATH = "/dm";

    /** One call of the device that waits for its answer. */
    private record Call(Packet packet, CompletableFuture<Link.Answer> answer) {}

    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final LinkedBlockingQueue<Call> calls = new LinkedBlockingQueue<>();
    private final Transcript transcript = new Transcript();
    private @Nullable Call call;
    private @Nullable Heard heard;
    private @Nullable Message said;
    private int lastMsgId;

    private LockstepServer(HttpServer http) {
        this.http = http;
    }

    /** Listens on a free port of the loopback interface. */
    public static LockstepServer start() {
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            LockstepServer server = new LockstepServer(http);
            http.setExecutor(server.threads);
            http.createContext(PATH, server::take);
            http.start();
            return server;
        } catch (IOException failed) {
            throw new UncheckedIOException("no port to listen on", failed);
        }
    }

    /** Where the device finds this server. */
    public URI address() {
        return URI.create("http://" + http.getAddress().getAddress().getHostAddress() + ":"
                + http.getAddress().getPort() + PATH);
    }

    /** A way to this server without HTTP, for devices in the same process. */
    public Transport transport() {
        return (address, message) -> Optional.ofNullable(exchange(message).packet());
    }

    // ---- the script

    /** Waits for the device's next message. */
    public Heard hears() {
        try {
            call = calls.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new LockstepFailure("interrupted while waiting for the device", transcript);
        }
        if (call == null) {
            throw new LockstepFailure("the device should speak, but was silent for " + PATIENCE.toSeconds() + " s",
                    transcript);
        }
        transcript.received(call.packet());
        heard = new Heard(Link.Answer.of(call.packet()), said, transcript);
        return heard;
    }

    /** An empty message in the device's session, version and encoding, with the next {@code MsgID}. */
    public MessageDraft message() {
        SyncHdr theirs = lastHeard().message().header();
        SyncHdr header = new SyncHdr(theirs.verDtd(), theirs.verProto(), theirs.sessionId(),
                Integer.toString(++lastMsgId), theirs.source(), theirs.target(), null, false, null, Meta.NONE);
        Encoding encoding = lastHeard().packet().flatMap(p -> Encoding.ofMediaType(p.baseMediaType()))
                .orElse(Encoding.XML);
        return new MessageDraft(header, encoding);
    }

    /** A message that answers the device's last one: 200 for its header and for all it says. */
    public MessageDraft answer() {
        return answer(200);
    }

    /** A message that answers the device's last one: this Status for its header, 200 for all it says. */
    public MessageDraft answer(int ofHeader) {
        return message().answers(lastHeard().message(), ofHeader);
    }

    /** Says a message. */
    public void says(MessageDraft draft) {
        said = draft.message();
        says(Link.Answer.of(draft.packet()));
    }

    /** Says any bytes as an encoding of SyncML. */
    public void saysBytes(Encoding encoding, Bytes bytes) {
        says(Link.Answer.of(new Packet(encoding.mediaType(), bytes)));
    }

    /** Says an HTTP status without a body. */
    public void saysHttp(int status) {
        says(new Link.Answer(status, null));
    }

    /** Says anything. */
    public void says(Link.Answer answer) {
        if (call == null) {
            throw new IllegalStateException("the device waits for no answer");
        }
        answer.body().ifPresentOrElse(transcript::sent, () -> transcript.note("HTTP " + answer.httpStatus()));
        call.answer().complete(answer);
        call = null;
    }

    /** Breaks the connection instead of an answer. */
    public void hangsUp() {
        if (call == null) {
            throw new IllegalStateException("the device waits for no answer");
        }
        transcript.note("the server hangs up");
        call.answer().cancel(false);
        call = null;
    }

    /** The conversation so far. */
    public Transcript transcript() {
        return transcript;
    }

    private Heard lastHeard() {
        if (heard == null) {
            throw new IllegalStateException("the device has said nothing yet");
        }
        return heard;
    }

    // ---- the device's side

    private Link.Answer exchange(Packet packet) {
        Call waiting = new Call(packet, new CompletableFuture<>());
        calls.add(waiting);
        try {
            return waiting.answer().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the script was silent", interrupted);
        } catch (ExecutionException | TimeoutException silent) {
            throw new IllegalStateException("the script says nothing to the device", silent);
        }
    }

    /** An exchange that is closed without an answer breaks the connection. */
    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            Headers headers = new Headers(exchange.getRequestHeaders().entrySet().stream()
                    .flatMap(e -> e.getValue().stream().map(v -> new Headers.Field(e.getKey(), v))).toList());
            Bytes body = Bytes.wrap(exchange.getRequestBody().readAllBytes());
            String mediaType = headers.first("Content-Type").orElse("");
            Link.Answer answer = exchange(new Packet(mediaType, body, headers));
            write(exchange, answer);
        } catch (java.util.concurrent.CancellationException hungUp) {
            transcript.note("the connection is broken");
        }
    }

    private static void write(HttpExchange exchange, Link.Answer answer) throws IOException {
        Packet packet = answer.packet();
        if (packet == null) {
            exchange.sendResponseHeaders(answer.httpStatus(), -1);
            return;
        }
        packet.headers().fields().forEach(f -> exchange.getResponseHeaders().add(f.name(), f.value()));
        exchange.getResponseHeaders().set("Content-Type", packet.mediaType());
        exchange.sendResponseHeaders(answer.httpStatus(), packet.body().length());
        exchange.getResponseBody().write(packet.body().toArray());
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
