package dev.grove.server.endpoint;

import dev.grove.dm2.ObjectDocument;
import dev.grove.engine.Ticket.Purpose;
import dev.grove.server.fleet.BootstrapDocument;
import dev.grove.server.fleet.Device;
import dev.grove.server.fleet.RepositoryDesk;
import dev.grove.server.fleet.RepositoryDesk.Found;
import dev.grove.server.fleet.RepositoryDesk.Taken;
import dev.grove.server.fleet.Store;
import dev.grove.server.fleet.Tickets.State;
import dev.grove.server.http.HttpAnswer;
import dev.grove.server.http.HttpCall;
import dev.grove.server.http.HttpHandler;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.wire.Headers;
import dev.grove.wire.MediaRanges;
import dev.grove.wire.Packet;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a device fetches its account ([DM 2.0 §8.3]), once: it has nothing yet to prove itself with, so that the
 * address is the proof.
 */
public final class BootstrapEndpoint implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger(BootstrapEndpoint.class);

    private final Store store;
    private final RepositoryDesk desk;
    private final Clock clock;
    private final Function<HttpCall, BootstrapDocument.Place> place;

    /** @param place where a device that has called so is to call */
    public BootstrapEndpoint(Store store, RepositoryDesk desk, Clock clock,
            Function<HttpCall, BootstrapDocument.Place> place) {
        this.store = store;
        this.desk = desk;
        this.clock = clock;
        this.place = place;
    }

    @Override
    public HttpAnswer.Whole handle(HttpCall call) {
        try {
            return answer(call);
        } catch (Store.Failure failure) {
            LOG.debug("the store failed; the device is told to come again: {}", failure.getMessage());
            return HttpAnswer.text(503, "The store is not available.");
        }
    }

    private HttpAnswer.Whole answer(HttpCall call) {
        String id = call.path().substring(DeviceDoors.BOOTSTRAP.length());
        Optional<Found> found = desk.find(id).filter(f -> f.held().ticket().purpose() == Purpose.BOOTSTRAP);
        Optional<Device> device = found
                .flatMap(f -> store.read(records -> records.devices().find(f.held().deviceId())));
        if (device.isEmpty()) {
            return HttpAnswer.text(404, "There is nothing at this address.");
        }
        if (!call.method().equals("GET")) {
            HttpAnswer.Whole answer = HttpAnswer.text(405, "A bootstrap is fetched by GET.");
            return new HttpAnswer.Whole(answer.status(), answer.headers().with("Allow", "GET"), answer.body());
        }
        if (!MediaRanges.of(call.headers().first("Accept").orElse(null)).accepts(ObjectDocument.MEDIA_TYPE)) {
            return HttpAnswer.text(406, "A bootstrap is " + ObjectDocument.MEDIA_TYPE + ", which is not accepted.");
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        boolean isFirst = found.get().held().state() == State.OPEN && desk.take(id,
                new RepositoryDesk.Came("fetched", Outcome.of(StatusCode.OK), List.of()), now) == Taken.DONE;
        if (!isFirst) {
            return HttpAnswer.text(410, "This bootstrap has been fetched, or has expired.");
        }
        LOG.atInfo().addKeyValue("device", device.get().id()).addKeyValue("remote", call.remote())
                .log("bootstrap fetched");
        Packet document = BootstrapDocument.of(device.get(), place.apply(call));
        return new HttpAnswer.Whole(200,
                Headers.of("Content-Type", document.mediaType()).with("Cache-Control", "no-store"), document.body());
    }
}
