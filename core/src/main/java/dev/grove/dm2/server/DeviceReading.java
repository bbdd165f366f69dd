package dev.grove.dm2.server;

import dev.grove.dm2.ObjectCodec;
import dev.grove.dm2.ObjectContent;
import dev.grove.dm2.ObjectContent.Known;
import dev.grove.dm2.ObjectDocument;
import dev.grove.engine.Fact;
import dev.grove.tree.ClientUri;
import dev.grove.tree.DescriptionNode;
import dev.grove.tree.Format;
import dev.grove.tree.Outcome.Result;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import dev.grove.wire.Packet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a device tells of its nodes, as results: a serialized object, or a single leaf in its own media type
 * ([DM 2.0 §7.2.1.4, App. F]). A leaf has the format that its description gives it, else the one that its JSON or its
 * media type suggests.
 */
public final class DeviceReading {

    /** The bearer has limited how long it is; this is about its shape. */
    private static final Limits LIMITS = new Limits(256 << 20, 64, 1_000_000, 256 << 20);

    private final Knowledge knowledge;

    public DeviceReading(Knowledge knowledge) {
        this.knowledge = knowledge;
    }

    /**
     * What was found.
     *
     * @param results the nodes, each interior one with the names of its children, before what is below it
     * @param facts that the values were learned, and the validators that go with them
     */
    public record Read(List<Result> results, List<Fact> facts) {
        public Read {
            results = List.copyOf(results);
            facts = List.copyOf(facts);
        }
    }

    /**
     * Reads what a device sends of a node.
     *
     * @param asked the node as the operation names it: results below a place in a tree have such addresses
     * @param sent the node as the command names it
     * @throws Malformed if it is no document of objects
     */
    public Read read(Packet data, String asked, ClientUri sent) throws Malformed {
        Collection found = new Collection(asked, sent);
        if (ObjectCodec.isOne(data)) {
            for (ObjectDocument.Part part : ObjectCodec.decode(data, LIMITS).parts()) {
                found.add(part);
            }
        } else {
            found.leaf(data);
        }
        List<Fact> facts = new ArrayList<>();
        if (!found.results.isEmpty()) {
            facts.add(new Fact.Learned(found.results));
        }
        facts.addAll(found.validators);
        return new Read(found.results, facts);
    }

    /** The results of one answer. */
    private final class Collection {

        private final ClientUri sent;
        private final Optional<NodeUri> place;
        private final List<Result> results = new ArrayList<>();
        private final List<Fact> validators = new ArrayList<>();

        Collection(String asked, ClientUri sent) {
            this.sent = sent;
            this.place = asked.isEmpty() || ClientUri.isLikely(asked) || sent.hasWildcard()
                    ? Optional.empty()
                    : Optional.of(NodeUri.parse(asked));
        }

        void add(ObjectDocument.Part part) throws Malformed {
            ClientUri uri = told(part.uri());
            Known known = new Known(knowledge.described(uri), Optional.empty());
            switch (ObjectContent.read(part.data(), known)) {
                case ObjectContent.Read.Refused(String reason) -> throw new Malformed(-1, part.uri(), reason);
                case ObjectContent.Read.Content(ObjectContent content) -> nodes(uri, content);
            }
            String validator = part.validator();
            if (validator != null && uri.path().isEmpty() && sent.level() == null) {
                validators.add(new Fact.ValidatorLearned(uri.moid(), uri.instance(), validator));
            }
        }

        /** What the device names is a node without wildcards; what it names badly is what was asked. */
        private ClientUri told(String text) {
            try {
                ClientUri uri = ClientUri.parse(text);
                return ClientUri.of(uri.moid(), uri.instance(), uri.path());
            } catch (IllegalArgumentException _) {
                return new ClientUri(sent.moid(), sent.instance(), sent.path(), sent.where(), null, null);
            }
        }

        void leaf(Packet data) {
            ClientUri uri = new ClientUri(sent.moid(), sent.instance(), sent.path(), sent.where(), null, null);
            String type = data.baseMediaType();
            Format format = format(uri).orElseGet(() -> ofMediaType(type));
            results.add(new Result(address(uri, List.of()), new Value(format, type, data.body())));
        }

        private void nodes(ClientUri start, ObjectContent content) {
            Map<List<String>, List<String>> children = new HashMap<>();
            for (ObjectContent.Entry entry : content.entries()) {
                if (!entry.path().isEmpty()) {
                    children.computeIfAbsent(entry.path().subList(0, entry.path().size() - 1),
                            _ -> new ArrayList<>()).add(entry.path().getLast());
                }
            }
            for (ObjectContent.Entry entry : content.entries()) {
                Value value = entry.value();
                boolean isInterior = value.format() == Format.NODE;
                Value told = isInterior ? new Value(Format.NODE, value.type(), Bytes.utf8(
                        String.join("/", children.getOrDefault(entry.path(), List.of())))) : value;
                results.add(new Result(address(start, entry.path()), told));
            }
        }

        private String address(ClientUri start, List<String> below) {
            return place.map(node -> node.resolve(new NodeUri(below)).toString())
                    .orElseGet(() -> child(start, below).toString());
        }

        private static ClientUri child(ClientUri start, List<String> below) {
            List<String> path = new ArrayList<>(start.path());
            path.addAll(below);
            return new ClientUri(start.moid(), start.instance(), path, start.where(), null, null);
        }
    }

    private Optional<Format> format(ClientUri uri) {
        return knowledge.described(uri).map(DescriptionNode::formats)
                .flatMap(formats -> formats.stream().filter(f -> f != Format.NODE).sorted().findFirst());
    }

    private static Format ofMediaType(String type) {
        if (type.endsWith("/xml") || type.endsWith("+xml")) {
            return Format.XML;
        }
        boolean isText = type.startsWith("text/") || type.endsWith("json") || type.isEmpty();
        return isText ? Format.CHR : Format.BIN;
    }
}
