package dev.grove.server.endpoint;

import dev.grove.dm1.Incoming;
import dev.grove.server.fleet.Store;
import dev.grove.server.http.BodyRefused;
import dev.grove.server.http.HttpAnswer;
import dev.grove.server.http.HttpCall;
import dev.grove.server.http.HttpHandler;
import dev.grove.syncml.Encoding;
import dev.grove.syncml.Message;
import dev.grove.syncml.SyncmlCodec;
import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import dev.grove.wire.Packet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where DM 1.x devices call: one message a POST, one message an answer ([DMHTTP 1.2 §6]). What is no SyncML message is
 * answered here, by an HTTP status and a line of text; everything else is the conversation's.
 */
public final class DmEndpoint implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger(DmEndpoint.class);

    private final Conversations conversations;
    private final Set<String> paths;
    private final Limits limits;
    private final Telemetry telemetry;

    /**
     * @param paths the paths at which devices are heard
     * @param limits what one message may hold
     */
    public DmEndpoint(Conversations conversations, Set<String> paths, Limits limits, Telemetry telemetry) {
        this.conversations = conversations;
        this.paths = Set.copyOf(paths);
        this.limits = limits;
        this.telemetry = telemetry;
    }

    @Override
    public HttpAnswer handle(HttpCall call) {
        long started = System.nanoTime();
        Heard heard = hear(call);
        HttpAnswer.Whole answer = heard.answer();
        telemetry.answered(answer.status(), heard.bytesIn(), answer.body().length(),
                Duration.ofNanos(System.nanoTime() - started));
        return answer;
    }

    private record Heard(int bytesIn, HttpAnswer.Whole answer) {}

    private Heard hear(HttpCall call) {
        if (!paths.contains(call.path())) {
            return unheard(call, 404, "No device management here; see the server's option dm-paths.");
        }
        if (!call.method().equals("POST")) {
            return new Heard(0, with(HttpAnswer.text(405, "Messages come by POST."), "Allow", "POST"));
        }
        Headers headers = call.headers();
        Packet empty = new Packet(headers.first("Content-Type").orElse(""), Bytes.EMPTY, headers);
        Optional<Encoding> encoding = Encoding.ofMediaType(empty.baseMediaType());
        if (encoding.isEmpty()) {
            return unheard(call, 415, "The Content-Type is none of SyncML DM: " + Encoding.XML.mediaType() + " or "
                    + Encoding.WBXML.mediaType() + ".");
        }
        try {
            Packet packet = new Packet(empty.mediaType(), call.body(limits.maxBodyBytes()), headers);
            Message message = SyncmlCodec.decode(packet.body(), encoding.get(), limits);
            Incoming in = new Incoming(packet, message, encoding.get(), address(call),
                    call.transportIdentity().orElse(null));
            Reply reply = conversations.answer(in, caller(call));
            if (reply instanceof Reply.Busy(Duration _, String why)) {
                LOG.atDebug().addKeyValue("remote", call.remote()).addKeyValue("status", 503)
                        .addKeyValue("device", message.header().source().uri()).log("message turned away: {}", why);
            }
            return new Heard(packet.body().length(), spelled(reply, packet));
        } catch (Store.Failure failure) {
            LOG.debug("the store failed; the device is told to come again: {}", failure.getMessage());
            return new Heard(0, with(HttpAnswer.text(503, "The store is not available."), "Retry-After",
                    Long.toString(conversations.retryAfterTrouble().toSeconds())));
        } catch (BodyRefused refused) {
            return unheard(call, refused.status(), refused.reason());
        } catch (Malformed malformed) {
            return unheard(call, 400, "Malformed message: " + malformed.getMessage());
        }
    }

    /** With the query: Windows tells by it what it is ([MS-MDM §2.1]). */
    private static String address(HttpCall call) {
        return call.query().isEmpty() ? call.url() : call.url() + "?" + call.query();
    }

    private static Heard unheard(HttpCall call, int status, String why) {
        LOG.atInfo().addKeyValue("remote", call.remote()).addKeyValue("status", status).log("request refused: {}", why);
        HttpAnswer.Whole answer = HttpAnswer.text(status, why);
        // What is left of the body is not waited for.
        boolean isBodyLeft = status == 408 || status == 413;
        return new Heard(0, isBodyLeft ? with(answer, "Connection", "close") : answer);
    }

    private static Caller caller(HttpCall call) {
        Headers headers = call.headers();
        String authorization = headers.first("Authorization").orElse("");
        boolean isBearer = authorization.regionMatches(true, 0, "Bearer ", 0, 7);
        return new Caller(call.remote(), call.certificate(), isBearer ? authorization.substring(7).strip() : "",
                headers.first("User-Agent").orElse(""));
    }

    /** The answer in the media type in which the message came; some clients compare it letter by letter. */
    private static HttpAnswer.Whole spelled(Reply reply, Packet received) {
        return switch (reply) {
            case Reply.Answer(Packet packet) -> {
                List<Headers.Field> fields = new ArrayList<>(packet.headers().fields());
                fields.addFirst(new Headers.Field("Cache-Control", "no-store"));
                fields.addFirst(new Headers.Field("Content-Type", received.baseMediaType()));
                yield new HttpAnswer.Whole(200, new Headers(fields), packet.body());
            }
            case Reply.Silence() ->
                new HttpAnswer.Whole(200, Headers.of("Cache-Control", "no-store"), Bytes.EMPTY);
            case Reply.Busy(Duration wait, String why) -> with(HttpAnswer.text(503, why), "Retry-After",
                    Long.toString(Math.max(1, wait.toSeconds())));
            case Reply.Unauthorized() ->
                with(HttpAnswer.text(401, "The bearer token was not accepted."), "WWW-Authenticate", "Bearer");
        };
    }

    private static HttpAnswer.Whole with(HttpAnswer.Whole answer, String name, String value) {
        return new HttpAnswer.Whole(answer.status(), answer.headers().with(name, value), answer.body());
    }
}
