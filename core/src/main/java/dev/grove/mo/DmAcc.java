package dev.grove.mo;

import dev.grove.tree.Format;
import dev.grove.tree.Node;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Tree;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An account with a management server ([STDOBJ 1.2 §5]).
 *
 * @param serverId the server's identifier; its name in ACLs
 * @param name for people; none if absent
 * @param prefConRef URI of the connection to use first; none if absent
 * @param connections URIs of connections
 * @param addresses where the server is, in the order in which to try; never empty in a complete account
 * @param preferredAuth an AAuthType; none if absent, empty for that of the last session
 */
public record DmAcc(String serverId, @Nullable String name, @Nullable String prefConRef, List<String> connections,
        List<Address> addresses, @Nullable String preferredAuth, List<Auth> auths) {

    /** An address with its kind ({@code URI}, {@code IPv4}, {@code IPv6}) and port numbers. */
    public record Address(String addr, String addrType, List<String> ports) {
        public Address {
            ports = List.copyOf(ports);
        }
    }

    /** Who proves to whom, and at what level. */
    public enum Level {
        /** The client to the server, in SyncHdr. */
        CLCRED,
        /** The server to the client, in SyncHdr. */
        SRVCRED,
        /** On OBEX. */
        OBEX,
        /** On HTTP. */
        HTTP
    }

    /**
     * One set of credentials.
     *
     * @param type as in the object, such as {@code BASIC}, {@code DIGEST}, {@code HMAC}, {@code TRANSPORT}
     * @param name none if absent
     * @param secret none if absent
     * @param data such as a nonce; none if absent
     */
    public record Auth(Level level, String type, @Nullable String name, @Nullable String secret,
            @Nullable Bytes data) {
        /** Without secret and nonce. */
        @Override
        public String toString() {
            return "Auth[" + level + ", " + type + ", " + name + "]";
        }
    }

    public DmAcc {
        connections = List.copyOf(connections);
        addresses = List.copyOf(addresses);
        auths = List.copyOf(auths);
    }

    /** An account as it stands in a tree. */
    public record Found(NodeUri uri, DmAcc account) {}

    /** The credentials of a level, in order. */
    public List<Auth> auths(Level level) {
        return auths.stream().filter(auth -> auth.level() == level).toList();
    }

    // ---- reading

    /**
     * All accounts of a tree: interior nodes of the account's identifier, whatever its version, and the nodes under
     * {@code ./DMAcc} and {@code ./SyncML/DMAcc}; the flat accounts of DM 1.1.2 too. An object without a server
     * identifier is no account.
     */
    public static List<Found> in(Tree tree) {
        List<Found> found = new ArrayList<>();
        tree.walk(NodeUri.ROOT, (uri, node) -> {
            if (node.isInterior() && !uri.isRoot() && isAccount(uri, node)) {
                read(node).ifPresent(account -> found.add(new Found(uri, account)));
            }
        });
        return found;
    }

    private static boolean isAccount(NodeUri uri, Node node) {
        String type = node.type().toLowerCase(Locale.ROOT);
        NodeUri parent = uri.parent();
        return type.startsWith("urn:oma:mo:oma-dm-dmacc:") || type.equals("org.openmobilealliance/1.0/w7")
                || parent.equals(StandardObjects.DM_ACC) || parent.segments().equals(List.of("SyncML", "DMAcc"));
    }

    /** The account that an interior node holds; empty if it has no server identifier. */
    public static Optional<DmAcc> read(Node node) {
        Optional<String> current = text(node, "ServerID");
        if (current.isPresent()) {
            return current.map(id -> new DmAcc(id, orNull(node, "Name"), orNull(node, "PrefConRef"),
                    texts(node, "ToConRef", "ConRef"), addresses(node), orNull(node, "AAuthPref"), auths(node)));
        }
        return text(node, "ServerId").map(id -> flat(id, node));
    }

    private static List<Address> addresses(Node node) {
        List<Address> addresses = new ArrayList<>();
        below(node, "AppAddr").forEach(address -> text(address, "Addr").ifPresent(addr -> addresses.add(new Address(
                addr, text(address, "AddrType").orElse("URI"), texts(address, "Port", "PortNbr")))));
        return addresses;
    }

    private static List<Auth> auths(Node node) {
        List<Auth> auths = new ArrayList<>();
        for (Node auth : below(node, "AppAuth")) {
            Optional<Level> level = text(auth, "AAuthLevel").flatMap(DmAcc::level);
            level.ifPresent(l -> auths.add(new Auth(l, text(auth, "AAuthType").orElse(""), orNull(auth, "AAuthName"),
                    orNull(auth, "AAuthSecret"), auth.child("AAuthData").map(Node::data).orElse(null))));
        }
        return auths;
    }

    /** Reads an AAuthLevel; empty if it is none. */
    public static Optional<Level> level(String text) {
        return switch (text.strip().toUpperCase(Locale.ROOT)) {
            // The second name of each is that of client provisioning: to the application server, to the client.
            case "CLCRED", "APPSRV" -> Optional.of(Level.CLCRED);
            case "SRVCRED", "CLIENT" -> Optional.of(Level.SRVCRED);
            case "OBEX" -> Optional.of(Level.OBEX);
            case "HTTP" -> Optional.of(Level.HTTP);
            default -> Optional.empty();
        };
    }

    /** DM 1.1.2: one address, a user's name and password, a password of the server, all in one node. */
    private static DmAcc flat(String serverId, Node node) {
        List<Address> addresses = text(node, "Addr").map(addr -> List.of(new Address(addr,
                text(node, "AddrType").orElse("URI"), text(node, "PortNbr").map(List::of).orElse(List.of()))))
                .orElse(List.of());
        String type = text(node, "AuthPref").orElse("");
        List<Auth> auths = new ArrayList<>();
        if (node.child("UserName").isPresent()) {
            auths.add(new Auth(Level.CLCRED, type, orNull(node, "UserName"), orNull(node, "ClientPW"),
                    node.child("ClientNonce").map(Node::data).orElse(null)));
        }
        if (node.child("ServerPW").isPresent()) {
            auths.add(new Auth(Level.SRVCRED, type, serverId, orNull(node, "ServerPW"),
                    node.child("ServerNonce").map(Node::data).orElse(null)));
        }
        List<String> connections = text(node, "ConRef").map(List::of).orElse(List.of());
        return new DmAcc(serverId, orNull(node, "Name"), connections.isEmpty() ? null : connections.getFirst(),
                connections, addresses, type.isEmpty() ? null : type, auths);
    }

    private static Optional<String> text(Node node, String name) {
        return node.child(name).filter(leaf -> !leaf.isInterior()).map(leaf -> leaf.value().text());
    }

    private static @Nullable String orNull(Node node, String name) {
        return text(node, name).orElse(null);
    }

    private static List<Node> below(Node node, String name) {
        List<Node> nodes = new ArrayList<>();
        node.child(name).ifPresent(inner -> inner.children().forEach((n, child) -> nodes.add(child)));
        return nodes;
    }

    private static List<String> texts(Node node, String interior, String leaf) {
        List<String> texts = new ArrayList<>();
        below(node, interior).forEach(child -> text(child, leaf).ifPresent(texts::add));
        return texts;
    }

    // ---- writing

    /** The dynamic node to put at {@code ./DMAcc/<X>}, in the form of 1.2. */
    public Node node(Instant now) {
        NodeBuilder builder = NodeBuilder.dynamic(StandardObjects.DM_ACC_MOID, now).leaf("AppID", "w7")
                .leaf("ServerID", serverId).leaf("Name", name).leaf("PrefConRef", prefConRef);
        if (!connections.isEmpty()) {
            builder.interior("ToConRef", all -> numbered(all, "ConRef", connections));
        }
        builder.interior("AppAddr", all -> {
            for (int i = 0; i < addresses.size(); i++) {
                Address address = addresses.get(i);
                all.interior(Integer.toString(i + 1), one -> write(one, address));
            }
        }).leaf("AAuthPref", preferredAuth);
        if (!auths.isEmpty()) {
            builder.interior("AppAuth", all -> {
                for (int i = 0; i < auths.size(); i++) {
                    Auth auth = auths.get(i);
                    all.interior(Integer.toString(i + 1), one -> write(one, auth));
                }
            });
        }
        return builder.build();
    }

    private static void write(NodeBuilder one, Address address) {
        one.leaf("Addr", address.addr()).leaf("AddrType", address.addrType());
        if (!address.ports().isEmpty()) {
            one.interior("Port", all -> numbered(all, "PortNbr", address.ports()));
        }
    }

    private static void write(NodeBuilder one, Auth auth) {
        one.leaf("AAuthLevel", auth.level().name()).leaf("AAuthType", auth.type()).leaf("AAuthName", auth.name())
                .leaf("AAuthSecret", auth.secret());
        if (auth.data() != null) {
            one.leaf("AAuthData", new Value(Format.BIN, "application/octet-stream", auth.data()));
        }
    }

    private static void numbered(NodeBuilder all, String leaf, List<String> texts) {
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            all.interior(Integer.toString(i + 1), one -> one.leaf(leaf, text));
        }
    }
}
