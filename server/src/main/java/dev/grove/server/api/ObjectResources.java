package dev.grove.server.api;

import dev.grove.engine.KnownObject;
import dev.grove.engine.Ticket;
import dev.grove.server.fleet.BootstrapDocument;
import dev.grove.server.fleet.Device;
import dev.grove.server.fleet.RepositoryDesk;
import dev.grove.server.fleet.Store;
import dev.grove.server.http.HttpAnswer;
import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import dev.grove.wire.Json;
import dev.grove.wire.Packet;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What only devices of DM 2.0 have: the objects that they told of, and the way in which they come to know us. */
final class ObjectResources {

    private static final int MAX_LIFE_SECONDS = 30 * 24 * 3600;
    private static final int USUAL_LIFE_SECONDS = 24 * 3600;
    private static final int ID_BYTES = 24;

    private final Store store;
    private final Fleet fleet;
    private final Clock clock;
    private final SecureRandom luck = new SecureRandom();

    ObjectResources(Fleet fleet, Clock clock) {
        this.store = fleet.store();
        this.fleet = fleet;
        this.clock = clock;
    }

    List<Route> routes(String root) {
        String bootstrap = root + "/devices/{id}/bootstrap";
        return List.of(Route.of("GET", root + "/devices/{id}/objects", this::objects),
                Route.of("GET", bootstrap, this::document), Route.of("POST", bootstrap, this::address));
    }

    private HttpAnswer objects(Asked asked) {
        if (device(asked).isEmpty()) {
            return Answers.unknownDevice(asked);
        }
        List<KnownObject> objects = store.read(records -> records.objects().list(asked.place(0)));
        return Answers.json(200, Json.object().with("items", Json.list(objects.stream().map(ObjectResources::view)
                .toList())).build());
    }

    private static Json view(KnownObject object) {
        return Json.object().with("moid", object.moid()).with("ddf", object.ddf())
                .with("instances", Json.list(object.instances().stream().map(Json::of).toList())).build();
    }

    /** The one place that shows a device's secret. */
    private HttpAnswer document(Asked asked) {
        return device(asked).<HttpAnswer>map(device -> {
            Packet document = BootstrapDocument.of(device, fleet.addresses().session());
            return new HttpAnswer.Whole(200,
                    Headers.of("Content-Type", document.mediaType()).with("Cache-Control", "no-store"),
                    document.body());
        }).orElseGet(() -> Answers.unknownDevice(asked));
    }

    private HttpAnswer address(Asked asked) throws Invalid {
        Optional<Input> given = asked.document().objectOf(Set.of("expiresInSeconds"))
                .field("expiresInSeconds");
        int seconds = given.isPresent() ? given.get().number(1, MAX_LIFE_SECONDS) : USUAL_LIFE_SECONDS;
        Optional<Device> device = device(asked);
        if (device.isEmpty()) {
            return Answers.unknownDevice(asked);
        }
        byte[] id = new byte[ID_BYTES];
        luck.nextBytes(id);
        Instant expiry = clock.instant().truncatedTo(ChronoUnit.MILLIS).plusSeconds(seconds);
        Ticket ticket = new Ticket(Bytes.wrap(id).hex(), Ticket.Purpose.BOOTSTRAP, RepositoryDesk.NO_JOB, "0", "",
                expiry);
        RepositoryDesk.issue(store, device.get().id(), ticket);
        return Answers.json(201, Json.object().with("url", fleet.addresses().bootstrap() + ticket.id())
                .with("expiresAt", expiry).build());
    }

    private Optional<Device> device(Asked asked) {
        return store.read(records -> records.devices().find(asked.place(0)));
    }
}
