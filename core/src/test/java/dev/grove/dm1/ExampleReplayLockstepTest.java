package dev.grove.dm1;

import dev.grove.engine.Account;
import dev.grove.engine.Fact;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.auth.Credentials;
import dev.grove.auth.Scheme;
import dev.grove.auth.Secret;
import dev.grove.syncml.Command;
import dev.grove.syncml.Command.Status;
import dev.grove.syncml.Encoding;
import dev.grove.syncml.Message;
import dev.grove.syncml.Meta;
import dev.grove.syncml.SyncHdr;
import dev.grove.syncml.SyncHdr.Cred;
import dev.grove.syncml.SyncmlCodec;
import dev.grove.tree.Address;
import dev.grove.tree.Format;
import dev.grove.tree.Operation;
import dev.grove.tree.Operation.UiOptions;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import dev.grove.wire.Packet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The device's messages of the examples in [DMPRO 1.3 §11], said to the server engine with the work of the examples:
 * it sends what the server of the examples sends, and understands what the device answers. Credentials, which print
 * left empty, are filled in; {@code CmdRef}s follow the numbers that this server gives.
 */
class ExampleReplayLockstepTest {

    private static final Path EXAMPLES = Path.of("src/test/resources/golden/dmpro-1.3");
    private static final String DEVICE = "IMEI:493005100592800";
    private static final Secret SECRET = new Secret("Bruce2", "OhBehave", Bytes.EMPTY);

    @Test
    void the_one_step_protocol() {
        ScriptedDevice device = device().with(new Operation.Sequence(List.of(
                new Operation.Confirm("Do you want to add the CNN access point?", UiOptions.NONE),
                new Operation.Replace(Address.parse("./settings/wap_settings/CNN"),
                        new Value(Format.B64, "application/vnd.wap.connectivity-wbxml", Bytes.EMPTY)))));

        device.delivers(packet(proved(example("11.1.1-package-1.xml"))));
        assertSame(device, "11.1.2-package-2.xml");
        device.delivers(packet(referring(example("11.1.3-package-3.xml"), device.answer())));
        assertThat(device.hears()).containsExactly("Status 2/0 SyncHdr 200", "Final");

        assertThat(device.outcomes).containsOnlyKeys("0.0", "0.1", "0");
        assertThat(device.outcomes.values()).allMatch(outcome -> outcome.status().equals(StatusCode.OK));
        assertThat(device.facts(Fact.Ended.class)).containsExactly(new Fact.Ended(Fact.Reason.COMPLETED, ""));
    }

    @Test
    void the_two_step_protocol() {
        ScriptedDevice device = device().with(
                new Operation.Display("Your antivirus software is being updated", UiOptions.NONE),
                new Operation.Get(Address.parse("./antivirus_data/version")));

        device.delivers(packet(proved(example("11.2.1-package-1.xml"))));
        assertSame(device, "11.2.2-package-2.xml");
        device.with(new Operation.Replace(Address.parse("./antivirus_data"),
                new Value(Format.B64, "application/antivirus-inc.virusdef", Bytes.EMPTY)));
        device.delivers(packet(referring(example("11.2.3-package-3.xml"), device.answer())));
        assertThat(device.outcome("1").results().getFirst().value().text()).isEqualTo("antivirus-inc/20010522b/5");
        assertSame(device, "11.2.4-package-4.xml");
        device.delivers(packet(withMsgId(example("11.2.5-package-3-again.xml"), "3")));
        assertThat(device.hears()).containsExactly("Status 3/0 SyncHdr 200", "Final");
        assertThat(device.outcome("2").status()).isEqualTo(StatusCode.OK);
        assertThat(device.facts(Fact.Ended.class)).containsExactly(new Fact.Ended(Fact.Reason.COMPLETED, ""));
    }

    private static ScriptedDevice device() {
        ScriptedDevice device = new ScriptedDevice();
        device.account = new Account(DEVICE, SECRET, List.of(Scheme.BASIC), null, Scheme.BASIC);
        return device;
    }

    /** Ids, and the numbers of the commands that Statuses refer to in package 1, are as each server counts them. */
    private static void assertSame(ScriptedDevice device, String name) {
        List<String> lines = new ArrayList<>();
        for (Command command : example(name).body()) {
            lines.add(Say.line(command));
        }
        lines.add("Final");
        List<String> repaired = lines.stream().map(line -> line.replaceFirst("^(Status [0-9]+)/ SyncHdr 212",
                "$1/0 SyncHdr 200")).toList();
        assertThat(device.hears().stream().map(ExampleReplayLockstepTest::plain)).containsExactlyElementsOf(
                repaired.stream().map(ExampleReplayLockstepTest::plain).toList());
    }

    private static String plain(String line) {
        return line.replaceAll("(^|\\[|, )[0-9]+ ", "$1");
    }

    private static Message proved(Message message) {
        SyncHdr h = message.header();
        Cred cred = new Cred(Meta.of("b64", "syncml:auth-basic"), Credentials.data(Scheme.BASIC, SECRET));
        return new Message(new SyncHdr(h.verDtd(), h.verProto(), h.sessionId(), h.msgId(), h.target(), h.source(),
                null, false, cred, h.meta()), message.body(), message.isFinal());
    }

    private static Message withMsgId(Message message, String msgId) {
        SyncHdr h = message.header();
        return new Message(new SyncHdr(h.verDtd(), h.verProto(), h.sessionId(), msgId, h.target(), h.source(), null,
                false, null, h.meta()), message.body(), message.isFinal());
    }

    /** The answer, with the CmdIDs of {@code asked} in the place of those that the example's server gave. */
    private static Message referring(Message answer, Message asked) {
        List<Command> body = new ArrayList<>();
        for (Command command : answer.body()) {
            body.add(switch (command) {
                case Status s when !s.isOfHeader() && !s.cmdRef().isEmpty() -> new Status(s.cmdId(), s.msgRef(),
                        idOf(asked.body(), s.cmd()), s.cmd(), s.targetRefs(), s.sourceRefs(), s.cred(), s.chal(),
                        s.code(), s.originalError(), s.items());
                case Command.Results r -> new Command.Results(r.cmdId(), r.msgRef(), idOf(asked.body(), "Get"),
                        r.meta(), r.targetRef(), r.sourceRef(), r.items());
                default -> command;
            });
        }
        return new Message(answer.header(), body, answer.isFinal());
    }

    private static String idOf(List<Command> commands, String name) {
        for (Command command : commands) {
            boolean isIt = command.name().equals(name);
            String id = isIt ? command.cmdId()
                    : command instanceof Command.Container inside ? idOf(inside.commands(), name) : "";
            if (!id.isEmpty()) {
                return id;
            }
        }
        return "";
    }

    private static Packet packet(Message message) {
        return new Packet(Encoding.XML.mediaType(), SyncmlCodec.encode(message, Encoding.XML));
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
