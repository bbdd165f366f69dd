package dev.grove.dm2.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.dm2.Dm2Codec;
import dev.grove.dm2.Dm2Package.CommandStatus;
import dev.grove.dm2.Dm2Package.Initiation;
import dev.grove.dm2.Dm2Package.Response;
import dev.grove.dm2.access.Delegation;
import dev.grove.dm2.access.DelegationObject;
import dev.grove.dm2.access.ServerAccess;
import dev.grove.dm2.access.ServerUriPolicy;
import dev.grove.dm2.client.Step.Wish;
import dev.grove.dm2.device.Dm2ClientSettings.Adoption;
import dev.grove.dm2.device.Dm2ClientSettings;
import dev.grove.dm2.device.Dm2Context.PendingAlert;
import dev.grove.dm2.device.Dm2Context;
import dev.grove.mo.NodeBuilder;
import dev.grove.tree.Description;
import dev.grove.tree.DescriptionNode.Access;
import dev.grove.tree.DescriptionNode.Occurrence;
import dev.grove.tree.DescriptionNode.Scope;
import dev.grove.tree.DescriptionNode;
import dev.grove.tree.Format;
import dev.grove.tree.ManagementObject;
import dev.grove.tree.Mounts;
import dev.grove.tree.Node;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Tree;
import dev.grove.tree.Value;
import dev.grove.tree.edit.TreeEditor;
import dev.grove.tree.edit.TreeRules;
import dev.grove.tree.edit.TreeSetup;
import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import dev.grove.wire.Packet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A device for tests of the engine, with a tree of all that the commands can meet:
 *
 * <pre>
 * ./DevInfo            urn:oma:mo:oma-dm-devinfo:1.2
 * ./DMAcc/dms1, dms2   urn:oma:mo:oma-dm-dmacc:2.0
 * ./Radio              urn:test:mo:radio:1.0   described: permanent, and what can be done with which node
 * ./Cap/cam, usb       urn:oma:mo:oma-dcmo:1.0
 * ./Work               urn:test:mo:work:1.0    mounted: Run (202), Now (200), Refuse (1401), User (214)
 * ./Heap               urn:test:mo:heap:1.0    mounted: a, b, which are not described
 * </pre>
 */
final class TestDevice {

    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    static final String DEVICE_ID = "IMEI:493005100592800";
    static final String HOME = "https://dms1.example.com/dm2";
    static final String DEV_INFO = "urn:oma:mo:oma-dm-devinfo:1.2";
    static final String ACCOUNT = "urn:oma:mo:oma-dm-dmacc:2.0";
    static final String RADIO = "urn:test:mo:radio:1.0";
    static final String DCMO = "urn:oma:mo:oma-dcmo:1.0";
    static final String WORK = "urn:test:mo:work:1.0";
    static final String OBJECTS = "application/dmmo+json";

    private final List<PendingAlert> alerts = new ArrayList<>();
    private Dm2ClientSettings settings = Dm2ClientSettings.of(DEVICE_ID);
    private ServerAccess server = server("dms1", Set.of("*"));
    private List<ServerAccess> servers = List.of(server, server("dms2", Set.of("*")));
    private ServerUriPolicy policy = ServerUriPolicy.OWN_HOST;
    private Instant now = NOW;
    final Work work = new Work();
    final TreeEditor editor = editor(work);
    Tree tree = tree();
    Dm2Memory memory = Dm2Memory.NONE;
    final List<Dm2Fact> facts = new ArrayList<>();
    @Nullable
    Step step;

    static ServerAccess server(String id, Set<String> moids) {
        return new ServerAccess(id, "https://" + id + ".example.com/dm2", NodeUri.parse("./DMAcc/" + id), moids);
    }

    // ---- how it is set up

    /** With the mechanism of delegation, owned by a server. */
    TestDevice delegating(String owner) {
        settings = settings.with(Adoption.by(owner));
        return this;
    }

    TestDevice with(ServerUriPolicy changed) {
        policy = changed;
        return this;
    }

    TestDevice withDescription(String moid, String link) {
        settings = new Dm2ClientSettings(settings.deviceId(), settings.limits(), settings.maxPackages(),
                Map.of(moid, link), settings.access());
        return this;
    }

    TestDevice withMaxPackages(int most) {
        settings = new Dm2ClientSettings(settings.deviceId(), settings.limits(), most, settings.descriptions(),
                settings.access());
        return this;
    }

    /** The session is with this server; the others stay. */
    TestDevice servedBy(ServerAccess with) {
        List<ServerAccess> all = new ArrayList<>(servers);
        all.removeIf(one -> one.serverId().equals(with.serverId()));
        all.add(with);
        servers = all;
        server = with;
        return this;
    }

    TestDevice raising(PendingAlert alert) {
        alerts.add(alert);
        return this;
    }

    TestDevice later() {
        now = now.plusSeconds(1);
        return this;
    }

    Dm2Context context() {
        return new Dm2Context(settings, server, servers, editor,
                Map.of("DevID", DEVICE_ID, "MCC", "262", "SPName", "A & B"), policy, alerts, now);
    }

    // ---- sessions

    /** Package 1. */
    Wish begin(Dm2Trigger trigger) {
        return take(Dm2ClientSession.begin(trigger, tree, memory, context()));
    }

    /** Begins a session and hands in a package 2: the commands, as they stand in {@code CMD}. */
    Wish session(String... commands) {
        begin(Dm2Trigger.CLIENT);
        return commands(commands);
    }

    /** A session of one package 2, whose commands are all done at once. */
    List<CommandStatus> done(String... commands) {
        return response(session(commands)).statuses();
    }

    /** The status of one command that is done at once. */
    int status(String command) {
        return done(command).getFirst().code().code();
    }

    Wish commands(String... commands) {
        return answered(200, request(commands));
    }

    static Packet request(String... commands) {
        return packet("application/vnd.oma.dm.request+json", "{\"CMD\":[" + String.join(",", commands) + "]}");
    }

    static Packet packet(String mediaType, String body) {
        return new Packet(mediaType, Bytes.utf8(body));
    }

    static Packet accepting(Packet packet, String accept) {
        return new Packet(packet.mediaType(), packet.body(), Headers.of("OMADM-Accept", accept));
    }

    Wish answered(int status) {
        return proceed(Event.Answered.of(status));
    }

    Wish answered(int status, Packet packet) {
        return proceed(new Event.Answered(status, packet));
    }

    Wish proceed(Event event) {
        return take(Dm2ClientSession.proceed(last().next(), event, context()));
    }

    Step last() {
        Step known = step;
        assertThat(known).isNotNull();
        return java.util.Objects.requireNonNull(known);
    }

    private Wish take(Step taken) {
        step = taken;
        tree = taken.next().tree();
        memory = taken.next().memory();
        facts.addAll(taken.facts());
        taken.facts().forEach(fact -> {
            if (fact instanceof Dm2Fact.AlertTaken(String id)) {
                alerts.removeIf(alert -> alert.id().equals(id));
            }
        });
        return taken.wish();
    }

    static Response response(Wish wish) {
        assertThat(wish).isInstanceOf(Wish.Send.class);
        return (Response) decoded(((Wish.Send) wish).packet());
    }

    static Initiation initiation(Wish wish) {
        assertThat(wish).isInstanceOf(Wish.Send.class);
        return (Initiation) decoded(((Wish.Send) wish).packet());
    }

    private static dev.grove.dm2.Dm2Package decoded(Packet packet) {
        try {
            return Dm2Codec.decode(packet, Limits.DEFAULT);
        } catch (Malformed ours) {
            throw new AssertionError(ours);
        }
    }

    /** What a GET has read, by the place of the command. */
    static String data(Wish wish, int command) {
        Packet data = response(wish).data().get(command);
        assertThat(data).as("data of command " + command).isNotNull();
        return java.util.Objects.requireNonNull(data).body().utf8();
    }

    String text(String uri) {
        return editor.drawn(tree, NodeUri.ROOT, now).at(NodeUri.parse(uri)).orElseThrow().value().text();
    }

    boolean has(String uri) {
        return editor.drawn(tree, NodeUri.ROOT, now).has(NodeUri.parse(uri));
    }

    void set(String uri, String text) {
        tree = tree.change(NodeUri.parse(uri), node -> node.withValue(
                new Value(node.format(), node.type(), Bytes.utf8(text))).touched(now));
    }

    Delegation rules() {
        return DelegationObject.in(tree);
    }

    // ---- the tree

    private static Tree tree() {
        Node devInfo = NodeBuilder.permanent(DEV_INFO, NOW).leaf("DevID", DEVICE_ID).leaf("Man", "Vendor")
                .leaf("OEM", "").build();
        Node radio = NodeBuilder.permanent(RADIO, NOW).leaf("Name", "front")
                .leaf("Volume", Format.INT, "7").leaf("Secret", "hush").leaf("Serial", "4711").build();
        return Tree.empty(NOW).with(NodeUri.parse("./DevInfo"), devInfo).with(NodeUri.parse("./Radio"), radio)
                .with(NodeUri.parse("./DMAcc"), Node.interior("", NOW))
                .with(NodeUri.parse("./DMAcc/dms1"), account("dms1")).with(NodeUri.parse("./DMAcc/dms2"),
                        account("dms2"))
                .with(NodeUri.parse("./Cap"), Node.interior("", NOW))
                .with(NodeUri.parse("./Cap/cam"), capability("Camera", "true"))
                .with(NodeUri.parse("./Cap/mic"), capability("Mic", "false"));
    }

    private static Node account(String id) {
        return NodeBuilder.dynamic(ACCOUNT, NOW).leaf("ServerID", id).leaf("SrvURI", "https://" + id)
                .interior("AuthNoti", auth -> auth.leaf("AuthSecret", "old")).build();
    }

    private static Node capability(String property, String enabled) {
        return NodeBuilder.dynamic(DCMO, NOW).leaf("Property", property)
                .leaf("Enabled", Format.BOOL, enabled).build();
    }

    private static TreeEditor editor(Work work) {
        DescriptionNode radio = DescriptionNode.interior("Radio", Access.GET).withTypes(List.of(RADIO))
                .withScope(Scope.PERMANENT).withChildren(
                        leaf("Name", Format.CHR, Access.GET, Access.REPLACE),
                        leaf("Volume", Format.INT, Access.GET, Access.REPLACE),
                        leaf("Secret", Format.CHR, Access.REPLACE), leaf("Serial", Format.CHR, Access.GET),
                        DescriptionNode.interior("Presets", Access.GET, Access.ADD, Access.DELETE)
                                .withOccurrence(Occurrence.ZERO_OR_ONE));
        DescriptionNode devInfo = DescriptionNode.interior("DevInfo", Access.GET).withTypes(List.of(DEV_INFO))
                .withScope(Scope.PERMANENT);
        Description known = Description.of(NodeUri.ROOT, radio).and(Description.of(NodeUri.ROOT, devInfo));
        return new TreeEditor(TreeSetup.of(TreeRules.OMA.without(TreeRules.Feature.ACCESS_CONTROL)).with(known)
                .with(Mounts.NONE.with(NodeUri.parse("./Work"), work).with(NodeUri.parse("./Heap"), new Heap())));
    }

    /** What has been read of the heap. */
    static final List<String> READ = new ArrayList<>();

    /** Much that is not described, and that nobody should read unasked. */
    private static final class Heap implements ManagementObject {

        @Override
        public DescriptionNode describe() {
            return DescriptionNode.interior("", Access.GET).withTypes(List.of("urn:test:mo:heap:1.0"))
                    .withScope(Scope.PERMANENT);
        }

        @Override
        public Optional<Live> read(NodeUri path) {
            if (path.isRoot()) {
                return Optional.of(new Live.Interior("urn:test:mo:heap:1.0", List.of("a", "b")));
            }
            READ.add(path.toString());
            return Optional.of(new Live.Leaf(Value.text("big")));
        }

        @Override
        public StatusCode check(Change change) {
            return StatusCode.COMMAND_NOT_ALLOWED;
        }

        @Override
        public StatusCode apply(Change change) {
            return StatusCode.COMMAND_NOT_ALLOWED;
        }
    }

    private static DescriptionNode leaf(String name, Format format, Access... access) {
        return DescriptionNode.of(name, format, access).withScope(Scope.PERMANENT);
    }

    /** Something to execute. */
    static final class Work implements ManagementObject {

        final List<String> correlators = new ArrayList<>();

        @Override
        public DescriptionNode describe() {
            return DescriptionNode.interior("", Access.GET).withTypes(List.of(WORK)).withScope(Scope.PERMANENT)
                    .withChildren(List.of("Run", "Now", "Refuse", "User").stream()
                            .map(name -> leaf(name, Format.CHR, Access.GET, Access.EXEC)).toList());
        }

        @Override
        public Optional<Live> read(NodeUri path) {
            return switch (path.toString()) {
                case "." -> Optional.of(new Live.Interior(WORK, List.of("Run", "Now", "Refuse", "User")));
                case "./Run", "./Now", "./Refuse", "./User" -> Optional.of(new Live.Leaf(Value.text("idle")));
                default -> Optional.empty();
            };
        }

        @Override
        public StatusCode check(Change change) {
            return StatusCode.COMMAND_NOT_ALLOWED;
        }

        @Override
        public StatusCode apply(Change change) {
            return StatusCode.COMMAND_NOT_ALLOWED;
        }

        @Override
        public Outcome exec(NodeUri path, @Nullable Value argument, @Nullable String correlator) {
            correlators.add(String.valueOf(correlator));
            return Outcome.of(switch (path.name()) {
                case "Run" -> StatusCode.ACCEPTED_FOR_PROCESSING;
                case "Now" -> StatusCode.OK;
                case "User" -> StatusCode.OPERATION_CANCELLED;
                default -> new StatusCode(1401);
            });
        }
    }
}
