package dev.grove.server.api;

import dev.grove.wire.Json;
import dev.grove.server.fleet.Descriptions.Head;
import dev.grove.server.fleet.Store;
import dev.grove.server.fleet.check.DescriptionShelf;
import dev.grove.server.fleet.check.DescriptionShelf.Kept;
import dev.grove.server.http.HttpAnswer;
import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import dev.grove.wire.Malformed;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The descriptions (DDF) of single devices, by name; jobs are checked against them. */
final class DescriptionResources {

    private static final String XML = "application/vnd.syncml.dmddf+xml";
    private static final String WBXML = "application/vnd.syncml.dmddf+wbxml";
    private static final Set<String> TAKEN = Set.of(XML, WBXML, "application/xml", "text/xml", "text/plain",
            "application/octet-stream", "application/x-www-form-urlencoded");
    private static final int MAX_NAME = 100;

    private final Store store;
    private final DescriptionShelf shelf;
    private final Clock clock;

    DescriptionResources(Fleet fleet, Clock clock) {
        this.store = fleet.store();
        this.shelf = fleet.descriptions();
        this.clock = clock;
    }

    List<Route> routes(String root) {
        String all = root + "/devices/{id}/descriptions";
        String one = all + "/{name}";
        return List.of(Route.of("GET", all, this::list), Route.of("PUT", one, this::put),
                Route.of("GET", one, this::show), Route.of("DELETE", one, this::remove));
    }

    private HttpAnswer list(Asked asked) {
        boolean isKnown = store.read(r -> r.devices().find(asked.place(0)).isPresent());
        if (!isKnown) {
            return Answers.unknownDevice(asked);
        }
        List<Head> heads = store.read(r -> r.descriptions().list(asked.place(0)));
        return Answers.json(200,
                Json.object().with("items", Json.list(heads.stream().map(DescriptionResources::view).toList()))
                        .build());
    }

    private HttpAnswer put(Asked asked) throws Invalid {
        String name = asked.place(1);
        if (name.length() > MAX_NAME || name.isBlank() || name.chars().anyMatch(c -> c < ' ' || c == 0x7F)) {
            throw Invalid.malformed("the name of a description has 1 to " + MAX_NAME
                    + " characters, is not blank and has no control characters");
        }
        Bytes document = asked.bytes(TAKEN, shelf.rules().maxBytes());
        Kept kept;
        try {
            kept = shelf.keep(asked.place(0), name, document, now());
        } catch (Malformed malformed) {
            return Problem.of(422, "no device description (TND 8.5): " + malformed.getMessage());
        }
        return switch (kept) {
            case Kept.Done(Head head, boolean isNew) -> Answers.json(isNew ? 201 : 200, view(head));
            case Kept.UnknownDevice() -> Answers.unknownDevice(asked);
            case Kept.TooMany(int limit) ->
                Problem.of(409, "the device has " + limit + " descriptions, and may have no more");
        };
    }

    private HttpAnswer show(Asked asked) {
        Optional<Bytes> document = store.read(r -> r.descriptions().document(asked.place(0), asked.place(1)));
        return document.<HttpAnswer>map(bytes -> new HttpAnswer.Whole(200,
                Headers.of("Content-Type", isWbxml(bytes) ? WBXML : XML).with("Cache-Control", "no-store"), bytes))
                .orElseGet(() -> missing(asked));
    }

    private HttpAnswer remove(Asked asked) {
        boolean wasThere = store.write(r -> r.descriptions().remove(asked.place(0), asked.place(1)));
        return wasThere ? Answers.none() : missing(asked);
    }

    private static HttpAnswer.Whole missing(Asked asked) {
        return Problem.of(404, "the device has no description " + asked.place(1));
    }

    /** WBXML begins with its version, XML with text. */
    private static boolean isWbxml(Bytes document) {
        return !document.isEmpty() && document.at(0) >= 0 && document.at(0) <= 3;
    }

    private static Json.Obj view(Head head) {
        return Json.object().with("name", head.name()).with("man", head.man().isEmpty() ? null : head.man())
                .with("mod", head.mod().isEmpty() ? null : head.mod()).with("bytes", head.bytes())
                .with("sha256", head.sha256()).with("at", head.at()).build();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
