package dev.grove.dm1.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.dm1.client.ClientFact.Ended;
import dev.grove.dm1.client.ClientFact.Reason;
import dev.grove.dm1.exchange.Profile;
import dev.grove.dm1.exchange.Quirk;
import dev.grove.syncml.Command.Atomic;
import dev.grove.syncml.Encoding;
import dev.grove.syncml.Message;
import dev.grove.syncml.Meta;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Tree;
import dev.grove.tree.Value;
import dev.grove.tree.edit.TreeRules;
import dev.grove.wire.Bytes;
import dev.grove.wire.Packet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The habits of a Windows client ([MS-MDM §2, §3, §4]). */
class WindowsTest {

    private static final Packet NONSENSE = new Packet(Encoding.XML.mediaType(), Bytes.utf8("<SyncML><Broken"));

    /** [MS-MDM §4], first and third message; the alert 1201 that real clients send before is there too. */
    @Test
    void the_session_of_the_specification() {
        TestDevice windows = windows(Profile.WINDOWS);
        windows.alerts = List.of(ClientAlert.loginStatus("user"));

        Message first = windows.start(Trigger.client(1));
        assertThat(Transcript.of(first)).containsExactly("Alert 1201",
                "Alert 1224 (com.microsoft/MDM/LoginStatus)=user",
                "Replace ./DevInfo/DevId=IMEI:493005100592800 ./DevInfo/Man=Device Factory "
                        + "./DevInfo/Mod=SmartPhone2000 ./DevInfo/DmV=1.3 ./DevInfo/Lang=en-US",
                "Final");
        assertThat(first.header().verDtd() + " " + first.header().verProto()).isEqualTo("1.2 DM/1.2");
        assertThat(first.header().meta()).isEqualTo(Meta.NONE);

        Message third = windows.reply(Say.ok(1), Say.get("4", "./DevDetail/SwV"), Say.get("5", "./DevDetail/HwV"));
        assertThat(Transcript.of(third)).containsExactly("Status 1/0 SyncHdr 200",
                "Status 1/4 Get 200 ./DevDetail/SwV", "Results 1/4 ./DevDetail/SwV=2.0",
                "Status 1/5 Get 404 ./DevDetail/HwV error 0x86000002", "Final");
    }

    @Test
    void Replace_adds_what_is_missing_with_the_nodes_above() {
        TestDevice windows = windows(Profile.WINDOWS).started();

        Message answer = windows.reply(Say.ok(1), Say.replace("1", "./Vendor/MSFT/X/Y", "1"));

        assertThat(Transcript.of(answer)).contains("Status 1/1 Replace 200 ./Vendor/MSFT/X/Y");
        assertThat(windows.tree().has(NodeUri.parse("./Vendor/MSFT/X/Y"))).isTrue();
    }

    @Test
    void Copy_is_not_supported() {
        Message answer = windows(Profile.WINDOWS).started().reply(Say.ok(1), Say.copy("1", "./A/B", "./A/C"));

        assertThat(Transcript.of(answer)).contains("Status 1/1 Copy 406 ./A/C ./A/B error 0x80004005");
    }

    @Test
    void failures_bear_an_HRESULT_and_successes_none() {
        Message answer = windows(Profile.WINDOWS).started().reply(Say.ok(1), Say.add("1", "./A/B", "x"),
                Say.get("2", "/A"), Say.get("3", "./A/B"));

        assertThat(Transcript.of(answer)).contains("Status 1/1 Add 418 ./A/B error 0x800700B7",
                "Status 1/2 Get 400 /A error 0x80070057", "Status 1/3 Get 200 ./A/B");
    }

    @Test
    void a_nested_Atomic_is_500_in_507() {
        Message answer = windows(Profile.WINDOWS).started().reply(Say.ok(1), new Atomic("1", Meta.NONE,
                List.of(Say.add("2", "./A/N", "x"), new Atomic("3", Meta.NONE, List.of(Say.delete("4", "./A/B"))))));

        assertThat(Transcript.of(answer)).contains("Status 1/1 Atomic 507 error 0x80004005",
                "Status 1/2 Add 216 ./A/N", "Status 1/3 Atomic 500 error 0x80004005");
    }

    @Test
    void after_an_unreadable_answer_it_begins_anew_and_says_so() {
        TestDevice windows = windows(Profile.WINDOWS);
        windows.alerts = List.of(ClientAlert.loginStatus("user"));
        windows.start();

        Message again = windows.sent(windows.take(NONSENSE));

        assertThat(Transcript.of(again)).startsWith("Status 0/0 SyncHdr 500", "Alert 1201",
                "Alert 1224 (com.microsoft/MDM/LoginStatus)=user").endsWith("Final");
        assertThat(again.header().msgId()).isEqualTo("2");
        assertThat(Transcript.of(windows.reply(Say.ok(2), Say.get("1", "./A/B")))).contains("Results 1/1 ./A/B=b");
    }

    @Test
    void a_second_unreadable_answer_ends_the_session() {
        TestDevice windows = windows(Profile.WINDOWS).started();
        windows.take(NONSENSE);

        ClientTurn turn = windows.take(new Packet(Encoding.XML.mediaType(), Bytes.utf8("<more/>")));

        assertThat(Transcript.of(windows.sent(turn))).containsExactly("Alert 1223", "Final");
        assertThat(turn.next().isEnded()).isTrue();
    }

    @Test
    void aborts_instead_of_chunking() {
        TestDevice windows = windows(Profile.WINDOWS).started();

        ClientTurn turn = windows.take(new Message(MultipleMessagesTest.withLimit(windows.header(1), 2000),
                List.of(Say.ok(1), Say.get("1", "./A/B"), Say.get("2", "./A/Big")), true));

        assertThat(Transcript.of(windows.sent(turn))).containsExactly("Status 1/0 SyncHdr 200",
                "Status 1/1 Get 200 ./A/B", "Results 1/1 ./A/B=b", "Status 1/2 Get 200 ./A/Big", "Alert 1223", "Final");
        assertThat(turn.facts().getLast()).isInstanceOfSatisfying(Ended.class,
                ended -> assertThat(ended.reason()).isEqualTo(Reason.ABORTED_BY_CLIENT));
    }

    @Test
    void a_modern_one_cuts_large_results() {
        TestDevice windows = windows(Profile.WINDOWS.without(Quirk.ABORTS_INSTEAD_OF_CHUNKING)).started();

        Message asked = windows.message(true, Say.ok(1), Say.get("2", "./A/Big"));
        Message answer = windows.sent(windows.take(
                new Message(MultipleMessagesTest.withLimit(asked.header(), 2000), asked.body(), true)));
        List<String> lines = new ArrayList<>(Transcript.of(answer));
        for (int i = 2; !lines.getLast().equals("Final"); i++) {
            lines.addAll(Transcript.of(windows.replyMore(Say.ok(i), Say.next("1"))));
        }

        assertThat(lines.stream().filter(line -> line.startsWith("Results 1/2 ./A/Big"))).hasSizeGreaterThan(2);
    }

    private static TestDevice windows(Profile profile) {
        Tree tree = TestDevice.withLeaf(TestDevice.sampleTree(), "./DevInfo/DmV", Value.text("1.3"));
        return new TestDevice(profile).withRules(TreeRules.WINDOWS)
                .withTree(TestDevice.withLeaf(tree, "./A/Big", Value.text("x".repeat(5000))));
    }
}
