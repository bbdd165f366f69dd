package dev.grove.server.store.layer;

import dev.grove.engine.KnownObject;
import dev.grove.server.fleet.Contact;
import dev.grove.server.fleet.Descriptions.Head;
import dev.grove.server.fleet.Device;
import dev.grove.server.fleet.DeviceObjects.Validator;
import dev.grove.server.fleet.Job;
import dev.grove.server.fleet.MirrorNode;
import dev.grove.server.fleet.SessionRecord;
import dev.grove.server.fleet.Store.Records;
import dev.grove.server.fleet.StoredSession;
import dev.grove.tree.NodeUri;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One moment of the tables, for one unit of work; what every message asks for is looked for on the device's card first.
 */
public final class Tables {

    private final @Nullable Records open;
    private final Cards cards;
    /** The one that was asked for last: a unit of work mostly has to do with one device. */
    private Cards.@Nullable Card card;
    private String cardOf = "";

    /** @param open the tables themselves; absent as long as cards and lookups will do */
    public Tables(@Nullable Records open, Cards cards) {
        this.open = open;
        this.cards = cards;
    }

    /**
     * A unit of work asks for what one statement tells: to be looked up, apart from all locks and moments, and noted on
     * the card of its device; then the unit is run again.
     */
    public static final class Missing extends RuntimeException {

        private final transient Function<Lookups, Consumer<Cards>> question;

        private Missing(Function<Lookups, Consumer<Cards>> question) {
            super("has to be looked up first", null, false, false);
            this.question = question;
        }

        /** Looks it up; what comes back notes it. */
        public Consumer<Cards> look(Lookups lookups) {
            return question.apply(lookups);
        }
    }

    /** A unit of work asks for what stands on no card; it is run again, with the tables open. */
    public static final class NotOnCards extends RuntimeException {

        private NotOnCards() {
            super("needs the tables open", null, false, false);
        }
    }

    boolean areOpen() {
        return open != null;
    }

    private Cards.Card card(String deviceId) {
        Cards.Card known = card;
        if (known == null || !cardOf.equals(deviceId)) {
            known = cards.of(deviceId);
            card = known;
            cardOf = deviceId;
        }
        return known;
    }

    Records all() {
        if (open == null) {
            throw new NotOnCards();
        }
        return open;
    }

    /** Sees to it that what a message asks for first stands on the device's card. */
    void meet(Contact.Call call) {
        Cards.Card known = card(call.deviceId());
        if (known.hasMet(call)) {
            return;
        }
        if (open == null) {
            throw new Missing(lookups -> {
                Known found = lookups.contact(call);
                return all -> all.meet(call, found);
            });
        }
        cards.meet(call, new Known(open.contact(call), Map.of()));
    }

    Optional<MirrorNode> node(String deviceId, NodeUri uri) {
        Cards.Card known = card(deviceId);
        if (open == null && known.canKeep(uri)) {
            throw new Missing(lookups -> {
                Optional<MirrorNode> found = lookups.node(deviceId, uri);
                return all -> all.of(deviceId).keep(uri, found);
            });
        }
        return known.node(uri).orElseGet(() -> all().mirror().find(deviceId, uri));
    }

    Optional<Device> device(String id) {
        return card(id).device(() -> all().devices().find(id));
    }

    Optional<StoredSession> latestSession(String deviceId, String sessionId) {
        return card(deviceId).latest(sessionId, () -> all().sessions().latest(deviceId, sessionId));
    }

    List<SessionRecord> liveSessions(String deviceId) {
        return card(deviceId).liveSessions(() -> all().sessions().live(deviceId));
    }

    /** What has expired may be among them. */
    List<Job> liveJobs(String deviceId, Instant now, int limit) {
        return card(deviceId).liveJobs(limit, () -> all().jobs().live(deviceId, now, limit));
    }

    Optional<Job> job(String deviceId, long number) {
        return card(deviceId).liveJob(number).or(() -> all().jobs().find(deviceId, number));
    }

    List<Job> waitingJobs(String deviceId, int limit) {
        return card(deviceId).waitingJobs(limit, () -> all().jobs().waiting(deviceId, limit));
    }

    List<KnownObject> objects(String deviceId) {
        return card(deviceId).objects(() -> all().objects().list(deviceId));
    }

    List<Validator> validators(String deviceId, String moid) {
        return card(deviceId).validators(moid, () -> all().objects().validators(deviceId, moid));
    }

    List<Head> descriptions(String deviceId) {
        return card(deviceId).descriptions(() -> all().descriptions().list(deviceId));
    }

    long newestJob(String deviceId) {
        return card(deviceId).newestJob(() -> all().jobs().newest(deviceId));
    }
}
