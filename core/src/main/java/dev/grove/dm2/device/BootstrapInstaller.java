package dev.grove.dm2.device;

import dev.grove.dm2.Dm2Status;
import dev.grove.dm2.ObjectCodec;
import dev.grove.dm2.ObjectDocument;
import dev.grove.dm2.access.Delegation.Part;
import dev.grove.dm2.access.ServerAccess;
import dev.grove.dm2.device.GraftPlan.Grounds;
import dev.grove.dm2.device.ObjectInstaller.Installed;
import dev.grove.tree.ClientUri;
import dev.grove.tree.DescriptionNode;
import dev.grove.tree.Node;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Tree;
import dev.grove.wire.Json;
import dev.grove.wire.Malformed;
import dev.grove.wire.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Puts a bootstrap into the tree, as a whole or not at all ([DM 2.0 §8.5]): accounts, which no server could write, and
 * whatever else there is, as HGET would. An account of a server that the device knows already is renewed.
 */
public final class BootstrapInstaller {

    /** The node that accounts stand under. */
    public static final NodeUri ACCOUNTS = NodeUri.parse("./DMAcc");

    private static final String ACCOUNT = "urn:oma:mo:oma-dm-dmacc:";

    private final Dm2Context context;

    /** @param context of which the server counts for nothing: a bootstrap comes from nobody yet */
    public BootstrapInstaller(Dm2Context context) {
        this.context = context;
    }

    /**
     * What came of it.
     *
     * @param tree the tree from now on; the old one unless all is well
     * @param servers the identifiers of the servers whose accounts came
     */
    public record Result(Outcome outcome, Tree tree, List<String> servers) {
        public Result {
            servers = List.copyOf(servers);
        }
    }

    public Result install(Packet data, Tree tree) {
        if (!ObjectCodec.isOne(data)) {
            return refused(tree, Dm2Status.UNSUPPORTED_MEDIA_TYPE, "a bootstrap is " + ObjectDocument.MEDIA_TYPE);
        }
        try {
            return install(ObjectCodec.decode(data, context.settings().limits()), tree);
        } catch (Malformed | IllegalArgumentException broken) {
            return refused(tree, Dm2Status.UNSUPPORTED_MEDIA_TYPE, String.valueOf(broken.getMessage()));
        }
    }

    private static Result refused(Tree tree, StatusCode status, String why) {
        return new Result(Outcome.of(status, why), tree, List.of());
    }

    private Result install(ObjectDocument document, Tree tree) {
        List<ObjectDocument.Part> others = new ArrayList<>();
        List<String> servers = new ArrayList<>();
        Tree changed = tree;
        for (ObjectDocument.Part part : document.parts()) {
            if (!moid(part).startsWith(ACCOUNT)) {
                others.add(part);
                continue;
            }
            Map.Entry<String, Json> account = account(part);
            servers.add(serverId(account.getValue()));
            changed = withAccount(changed, moid(part), account);
        }
        if (others.isEmpty()) {
            return new Result(Outcome.of(Dm2Status.OK), changed, servers);
        }
        Dm2Context free = new Dm2Context(new Dm2ClientSettings(context.settings().deviceId(),
                context.settings().limits(), context.settings().maxPackages(), context.settings().descriptions(),
                null), context.server(), context.servers(), context.editor(), context.values(), context.policy(),
                context.alerts(), context.now());
        Installed installed = new ObjectInstaller(free, changed)
                .put(ObjectCodec.encode(new ObjectDocument(others)));
        return installed.outcome().status().isSuccess()
                ? new Result(installed.outcome(), owned(installed, servers), servers)
                : new Result(installed.outcome(), tree, List.of());
    }

    /** What comes with one account is its server's. */
    private Tree owned(Installed installed, List<String> servers) {
        if (servers.size() != 1) {
            return installed.tree();
        }
        ServerAccess server = new ServerAccess(servers.getFirst(), "", NodeUri.ROOT, context.server().moids());
        Dm2Context ofServer = new Dm2Context(context.settings(), server, context.servers(), context.editor(),
                context.values(), context.policy(), context.alerts(), context.now());
        return Adoptions.settled(installed.tree(), installed.uris().stream().map(ClientUri::parse)
                .map(uri -> Part.root(uri.moid(), uri.instance())).collect(Collectors.toSet()), ofServer);
    }

    private static String moid(ObjectDocument.Part part) {
        String moid = ClientUri.parse(part.uri()).moid();
        return moid.startsWith("oma:mo:") ? "urn:" + moid : moid;
    }

    private static Map.Entry<String, Json> account(ObjectDocument.Part part) {
        boolean isRoot = ClientUri.parse(part.uri()).path().isEmpty();
        if (!isRoot || part.data().fields().size() != 1) {
            throw new IllegalArgumentException("an account comes whole (DM 2.0 8.5)");
        }
        return part.data().fields().entrySet().iterator().next();
    }

    private static String serverId(Json account) {
        String id = account instanceof Json.Obj(Map<String, Json> fields)
                ? Stream.of("SrvID", "ServerID").map(fields::get).filter(Objects::nonNull).findFirst()
                        .map(json -> json instanceof Json.Str(String text) ? text : "").orElse("")
                : "";
        if (id.isBlank()) {
            throw new IllegalArgumentException("an account has a SrvID (DM 2.0 12.2)");
        }
        return id;
    }

    private Tree withAccount(Tree tree, String moid, Map.Entry<String, Json> account) {
        if (!GraftPlan.isName(account.getKey())) {
            throw new IllegalArgumentException("the account's name is no node name");
        }
        NodeUri uri = known(tree, serverId(account.getValue())).orElseGet(() -> free(tree, account.getKey()));
        DescriptionNode described = context.editor().description().ofType(moid).orElse(null);
        return GraftPlan.grafted(tree, uri, account.getValue(), new Grounds(described, moid, context.now()));
    }

    private static Optional<NodeUri> known(Tree tree, String serverId) {
        return tree.uris(NodeUri.ROOT).stream()
                .filter(uri -> tree.at(uri).filter(node -> node.type().startsWith(ACCOUNT)).isPresent())
                .filter(uri -> Stream.of("SrvID", "ServerID").anyMatch(name -> tree.at(uri.child(name))
                        .map(Node::value).filter(value -> value.text().equals(serverId)).isPresent()))
                .findFirst();
    }

    private static NodeUri free(Tree tree, String name) {
        NodeUri uri = ACCOUNTS.child(name);
        for (int i = 2; tree.has(uri); i++) {
            uri = ACCOUNTS.child(name + i);
        }
        return uri;
    }
}
