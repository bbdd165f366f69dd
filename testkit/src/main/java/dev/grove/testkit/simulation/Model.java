package dev.grove.testkit.simulation;

import dev.grove.auth.Scheme;
import dev.grove.auth.Secret;
import dev.grove.engine.Account;
import dev.grove.dm1.client.ClientAccount;
import dev.grove.dm1.client.ClientSettings;
import dev.grove.dm1.exchange.Profile;
import dev.grove.dm1.exchange.Quirk;
import dev.grove.mo.DeviceInformation.DevDetail;
import dev.grove.mo.DeviceInformation.DevInfo;
import dev.grove.mo.StandardObjects;
import dev.grove.mo.Tnds;
import dev.grove.syncml.Encoding;
import dev.grove.testkit.random.Dice;
import dev.grove.tree.Acl;
import dev.grove.tree.Mounts;
import dev.grove.tree.Node;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Tree;
import dev.grove.tree.Value;
import dev.grove.tree.edit.TreeLimits;
import dev.grove.tree.edit.TreeRules;
import dev.grove.tree.edit.TreeSetup;
import dev.grove.wire.Bytes;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What kind of device one is, and the secrets that it shares with the server.
 *
 * @param scheme how it proves itself
 * @param serverScheme how the server proves itself to it; not at all if absent
 */
record Model(ClientSettings settings, Scheme scheme, boolean credentialsAtOnce, @Nullable Scheme serverScheme) {

    static final String SERVER_URL = "http://grove.example/dm";
    private static final String SERVER_ID = "grove.example";
    private static final Acl OPEN = Acl.parse("Add=*&Delete=*&Exec=*&Get=*&Replace=*");
    private static final List<Encoding> ENCODINGS = List.of(Encoding.XML, Encoding.WBXML);
    private static final List<Scheme> SCHEMES = List.of(Scheme.values());
    private static final List<Integer> MESSAGE_SIZES = List.of(2_500, 5_000, 64 << 10);
    private static final List<Integer> OBJECT_SIZES = List.of(12_000, 4 << 20);

    /** The device of that number; profiles, encodings and schemes take turns, limits are a matter of luck. */
    static Model of(int number, Dice dice) {
        Profile profile = Profile.ALL.get(number % Profile.ALL.size());
        boolean isWindows = profile.equals(Profile.WINDOWS);
        Profile spoken = isWindows && dice.onceIn(2) ? profile.without(Quirk.ABORTS_INSTEAD_OF_CHUNKING) : profile;
        Encoding encoding = ENCODINGS.get(number / 4 % ENCODINGS.size());
        Scheme scheme = SCHEMES.get((number + number / 4) % SCHEMES.size());
        int maxMessage = isWindows ? 64 << 10 : dice.oneOf(MESSAGE_SIZES);
        ClientSettings settings = new ClientSettings("SIM:" + number, spoken, encoding, maxMessage,
                dice.oneOf(OBJECT_SIZES), 2, "syncml:auth-SHA256", false);
        Scheme serverScheme = switch (number % 3) {
            case 0 -> null;
            case 1 -> Scheme.BASIC;
            default -> Scheme.MD5;
        };
        return new Model(settings, scheme, dice.onceIn(2), serverScheme);
    }

    String id() {
        return settings.deviceId();
    }

    Profile profile() {
        return settings.profile();
    }

    /** What the device knows of the server. */
    ClientAccount account() {
        ClientAccount account = ClientAccount.open(SERVER_ID, SERVER_URL).withClient(clientSecret(), scheme,
                credentialsAtOnce);
        return serverScheme == null ? account : account.withServer(serverSecret(), serverScheme);
    }

    /** What the server knows of the device. */
    Account serverAccount() {
        return new Account(id(), clientSecret(), List.of(scheme), serverScheme == null ? null : serverSecret(),
                serverScheme == null ? Scheme.BASIC : serverScheme);
    }

    private Secret clientSecret() {
        return new Secret(id().replace(':', '-'), "password of " + id(), Bytes.EMPTY);
    }

    private Secret serverSecret() {
        return new Secret("grove", "password for " + id(), Bytes.EMPTY);
    }

    TreeSetup setup(LiveObject live) {
        TreeRules rules = profile().name().equals(Profile.WINDOWS.name()) ? TreeRules.WINDOWS : TreeRules.OMA;
        return TreeSetup.of(rules).with(StandardObjects.description())
                .with(Mounts.NONE.with(NodeUri.parse("./Sim/Live"), live)).with(Tnds.XML);
    }

    /** The tree of a device that was just made. */
    Tree tree(Instant now) {
        Tree tree = Tree.empty(now)
                .with(StandardObjects.DEV_INFO, new DevInfo(id(), "Grove", "simulated", "1.3", "en").node(now))
                .with(StandardObjects.DEV_DETAIL, new DevDetail(TreeLimits.NONE, "simulation", "Grove", "1.0", "1.0",
                        "1.0", true).node(now))
                .with(NodeUri.parse("./Sim"), Node.interior("", now).asPermanent().withAcl(OPEN))
                .with(NodeUri.parse("./Sim/Plain"), Node.interior("", now).asPermanent())
                .with(NodeUri.parse("./Sim/Pair"), Node.interior("", now).asPermanent());
        for (String leaf : List.of("./Sim/Pair/a", "./Sim/Pair/b", "./Sim/Long")) {
            tree = tree.with(NodeUri.parse(leaf), Node.of(Value.text("none"), now).asPermanent());
        }
        return tree;
    }

    /** What to print of it. */
    @Override
    public String toString() {
        return id() + " (" + profile().name() + ", " + settings.encoding() + ", " + scheme + ", server " + serverScheme
                + ", messages of " + settings.maxMsgSizeBytes() + ", objects of " + settings.maxObjSizeBytes() + ")";
    }
}
