package dev.grove.dm1.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.auth.Credentials;
import dev.grove.auth.Scheme;
import dev.grove.auth.Secret;
import dev.grove.dm1.client.ClientFact.Ended;
import dev.grove.dm1.client.ClientFact.Reason;
import dev.grove.dm1.command.UserInterface.Answer;
import dev.grove.syncml.Encoding;
import dev.grove.syncml.Message;
import dev.grove.syncml.SyncmlCodec;
import dev.grove.tree.Acl;
import dev.grove.tree.Node;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Operation;
import dev.grove.tree.Tree;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The server's messages of the examples in [DMPRO 1.3 §11], said to a device that has their tree: it answers as the
 * device of the examples does. Credentials, which print left empty, are filled in.
 */
class ExampleReplayTest {

    private static final Path EXAMPLES = Path.of("src/test/resources/golden/dmpro-1.3");
    private static final Secret SERVER = new Secret("server", "secret", Bytes.EMPTY);

    @Test
    void the_one_step_protocol() {
        TestDevice device = device(with("./settings/wap_settings/CNN", Value.binary(Bytes.EMPTY)), "yes");

        Message first = device.start(Trigger.server(1, false, false));
        Message third = hears(device, "11.1.2-package-2.xml");
        ClientTurn end = device.take(example("11.1.4-package-4.xml"));

        assertSameReport(first, example("11.1.1-package-1.xml"));
        assertThat(Transcript.of(third)).isEqualTo(Transcript.of(example("11.1.3-package-3.xml")));
        assertThat(third.header().msgId()).isEqualTo("2");
        assertThat(end.send()).isNull();
        assertThat(end.facts()).endsWith(new Ended(Reason.COMPLETED, ""));
    }

    /** Its second half is said to another device: ./antivirus_data cannot be a leaf and have a version below it. */
    @Test
    void the_two_step_protocol() {
        TestDevice device = device(with("./antivirus_data/version", Value.text("antivirus-inc/20010522b/5")), "shown");
        Message first = device.start(Trigger.server(1, false, false));
        Message third = hears(device, "11.2.2-package-2.xml");

        assertSameReport(first, example("11.2.1-package-1.xml"));
        assertThat(Transcript.of(third)).isEqualTo(repaired(example("11.2.3-package-3.xml")));
    }

    @Test
    void the_second_step_of_the_two_step_protocol() {
        TestDevice device = device(with("./antivirus_data", Value.binary(Bytes.utf8("old"))), "shown");
        device.start(Trigger.server(1, false, false));
        hears(device, "11.2.2-package-2.xml");
        Message again = device.sent(device.take(example("11.2.4-package-4.xml")));
        ClientTurn end = device.take(example("11.2.6-package-4-again.xml"));

        // print has MsgRef 1 for the Replace of message 2
        assertThat(Transcript.of(again)).isEqualTo(repaired(example("11.2.5-package-3-again.xml")).stream()
                .map(line -> line.replace("Status 1/2 Replace", "Status 2/2 Replace")).toList());
        assertThat(end.facts()).endsWith(new Ended(Reason.COMPLETED, ""));
    }

    /** Print leaves the CmdRef of the header out in two places. */
    private static List<String> repaired(Message example) {
        return Transcript.of(example).stream().map(line -> line.replaceFirst("^Status ([0-9]+)/ SyncHdr",
                "Status $1/0 SyncHdr")).toList();
    }

    /** Package 1 has the same alert and reports the same, in whatever order; the usual Meta may be left out. */
    private static void assertSameReport(Message ours, Message example) {
        List<String> said = Transcript.of(ours);
        List<String> wanted = Transcript.of(example);
        assertThat(said.getFirst()).isEqualTo(wanted.getFirst());
        String report = wanted.get(1).replace("(chr text/plain)", "");
        assertThat(words(said.get(1))).containsExactlyInAnyOrderElementsOf(words(report));
        assertThat(said.getLast()).isEqualTo(wanted.getLast());
    }

    private static List<String> words(String report) {
        return List.of(report.replace(" ./", "\n./").split("\n", -1));
    }

    private static TestDevice device(Tree tree, String answer) {
        TestDevice device = TestDevice.dm13().withTree(tree)
                .with(ClientAccount.open("s", TestDevice.URL).withServer(SERVER, Scheme.BASIC));
        return device.with((Operation.Interaction _) -> answer.equals("yes") ? new Answer.Yes() : new Answer.Shown());
    }

    /** The tree of the examples, with one node more, which every server may change. */
    private static Tree with(String uri, Value value) {
        NodeUri node = NodeUri.parse(uri);
        Tree tree = TestDevice.sampleTree();
        String language = uri.startsWith("./settings") ? "en-US" : "US-en";
        tree = TestDevice.withLeaf(tree, "./DevInfo/Man", Value.text("Device Factory, Inc."));
        tree = TestDevice.withLeaf(tree, "./DevInfo/Lang", Value.text(language));
        NodeUri parent = node.parent();
        if (!parent.isRoot() && !tree.has(parent.parent())) {
            tree = tree.with(parent.parent(), Node.interior("", TestDevice.NOW));
        }
        return TestDevice.withLeaf(tree, uri, value).change(node,
                leaf -> leaf.withAcl(Acl.parse("Get=*&Replace=*")));
    }

    private static Message hears(TestDevice device, String name) {
        return device.sent(device.take(ServerAuthenticationTest.proved(example(name), "syncml:auth-basic",
                Credentials.data(Scheme.BASIC, SERVER))));
    }

    private static Message example(String name) {
        try {
            return SyncmlCodec.decode(Bytes.wrap(Files.readAllBytes(EXAMPLES.resolve(name))), Encoding.XML,
                    Limits.DEFAULT);
        } catch (IOException | Malformed impossible) {
            throw new AssertionError(name, impossible);
        }
    }
}
