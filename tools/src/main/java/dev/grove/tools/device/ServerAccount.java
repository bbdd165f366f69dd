package dev.grove.tools.device;

import dev.grove.auth.HttpLogin;
import dev.grove.auth.Scheme;
import dev.grove.client.dm2.Dm2Account;
import dev.grove.mo.DmAcc;
import dev.grove.mo.NodeBuilder;
import dev.grove.mo.DmAcc.Address;
import dev.grove.mo.DmAcc.Auth;
import dev.grove.mo.DmAcc.Found;
import dev.grove.mo.DmAcc.Level;
import dev.grove.notify.Dm2Notification.Credential;
import dev.grove.tree.Node;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Tree;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server that a device is given on the command line.
 *
 * @param serverId its name in access control lists
 * @param client what the device shows; absent if the transport vouches for it
 * @param server what the server must show; absent if it need not
 * @param notification the same in notifications of DM 2.0
 */
public record ServerAccount(String serverId, String url, @Nullable Login client, @Nullable Login server,
        @Nullable Credential notification) {

    public ServerAccount(String serverId, String url, @Nullable Login client, @Nullable Login server) {
        this(serverId, url, client, server, null);
    }

    ServerAccount with(@Nullable Credential ofNotifications) {
        return new ServerAccount(serverId, url, client, server, ofNotifications);
    }

    private static final String NODE = "Grove";

    /**
     * One side's credentials.
     *
     * @param nonce the first one; later ones are kept in the account
     */
    public record Login(Scheme scheme, String userName, String secret, Bytes nonce) {

        private Auth auth(Level level) {
            String type = switch (scheme) {
                case BASIC -> "BASIC";
                case MD5 -> "DIGEST";
                case MAC -> "HMAC";
                case SHA256 -> "SHA256";
            };
            return new Auth(level, type, userName, secret, nonce);
        }

        /** Names the user only. */
        @Override
        public String toString() {
            return "Login[" + scheme + ", " + userName + "]";
        }
    }

    /**
     * {@code tree} with this account. One that says the same already stays as it is, with the nonces of the sessions
     * that it has had.
     */
    Tree into(Tree tree, NodeUri accounts, Instant now) {
        Optional<Found> known = DmAcc.in(tree).stream().filter(found -> isSame(found.account())).findFirst();
        if (known.isPresent()) {
            return tree;
        }
        Tree grown = tree;
        for (int i = 1; i <= accounts.segments().size(); i++) {
            NodeUri above = new NodeUri(accounts.segments().subList(0, i));
            if (!grown.has(above)) {
                grown = grown.with(above, Node.interior("", now).asPermanent());
            }
        }
        return grown.with(accounts.child(NODE), account().node(now));
    }

    /** The same as an account of DM 2.0, which may manage all objects ([DM 2.0 §12.2]). */
    Tree intoDm2(Tree tree, NodeUri accounts, Instant now) {
        HttpLogin login = client == null ? null : new HttpLogin(client.userName(), client.secret());
        boolean isKnown = Dm2Account.in(tree).stream().anyMatch(known -> known.serverId().equals(serverId)
                && known.access().url().equals(url) && Objects.equals(known.login(), login)
                && Objects.equals(known.notification(), notification));
        if (isKnown) {
            return tree;
        }
        NodeBuilder account = NodeBuilder.dynamic(Dm2Account.MOID, now).leaf("SrvID", serverId).leaf("SrvURI", url)
                .leaf("Name", serverId).interior("Perm", all -> all.interior("1", one -> one.leaf("MOID", "*")));
        if (login != null || notification != null) {
            account.interior("Auth", auth -> {
                if (login != null) {
                    write(auth, "Trsp", Bytes.utf8(login.userName()), Bytes.utf8(login.password()));
                }
                if (notification != null) {
                    write(auth, "Noti", notification.authData(), notification.secret());
                }
            });
        }
        Tree grown = tree.has(accounts) ? tree : tree.with(accounts, Node.interior("", now).asPermanent());
        return grown.with(accounts.child(NODE), account.build());
    }

    private static void write(NodeBuilder auth, String name, Bytes data, Bytes secret) {
        auth.interior(name, one -> one.leaf("Data", Value.binary(data)).leaf("Secret", Value.binary(secret)));
    }

    private DmAcc account() {
        List<Auth> auths = new ArrayList<>();
        if (client != null) {
            auths.add(client.auth(Level.CLCRED));
        }
        if (server != null) {
            auths.add(server.auth(Level.SRVCRED));
        }
        return new DmAcc(serverId, null, null, List.of(), List.of(new Address(url, "URI", List.of())), null, auths);
    }

    private boolean isSame(DmAcc known) {
        DmAcc wanted = account();
        return known.serverId().equals(serverId) && known.addresses().equals(wanted.addresses())
                && known.auths().size() == wanted.auths().size()
                && wanted.auths().stream().allMatch(auth -> known.auths().stream().anyMatch(k -> isSame(k, auth)));
    }

    private static boolean isSame(Auth one, Auth other) {
        return one.level() == other.level() && one.type().equals(other.type())
                && Objects.equals(one.name(), other.name()) && Objects.equals(one.secret(), other.secret());
    }
}
