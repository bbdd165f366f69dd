package dev.grove.client;

import static dev.grove.client.TestDevices.START;
import static dev.grove.client.TestDevices.account;
import static dev.grove.client.TestDevices.auth;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.auth.Credentials;
import dev.grove.auth.Scheme;
import dev.grove.auth.Secret;
import dev.grove.client.Scheduler.Poll;
import dev.grove.client.SessionReport.Result;
import dev.grove.client.TestDevices.TestClock;
import dev.grove.client.store.DeviceState;
import dev.grove.client.store.DeviceStore;
import dev.grove.client.store.MemoryStore;
import dev.grove.client.store.StorageException;
import dev.grove.client.transport.TransportException;
import dev.grove.client.transport.TransportException.Kind;
import dev.grove.dm1.client.ClientAlert;
import dev.grove.dm1.client.ClientAlert.Told;
import dev.grove.dm1.client.Trigger;
import dev.grove.mo.DmAcc.Level;
import dev.grove.syncml.Command;
import dev.grove.syncml.Command.Alert;
import dev.grove.syncml.Command.Status;
import dev.grove.syncml.Data;
import dev.grove.syncml.Message;
import dev.grove.syncml.Meta;
import dev.grove.syncml.SyncHdr.Cred;
import dev.grove.tree.Acl;
import dev.grove.tree.DescriptionNode;
import dev.grove.tree.Format;
import dev.grove.tree.ManagementObject;
import dev.grove.tree.Mounts;
import dev.grove.tree.Node;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeviceClientTest {

    private static final String URL = "https://dm.example/dm";
    private static final NodeUri NAME = NodeUri.parse("./Settings/Name");

    private final FakeServer server = new FakeServer();
    private final TestClock clock = new TestClock();
    private final Alerts alerts = new Alerts();
    private Mounts mounts = Mounts.NONE;
    private DeviceStore store = new MemoryStore(TestDevices.state("one", account("one", URL), account("two", URL)));

    private DeviceClient client(Poll poll) {
        DeviceSetup setup = DeviceSetup.of(TestDevices.settings(), TestDevices.setup(mounts), store, server)
                .with(alerts).with(clock, new SplittableRandom(1));
        return new DeviceClient(setup, poll);
    }

    private String name() {
        return store.state().tree().at(NAME).orElseThrow().value().text();
    }

    @Test
    void has_a_session_from_the_first_message_to_the_last() throws Exception {
        server.say(FakeServer.get("./DevInfo/Man"), FakeServer.replace("./Settings/Name", "new"));

        SessionReport report = client(Poll.never()).call("one");

        assertThat(report.result()).isEqualTo(Result.COMPLETED);
        assertThat(report.messages()).isEqualTo(2);
        assertThat(server.alertsIn(0)).containsExactly(1201);
        assertThat(server.statusesIn(1)).containsExactly(200, 200);
        assertThat(name()).isEqualTo("new");
    }

    @Test
    void each_server_sees_and_changes_what_its_acl_lets_it() throws Exception {
        DeviceClient client = client(Poll.never());
        assertThat(client.serverIds()).containsExactly("one", "two");
        server.say(FakeServer.get("./Settings/Name"), FakeServer.replace("./Settings/Name", "by two"));

        client.call("two");

        assertThat(server.statusesIn(1)).containsExactly(200, 425);
        assertThat(name()).isEqualTo("old");
    }

    @Test
    void the_tree_is_durable_before_the_server_hears_of_it() throws Exception {
        List<String> seen = new ArrayList<>();
        server.say(FakeServer.replace("./Settings/Name", "new")).trouble((address, packet) -> {
            seen.add(name());
            return Optional.empty();
        });

        client(Poll.never()).call("one");

        assertThat(seen).containsExactly("new");
    }

    @Test
    void a_disk_that_fails_ends_the_session_and_the_server_is_told_by_1223() throws Exception {
        MemoryStore memory = new MemoryStore(store.state());
        store = new DeviceStore() {
            @Override
            public DeviceState state() {
                return memory.state();
            }

            @Override
            public void commit(DeviceState next) throws StorageException {
                if (!next.tree().at(NAME).orElseThrow().value().text().equals("old")) {
                    throw new StorageException("disk full");
                }
                memory.commit(next);
            }

            @Override
            public void close() {}
        };
        server.say(FakeServer.replace("./Settings/Name", "new"));

        SessionReport report = client(Poll.never()).call("one");

        assertThat(report.result()).isEqualTo(Result.NO_STORAGE);
        assertThat(report.remark()).contains("disk full");
        assertThat(server.alertsIn(1)).containsExactly(1223);
        assertThat(server.statusesIn(1)).as("nothing is reported as done").isEmpty();
        assertThat(name()).isEqualTo("old");
    }

    @Test
    void an_object_that_throws_ends_the_session_and_nothing_is_changed() throws Exception {
        mounts = Mounts.NONE.with(NodeUri.parse("./Broken"), new Executable((path, correlator) -> {
            throw new IllegalStateException("broken object");
        }));
        store.commit(store.state().withTree(store.state().tree().change(NodeUri.ROOT,
                root -> root.withAcl(Acl.parse("Add=*&Get=*&Exec=*")))));
        server.say(FakeServer.replace("./Settings/Name", "new"), FakeServer.exec("./Broken", "c"));

        SessionReport report = client(Poll.never()).call("one");

        assertThat(report.result()).isEqualTo(Result.FAULT);
        assertThat(server.alertsIn(1)).containsExactly(1223);
        assertThat(name()).isEqualTo("old");
    }

    @Test
    void a_session_that_found_no_answer_goes_on_where_it_was() throws Exception {
        server.say(FakeServer.replace("./Settings/Name", "new")).trouble((address, packet) -> {
            throw new TransportException(Kind.LOST, "lost", null, Duration.ofMinutes(3));
        });
        DeviceClient client = client(Poll.never());

        SessionReport lost = client.call("one");
        clock.advance(Duration.ofMinutes(4));
        SessionReport good = client.call("one");

        assertThat(lost.result()).isEqualTo(Result.NO_ANSWER);
        assertThat(lost.retryAfter()).isEqualTo(Duration.ofMinutes(3));
        assertThat(good.isOk()).isTrue();
        assertThat(good.sessionId()).isEqualTo(lost.sessionId());
        assertThat(server.packets.get(2)).as("the very same message").isEqualTo(server.packets.get(1));
    }

    @Test
    void a_session_that_was_lost_long_ago_or_that_the_server_replaces_is_given_up() throws Exception {
        FakeServer.Trouble lost = (address, packet) -> {
            throw new TransportException(Kind.LOST, "lost", null);
        };
        server.trouble(lost).trouble(lost);
        DeviceClient client = client(Poll.never());

        SessionReport first = client.call("one");
        clock.advance(Duration.ofMinutes(6));
        SessionReport second = client.call("one");
        client.notified("one", Trigger.server(0x77, false, false));
        client.runDue();

        assertThat(second.sessionId()).isNotEqualTo(first.sessionId());
        assertThat(server.messages.getLast().header().sessionId()).isEqualTo("77");
    }

    @Test
    void a_refused_session_is_not_taken_up_again() throws Exception {
        server.trouble((address, packet) -> {
            throw new TransportException(Kind.REFUSED, "HTTP 404", null);
        });
        DeviceClient client = client(Poll.never());

        assertThat(client.call("one").sessionId()).isNotEqualTo(client.call("one").sessionId());
    }

    @Test
    void the_nonce_that_the_server_gives_is_written_into_the_account() throws Exception {
        store = new MemoryStore(TestDevices.state("one", account("one", URL, auth(Level.CLCRED, "DIGEST", "user"))));
        server.trouble((address, packet) -> {
            Message asked = FakeServer.decode(packet);
            Meta challenge = new Meta("b64", "syncml:auth-md5", null, null, Bytes.utf8("nonce").base64(), null, null,
                    List.of());
            Status status = new Status("1", "1", "0", "SyncHdr", List.of(), List.of(), null, challenge,
                    new StatusCode(407), null, List.of());
            return Optional.of(server.packet(asked, List.of((Command) status)));
        });

        client(Poll.never()).call("one");

        assertThat(server.messages.get(0).header().cred()).as("credentials at once").isNotNull();
        assertThat(nonce("1")).contains(Bytes.utf8("nonce"));
    }

    @Test
    void the_nonce_that_the_device_gives_is_written_into_the_account() throws Exception {
        store = new MemoryStore(TestDevices.state("one", account("one", URL, auth(Level.CLCRED, "BASIC", "user"),
                auth(Level.SRVCRED, "DIGEST", "server"))));
        server.cred = new Cred(Meta.of("b64", "syncml:auth-md5"), Credentials.data(Scheme.MD5,
                new Secret("server", "secret-of-server", Bytes.EMPTY)));
        server.say(FakeServer.replace("./Settings/Name", "new"));

        client(Poll.never()).call("one");

        assertThat(name()).as("the server has proved itself").isEqualTo("new");
        assertThat(nonce("2").orElseThrow().length()).isGreaterThanOrEqualTo(8);
        assertThat(nonce("1")).isEmpty();
    }

    private Optional<Bytes> nonce(String auth) {
        NodeUri leaf = NodeUri.parse("./DMAcc/A0/AppAuth/" + auth + "/AAuthData");
        return store.state().tree().at(leaf).map(Node::data);
    }

    @Test
    void a_generic_alert_goes_out_in_a_session_of_its_own_and_is_forgotten_when_answered() throws Exception {
        DeviceClient client = client(Poll.never());
        assertThat(client.runDue()).isEmpty();
        assertThat(server.messages).isEmpty();

        assertThat(alerts.raise("two", alert("a1", null))).isTrue();
        assertThat(client.runDue()).isEmpty();

        assertThat(server.alertsIn(0)).containsExactly(1201, 1226);
        assertThat(server.messages).hasSize(1);
        client.call("two");
        assertThat(server.alertsIn(1)).containsExactly(1201);
    }

    @Test
    void an_alert_that_was_not_answered_is_told_again_after_a_restart() throws Exception {
        server.trouble((address, packet) -> {
            throw new TransportException(Kind.UNREACHABLE, "down", null);
        });
        DeviceClient before = client(Poll.never());
        alerts.raise("two", alert("a1", "corr"));
        before.runDue();

        DeviceClient restarted = client(Poll.never());
        restarted.runDue();

        Alert told = server.messages.getLast().body().stream().filter(Alert.class::isInstance).map(Alert.class::cast)
                .filter(sent -> sent.code().code() == 1226).findFirst().orElseThrow();
        assertThat(told.correlator()).isEqualTo("corr");
        assertThat(told.items().getFirst().meta().type()).isEqualTo("Reversed-Domain-Name: dev.grove.test");
        assertThat(client(Poll.never()).runDue()).isEmpty();
    }

    @Test
    void the_answer_to_an_asynchronous_exec_goes_to_the_server_that_asked() throws Exception {
        List<String> started = new ArrayList<>();
        mounts = Mounts.NONE.with(NodeUri.parse("./Work"), new Executable((path, correlator) -> {
            started.add(correlator);
            return Outcome.of(StatusCode.ACCEPTED_FOR_PROCESSING);
        }));
        store.commit(store.state().withTree(store.state().tree().change(NodeUri.ROOT,
                root -> root.withAcl(Acl.parse("Add=*&Get=*&Exec=*")))));
        DeviceClient client = client(Poll.never());
        server.say(FakeServer.exec("./Work", "c-7"));
        client.call("two");
        assertThat(started).containsExactly("c-7");
        assertThat(server.statusesIn(1)).containsExactly(202);

        alerts.raise(alert("done", "c-7"));
        client.runDue();

        assertThat(server.alertsIn(2)).containsExactly(1201, 1226);
        assertThat(AlertBook.in(store.state()).entries()).isEmpty();
    }

    @Test
    void an_alert_raised_in_the_midst_of_a_session_goes_with_its_next_package() throws Exception {
        DeviceClient client = client(Poll.never());
        server.trouble((address, packet) -> {
            raise(alert("late", null));
            Message asked = FakeServer.decode(packet);
            List<Command> body = FakeServer.statuses(asked);
            body.add(FakeServer.get("./Settings/Name"));
            return Optional.of(server.packet(asked, body));
        });

        client.call("one");

        assertThat(server.alertsIn(1)).containsExactly(1226);
        assertThat(client.runDue()).isEmpty();
        assertThat(server.messages).hasSize(2);
    }

    @Test
    void an_alert_raised_too_late_for_a_session_gets_another_one() throws Exception {
        DeviceClient client = client(Poll.never());
        server.trouble((address, packet) -> {
            raise(alert("late", null));
            Message asked = FakeServer.decode(packet);
            return Optional.of(server.packet(asked, FakeServer.statuses(asked)));
        });
        client.call("one");
        assertThat(server.messages).hasSize(1);

        client.runDue();

        assertThat(server.alertsIn(1)).containsExactly(1201, 1226);
    }

    @Test
    void changes_of_the_device_itself_are_seen_by_a_running_session() throws Exception {
        DeviceClient client = client(Poll.never());
        server.trouble((address, packet) -> {
            try {
                client.change(tree -> tree.with(NAME, Node.of(Value.text("by the user"), START)));
            } catch (StorageException failed) {
                throw new AssertionError(failed);
            }
            Message asked = FakeServer.decode(packet);
            List<Command> body = FakeServer.statuses(asked);
            body.add(FakeServer.get("./Settings/Name"));
            return Optional.of(server.packet(asked, body));
        });

        client.call("one");

        Command.Results results = server.messages.get(1).body().stream().filter(Command.Results.class::isInstance)
                .map(Command.Results.class::cast).findFirst().orElseThrow();
        assertThat(results.items().getFirst().data()).isEqualTo(Data.of("by the user"));
        assertThat(name()).isEqualTo("by the user");
    }

    @Test
    void polls_when_it_is_time_and_not_before() throws Exception {
        DeviceClient client = client(new Poll(Duration.ofMinutes(10), 0, Duration.ofSeconds(10)));

        assertThat(client.runDue()).contains(START.plus(Duration.ofMinutes(10)));
        assertThat(server.messages).hasSize(2);
        clock.advance(Duration.ofMinutes(9));
        client.runDue();
        assertThat(server.messages).hasSize(2);
        clock.advance(Duration.ofMinutes(1));
        assertThat(client.runDue()).contains(START.plus(Duration.ofMinutes(20)));
        assertThat(server.messages).hasSize(4);
    }

    @Test
    void a_notification_starts_a_session_with_its_id() throws Exception {
        DeviceClient client = client(Poll.never());

        client.notified("two", Trigger.server(0x2A, true, false));
        client.runDue();

        assertThat(server.messages.getFirst().header().sessionId()).isEqualTo("2A");
        assertThat(server.alertsIn(0)).containsExactly(1200);
    }

    @Test
    void follows_resp_uri_but_not_out_of_tls() throws Exception {
        server.respUri = "https://dm.example/dm?session=1";
        server.say(FakeServer.get("./Settings/Name"));
        client(Poll.never()).call("one");
        assertThat(server.addresses.get(1)).hasToString("https://dm.example/dm?session=1");

        server.respUri = "http://dm.example/plain";
        server.say(FakeServer.get("./Settings/Name")).say(FakeServer.get("./Settings/Name"));
        SessionReport report = client(Poll.never()).call("one");
        assertThat(report.result()).isEqualTo(Result.NO_ANSWER);
        assertThat(report.remark()).contains("RespURI");
        assertThat(server.addresses).noneMatch(address -> address.toString().startsWith("http:"));
    }

    @Test
    void a_server_without_a_usable_account_cannot_be_called() {
        assertThatThrownBy(() -> client(Poll.never()).call("three")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("three");
    }

    @Test
    void alerts_need_a_device_that_takes_them() {
        assertThatThrownBy(() -> alerts.raise(alert("a", null))).isInstanceOf(IllegalStateException.class);
    }

    private void raise(ClientAlert alert) {
        try {
            alerts.raise(alert);
        } catch (StorageException failed) {
            throw new AssertionError(failed);
        }
    }

    private static ClientAlert alert(String id, @Nullable String correlator) {
        return ClientAlert.generic(id, correlator, new Told("./Work", "dev.grove.test", null, Value.text("done")));
    }

    private interface Work {
        Outcome run(NodeUri path, String correlator);
    }

    /** One leaf that can be executed. */
    private record Executable(Work work) implements ManagementObject {
        @Override
        public DescriptionNode describe() {
            return DescriptionNode.of("", Format.NULL, DescriptionNode.Access.EXEC, DescriptionNode.Access.GET);
        }

        @Override
        public Optional<Live> read(NodeUri path) {
            return path.isRoot() ? Optional.of(new Live.Leaf(Value.of(Format.NULL, ""))) : Optional.empty();
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
            return work.run(path, String.valueOf(correlator));
        }
    }
}
