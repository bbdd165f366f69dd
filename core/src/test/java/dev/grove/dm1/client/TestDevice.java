package dev.grove.dm1.client;

import dev.grove.dm1.command.UserInterface;
import dev.grove.dm1.exchange.Profile;
import dev.grove.syncml.Command;
import dev.grove.syncml.Encoding;
import dev.grove.syncml.Message;
import dev.grove.syncml.Meta;
import dev.grove.syncml.SyncHdr;
import dev.grove.syncml.SyncHdr.Location;
import dev.grove.syncml.SyncmlCodec;
import dev.grove.tree.Acl;
import dev.grove.tree.Format;
import dev.grove.tree.Mounts;
import dev.grove.tree.Node;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Tree;
import dev.grove.tree.Value;
import dev.grove.tree.edit.TreeEditor;
import dev.grove.tree.edit.TreeRules;
import dev.grove.tree.edit.TreeSetup;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import dev.grove.wire.Packet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A device with a small tree, and the hand of a scripted server: what is said to it, and what it says. */
final class TestDevice {

    static final String URL = "http://www.syncml.org/mgmt-server";
    static final String ID = "IMEI:493005100592800";
    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    ClientSettings settings;
    ClientAccount account = ClientAccount.open("com.example.server", URL);
    UserInterface user = UserInterface.NONE;
    List<ClientAlert> alerts = List.of();
    boolean transportVouches;
    TreeSetup setup = TreeSetup.of(TreeRules.OMA);
    final List<ClientFact> facts = new ArrayList<>();
    private final Random luck = new Random(4711);
    private Tree tree = sampleTree();
    private @Nullable ClientTurn turn;
    private int serverMsgId;

    TestDevice(Profile profile) {
        settings = ClientSettings.of(ID, profile, Encoding.XML);
    }

    static TestDevice dm13() {
        return new TestDevice(Profile.DM_1_3);
    }

    TestDevice with(ClientAccount changed) {
        account = changed;
        return this;
    }

    TestDevice with(UserInterface changed) {
        user = changed;
        return this;
    }

    TestDevice withMounts(Mounts mounts) {
        setup = setup.with(mounts);
        return this;
    }

    TestDevice withRules(TreeRules rules) {
        setup = TreeSetup.of(rules);
        return this;
    }

    TestDevice withLimits(int maxMsgSizeBytes, int maxObjSizeBytes) {
        settings = new ClientSettings(settings.deviceId(), settings.profile(), settings.encoding(), maxMsgSizeBytes,
                maxObjSizeBytes, settings.maxAttempts(), settings.sha256Name(), settings.acceptDefaultNonce());
        return this;
    }

    TestDevice withEncoding(Encoding encoding) {
        settings = ClientSettings.of(settings.deviceId(), settings.profile(), encoding);
        return this;
    }

    /** DevInfo, DevDetail, and a playground that every server may change. */
    static Tree sampleTree() {
        Tree made = Tree.empty(NOW);
        for (String leaf : List.of("DevId=" + ID, "Man=Device Factory", "Mod=SmartPhone2000", "DmV=1.0.0.1",
                "Lang=en-US")) {
            made = withLeaf(made, "./DevInfo/" + leaf.substring(0, leaf.indexOf('=')),
                    Value.text(leaf.substring(leaf.indexOf('=') + 1)));
        }
        made = withLeaf(made, "./DevDetail/SwV", Value.text("2.0"));
        made = withLeaf(made, "./DevDetail/LrgObj", Value.of(Format.BOOL, "true"));
        made = withLeaf(made, "./A/B", Value.text("b"));
        made = withLeaf(made, "./A/C", Value.text("c"));
        made = made.with(NodeUri.parse("./Empty"), open(Node.interior("", NOW)));
        return made.change(NodeUri.parse("./A"), TestDevice::open);
    }

    static Tree withLeaf(Tree tree, String uri, Value value) {
        NodeUri node = NodeUri.parse(uri);
        Tree grown = tree;
        if (!grown.has(node.parent())) {
            grown = grown.with(node.parent(), Node.interior("", NOW));
        }
        return grown.with(node, Node.of(value, NOW));
    }

    private static Node open(Node node) {
        return node.withAcl(Acl.parse("Add=*&Delete=*&Exec=*&Get=*&Replace=*"));
    }

    TestDevice withTree(Tree changed) {
        tree = changed;
        return this;
    }

    Tree tree() {
        return state().tree();
    }

    // ---- the conversation

    ClientContext context() {
        return new ClientContext(settings, account, new TreeEditor(setup), user, alerts, transportVouches, NOW, luck);
    }

    ClientState state() {
        if (turn == null) {
            throw new IllegalStateException("not started");
        }
        return turn.next();
    }

    ClientTurn lastTurn() {
        if (turn == null) {
            throw new IllegalStateException("not started");
        }
        return turn;
    }

    Message start() {
        return start(Trigger.client(1));
    }

    Message start(Trigger trigger) {
        return sent(noted(Dm1ClientSession.start(trigger, tree, context())));
    }

    /** Starts, and forgets about package 1. */
    TestDevice started() {
        start();
        return this;
    }

    /** The server answers with a message that closes its package. */
    Message reply(Command... body) {
        return sent(take(message(true, body)));
    }

    /** The server answers with a message after which others follow. */
    Message replyMore(Command... body) {
        return sent(take(message(false, body)));
    }

    /** The server answers and nothing comes back. */
    ClientTurn replyLast(Command... body) {
        return take(message(true, body));
    }

    ClientTurn take(Message message) {
        return take(packet(message));
    }

    ClientTurn take(Packet packet) {
        return noted(Dm1ClientSession.turn(state(), packet, context()));
    }

    private ClientTurn noted(ClientTurn taken) {
        facts.addAll(taken.facts());
        turn = taken;
        return taken;
    }

    ClientTurn abort(boolean wasSent, String why) {
        return noted(Dm1ClientSession.abort(state(), wasSent, why, context()));
    }

    Packet packet(Message message) {
        return new Packet(settings.encoding().mediaType(), SyncmlCodec.encode(message, settings.encoding()));
    }

    /** A message of the server, with the next MsgID. */
    Message message(boolean isFinal, Command... body) {
        serverMsgId++;
        return new Message(header(serverMsgId), List.of(body), isFinal);
    }

    SyncHdr header(int msgId) {
        return new SyncHdr(settings.profile().verDtd(), settings.profile().verProto(), "1", Integer.toString(msgId),
                new Location(ID), new Location(URL), null, false, null, Meta.NONE);
    }

    Message sent(ClientTurn given) {
        if (given.send() == null) {
            throw new AssertionError("nothing was sent: " + given.facts());
        }
        return decode(given.send());
    }

    Message decode(Packet packet) {
        try {
            return SyncmlCodec.decode(packet, Limits.DEFAULT);
        } catch (Malformed malformed) {
            throw new AssertionError("the device's message cannot be read: " + packet.body().utf8(), malformed);
        }
    }
}
