package dev.grove.client.dm2;

import dev.grove.auth.HttpLogin;
import dev.grove.dm2.Dm2Objects;
import dev.grove.dm2.ObjectIndex.Instance;
import dev.grove.dm2.ObjectIndex;
import dev.grove.dm2.access.ServerAccess;
import dev.grove.notify.Dm2Notification.Credential;
import dev.grove.tree.Node;
import dev.grove.tree.Tree;
import dev.grove.wire.Bytes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An account of DM 2.0 as a device uses it ([DM 2.0 §12.2]).
 *
 * @param login for HTTP Basic and Digest: {@code Auth/Trsp/Data} is the user, {@code Auth/Trsp/Secret} the password;
 *     absent if there is none
 * @param notification how the server proves itself in notifications: {@code Auth/Noti/Secret} and
 *     {@code Auth/Noti/Data}; absent if there is none
 * @param push how notifications come by a messaging service; absent if they do not
 */
public record Dm2Account(ServerAccess access, @Nullable HttpLogin login, @Nullable Credential notification,
        @Nullable Push push) {

    /**
     * What stands under {@code Push/GCM} ([DM 2.0 E.2.3, §12.2]).
     *
     * @param senderId of the server at the messaging service
     * @param regUri is told the device's name there
     * @param unRegUri is told when it counts no more; absent: nobody is
     * @param regParams to be told too, as the query of a URI; empty: none
     */
    public record Push(String senderId, String regUri, @Nullable String unRegUri, String regParams) {}

    /** The identifier of the object. */
    public static final String MOID = Dm2Objects.DM_ACC_MOID;

    public String serverId() {
        return access.serverId();
    }

    /** All usable accounts of a tree: with an identifier and an HTTP address, each identifier once. */
    public static List<Dm2Account> in(Tree tree) {
        List<Dm2Account> accounts = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (Instance instance : ObjectIndex.of(tree).of(MOID)) {
            read(instance, tree.at(instance.root()).orElseThrow()).filter(account -> known.add(account.serverId()))
                    .ifPresent(accounts::add);
        }
        return accounts;
    }

    private static Optional<Dm2Account> read(Instance instance, Node node) {
        Optional<String> id = text(node, "SrvID").or(() -> text(node, "ServerID"));
        Optional<String> url = text(node, "SrvURI").or(() -> text(node, "ServerURI")).filter(Dm2Account::isHttp);
        if (id.isEmpty() || url.isEmpty()) {
            return Optional.empty();
        }
        Set<String> moids = new HashSet<>();
        node.child("Perm").ifPresent(all -> all.children().forEach((name, one) -> text(one, "MOID")
                .ifPresent(moids::add)));
        return Optional.of(new Dm2Account(new ServerAccess(id.get(), url.get(), instance.root(), moids),
                login(node).orElse(null), notification(node).orElse(null), push(node).orElse(null)));
    }

    private static boolean isHttp(String url) {
        String lower = url.toLowerCase(Locale.ROOT);
        return lower.startsWith("https://") || lower.startsWith("http://");
    }

    private static Optional<HttpLogin> login(Node account) {
        Optional<Node> transport = account.child("Auth").or(() -> account.child("Credentials"))
                .flatMap(auth -> auth.child("Trsp"));
        Optional<String> user = transport.flatMap(node -> text(node, "Data").or(() -> text(node, "AuthData")))
                .filter(name -> !name.isEmpty() && name.chars().allMatch(c -> c >= ' ' && c != ':' && c != 0xFFFD));
        Optional<String> password = transport
                .flatMap(node -> text(node, "Secret").or(() -> text(node, "AuthSecret")));
        return user.flatMap(name -> password.map(secret -> new HttpLogin(name, secret)));
    }

    /** The table of [DM 2.0 §12.2] comes first; the others are what the text says in three other places. */
    private static Optional<Credential> notification(Node account) {
        Optional<Node> found = account.child("Auth").flatMap(auth -> auth.child("Noti"))
                .or(() -> account.child("Credentials").flatMap(all -> all.child("Noti")))
                .or(() -> account.child("AuthNoti"));
        Optional<Bytes> secret = found
                .flatMap(node -> octets(node, "Secret").or(() -> octets(node, "AuthSecret")))
                .filter(octets -> !octets.isEmpty());
        Bytes authData = found.flatMap(node -> octets(node, "Data").or(() -> octets(node, "AuthData")))
                .orElse(Bytes.EMPTY);
        return secret.map(octets -> new Credential(octets, authData));
    }

    private static Optional<Bytes> octets(Node node, String name) {
        return node.child(name).filter(leaf -> !leaf.isInterior()).map(Node::data);
    }

    /** The figure of [DM 2.0 E.2] and its table differ in names. */
    private static Optional<Push> push(Node account) {
        Optional<Node> gcm = account.child("Push").flatMap(push -> push.child("GCM"));
        Optional<String> senderId = gcm.flatMap(node -> text(node, "SenderID"));
        Optional<String> regUri = gcm.flatMap(node -> text(node, "RegURI").or(() -> text(node, "RegURL")));
        if (gcm.isEmpty() || senderId.isEmpty() || regUri.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> unRegUri = text(gcm.get(), "UnRegURI").or(() -> text(gcm.get(), "UnRegURL"))
                .or(() -> text(gcm.get(), "UnREgURL"));
        return Optional.of(new Push(senderId.get(), regUri.get(), unRegUri.orElse(null),
                text(gcm.get(), "RegParams").orElse("")));
    }

    private static Optional<String> text(Node node, String name) {
        return node.child(name).filter(leaf -> !leaf.isInterior()).map(leaf -> leaf.value().text())
                .filter(text -> !text.isBlank());
    }
}
