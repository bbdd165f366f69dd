package dev.grove.server.fleet.check;

import dev.grove.server.fleet.Store;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the DDF links of devices before anything is sent to them, and keeps what is found as a description of the
 * device, under the link as its name ([DM 2.0 §6.3.2]). What many devices link to is fetched once in a while only.
 */
public final class DdfLinks {

    private static final Logger LOG = LoggerFactory.getLogger(DdfLinks.class);
    private static final int MAX_AT_ONCE = 16;
    private static final int MAX_HELD = 64;
    private static final Duration HELD = Duration.ofHours(1);
    private static final Duration GIVEN_UP = Duration.ofMinutes(10);

    private record Fetched(Optional<Bytes> document, Instant until) {}

    private final Store store;
    private final DescriptionShelf shelf;
    private final DdfFetcher fetcher;
    private final Clock clock;
    private final Map<String, Fetched> held = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Fetched> eldest) {
            return size() > MAX_HELD;
        }
    };

    public DdfLinks(Store store, DescriptionShelf shelf, DdfFetcher fetcher, Clock clock) {
        this.store = store;
        this.shelf = shelf;
        this.fetcher = fetcher;
        this.clock = clock;
    }

    /** Follows the links of a device that are not known yet; waits for what they bring. */
    public void follow(String deviceId, List<String> links) {
        List<String> unknown = links.stream().distinct().limit(MAX_AT_ONCE)
                .filter(link -> store.read(records -> records.descriptions().find(deviceId, link)).isEmpty()).toList();
        for (String link : unknown) {
            document(link).ifPresent(document -> keep(deviceId, link, document));
        }
    }

    private Optional<Bytes> document(String link) {
        Instant now = clock.instant();
        synchronized (held) {
            Fetched known = held.get(link);
            if (known != null && known.until().isAfter(now)) {
                return known.document();
            }
        }
        Optional<Bytes> document = fetcher.fetch(link);
        synchronized (held) {
            held.put(link, new Fetched(document, now.plus(document.isPresent() ? HELD : GIVEN_UP)));
        }
        return document;
    }

    private void keep(String deviceId, String link, Bytes document) {
        try {
            DescriptionShelf.Kept kept = shelf.keep(deviceId, link, document,
                    clock.instant().truncatedTo(ChronoUnit.MILLIS));
            LOG.atDebug().addKeyValue("device", deviceId).log("description {}: {}", link, kept);
        } catch (Malformed broken) {
            LOG.atWarn().addKeyValue("device", deviceId).log("no description (DDF) at {}: {}", link,
                    broken.getMessage());
            synchronized (held) {
                held.put(link, new Fetched(Optional.empty(), clock.instant().plus(GIVEN_UP)));
            }
        }
    }
}
