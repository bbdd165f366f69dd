package dev.grove.client;

import dev.grove.auth.Scheme;
import dev.grove.auth.Secret;
import dev.grove.dm1.client.ClientAccount;
import dev.grove.mo.DmAcc;
import dev.grove.mo.DmAcc.Auth;
import dev.grove.mo.DmAcc.Level;
import dev.grove.tree.Format;
import dev.grove.tree.Node;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Tree;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The device's servers as its tree knows them: DMAcc objects ([STDOBJ 1.2 §5.3.3]), those of DM 1.1.2 too. They are
 * read
 * anew for each session, so that a change by one server counts from the next session on.
 */
final class Accounts {

    private Accounts() {}

    /**
     * An account and where it stands.
     *
     * @param httpUser user name and password of HTTP Basic, for a server that wants it beside its own; absent if none
     */
    record Stored(NodeUri at, ClientAccount account, @Nullable Secret httpUser) {}

    /**
     * All accounts that can be used: with a server identifier and an address.
     *
     * @param lastScheme of a server identifier: the scheme that it has accepted last, for an account that names none
     */
    static List<Stored> in(Tree tree, LastScheme lastScheme) {
        List<Stored> stored = new ArrayList<>();
        for (DmAcc.Found found : DmAcc.in(tree)) {
            DmAcc account = found.account();
            url(account).ifPresent(url -> stored.add(new Stored(found.uri(),
                    account(account, url, lastScheme.of(account.serverId()).orElse(null)), http(account))));
        }
        return stored;
    }

    interface LastScheme {
        Optional<Scheme> of(String serverId);
    }

    private static ClientAccount account(DmAcc account, String url, @Nullable Scheme last) {
        Credentials client = Credentials.of(account, Level.CLCRED, last);
        Credentials server = Credentials.of(account, Level.SRVCRED, null);
        return new ClientAccount(account.serverId(), url, client.secret(), client.schemes(), true, server.secret(),
                server.schemes());
    }

    /** What one side shows: the secret of the preferred entry, and every scheme in which the same secret counts. */
    private record Credentials(@Nullable Secret secret, List<Scheme> schemes) {

        static Credentials of(DmAcc account, Level level, @Nullable Scheme last) {
            List<Auth> usable = new ArrayList<>(account.auths(level).stream()
                    .filter(auth -> scheme(auth.type()).isPresent() && auth.secret() != null).toList());
            if (usable.isEmpty()) {
                return new Credentials(null, List.of());
            }
            Scheme preferred = preferred(account).orElse(last);
            usable.sort((a, b) -> Boolean.compare(isOf(b, preferred), isOf(a, preferred)));
            Auth first = usable.getFirst();
            List<Scheme> schemes = usable.stream().filter(auth -> sameSecret(auth, first))
                    .flatMap(auth -> scheme(auth.type()).stream()).distinct().toList();
            String name = first.name() == null ? account.serverId() : first.name();
            return new Credentials(new Secret(name, first.secret() == null ? "" : first.secret(),
                    first.data() == null ? Bytes.EMPTY : first.data()), schemes);
        }

        private static boolean isOf(Auth auth, @Nullable Scheme preferred) {
            return preferred != null && scheme(auth.type()).filter(preferred::equals).isPresent();
        }

        private static boolean sameSecret(Auth one, Auth other) {
            return String.valueOf(one.name()).equals(String.valueOf(other.name()))
                    && String.valueOf(one.secret()).equals(String.valueOf(other.secret()));
        }
    }

    private static Optional<Scheme> preferred(DmAcc account) {
        String preferred = account.preferredAuth();
        return preferred == null || preferred.isBlank() ? Optional.empty() : scheme(preferred);
    }

    /** AAuthTypes, and the names on the wire that accounts of DM 1.1.2 hold; none says MD5 there. */
    static Optional<Scheme> scheme(String type) {
        return switch (type.strip().toUpperCase(Locale.ROOT)) {
            case "BASIC" -> Optional.of(Scheme.BASIC);
            case "DIGEST", "" -> Optional.of(Scheme.MD5);
            case "HMAC" -> Optional.of(Scheme.MAC);
            case "SHA256", "SHA-256", "DIGEST-SHA256" -> Optional.of(Scheme.SHA256);
            default -> Scheme.of(type);
        };
    }

    /** The AAuthType of a scheme. That of SHA-256 is ours: the text of DMAcc 1.3 is not public. */
    static String type(Scheme scheme) {
        return switch (scheme) {
            case BASIC -> "BASIC";
            case MD5 -> "DIGEST";
            case MAC -> "HMAC";
            case SHA256 -> "SHA256";
        };
    }

    private static @Nullable Secret http(DmAcc account) {
        return account.auths(Level.HTTP).stream()
                .filter(auth -> auth.type().equalsIgnoreCase("HTTP-BASIC") && auth.name() != null
                        && auth.name().indexOf(':') < 0)
                .map(auth -> new Secret(auth.name() == null ? "" : auth.name(),
                        auth.secret() == null ? "" : auth.secret(), Bytes.EMPTY))
                .findFirst().orElse(null);
    }

    /** The first address that makes a URL, with the first port if it names none itself. */
    private static Optional<String> url(DmAcc account) {
        return account.addresses().stream().flatMap(address -> url(address).stream()).findFirst();
    }

    private static Optional<String> url(DmAcc.Address address) {
        String text = switch (address.addrType().strip().toUpperCase(Locale.ROOT)) {
            case "IPV4" -> "http://" + address.addr() + "/";
            case "IPV6" -> "http://[" + address.addr() + "]/";
            default -> address.addr();
        };
        try {
            URI uri = new URI(text);
            boolean isHttp = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (!isHttp || uri.getHost() == null) {
                return Optional.empty();
            }
            if (uri.getPort() >= 0 || address.ports().isEmpty()) {
                return Optional.of(text);
            }
            String port = address.ports().getFirst().strip();
            return Optional.of(new URI(uri.getScheme() + "://" + uri.getRawAuthority() + ":" + port
                    + (uri.getRawPath() == null ? "" : uri.getRawPath())
                    + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery())).toString());
        } catch (URISyntaxException unusable) {
            return Optional.empty();
        }
    }

    // ---- nonces

    /** {@code tree} with the nonce of one side written back into the account, if it is still there. */
    static Tree withNonce(Tree tree, NodeUri account, Level level, Bytes nonce) {
        Optional<Node> node = tree.at(account);
        if (node.isEmpty()) {
            return tree;
        }
        if (node.get().child("ServerId").isPresent()) {
            return put(tree, account.child(level == Level.CLCRED ? "ClientNonce" : "ServerNonce"), nonce);
        }
        Tree changed = tree;
        NodeUri auths = account.child("AppAuth");
        for (String name : tree.at(auths).map(all -> all.children().names()).orElse(List.of())) {
            NodeUri auth = auths.child(name);
            boolean isOfLevel = tree.at(auth.child("AAuthLevel"))
                    .flatMap(leaf -> DmAcc.level(leaf.value().text())).filter(level::equals).isPresent();
            if (isOfLevel) {
                changed = put(changed, auth.child("AAuthData"), nonce);
            }
        }
        return changed;
    }

    private static Tree put(Tree tree, NodeUri leaf, Bytes nonce) {
        Value value = new Value(Format.BIN, "application/octet-stream", nonce);
        Optional<Node> before = tree.at(leaf);
        Node node = before.isPresent() ? before.get().withValue(value)
                : Node.of(value, tree.at(leaf.parent()).orElseThrow().timestamp());
        return tree.with(leaf, node);
    }
}
