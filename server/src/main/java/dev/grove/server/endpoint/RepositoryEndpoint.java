package dev.grove.server.endpoint;

import dev.grove.auth.Digest;
import dev.grove.dm2.Dm2Codec;
import dev.grove.dm2.ObjectDocument;
import dev.grove.dm2.server.DeviceReading;
import dev.grove.engine.Fact;
import dev.grove.engine.Ticket;
import dev.grove.engine.Ticket.Purpose;
import dev.grove.server.fleet.RepositoryDesk;
import dev.grove.server.fleet.RepositoryDesk.Found;
import dev.grove.server.fleet.RepositoryDesk.Taken;
import dev.grove.server.fleet.Store;
import dev.grove.server.fleet.Tickets.Held;
import dev.grove.server.fleet.Tickets.State;
import dev.grove.server.fleet.check.DescriptionShelf;
import dev.grove.server.fleet.check.DeviceKnowledge;
import dev.grove.server.http.BodyRefused;
import dev.grove.server.http.HttpAnswer;
import dev.grove.server.http.HttpCall;
import dev.grove.server.http.HttpHandler;
import dev.grove.syncml.AlertCode;
import dev.grove.tree.Address;
import dev.grove.tree.ClientUri;
import dev.grove.tree.Format;
import dev.grove.tree.Operation;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import dev.grove.wire.Malformed;
import dev.grove.wire.MediaRanges;
import dev.grove.wire.Packet;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Data Repository ([DM 2.0 §5.1.4]): what devices fetch for HGET, and bring for HPUT, HPOST and SUB. Every address
 * is a ticket for one device and one thing: nobody can guess it, nobody else may use it, and it ends with what it is
 * for.
 */
public final class RepositoryEndpoint implements HttpHandler {

    /** The type of the alert that tells an operator of a change. */
    public static final String CHANGED = "urn:x-grove:at:changed:1.0";

    private static final Logger LOG = LoggerFactory.getLogger(RepositoryEndpoint.class);
    /**
     * What devices may bring, told to them beforehand ([DM 2.0 §5.5]): a leaf as whatever it is, rather than as JSON,
     * of which nobody can tell whether a text is one or binary data; objects.
     */
    static final String TAKEN = "*/*, " + ObjectDocument.MEDIA_TYPE + ";q=0.9";

    /** What the repository needs of the world. */
    public record World(Store store, DescriptionShelf descriptions, Clock clock) {}

    private final RepositoryDesk desk;
    private final Gate gate;
    private final World world;
    private final int maxBytes;

    /** @param maxBytes the longest body that a device may bring */
    public RepositoryEndpoint(RepositoryDesk desk, Gate gate, World world, int maxBytes) {
        this.desk = desk;
        this.gate = gate;
        this.world = world;
        this.maxBytes = maxBytes;
    }

    @Override
    public HttpAnswer.Whole handle(HttpCall call) {
        try {
            HttpAnswer.Whole answer = answer(call);
            if (answer.status() >= 400 && answer.status() != 401) {
                LOG.atInfo().addKeyValue("remote", call.remote()).addKeyValue("status", answer.status())
                        .addKeyValue("device", Gate.named(call).orElse("")).log("repository request refused");
            }
            return answer;
        } catch (Store.Failure failure) {
            LOG.debug("the store failed; the device is told to come again: {}", failure.getMessage());
            return with(HttpAnswer.text(503, "The store is not available."), "Retry-After", "10");
        } catch (BodyRefused refused) {
            HttpAnswer.Whole answer = HttpAnswer.text(refused.status(), refused.reason());
            boolean isBodyLeft = refused.status() == 408 || refused.status() == 413;
            return isBodyLeft ? with(answer, "Connection", "close") : answer;
        } catch (Malformed malformed) {
            return HttpAnswer.text(400, "Malformed data: " + malformed.getMessage());
        }
    }

    private HttpAnswer.Whole answer(HttpCall call) throws Malformed, BodyRefused {
        Optional<Found> found = desk.find(call.path().substring(DeviceDoors.REPOSITORY.length()))
                .filter(f -> f.held().ticket().purpose() != Purpose.PAGE
                        && f.held().ticket().purpose() != Purpose.BOOTSTRAP);
        if (found.isEmpty()) {
            return HttpAnswer.text(404, "There is nothing at this address.");
        }
        Held held = found.get().held();
        String caller = Gate.named(call).or(call::transportIdentity).orElse(held.deviceId());
        if (gate.ask(call, caller) instanceof Gate.Who.Refused(HttpAnswer.Whole refusal)) {
            return refusal;
        }
        if (!caller.equals(held.deviceId())) {
            return HttpAnswer.text(403, "This address is for another device.");
        }
        boolean isFetch = held.ticket().purpose() == Purpose.DOWNLOAD;
        List<String> methods = isFetch ? List.of("GET", "HEAD") : List.of("PUT", "POST");
        if (!methods.contains(call.method())) {
            return with(HttpAnswer.text(405, "The methods here are " + String.join(" and ", methods) + "."), "Allow",
                    String.join(", ", methods));
        }
        return isFetch ? fetched(call, found.get()) : brought(call, held);
    }

    // ---- what devices fetch

    private HttpAnswer.Whole fetched(HttpCall call, Found found) {
        Held held = found.held();
        Optional<Value> value = found.operation().flatMap(RepositoryEndpoint::valueOf);
        if (held.state() == State.CLOSED || held.isExpired(now()) || value.isEmpty()) {
            return gone();
        }
        Download download = new Download(new DeviceKnowledge(world.store(), world.descriptions(), held.deviceId()));
        List<Packet> forms = download.forms(ClientUri.parse(held.ticket().node()), value.get());
        MediaRanges accepted = MediaRanges.of(call.headers().first("Accept").orElse(null));
        Optional<String> best = accepted.best(forms.stream().map(Packet::baseMediaType).toList());
        return forms.stream().filter(form -> best.filter(form.baseMediaType()::equals).isPresent()).findFirst()
                .map(form -> new HttpAnswer.Whole(200,
                        Headers.of("Content-Type", form.mediaType()).with("Cache-Control", "no-store"), form.body()))
                .orElseGet(() -> HttpAnswer.text(406, "There is " + String.join(" or ",
                        forms.stream().map(Packet::baseMediaType).toList()) + " here, which is not accepted."));
    }

    private static Optional<Value> valueOf(Operation operation) {
        if (operation instanceof Operation.Add(Address _, Value value)) {
            return Optional.of(value);
        }
        return operation instanceof Operation.Replace(Address _, Value value) ? Optional.of(value) : Optional.empty();
    }

    // ---- what devices bring

    private HttpAnswer.Whole brought(HttpCall call, Held held) throws Malformed, BodyRefused {
        String type = call.headers().first("Content-Type").orElse("");
        Packet kind = new Packet(type, Bytes.EMPTY);
        if (type.isBlank() || Dm2Codec.isFromDevice(type) || kind.baseMediaType().startsWith("multipart/")
                || kind.baseMediaType().equals("application/x-www-form-urlencoded")) {
            return with(HttpAnswer.text(415, "Data comes as " + ObjectDocument.MEDIA_TYPE
                    + ", or a single leaf in its own media type."), "OMADM-Accept", TAKEN);
        }
        Packet data = new Packet(type, call.body(maxBytes));
        String digest = Digest.SHA256.of(data.body()).hex();
        boolean isRepeated = held.digest().equals(digest);
        if (held.state() == State.CLOSED && !isRepeated) {
            return gone();
        }
        Ticket ticket = held.ticket();
        DeviceReading.Read read = new DeviceReading(
                new DeviceKnowledge(world.store(), world.descriptions(), held.deviceId()))
                .read(data, asked(held), ClientUri.parse(ticket.node()));
        Taken taken = ticket.purpose() == Purpose.UPLOAD
                ? desk.take(ticket.id(),
                        new RepositoryDesk.Came(digest, new Outcome(StatusCode.OK, read.results(), null), read.facts()),
                        now())
                : desk.told(ticket.id(), changed(ticket, read), now());
        return taken == Taken.GONE ? gone()
                : new HttpAnswer.Whole(200, Headers.of("Cache-Control", "no-store").with("OMADM-Accept", TAKEN),
                        Bytes.EMPTY);
    }

    /** The node as the operation names it: results below a place in a tree have such addresses. */
    private String asked(Held held) {
        return desk.find(held.ticket().id()).flatMap(Found::operation).map(operation -> switch (operation) {
            case Operation.Get(Address target, var _) -> target.toString();
            case Operation.Subscribe(Address target) -> target.toString();
            case Operation.Add _,Operation.Replace _,Operation.Delete _,Operation.Copy _,Operation.Exec _ -> "";
            case Operation.Atomic _,Operation.Sequence _,Operation.Interaction _,Operation.Service _ -> "";
        }).filter(address -> address.startsWith("./") && address.indexOf('?') < 0).orElse("");
    }

    /** An operator hears of it as of any alert, with the leaves that are different now. */
    private static List<Fact> changed(Ticket ticket, DeviceReading.Read read) {
        List<Outcome.Result> leaves = read.results().stream().filter(r -> r.value().format() != Format.NODE).toList();
        Value data = leaves.size() == 1 ? leaves.getFirst().value()
                : Value.text(String.join("\n", leaves.stream().map(Outcome.Result::uri).toList()));
        List<Fact> facts = new ArrayList<>(read.facts());
        facts.add(new Fact.AlertRaised(AlertCode.GENERIC, CHANGED, "informational", null,
                leaves.size() == 1 ? leaves.getFirst().uri() : ticket.node(), data));
        return facts;
    }

    private static HttpAnswer.Whole gone() {
        return HttpAnswer.text(410, "This address is of no use any more.");
    }

    private static HttpAnswer.Whole with(HttpAnswer.Whole answer, String name, String value) {
        return new HttpAnswer.Whole(answer.status(), answer.headers().with(name, value), answer.body());
    }

    private Instant now() {
        return world.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
