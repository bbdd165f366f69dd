package dev.grove.dm2.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.dm2.Dm2Codec;
import dev.grove.dm2.Dm2Package;
import dev.grove.dm2.ObjectDocument;
import dev.grove.dm2.server.Dm2Context.Awaited;
import dev.grove.engine.Fact;
import dev.grove.engine.Task;
import dev.grove.engine.Ticket;
import dev.grove.tree.Address;
import dev.grove.tree.ClientUri;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Operation;
import dev.grove.tree.Operation.UiOptions;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import dev.grove.wire.Packet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Package by package, by hand. */
final class Dm2ServerSessionTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String DEVINFO = "urn:oma:mo:oma-dm-devinfo:1.2";
    private static final String EMPTY = "{}";

    private final List<Task> work = new ArrayList<>();
    private final List<Awaited> awaited = new ArrayList<>();
    private Knowledge knowledge = Knowledge.NONE;
    private boolean isAbortAsked;
    private @Nullable Dm2SessionState state;
    private List<Fact> facts = List.of();
    private String reply = "";

    @Test
    @Tag("DM-PACK-022-S-M")
    @Tag("DM-PACK-012-S-M")
    void ends_the_session_when_there_is_nothing_to_do() throws Malformed {
        initiate("{\"Alert\":[{\"AlertType\":\"urn:oma:at:dm:2.0:ClientInitiatedMgmt\"}]}");

        assertThat(reply).isEqualTo("{\"CMD\":[[\"END\"]]}");
        assertThat(facts).containsExactly(new Fact.Opened(), new Fact.Authenticated(null),
                new Fact.Began("DM 2.0", false), new Fact.Ended(Fact.Reason.COMPLETED, ""));
    }

    @Test
    @Tag("DM-PACK-013-S-M")
    @Tag("DM-PACK-017-S-M")
    @Tag("DM-PACK-019-S-M")
    @Tag("DM-PACK-027-S-M")
    void sends_several_commands_and_tells_what_became_of_each() throws Malformed {
        work(new Operation.Get(client(DEVINFO + "//Man")), new Operation.Delete(client("urn:x:y:1.0/a/B")),
                new Operation.Show("https://example.com/"));
        initiate(EMPTY);
        assertThat(reply).isEqualTo("{\"CMD\":[[\"GET\",\"" + DEVINFO + "//Man\"],[\"DELETE\",\"urn:x:y:1.0/a/B\"],"
                + "[\"SHOW\",\"https://example.com/\"]]}");

        form("{\"Status\":[200,{\"sc\":405},{\"sc\":200}]}", "0", "text/plain", "Vendor");

        assertThat(outcome("0").results())
                .containsExactly(new Outcome.Result(DEVINFO + "//Man", Value.text("Vendor")));
        assertThat(outcome("1").status().code()).isEqualTo(405);
        assertThat(outcome("2").status()).isEqualTo(StatusCode.OK);
        assertThat(reply).contains("END");
    }

    @Test
    @Tag("DM-PACK-023-S-M")
    void names_where_an_object_comes_from_that_is_missing() throws Malformed {
        work(new Operation.SetDefault("urn:x:y:1.0", "https://example.com/[DevID]"),
                new Operation.SetDefault("urn:x:z:1.0", "https://example.com/z"));
        initiate(EMPTY);
        assertThat(reply).isEqualTo("{\"CMD\":[[\"DEFAULT\",\"https://example.com/[DevID]\",\"urn:x:y:1.0\"],"
                + "[\"DEFAULT\",\"https://example.com/z\",\"urn:x:z:1.0\"]]}");

        answer("{\"Status\":[{\"sc\":200},{\"sc\":404}]}");

        assertThat(outcome("0").status()).isEqualTo(StatusCode.OK);
        assertThat(outcome("1").status()).isEqualTo(StatusCode.NOT_FOUND);
    }

    @Test
    void reads_a_whole_object_with_its_validator() throws Malformed {
        work(new Operation.Get(client(DEVINFO + "//")));
        initiate(EMPTY);

        form("{\"Status\":[{\"sc\":200}]}", "0", ObjectDocument.MEDIA_TYPE, "[{\"ClientURI\":\"" + DEVINFO
                + "/i/\",\"CV\":\"v1\",\"MOData\":{\"DevInfo\":{\"Man\":\"Vendor\",\"Ext\":{\"N\":5}}}}]");

        assertThat(outcome("0").results()).extracting(Outcome.Result::uri).containsExactly(DEVINFO + "/i/",
                DEVINFO + "/i/Man", DEVINFO + "/i/Ext", DEVINFO + "/i/Ext/N");
        assertThat(outcome("0").results().getFirst().value().text()).isEqualTo("Man/Ext");
        assertThat(facts).contains(new Fact.ValidatorLearned(DEVINFO, "i", "v1"));
    }

    @Test
    void takes_a_place_in_a_tree_by_the_object_that_is_known_there() throws Malformed {
        knowledge = new Told(Optional.empty());
        work(new Operation.Get(Address.parse("./DevInfo/Man")), new Operation.Get(Address.parse("./Nowhere")));
        initiate(EMPTY);
        assertThat(facts).filteredOn(f -> f instanceof Fact.Unsendable).hasSize(1);

        form("{\"Status\":[200]}", "0", "text/plain", "Vendor");

        assertThat(outcome("0").results().getFirst().uri()).isEqualTo("./DevInfo/Man");
    }

    @Test
    @Tag("DM-MEC-002-S-O")
    void sends_the_validator_that_it_knows() throws Malformed {
        knowledge = new Told(Optional.of("v1"));
        work(new Operation.Get(client(DEVINFO + "//Man")));
        initiate(EMPTY);
        assertThat(reply).contains(DEVINFO + "//Man?cv=v1");

        answer("{\"Status\":[304]}");

        assertThat(outcome("0").status()).isEqualTo(StatusCode.NOT_MODIFIED);
    }

    @Test
    @Tag("DM-PACK-014-S-M")
    @Tag("DM-PACK-016-S-M")
    void gives_out_an_address_for_what_is_written_and_for_what_is_brought() throws Malformed {
        work(new Operation.Replace(client("urn:x:y:1.0/a/B"), Value.text("v")),
                new Operation.Add(client("urn:x:y:1.0//"), Value.interior("")),
                new Operation.Get(client(DEVINFO + "//"), Operation.Via.REPOSITORY));
        initiate(EMPTY);
        List<Ticket> tickets = facts.stream().filter(f -> f instanceof Fact.TicketIssued)
                .map(f -> ((Fact.TicketIssued) f).ticket()).toList();
        assertThat(tickets).extracting(Ticket::purpose).containsExactly(Ticket.Purpose.DOWNLOAD,
                Ticket.Purpose.DOWNLOAD, Ticket.Purpose.UPLOAD);
        assertThat(reply).contains("[\"HGET\",\"http://s/repository/" + tickets.get(0).id() + "\",\"urn:x:y:1.0/a/B\"]")
                .contains("[\"HGET\",\"http://s/repository/" + tickets.get(1).id() + "\"]")
                .contains("[\"HPOST\",\"http://s/repository/" + tickets.get(2).id() + "\",\"" + DEVINFO + "//\"]");

        answer("{\"Status\":[200,{\"sc\":200,\"URI\":[\"urn:x:y:1.0/new/\"]},200]}");

        assertThat(outcome("1").results().getFirst().uri()).isEqualTo("urn:x:y:1.0/new/");
        assertThat(facts).contains(new Fact.Accepted("1", "2", tickets.get(2).id()),
                new Fact.TicketClosed(tickets.get(0).id())).doesNotContain(new Fact.TicketClosed(tickets.get(2).id()));
    }

    @Test
    @Tag("DM-PACK-018-S-M")
    @Tag("DM-PACK-026-S-M")
    @Tag("DM-PACK-028-S-M")
    void takes_the_end_of_an_exec_from_an_alert_in_another_session() throws Malformed {
        Operation.Exec exec = new Operation.Exec(client("urn:oma:mo:oma-scomo:1.0//Download/P/Install"), null, "c 1");
        work(exec);
        initiate(EMPTY);
        assertThat(reply).contains("\"EXEC\"").contains("http://s/dm2?correlator=c%201");
        answer("{\"Status\":[202]}");
        assertThat(facts).contains(new Fact.Accepted("1", "0", null));
        assertThat(reply).contains("END");

        work.clear();
        awaited.add(new Awaited("1", "0", exec));
        state = null;
        initiate("{\"Alert\":[{\"AlertType\":\"urn:oma:at:scomo:1.0:OperationComplete\",\"SourceURI\":"
                + "\"urn:oma:mo:oma-scomo:1.0/SCOMO1/Download/P/Install\",\"DataType\":\"text/xml\","
                + "\"Data\":{\"DM1x\":\"<ResultCode>1200</ResultCode>\"}}]}");

        assertThat(outcome("0").status().code()).isEqualTo(1200);
        assertThat(facts).filteredOn(f -> f instanceof Fact.AlertRaised).hasSize(1);
    }

    @Test
    void lets_the_alert_of_another_node_end_nothing() throws Malformed {
        awaited.add(new Awaited("1", "0", new Operation.Exec(client("urn:x:y:1.0//Run"), null, null)));

        initiate("{\"Alert\":[{\"AlertType\":\"urn:x:done\",\"SourceURI\":\"urn:x:y:1.0/a/Stop\"}]}");

        assertThat(facts).noneMatch(f -> f instanceof Fact.Answered);
    }

    @Test
    void keeps_a_sequence_together_and_answers_it_when_all_is_answered() throws Malformed {
        work(new Operation.Sequence(List.of(new Operation.Get(client(DEVINFO + "//Man")),
                new Operation.Exec(client("urn:x:y:1.0//Run"), null, null))));
        initiate(EMPTY);

        form("{\"Status\":[200,200]}", "0", "text/plain", "V");

        assertThat(outcome("0.0").status()).isEqualTo(StatusCode.OK);
        assertThat(outcome("0").status()).isEqualTo(StatusCode.OK);
    }

    @Test
    void refuses_at_once_what_DM_2_0_does_not_have() throws Malformed {
        Address node = client(DEVINFO + "//Man");
        work(new Operation.Copy(node, node), new Operation.Atomic(List.of(new Operation.Get(node))),
                new Operation.Exec(node, Value.text("x"), null), new Operation.Get(Address.parse("./A?prop=ACL")),
                new Operation.Sequence(List.of(new Operation.Confirm("?", UiOptions.NONE), new Operation.Get(node))));

        initiate(EMPTY);

        assertThat(facts).filteredOn(f -> f instanceof Fact.Unsendable).hasSize(5)
                .allMatch(f -> ((Fact.Unsendable) f).reason().contains("DM 2.0"));
        assertThat(reply).contains("END");
    }

    @Test
    @Tag("DM-PACK-021-S-M")
    void sends_a_device_elsewhere_alone_and_counts_it_as_gone() throws Malformed {
        work(new Operation.Get(client(DEVINFO + "//Man")), new Operation.ContinueAt("https://other.example/dm2"));
        initiate(EMPTY);
        assertThat(reply).contains("GET").doesNotContain("CONT");
        work.removeFirst();
        answer("{\"Status\":[404]}");
        assertThat(reply).isEqualTo("{\"CMD\":[[\"CONT\",\"https://other.example/dm2\"]]}");

        assertThat(Dm2ServerSession.lastWords(living())).hasSize(1)
                .allMatch(f -> f instanceof Fact.Answered(_, String path, var _) && path.equals("1"));
    }

    @Test
    void answers_a_package_that_comes_again_as_before() throws Malformed {
        work(new Operation.Get(client(DEVINFO + "//Man")));
        initiate(EMPTY);
        answer("{\"Status\":[404]}");
        String last = reply;

        Dm2Turn again = turn("{\"Status\":[404]}", Dm2Package.Response.MEDIA_TYPE, 1);

        assertThat(again).isInstanceOfSatisfying(Dm2Turn.Repeated.class,
                repeated -> assertThat(repeated.reply().body().utf8()).isEqualTo(last));
    }

    @Test
    void takes_the_same_bytes_for_an_answer_where_they_fit() throws Malformed {
        work(new Operation.Get(client(DEVINFO + "//Man")));
        initiate(EMPTY);
        answer("{\"Status\":[404]}");
        work.clear();
        work.add(new Task("2", 0, new Operation.Delete(client("urn:x:y:1.0/a/B"))));
        state = null;
        initiate(EMPTY);
        answer("{\"Status\":[404]}");

        assertThat(outcome("0").status()).isEqualTo(StatusCode.NOT_FOUND);
    }

    @Test
    void tells_a_failure_where_a_status_is_missing_and_ignores_what_is_too_much() throws Malformed {
        work(new Operation.Get(client(DEVINFO + "//Man")), new Operation.Get(client(DEVINFO + "//Mod")));
        initiate(EMPTY);

        form("{\"Status\":[200]}", "7", "text/plain", "?");

        assertThat(outcome("0").detail()).isEqualTo("the device sent no data");
        assertThat(outcome("1").status()).isEqualTo(StatusCode.COMMAND_FAILED);
        assertThat(facts).filteredOn(f -> f instanceof Fact.Noted).hasSize(2);
    }

    @Test
    void takes_nothing_of_a_package_out_of_turn() throws Malformed {
        assertThat(turn("{\"Status\":[200]}", Dm2Package.Response.MEDIA_TYPE, null))
                .isInstanceOf(Dm2Turn.OutOfTurn.class);
        work(new Operation.Get(client(DEVINFO + "//Man")));
        initiate(EMPTY);

        assertThat(turn("{\"Status\":[200]}", Dm2Package.Response.MEDIA_TYPE, 5)).isInstanceOf(Dm2Turn.OutOfTurn.class);
        assertThat(turn("{\"CMD\":[]}", Dm2Package.Request.MEDIA_TYPE, null)).isInstanceOf(Dm2Turn.OutOfTurn.class);
    }

    @Test
    void ends_a_session_when_somebody_asks() throws Malformed {
        work(new Operation.Get(client(DEVINFO + "//Man")));
        isAbortAsked = true;

        initiate(EMPTY);

        assertThat(reply).isEqualTo("{\"CMD\":[[\"END\"]]}");
        assertThat(living().endedBy()).isEqualTo(Fact.Reason.ABORTED_BY_SERVER);
    }

    @Test
    void knows_its_state_again() throws Malformed {
        work(new Operation.Get(client(DEVINFO + "//Man")), new Operation.Display("hello", UiOptions.NONE));
        initiate(EMPTY);
        Bytes stored = living().encode();

        assertThat(Dm2SessionState.isStored(stored)).isTrue();
        assertThat(Dm2SessionState.decode(stored)).isEqualTo(living());
    }

    // ---- by hand

    private static Address client(String uri) {
        return new Address.Client(ClientUri.parse(uri));
    }

    private void work(Operation... operations) {
        for (Operation operation : operations) {
            work.add(new Task("1", work.size(), operation));
        }
    }

    private void initiate(String body) throws Malformed {
        taken(turn(body, Dm2Package.Initiation.MEDIA_TYPE, null));
    }

    private void answer(String body) throws Malformed {
        taken(turn(body, Dm2Package.Response.MEDIA_TYPE, null));
    }

    private void form(String statuses, String name, String type, String data) throws Malformed {
        String body = "--b\r\nContent-Disposition: form-data\r\nContent-Type: " + Dm2Package.Response.MEDIA_TYPE
                + "\r\n\r\n" + statuses + "\r\n--b\r\nContent-Disposition: form-data; name=\"" + name
                + "\"\r\nContent-Type: " + type + "\r\n\r\n" + data + "\r\n--b--\r\n";
        taken(turn(body, "multipart/form-data; boundary=b", null));
    }

    private void taken(Dm2Turn turn) {
        Dm2Turn.Answered answered = (Dm2Turn.Answered) turn;
        state = answered.next();
        facts = answered.facts();
        reply = answered.reply().body().utf8();
    }

    private Dm2Turn turn(String body, String type, @Nullable Integer after) throws Malformed {
        Packet packet = new Packet(type, Bytes.utf8(body));
        Dm2Incoming in = new Dm2Incoming("IMEI:1", "dm2-1", Dm2Codec.decode(packet, Limits.DEFAULT), packet.body(),
                after, "");
        return Dm2ServerSession.turn(state, in, new Dm2Context(Dm2Context.Settings.USUAL, work, awaited, knowledge,
                new Dm2Context.Doors("http://s/dm2", "http://s/repository/", "http://s/ui/"), NOW, new Random(7),
                isAbortAsked));
    }

    private Dm2SessionState living() {
        return Optional.ofNullable(state).orElseThrow();
    }

    private Outcome outcome(String path) {
        return facts.stream().filter(f -> f instanceof Fact.Answered(_, String p, var _) && p.equals(path))
                .map(f -> ((Fact.Answered) f).outcome()).findFirst().orElseThrow();
    }

    /** Knows where DevInfo is. */
    private record Told(Optional<String> cv) implements Knowledge {
        @Override
        public Optional<ClientUri> clientUri(NodeUri node) {
            return node.startsWith(NodeUri.parse("./DevInfo"))
                    ? Optional.of(ClientUri.of(DEVINFO, "", node.segments().subList(1, node.segments().size())))
                    : Optional.empty();
        }

        @Override
        public Optional<String> validator(ClientUri uri) {
            return cv;
        }

        @Override
        public Optional<dev.grove.tree.DescriptionNode> described(ClientUri uri) {
            return Optional.empty();
        }

        @Override
        public boolean isLarge(ClientUri uri) {
            return false;
        }
    }
}
