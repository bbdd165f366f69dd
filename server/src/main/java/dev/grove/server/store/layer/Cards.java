package dev.grove.server.store.layer;

import dev.grove.engine.KnownObject;
import dev.grove.server.fleet.Contact;
import dev.grove.server.fleet.Descriptions.Head;
import dev.grove.server.fleet.Device;
import dev.grove.server.fleet.DeviceObjects.Validator;
import dev.grove.server.fleet.Job;
import dev.grove.server.fleet.MirrorNode;
import dev.grove.server.fleet.SessionRecord;
import dev.grove.server.fleet.StoredSession;
import dev.grove.server.fleet.Weight;
import dev.grove.tree.NodeUri;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
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
    static final int MAX_NODES = 32;
    private static final int MAX_VALUE_BYTES = 64;

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
        private final Map<NodeUri, Optional<MirrorNode>> nodes = new HashMap<>();
        private final Set<NodeUri> heavy = new HashSet<>();
        private final Set<String> heavySessions = new HashSet<>();

        synchronized boolean hasMet(Contact.Call call) {
            return isDeviceRead && (latest.containsKey(call.sessionId()) || heavySessions.contains(call.sessionId()));
        }

        synchronized void meet(Contact.Call call, Contact found) {
            device(found::device);
            if (latest(call.sessionId(), found::session).filter(session -> !Weight.isLight(session)).isPresent()) {
                heavySessions.add(call.sessionId());
            }
            liveSessions(found::live);
            // If there are as many as were asked for, there may be more.
            if (found.jobs().size() < call.maxJobs()) {
                liveJobs(call.maxJobs(), found::jobs);
            }
            newestJob(found::newestJob);
        }

        /** Whether a node is not known, and would be kept. */
        synchronized boolean canKeep(NodeUri uri) {
            return !nodes.containsKey(uri) && !heavy.contains(uri) && nodes.size() + heavy.size() < MAX_NODES;
        }

        synchronized void keep(NodeUri uri, Optional<MirrorNode> found) {
            if (!canKeep(uri)) {
                return;
            }
            boolean isHeavy = found.map(MirrorNode::value).filter(value -> value.data().length() > MAX_VALUE_BYTES)
                    .isPresent();
            if (isHeavy) {
                heavy.add(uri);
            } else {
                nodes.put(uri, found);
            }
        }

        /** What is known of a node; empty if nothing is, not even that there is none. */
        synchronized Optional<Optional<MirrorNode>> node(NodeUri uri) {
            return Optional.ofNullable(nodes.get(uri));
        }

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

    /** Notes what was found when a device made contact. */
    public void meet(Contact.Call call, Known found) {
        Card card = of(call.deviceId());
        card.meet(call, found.contact());
        found.nodes().forEach(card::keep);
    }

    /** Throws the cards of all devices away of which a layer tells. */
    public synchronized void forget(Layer layer) {
        cards.keySet().removeAll(layer.devices());
    }

    public synchronized void forgetAll() {
        cards.clear();
    }
}
