package dev.grove.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.client.Dm2StandIn.Said;
import dev.grove.client.Scheduler.Poll;
import dev.grove.client.SessionReport.Result;
import dev.grove.client.TestDevices.TestClock;
import dev.grove.client.dm2.BootstrapSource;
import dev.grove.client.dm2.Dm2Account;
import dev.grove.client.dm2.Dm2Setup;
import dev.grove.client.objects.HostInformation;
import dev.grove.client.objects.Machine;
import dev.grove.client.store.DeviceState;
import dev.grove.client.store.MemoryStore;
import dev.grove.client.transport.HttpOptions;
import dev.grove.client.transport.HttpWeb;
import dev.grove.dm1.client.ClientAlert;
import dev.grove.dm1.client.ClientSettings;
import dev.grove.dm2.ObjectDocument;
import dev.grove.dm2.ServerUri;
import dev.grove.dm2.client.Dm2Trigger;
import dev.grove.dm2.client.Event.Browsing;
import dev.grove.mo.NodeBuilder;
import dev.grove.syncml.Encoding;
import dev.grove.tree.DescriptionNode.Access;
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
import dev.grove.tree.edit.TreeLimits;
import dev.grove.tree.edit.TreeSetup;
import dev.grove.wire.Bytes;
import dev.grove.wire.Packet;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole device of DM 2.0 against a server on a socket. */
class Dm2DeviceClientTest {

    private static final String LAMP = "urn:test:mo:lamp:1.0";
    private static final NodeUri NAME = NodeUri.parse("./Lamp/Name");

    private final TestClock clock = new TestClock();
    private final Dm2StandIn server = new Dm2StandIn();
    private final List<URI> pages = new ArrayList<>();
    private final Alerts alerts = new Alerts();
    private final Motor motor = new Motor();
    private final MemoryStore store = new MemoryStore(new DeviceState(Tree.empty(TestDevices.START)));
    private final HttpWeb web = new HttpWeb(HttpOptions.DEFAULT, new Random(5));
    @Nullable
    private DeviceClient device;

    Dm2DeviceClientTest() throws Exception {}

    @AfterEach
    void stop() throws Exception {
        if (device != null) {
            device.close();
        }
        server.close();
    }

    /** A device with an account, a lamp, and a motor to execute. */
    private DeviceClient device() throws Exception {
        Node account = NodeBuilder.dynamic(Dm2Account.MOID, TestDevices.START).leaf("SrvID", "a")
                .leaf("SrvURI", server.url("/dm2")).interior("Perm", all -> all.interior("1",
                        one -> one.leaf("MOID", "*")))
                .interior("Auth", auth -> auth.interior("Trsp",
                        trsp -> trsp.leaf("Data", "device").leaf("Secret", "pass")))
                .build();
        Node lamp = NodeBuilder.dynamic(LAMP, TestDevices.START).leaf("Name", "desk").build();
        Tree tree = store.state().tree().with(NodeUri.parse("./DMAcc"), Node.interior("", TestDevices.START))
                .with(NodeUri.parse("./DMAcc/a"), account).with(NodeUri.parse("./Lamp"), lamp);
        store.commit(store.state().withTree(tree));
        return device(Dm2Setup.of(web));
    }

    private DeviceClient device(Dm2Setup dm2) {
        HostInformation host = new HostInformation("IMEI:1", "2.0", "phone", TreeLimits.NONE, Machine.here(), clock);
        Mounts mounts = host.mountsOfDm2().with(NodeUri.parse("./Motor"), motor);
        TreeSetup tree = TreeSetup.of(DeviceKind.DM20.rules()).with(mounts);
        DeviceSetup setup = DeviceSetup.of(ClientSettings.of("IMEI:1", DeviceKind.DM20.profile(), Encoding.XML), tree,
                store, new FakeServer()).with(alerts).with(clock, new Random(7)).with(dm2.with(page -> {
                    pages.add(page);
                    return Browsing.STARTED;
                }));
        DeviceClient made = new DeviceClient(setup, Poll.never());
        device = made;
        return made;
    }

    private static String text(DeviceClient device, NodeUri uri) {
        return device.tree().at(uri).orElseThrow().value().text();
    }

    // ---- sessions

    @Test
    @Tag("DM-PACK-001-C-M")
    void has_a_session_over_HTTP_and_keeps_what_it_brings() throws Exception {
        server.has("/r/name", "text/plain", "hall");
        server.say("[\"HGET\",\"" + server.url("/r/name") + "\",\"" + LAMP + "//Name\"]",
                "[\"HPOST\",\"" + server.url("/r/up") + "\",\"" + LAMP + "//Name\"]",
                "[\"GET\",\"urn:oma:mo:oma-dm-devinfo:1.2//DevID\"]",
                "[\"SHOW\",\"" + server.url("/ui/1") + "\"]");
        server.data.put("/r/up", Said.of(201));
        DeviceClient client = device();
        SessionReport report = client.call("a");
        assertThat(report.result()).isEqualTo(Result.COMPLETED);
        assertThat(report.messages()).isEqualTo(2);
        assertThat(text(client, NAME)).isEqualTo("hall");
        assertThat(server.packages().getFirst()).contains("ClientInitiatedMgmt");
        assertThat(server.packages().get(1)).contains("IMEI:1").contains("{\"sc\":200},{\"sc\":200}");
        assertThat(server.errands()).extracting(Dm2StandIn.Seen::method).containsExactly("GET", "POST");
        assertThat(server.errands().get(1).body()).isEqualTo("hall");
        assertThat(server.errands().getFirst().headers().getFirst("OMADM-DevID")).isEqualTo("IMEI:1");
        assertThat(pages).containsExactly(URI.create(server.url("/ui/1")));
    }

    @Test
    void ends_a_session_that_finds_no_answer_and_calls_again_later() throws Exception {
        server.say(new Said(503, "", "", java.util.Map.of("Retry-After", "120")));
        DeviceClient client = device();
        SessionReport report = client.call("a");
        assertThat(report.result()).isEqualTo(Result.REFUSED);
        assertThat(report.retryAfter()).isEqualTo(Duration.ofMinutes(2));
        assertThat(server.packages()).hasSize(1);
        assertThat(client.call("a").isOk()).isTrue();
    }

    @Test
    void does_not_follow_a_redirect() throws Exception {
        server.say(new Said(307, "", "", java.util.Map.of("Location", server.url("/elsewhere"))));
        assertThat(device().call("a").result()).isEqualTo(Result.REFUSED);
        assertThat(server.errands()).isEmpty();
    }

    @Test
    @Tag("DM-SEC-001-C-M")
    @Tag("DM-SEC-002-C-O")
    void shows_its_user_and_password_when_asked() throws Exception {
        for (String challenge : List.of("Basic realm=\"r\"",
                "Digest realm=\"r\", nonce=\"n\", qop=\"auth\", algorithm=SHA-256")) {
            server.seen.clear();
            server.say(new Said(401, "", "", java.util.Map.of("WWW-Authenticate", challenge)));
            assertThat(device().call("a").isOk()).isTrue();
            assertThat(server.seen.get(1).headers().getFirst("Authorization"))
                    .startsWith(challenge.substring(0, challenge.indexOf(' ')));
            stopDevice();
        }
    }

    private void stopDevice() {
        device = null;
    }

    // ---- exec

    @Test
    @Tag("DM-PACK-028-C-M")
    void tells_the_end_of_an_exec_in_a_new_session_at_the_address_given() throws Exception {
        server.say("[\"EXEC\",\"" + Motor.MOID + "//Run\",\"" + server.url("/dm2/done") + "\"]");
        DeviceClient client = device();
        client.call("a");
        assertThat(server.packages().get(1)).contains("{\"sc\":202}");
        alerts.raise(ClientAlert.generic("m", motor.correlator, new ClientAlert.Told("./Motor/Run", "urn:test:at:ran",
                "informational", Value.of(Format.INT, "1200"))));
        client.runDue();
        Dm2StandIn.Seen told = server.seen.getLast();
        assertThat(told.path()).isEqualTo("/dm2/done");
        assertThat(told.body()).contains("\"AlertType\":\"urn:test:at:ran\"",
                "\"SourceURI\":\"" + Motor.MOID + "/Motor/Run\"", "\"DM1x\":1200");
        server.seen.clear();
        client.call("a");
        assertThat(server.packages().toString()).doesNotContain("urn:test:at:ran");
    }

    @Test
    @Tag("DM-PACK-028-C-M")
    void tells_the_end_of_what_was_over_at_once_by_an_alert_too() throws Exception {
        server.say("[\"EXEC\",\"" + Motor.MOID + "//Now\",\"" + server.url("/dm2/done") + "\"]");
        DeviceClient client = device();
        client.call("a");
        client.runDue();
        assertThat(server.seen.getLast().path()).isEqualTo("/dm2/done");
        assertThat(server.seen.getLast().body()).contains(Dm2Desk.EXEC_ENDED, "\"DM1x\":200");
    }

    @Test
    @Tag("DM-PACK-026-C-M")
    void tells_an_event_of_the_device() throws Exception {
        DeviceClient client = device();
        alerts.raise(ClientAlert.generic("x", null, new ClientAlert.Told("./Lamp/Name", "urn:test:at:lit", null,
                Value.text("on"))));
        client.runDue();
        assertThat(server.packages().getFirst()).contains("urn:test:at:lit", "\"" + LAMP + "/Lamp/Name\"");
    }

    // ---- subscriptions, defaults

    @Test
    @Tag("DM-PACK-024-C-O")
    void reports_changes_by_PUT_until_they_are_taken() throws Exception {
        server.say("[\"SUB\",\"" + server.url("/r/changes") + "\",\"" + LAMP + "//\"]");
        DeviceClient client = device();
        client.call("a");
        client.runDue();
        assertThat(server.errands()).isEmpty();
        client.change(tree -> tree.change(NAME, node -> node.withValue(Value.text("roof"))));
        client.runDue();
        assertThat(server.errands()).hasSize(1);
        assertThat(server.errands().getFirst().method()).isEqualTo("PUT");
        assertThat(server.errands().getFirst().body()).contains("roof");
        server.data.put("/r/changes", Said.of(200));
        client.runDue();
        client.runDue();
        assertThat(server.errands()).as("404, then 200").hasSize(2);
    }

    @Test
    @Tag("DM-PACK-024-C-O")
    void reports_in_another_format_after_415() throws Exception {
        server.say("[\"SUB\",\"" + server.url("/r/changes") + "\",\"" + LAMP + "//Name\"]");
        DeviceClient client = device();
        client.call("a");
        server.data.put("/r/changes", new Said(415, "", "", java.util.Map.of("OMADM-Accept", "text/plain")));
        client.change(tree -> tree.change(NAME, node -> node.withValue(Value.text("roof"))));
        client.runDue();
        assertThat(server.errands()).extracting(Dm2StandIn.Seen::body).last().isEqualTo("roof");
        assertThat(server.errands()).hasSize(2);
    }

    @Test
    @Tag("DM-PACK-023-C-O")
    void fetches_what_an_application_needs_from_the_default() throws Exception {
        String mms = "urn:oma:mo:oma-mms:1.3";
        DeviceClient client = device();
        assertThat(client.need(mms).status()).isEqualTo(StatusCode.NOT_FOUND);
        server.has("/r/mms/-1", ObjectDocument.MEDIA_TYPE,
                "[{\"ClientURI\":\"" + mms + "//\",\"MOData\":{\"MMS\":{\"Host\":\"mms.example\"}}}]");
        server.say("[\"DEFAULT\",\"" + server.url("/r/mms/[MNC]") + "\",\"" + mms + "\"]");
        client.call("a");
        assertThat(client.need(mms).status()).isEqualTo(StatusCode.OK);
        assertThat(text(client, NodeUri.parse("./MMS/Host"))).isEqualTo("mms.example");
        assertThat(client.need(mms).status()).isEqualTo(StatusCode.OK);
        assertThat(server.errands()).hasSize(1);
    }

    // ---- notifications

    @Test
    @Tag("DM-PACK-007-C-O")
    void drops_a_notification_that_came_before() throws Exception {
        DeviceClient client = device();
        assertThat(client.notified("a", Dm2Trigger.notified(7, true))).isTrue();
        assertThat(client.notified("a", Dm2Trigger.notified(7, true))).isFalse();
        client.runDue();
        assertThat(server.packages()).hasSize(1);
        assertThat(server.packages().getFirst()).contains("ServerInitiatedMgmt", "\"NOTIFICATION-ID\":7", "\"MOS\"",
                LAMP);
    }

    // ---- bootstraps

    private String bootstrap(String url) {
        return "[{\"ClientURI\":\"" + Dm2Account.MOID + "//\",\"MOData\":{\"acme\":{\"SrvID\":\"b\",\"SrvURI\":\"" + url
                + "\",\"Name\":\"B\",\"Perm\":{\"1\":{\"MOID\":\"*\"}}}}}]";
    }

    @Test
    @Tag("DM-BOOT-001-C-M")
    @Tag("DM-BOOT-003-C-O")
    void takes_its_account_from_the_factory_and_says_so(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("bootstrap.json"), bootstrap(server.url("/dm2")));
        DeviceClient client = device(Dm2Setup.of(web).withBootstraps(List.of(BootstrapSource.file(file)), false));
        assertThat(client.serverIds()).isEmpty();
        client.runDue();
        assertThat(client.serverIds()).containsExactly("b");
        assertThat(server.packages().getFirst()).contains("BootstrapComplete");
        client.call("b");
        assertThat(server.packages().getLast()).contains("ClientInitiatedMgmt");
    }

    @Test
    @Tag("DM-BOOT-004-C-O")
    @Tag("DM-BOOT-007-C-M")
    void takes_its_account_from_a_server_only_by_HTTPS_unless_told_otherwise() throws Exception {
        server.has("/boot?id=IMEI:1", ObjectDocument.MEDIA_TYPE, bootstrap(server.url("/dm2")));
        BootstrapSource source = BootstrapSource.server(new ServerUri(server.url("/boot?id=[DevID]")), web);
        DeviceClient careful = device(Dm2Setup.of(web).withBootstraps(List.of(source), false));
        careful.runDue();
        assertThat(careful.serverIds()).isEmpty();
        stopDevice();
        DeviceClient trusting = device(Dm2Setup.of(web).withBootstraps(List.of(source), true));
        trusting.runDue();
        assertThat(trusting.serverIds()).containsExactly("b");
    }

    @Test
    @Tag("DM-BOOT-005-C-O")
    @Tag("DM-BOOT-007-C-M")
    void takes_what_is_offered_by_someone_it_can_trust_and_renews_an_account() throws Exception {
        DeviceClient client = device(Dm2Setup.of(web));
        Packet first = new Packet(ObjectDocument.MEDIA_TYPE, Bytes.utf8(bootstrap("https://old.example/dm2")));
        assertThat(client.offer(new BootstrapSource.Offer(first, false)).status()).isEqualTo(StatusCode.FORBIDDEN);
        assertThat(client.serverIds()).isEmpty();
        assertThat(client.offer(new BootstrapSource.Offer(first, true)).status()).isEqualTo(StatusCode.OK);
        Packet again = new Packet(ObjectDocument.MEDIA_TYPE,
                Bytes.utf8(bootstrap(server.url("/dm2")).replace("acme", "other")));
        assertThat(client.offer(new BootstrapSource.Offer(again, true)).status()).isEqualTo(StatusCode.OK);
        assertThat(client.serverIds()).containsExactly("b");
        assertThat(text(client, NodeUri.parse("./DMAcc/acme/SrvURI"))).isEqualTo(server.url("/dm2"));
        client.runDue();
        assertThat(server.packages().getFirst()).contains("BootstrapComplete");
    }

    @Test
    @Tag("DM-BOOT-001-C-M")
    void takes_no_bootstrap_that_is_none() throws Exception {
        DeviceClient client = device(Dm2Setup.of(web));
        for (String body : List.of("", "{", "[{}]", bootstrap("x").replace("SrvID", "Nope"),
                bootstrap("x").replace("acme", ".."), bootstrap("x").replace(Dm2Account.MOID + "//", "junk"))) {
            Packet packet = new Packet(ObjectDocument.MEDIA_TYPE, Bytes.utf8(body));
            assertThat(client.offer(new BootstrapSource.Offer(packet, true)).status().isSuccess()).as(body).isFalse();
        }
        assertThat(client.serverIds()).isEmpty();
        assertThat(client.tree().has(NodeUri.parse("./DMAcc"))).isFalse();
    }

    /** Something that takes its time. */
    private static final class Motor implements ManagementObject {

        static final String MOID = "urn:test:mo:motor:1.0";

        @Nullable
        String correlator;

        @Override
        public DescriptionNode describe() {
            return DescriptionNode.interior("", Access.GET).withTypes(List.of(MOID)).withScope(Scope.PERMANENT)
                    .withChildren(DescriptionNode.of("Run", Format.CHR, Access.GET, Access.EXEC),
                            DescriptionNode.of("Now", Format.CHR, Access.GET, Access.EXEC));
        }

        @Override
        public Optional<Live> read(NodeUri path) {
            return switch (path.toString()) {
                case "." -> Optional.of(new Live.Interior(MOID, List.of("Run", "Now")));
                case "./Run", "./Now" -> Optional.of(new Live.Leaf(Value.text("-")));
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
        public Outcome exec(NodeUri path, @Nullable Value argument, @Nullable String given) {
            correlator = given;
            return Outcome.of(path.name().equals("Run") ? StatusCode.ACCEPTED_FOR_PROCESSING : StatusCode.OK);
        }
    }
}
