package dev.grove.dm1;

import dev.grove.engine.Fact;
import static dev.grove.dm1.Say.alert;
import static dev.grove.dm1.Say.devInfo;
import static dev.grove.dm1.Say.header;
import static dev.grove.dm1.Say.results;
import static dev.grove.dm1.Say.status;
import static dev.grove.dm1.Say.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.syncml.Command;
import dev.grove.syncml.Command.Add;
import dev.grove.syncml.Command.Alert;
import dev.grove.syncml.Command.Atomic;
import dev.grove.syncml.Command.Delete;
import dev.grove.syncml.Command.Exec;
import dev.grove.syncml.Command.Get;
import dev.grove.syncml.Command.Replace;
import dev.grove.syncml.Command.Sequence;
import dev.grove.syncml.Command.Unknown;
import dev.grove.syncml.Data;
import dev.grove.syncml.Element;
import dev.grove.syncml.Item;
import dev.grove.syncml.Message;
import dev.grove.syncml.Meta;
import dev.grove.syncml.SyncHdr;
import dev.grove.syncml.SyncHdr.Location;
import dev.grove.syncml.SyncmlCodec;
import dev.grove.tree.Address;
import dev.grove.tree.Operation;
import dev.grove.tree.StatusCode;
import dev.grove.wire.Packet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a session does with a device that breaks the rules: a status, a remark, and no harm to what was. */
class BadInputLockstepTest {

    private static final Operation GET = new Operation.Get(Address.parse("./A"));
    private static final List<Item> ITEMS = List.of(Item.at("./A", Meta.NONE, Data.of("x")));

    @Test
    void a_repeated_message_gets_the_stored_reply_and_nothing_is_done_twice() {
        ScriptedDevice device = ScriptedDevice.trusted().with(GET);
        device.sends(alert(1, 1201), devInfo(2), alert(3, 1224, value("./A", "x")));
        Packet first = device.turn().reply();
        SessionState state = device.turn().next();
        device.repeats();
        assertThat(device.turn().reply()).isEqualTo(first);
        assertThat(device.turn().facts()).isEmpty();
        assertThat(device.turn().next()).isEqualTo(state);
        device.sends(header(1, 200), status(2, "1/5", "Get", 404)).repeats().repeats();
        assertThat(device.outcomes).hasSize(1);
        assertThat(device.hears()).containsExactly("Status 2/0 SyncHdr 200", "Final");
    }

    @Test
    void an_altered_message_under_a_used_number_is_refused_and_changes_nothing() {
        ScriptedDevice device = ScriptedDevice.trusted().with(GET);
        device.sends(alert(1, 1201), devInfo(2));
        device.sends(header(1, 200), alert(2, 1222));
        SessionState state = device.turn().next();
        device.msgId = 1;
        device.sends(header(1, 200), status(2, "1/4", "Get", 200));
        assertThat(device.hears()).containsExactly("Status 2/0 SyncHdr 400", "Final");
        assertThat(device.turn().next()).isEqualTo(state);
        assertThat(device.facts(Fact.Noted.class)).extracting(Fact.Noted::remark)
                .containsExactly("message 2 of a session that is over (COMPLETED)");
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 7, 2_147_483_646})
    void a_message_out_of_order_is_refused_and_the_session_goes_on(int msgId) {
        ScriptedDevice device = ScriptedDevice.trusted().with(GET);
        device.sends(alert(1, 1201), devInfo(2));
        device.msgId = msgId - 1;
        device.sends(header(1, 200), status(2, "1/4", "Get", 200));
        assertThat(device.hears()).containsExactly("Status " + msgId + "/0 SyncHdr 400", "Final");
        device.msgId = 1;
        device.sends(header(1, 200), status(2, "1/4", "Get", 404));
        assertThat(device.outcomes).hasSize(1);
    }

    @Test
    void the_first_message_late_and_again_is_refused() {
        ScriptedDevice device = ScriptedDevice.trusted().with(GET);
        device.sends(alert(1, 1201), devInfo(2));
        Packet first = device.lastPacket;
        device.sendsMore(header(1, 200));
        SessionState state = device.turn().next();
        assertThat(first).isNotNull();
        if (first != null) {
            device.delivers(first);
        }
        assertThat(device.hears().getFirst()).isEqualTo("Status 1/0 SyncHdr 400");
        assertThat(device.turn().next()).isEqualTo(state);
        assertThat(device.unanswered).isEmpty();
    }

    @Test
    void a_device_that_never_changes_its_session_id_is_served_when_there_is_work_again() {
        ScriptedDevice device = ScriptedDevice.trusted();
        device.sends(alert(1, 1201), devInfo(2)).repeats();
        assertThat(device.turn().facts()).isEmpty();
        device.with(GET).repeats();
        assertThat(device.hears()).contains("4 Get ./A", "Final");
    }

    @ParameterizedTest
    @ValueSource(strings = {",DM/1.2,1,1,x,y", "1.2,,1,1,x,y", "1.2,DM/1.2,,1,x,y", "1.2,DM/1.2,1,,x,y",
            "1.2,DM/1.2,1,0,x,y", "1.2,DM/1.2,1,-1,x,y", "1.2,DM/1.2,1,one,x,y", "1.2,DM/1.2,1,99999999999,x,y",
            "1.2,DM/1.2,1,1,,y", "1.2,DM/1.2,1,1,x,"})
    void a_header_without_its_parts_is_answered_400(String parts) {
        String[] part = parts.split(",", -1);
        SyncHdr header = new SyncHdr(part[0], part[1], part[2], part[3], new Location(part[4]),
                new Location(part[5]), null, false, null, Meta.NONE);
        Message message = new Message(header, List.of(alert(1, 1201), devInfo(2)), true);
        ScriptedDevice device = ScriptedDevice.trusted().with(GET);
        Packet packet = new Packet(device.encoding.mediaType(), SyncmlCodec.encode(message, device.encoding));
        Turn turn = Dm1ServerSession.turn(null,
                new Incoming(packet, message, device.encoding, "http://x/", ScriptedDevice.ID),
                new ServerContext(device.settings, device.account, device.work, device.now,
                        new java.util.SplittableRandom(1)));
        assertThat(turn.next().isEnded()).isTrue();
        assertThat(turn.facts()).hasSize(2).first().isInstanceOf(Fact.Opened.class);
        assertThat(turn.reply()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "1"})
    void a_command_whose_id_is_missing_zero_or_repeated_gets_400_and_is_not_looked_at(String cmdId) {
        ScriptedDevice device = ScriptedDevice.trusted();
        Replace replace = new Replace(cmdId, Meta.NONE, devInfo(2).items());
        device.sends(alert(1, 1201), replace);
        assertThat(device.hears()).containsExactly("Status 1/0 SyncHdr 200", "Status 1/1 Alert 200",
                "Status 1/" + cmdId + " Replace 400", "Final");
        assertThat(device.facts(Fact.Learned.class)).isEmpty();
        assertThat(device.facts(Fact.Noted.class)).isNotEmpty();
    }

    @Test
    void results_nobody_asked_for_get_400_and_statuses_on_nothing_a_remark() {
        ScriptedDevice device = ScriptedDevice.trusted().with(new Operation.Delete(Address.parse("./A")));
        device.sends(alert(1, 1201), devInfo(2));
        device.sends(header(1, 200), results(2, 1, 99, value("./A", "a")), results(3, 1, 4, value("./A", "a")),
                status(4, "1/77", "Replace", 200), status(5, "1/4", "Delete", 200));
        assertThat(device.hears()).containsExactly("Status 2/0 SyncHdr 200", "Status 2/2 Results 400",
                "Status 2/3 Results 400", "Final");
        assertThat(device.facts(Fact.Noted.class)).hasSize(3);
        assertThat(device.outcomes).hasSize(1);
    }

    @Test
    void a_device_may_tell_of_devinfo_and_devdetail_only() {
        Replace replace = new Replace("3", Meta.NONE, List.of(value("./DevDetail/SwV", "1"), value("./A", "2"),
                Item.of("3"), Item.from("./DevInfo/X", Meta.of("b64", null), Data.of("!!"))));
        ScriptedDevice device = ScriptedDevice.trusted();
        device.sends(alert(1, 1201), devInfo(2), replace, new Replace("4", Meta.NONE, List.of()));
        assertThat(device.hears()).contains("Status 1/3 Replace 200", "Status 1/3 Replace 405",
                "Status 1/3 Replace 412", "Status 1/3 Replace 415", "Status 1/4 Replace 412");
        assertThat(device.facts(Fact.Learned.class)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"./DevInfo/../A", "./DevInfo//A", "./DevInfo/A/", "./DevInfo/%zz"})
    void a_device_tells_of_nodes_only(String uri) {
        Replace replace = new Replace("3", Meta.NONE, List.of(value(uri, "1")));
        ScriptedDevice device = ScriptedDevice.trusted();
        device.sends(alert(1, 1201), devInfo(2), replace);
        assertThat(device.hears()).contains("Status 1/3 Replace 400");
        assertThat(device.facts(Fact.Learned.class)).hasSize(1);
    }

    @Test
    void commands_that_are_not_the_devices_are_refused_one_by_one() {
        Command add = new Add("3", Meta.NONE, ITEMS);
        ScriptedDevice device = ScriptedDevice.trusted();
        device.sends(alert(1, 1201), devInfo(2), add, new Delete("4", Meta.NONE, ITEMS),
                new Get("5", Meta.NONE, ITEMS), new Exec("6", Meta.NONE, null, ITEMS),
                new Atomic("7", Meta.NONE, List.of(new Add("8", Meta.NONE, ITEMS))),
                new Sequence("9", Meta.NONE, List.of(new Add("10", Meta.NONE, ITEMS))));
        assertThat(device.hears()).containsExactly("Status 1/0 SyncHdr 200", "Status 1/1 Alert 200",
                "Status 1/2 Replace 200", "Status 1/3 Add 405", "Status 1/4 Delete 405", "Status 1/5 Get 405",
                "Status 1/6 Exec 405", "Status 1/7 Atomic 405", "Status 1/9 Sequence 405", "Final");
    }

    @Test
    void commands_of_data_synchronization_get_406_and_unknown_ones_400() {
        ScriptedDevice device = ScriptedDevice.trusted();
        SyncHdr header = new SyncHdr("1.2", "DM/1.2", "1", "1", new Location(ScriptedDevice.URL),
                new Location(ScriptedDevice.ID), null, false, null, Meta.NONE);
        Message message = new Message(header, List.of(alert(1, 1201),
                new Unknown("2", new Element("SYNCML:SYNCML1.2", "Put", List.of())),
                new Unknown("3", new Element("x", "Nonsense", List.of()))), true);
        Packet packet = new Packet(device.encoding.mediaType(), dev.grove.wire.Bytes.utf8("whatever"));
        Turn turn = Dm1ServerSession.turn(null,
                new Incoming(packet, message, device.encoding, "http://x/", ScriptedDevice.ID),
                new ServerContext(device.settings, device.account, List.of(), device.now,
                        new java.util.SplittableRandom(1)));
        Packet reply = turn.reply();
        assertThat(reply).isNotNull();
        assertThat(reply == null ? "" : reply.body().utf8()).contains("<Cmd>Put</Cmd><Data>406</Data>")
                .contains("<Cmd>Nonsense</Cmd><Data>400</Data>");
    }

    @Test
    void a_status_on_a_status_needs_no_answer() {
        ScriptedDevice device = ScriptedDevice.trusted().with(GET);
        device.sends(alert(1, 1201), devInfo(2));
        device.sends(header(1, 200), status(2, "1/1", "Status", 406), status(3, "1/4", "Get", 404));
        assertThat(device.hears()).containsExactly("Status 2/0 SyncHdr 200", "Final");
        assertThat(device.outcomes).hasSize(1);
    }

    @Test
    void no_resp_suppresses_nothing() {
        ScriptedDevice device = ScriptedDevice.trusted();
        SyncHdr header = new SyncHdr("1.2", "DM/1.2", "1", "1", new Location(ScriptedDevice.URL),
                new Location(ScriptedDevice.ID), null, true, null, Meta.NONE);
        Packet packet = new Packet(device.encoding.mediaType(), SyncmlCodec.encode(
                new Message(header, List.of(alert(1, 1201), devInfo(2)), true), device.encoding));
        device.delivers(packet);
        assertThat(device.hears()).containsExactly("Status 1/0 SyncHdr 200", "Status 1/1 Alert 200",
                "Status 1/2 Replace 200", "Final");
    }

    /**
     * <pre>
     * device                                                   server
     *   | message 5 of a session that is not known  ->            |
     *   |   <- Status 400 on it, Alert 1223, Final                |
     * </pre>
     */
    @Test
    void a_message_that_goes_on_with_an_unknown_session_is_told_to_begin_anew() {
        ScriptedDevice device = ScriptedDevice.trusted().with(GET);
        device.sessionId = "7A";
        device.msgId = 4;
        device.sends(header(4, 200), status(2, "4/4", "Get", 200), alert(3, 1222));
        assertThat(device.hears()).containsExactly("Status 5/0 SyncHdr 400", "Status 5/3 Alert 400", "3 Alert 1223",
                "Final");
        assertThat(device.answer().header().msgId()).isEqualTo("5");
        assertThat(device.facts(Fact.Ended.class)).containsExactly(
                new Fact.Ended(Fact.Reason.ABORTED_BY_SERVER, "message 5 of a session that is not known any more"));
        assertThat(device.allFacts).noneMatch(Fact.Sent.class::isInstance).noneMatch(Fact.Began.class::isInstance);
        device.msgId = 0;
        device.sends(alert(1, 1201), devInfo(2));
        assertThat(device.hears()).contains("4 Get ./A", "Final");
    }

    @Test
    void an_unknown_session_is_not_gone_on_with_after_a_challenge_either_but_a_package_1_is() {
        ScriptedDevice device = new ScriptedDevice().with(GET);
        device.msgId = 4;
        device.sends(header(4, 200), status(2, "4/4", "Get", 200));
        assertThat(device.hears().getFirst()).startsWith("Status 5/0 SyncHdr 407");
        device.basic().sends(header(5, 200), status(2, "4/4", "Get", 200));
        assertThat(device.hears()).containsExactly("Status 6/0 SyncHdr 400", "2 Alert 1223", "Final");

        ScriptedDevice other = new ScriptedDevice().with(GET);
        other.msgId = 4;
        other.sends(header(4, 200), status(2, "4/4", "Get", 200));
        other.basic().sends(header(5, 200), alert(2, 1201), devInfo(3));
        assertThat(other.hears()).contains("4 Get ./A", "Final");
    }

    /** The session has expired when somebody repeats its package 1: the device's next message fits its number. */
    @Test
    void what_goes_on_behind_a_package_1_that_was_not_accepted_is_not_gone_on_with() {
        ScriptedDevice device = new ScriptedDevice().with(GET);
        device.sends(alert(1, 1201), devInfo(2));
        device.basic().sends(header(1, 200), status(2, "1/4", "Delete", 200), alert(3, 1222));
        assertThat(device.hears()).containsExactly("Status 2/0 SyncHdr 400", "Status 2/3 Alert 400", "3 Alert 1223",
                "Final");
        assertThat(device.allFacts).noneMatch(Fact.Sent.class::isInstance).noneMatch(Fact.Began.class::isInstance);
    }

    @Test
    void a_stranger_is_refused_with_statuses_only() {
        ScriptedDevice device = ScriptedDevice.trusted();
        device.sends(alert(1, 1201), devInfo(2));
        SyncHdr header = new SyncHdr("1.2", "DM/1.2", "1", "1", new Location(""), new Location("IMEI:9"), null, false,
                null, Meta.NONE);
        Message message = new Message(header, List.of(alert(1, 1201), new Alert("2",
                new dev.grove.syncml.AlertCode(1224), null, List.of())), true);
        Packet packet = new Packet(device.encoding.mediaType(), dev.grove.wire.Bytes.EMPTY);
        String answer = Dm1ServerSession.refuse(new Incoming(packet, message, device.encoding, "http://here/", null),
                device.settings, StatusCode.SERVICE_UNAVAILABLE).body().utf8();
        assertThat(answer).contains("<LocURI>http://here/</LocURI>").contains("<Final")
                .contains("<CmdRef>0</CmdRef>").contains("<CmdRef>2</CmdRef>").doesNotContain("200");
    }
}
