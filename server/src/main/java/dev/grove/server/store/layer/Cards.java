package dev.grove.server.store.layer;

import dev.grove.engine.KnownObject;
import dev.grove.server.fleet.Descriptions.Head;
import dev.grove.server.fleet.Device;
import dev.grove.server.fleet.DeviceObjects.Validator;
import dev.grove.server.fleet.Job;
import dev.grove.server.fleet.SessionRecord;
import dev.grove.server.fleet.StoredSession;
import dev.grove.server.fleet.Weight;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the tables were found to hold of the devices that were asked for last, so that the messages of a session do not
 * ask for it again. A card is thrown away when its device's changes come into the tables; whoever does that sees to
 * it that nobody reads meanwhile.
 */
public final class Cards {

    /** Some kilobytes each. */
    private static final int MAX_CARDS = 4096;

    private final SequencedMap<String, Card> cards = new LinkedHashMap<>(256, 0.75f, true);

    /** What is known of one device; what is absent was not asked for. */
    static final class Card {

        private boolean isDeviceRead;
        private Optional<Device> device = Optional.empty();
        private @Nullable List<SessionRecord> liveSessions;
        private @Nullable List<Job> liveJobs;
        private @Nullable List<Job> waitingJobs;
        private @Nullable Long newestJob;
        private @Nullable List<KnownObject> objects;
        private @Nullable List<Head> descriptions;
        private final Map<String, List<Validator>> validators = new HashMap<>();
        private final Map<String, Optional<StoredSession>> latest = new HashMap<>();

        synchronized Optional<Device> device(Supplier<Optional<Device>> read) {
            if (!isDeviceRead) {
                device = read.get();
                isDeviceRead = true;
            }
            return device;
        }

        synchronized Optional<StoredSession> latest(String sessionId, Supplier<Optional<StoredSession>> read) {
            Optional<StoredSession> known = latest.get(sessionId);
            if (known == null) {
                known = read.get();
                if (known.isEmpty() || Weight.isLight(known.get())) {
                    latest.put(sessionId, known);
                }
            }
            return known;
        }

        synchronized List<SessionRecord> liveSessions(Supplier<List<SessionRecord>> read) {
            List<SessionRecord> known = liveSessions;
            if (known == null) {
                known = List.copyOf(read.get());
                liveSessions = known;
            }
            return known;
        }

        /** @param read tells so many, or all if they are fewer */
        synchronized List<Job> liveJobs(int limit, Supplier<List<Job>> read) {
            List<Job> known = liveJobs;
            if (known == null) {
                known = List.copyOf(read.get());
                liveJobs = known.size() < limit && Weight.isLight(known) ? known : null;
            }
            return known;
        }

        /** A job that is known to be live. */
        synchronized Optional<Job> liveJob(long number) {
            List<Job> known = liveJobs;
            return known == null ? Optional.empty() : known.stream().filter(job -> job.number() == number).findFirst();
        }

        /** As {@link #liveJobs}, of those that wait for outcomes. */
        synchronized List<Job> waitingJobs(int limit, Supplier<List<Job>> read) {
            List<Job> known = waitingJobs;
            if (known == null) {
                known = List.copyOf(read.get());
                waitingJobs = known.size() < limit && Weight.isLight(known) ? known : null;
            }
            return known;
        }

        synchronized List<KnownObject> objects(Supplier<List<KnownObject>> read) {
            List<KnownObject> known = objects;
            if (known == null) {
                known = List.copyOf(read.get());
                objects = known;
            }
            return known;
        }

        synchronized List<Validator> validators(String moid, Supplier<List<Validator>> read) {
            return validators.computeIfAbsent(moid, _ -> List.copyOf(read.get()));
        }

        synchronized List<Head> descriptions(Supplier<List<Head>> read) {
            List<Head> known = descriptions;
            if (known == null) {
                known = List.copyOf(read.get());
                descriptions = known;
            }
            return known;
        }

        synchronized long newestJob(Supplier<Long> read) {
            Long known = newestJob;
            if (known == null) {
                known = read.get();
                newestJob = known;
            }
            return known;
        }
    }

    synchronized Card of(String deviceId) {
        Card card = cards.computeIfAbsent(deviceId, _ -> new Card());
        if (cards.size() > MAX_CARDS) {
            cards.pollFirstEntry();
        }
        return card;
    }

    /** Throws the cards of all devices away of which a layer tells. */
    public synchronized void forget(Layer layer) {
        cards.keySet().removeAll(layer.devices.keySet());
        cards.keySet().removeAll(layer.sessionsOf.keySet());
        cards.keySet().removeAll(layer.jobsOf.keySet());
        cards.keySet().removeAll(layer.objects.keySet());
        cards.keySet().removeAll(layer.validators.keySet());
    }

    public synchronized void forgetAll() {
        cards.clear();
    }
}
