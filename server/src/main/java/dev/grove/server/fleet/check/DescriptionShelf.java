package dev.grove.server.fleet.check;

import dev.grove.mo.Ddf;
import dev.grove.mo.DdfReader;
import dev.grove.server.fleet.Descriptions.Head;
import dev.grove.server.fleet.MirrorNode;
import dev.grove.server.fleet.Store;
import dev.grove.server.fleet.Store.Records;
import dev.grove.tree.Description;
import dev.grove.tree.NodeUri;
import dev.grove.wire.Bytes;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The descriptions of the devices: documents that were given for one device, kept in the store, and documents for whole
 * models, which apply to every device whose {@code ./DevInfo/Man} and {@code Mod} are those of the document. A document
 * without maker or model is for any.
 */
public final class DescriptionShelf {

    private static final Logger LOG = LoggerFactory.getLogger(DescriptionShelf.class);
    private static final NodeUri MAN = NodeUri.parse("./DevInfo/Man");
    private static final NodeUri MOD = NodeUri.parse("./DevInfo/Mod");
    private static final int MAX_PARSED = 64;

    /**
     * @param maxBytes the longest document that is taken
     * @param maxDocuments how many documents one device may have
     */
    public record Rules(int maxBytes, int maxDocuments) {

        /** Two mebibytes, a hundred documents. */
        public static final Rules USUAL = new Rules(2 << 20, 100);
    }

    /** What became of a document. */
    public sealed interface Kept {
        /** It is durable. */
        record Done(Head head, boolean isNew) implements Kept {}

        /** Nobody knows the device. */
        record UnknownDevice() implements Kept {}

        /** The device has as many documents as it may have. */
        record TooMany(int limit) implements Kept {}
    }

    private final Store store;
    private final List<Ddf> ofModels;
    private final Rules rules;
    private final Map<String, Description> parsed = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Description> eldest) {
            return size() > MAX_PARSED;
        }
    };

    /** @param ofModels documents for whole models */
    public DescriptionShelf(Store store, List<Ddf> ofModels, Rules rules) {
        this.store = store;
        this.ofModels = List.copyOf(ofModels);
        this.rules = rules;
    }

    public Rules rules() {
        return rules;
    }

    /**
     * Keeps a document for one device, in place of an earlier one of the same name.
     *
     * @throws Malformed if it is no description, or longer than it may be
     */
    public Kept keep(String deviceId, String name, Bytes document, Instant now) throws Malformed {
        Ddf read = DdfReader.read(document, limits());
        Head head = new Head(name, read.man(), read.mod(), document.length(), sha256(document), now);
        return store.write(records -> {
            if (records.devices().find(deviceId).isEmpty()) {
                return new Kept.UnknownDevice();
            }
            boolean isNew = records.descriptions().find(deviceId, name).isEmpty();
            if (isNew && records.descriptions().list(deviceId).size() >= rules.maxDocuments()) {
                return new Kept.TooMany(rules.maxDocuments());
            }
            records.descriptions().put(deviceId, head, document);
            return new Kept.Done(head, isNew);
        });
    }

    /** All that is known of a device beforehand; what was given for the device itself comes first. */
    public Description of(String deviceId) {
        record Known(List<Head> heads, String man, String mod) {}
        Known known = store.read(r -> new Known(r.descriptions().list(deviceId), leaf(r, deviceId, MAN),
                leaf(r, deviceId, MOD)));
        List<Description> all = new ArrayList<>();
        for (Head head : known.heads()) {
            parsed(deviceId, head).ifPresent(all::add);
        }
        for (Ddf model : ofModels) {
            if (isOf(model.man(), known.man()) && isOf(model.mod(), known.mod())) {
                all.add(model.description());
            }
        }
        return all.stream().reduce(Description.NONE, Description::and);
    }

    private static boolean isOf(String named, String found) {
        return named.isBlank() || named.strip().equalsIgnoreCase(found.strip());
    }

    private String leaf(Records records, String deviceId, NodeUri uri) {
        return ofModels.isEmpty() ? ""
                : records.mirror().find(deviceId, uri).map(MirrorNode::value).map(value -> value.text()).orElse("");
    }

    private Optional<Description> parsed(String deviceId, Head head) {
        synchronized (parsed) {
            Description known = parsed.get(head.sha256());
            if (known != null) {
                return Optional.of(known);
            }
        }
        Optional<Bytes> document = store.read(r -> r.descriptions().document(deviceId, head.name()));
        if (document.isEmpty()) {
            return Optional.empty();
        }
        try {
            Description read = DdfReader.read(document.get(), DdfReader.LIMITS).description();
            synchronized (parsed) {
                parsed.put(sha256(document.get()), read);
            }
            return Optional.of(read);
        } catch (Malformed unknown) {
            LOG.atWarn().addKeyValue("device", deviceId).log("the description {} is no longer understood: {}",
                    head.name(), unknown.getMessage());
            return Optional.empty();
        }
    }

    private Limits limits() {
        Limits most = DdfReader.LIMITS;
        return new Limits(rules.maxBytes(), most.maxDepth(), most.maxElements(), rules.maxBytes());
    }

    private static String sha256(Bytes document) {
        try {
            return Bytes.wrap(MessageDigest.getInstance("SHA-256").digest(document.toArray())).hex();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
