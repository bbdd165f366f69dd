package dev.grove.server.endpoint;

import dev.grove.dm2.Dm2Codec;
import dev.grove.dm2.Dm2Package;
import dev.grove.dm2.server.Dm2Context.Doors;
import dev.grove.server.endpoint.Dm2Conversations.Answer;
import dev.grove.server.endpoint.Dm2Conversations.Arrived;
import dev.grove.server.endpoint.Dm2Conversations.Strand;
import dev.grove.server.fleet.Store;
import dev.grove.server.http.BodyRefused;
import dev.grove.server.http.HttpAnswer;
import dev.grove.server.http.HttpCall;
import dev.grove.server.http.HttpHandler;
import dev.grove.wire.Headers;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import dev.grove.wire.MediaRanges;
import dev.grove.wire.Packet;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where devices of DM 2.0 call: package 1 or 3 a POST, package 2 the answer ([DM 2.0 §5.2]). What is no such package is
 * answered here, by an HTTP status and a line of text ([DM 2.0 §5.5]).
 */
public final class Dm2Endpoint implements HttpHandler {

    /** The media types that are taken ([DM 2.0 §5.5]). */
    static final String TAKEN = Dm2Package.Initiation.MEDIA_TYPE + ", " + Dm2Package.Response.MEDIA_TYPE + ", "
            + Dm2Codec.MULTIPART;

    private static final Logger LOG = LoggerFactory.getLogger(Dm2Endpoint.class);

    private final Dm2Conversations conversations;
    private final Gate gate;
    private final Limits limits;
    private final String publicUrl;

    /**
     * @param limits what one package may hold
     * @param publicUrl scheme and host by which devices call; empty: as they do call
     */
    public Dm2Endpoint(Dm2Conversations conversations, Gate gate, Limits limits, String publicUrl) {
        this.conversations = conversations;
        this.gate = gate;
        this.limits = limits;
        this.publicUrl = publicUrl;
    }

    @Override
    public HttpAnswer.Whole handle(HttpCall call) {
        if (!call.method().equals("POST")) {
            return with(refused(call, 405, "Packages come by POST."), "Allow", "POST");
        }
        Optional<String> deviceId = Gate.named(call);
        if (deviceId.isEmpty()) {
            return refused(call, 400, "The header " + Gate.DEVICE_ID + " names the device (DM 2.0 5.2.2).");
        }
        Optional<Answer.Busy> closed = isSurelyFirst(call) ? conversations.closed() : Optional.empty();
        if (closed.isPresent()) {
            return busy(call, closed.get());
        }
        try {
            // Some send nothing at all before they are challenged, not even a media type.
            return switch (gate.ask(call, deviceId.get())) {
                case Gate.Who.Refused(HttpAnswer.Whole answer) -> answer;
                case Gate.Who.Known known -> {
                    Optional<HttpAnswer.Whole> unfit = unfit(call);
                    yield unfit.isPresent() ? unfit.get() : answered(call, known);
                }
            };
        } catch (Store.Failure failure) {
            LOG.debug("the store failed; the device is told to come again: {}", failure.getMessage());
            return with(HttpAnswer.text(503, "The store is not available."), "Retry-After",
                    Long.toString(conversations.retryAfterTrouble().toSeconds()));
        } catch (BodyRefused refused) {
            HttpAnswer.Whole answer = refused(call, refused.status(), refused.reason());
            boolean isBodyLeft = refused.status() == 408 || refused.status() == 413;
            return isBodyLeft ? with(answer, "Connection", "close") : answer;
        } catch (Malformed malformed) {
            return refused(call, 400, "Malformed package: " + malformed.getMessage());
        }
    }

    /** What is wrong with the formats that a request has, or wants ([DM 2.0 §5.5]). */
    private static Optional<HttpAnswer.Whole> unfit(HttpCall call) {
        String type = call.headers().first("Content-Type").orElse("");
        if (!Dm2Codec.isFromDevice(type)) {
            return Optional.of(with(refused(call, 415, "The Content-Type is none of " + TAKEN + "."),
                    "OMADM-Accept", TAKEN));
        }
        String accept = String.join(", ", call.headers().fields().stream()
                .filter(field -> field.name().equalsIgnoreCase("Accept")).map(Headers.Field::value).toList());
        if (!MediaRanges.of(accept).accepts(Dm2Package.Request.MEDIA_TYPE)) {
            return Optional.of(refused(call, 406, "Package 2 is " + Dm2Package.Request.MEDIA_TYPE
                    + ", which is not accepted."));
        }
        return Optional.empty();
    }

    private HttpAnswer.Whole answered(HttpCall call, Gate.Who.Known device) throws Malformed, BodyRefused {
        Packet packet = new Packet(call.headers().first("Content-Type").orElse(""),
                call.body(limits.maxBodyBytes()));
        Dm2Package content = Dm2Codec.decode(packet, limits);
        Arrived arrived = new Arrived(device.account(), packet, content, doors(call), call.query(),
                SessionCookie.read(call.headers()).orElse(null));
        Caller caller = new Caller(call.remote(), call.certificate(), "",
                call.headers().first("User-Agent").orElse(""));
        return switch (conversations.answer(arrived, caller)) {
            case Answer.Sent(Packet reply, Strand strand) -> new HttpAnswer.Whole(200,
                    Headers.of("Content-Type", reply.mediaType()).with("Cache-Control", "no-store")
                            .with("OMADM-Accept", RepositoryEndpoint.TAKEN)
                            .with("Set-Cookie", SessionCookie.write(strand, call.path(),
                                    call.url().startsWith("https:"))),
                    reply.body());
            case Answer.Refused(String why) -> refused(call, 400, "Out of turn: " + why + ".");
            case Answer.Busy busy -> busy(call, busy);
        };
    }

    private static HttpAnswer.Whole busy(HttpCall call, Answer.Busy busy) {
        LOG.atDebug().addKeyValue("remote", call.remote()).addKeyValue("status", 503)
                .addKeyValue("device", Gate.named(call).orElse("")).log("package turned away: {}", busy.why());
        return with(HttpAnswer.text(503, busy.why()), "Retry-After",
                Long.toString(Math.max(1, busy.retryAfter().toSeconds())));
    }

    /** Whether a request begins a session, as far as can be told from its header. */
    private static boolean isSurelyFirst(HttpCall call) {
        String type = call.headers().first("Content-Type").orElse("");
        return SessionCookie.read(call.headers()).isEmpty() && type.startsWith(Dm2Package.Initiation.MEDIA_TYPE);
    }

    /** The server's addresses as this device can call them: as it has called this one. */
    private Doors doors(HttpCall call) {
        String host = DeviceDoors.host(call, publicUrl);
        return new Doors(host + call.path(), host + DeviceDoors.REPOSITORY, host + DeviceDoors.PAGES);
    }

    private static HttpAnswer.Whole refused(HttpCall call, int status, String why) {
        LOG.atInfo().addKeyValue("remote", call.remote()).addKeyValue("status", status)
                .addKeyValue("device", Gate.named(call).orElse("")).log("request refused: {}", why);
        return HttpAnswer.text(status, why);
    }

    private static HttpAnswer.Whole with(HttpAnswer.Whole answer, String name, String value) {
        return new HttpAnswer.Whole(answer.status(), answer.headers().with(name, value), answer.body());
    }
}
