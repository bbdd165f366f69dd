package dev.grove.dm1.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.dm1.command.UserInterface.Answer;
import dev.grove.dm1.exchange.Profile;
import dev.grove.syncml.Command;
import dev.grove.syncml.Command.Alert;
import dev.grove.syncml.Command.Container;
import dev.grove.syncml.Command.Status;
import dev.grove.syncml.Command.WithItems;
import dev.grove.syncml.Encoding;
import dev.grove.syncml.Message;
import dev.grove.tree.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a server asks: every command is answered exactly once, in order, and no message is too long. */
class ClientSessionPropertyTest {

    private static final int ROUNDS = 60;
    private static final List<Profile> PROFILES = List.of(Profile.DM_1_1, Profile.DM_1_2, Profile.DM_1_3);

    @ParameterizedTest
    @ValueSource(longs = {1, 20261121, 5})
    void every_command_is_answered_exactly_once(long seed) {
        Random luck = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            long roundSeed = luck.nextLong();
            oneSession(new Random(roundSeed), "seed " + seed + ", round " + round + " (" + roundSeed + ")");
        }
    }

    private static void oneSession(Random luck, String where) {
        TestDevice device = new TestDevice(PROFILES.get(luck.nextInt(PROFILES.size())))
                .withEncoding(luck.nextBoolean() ? Encoding.XML : Encoding.WBXML)
                .with(interaction -> answer(interaction, luck));
        int maxMsgSize = 1200 + luck.nextInt(3000);
        device.start();
        AnyCommands any = new AnyCommands(luck);
        int clientMsgId = 1;
        for (int i = 0; i < 3 && !device.state().isEnded(); i++) {
            List<Command> commands = any.some(6);
            Message asked = device.message(true, withStatus(clientMsgId, commands));
            ClientTurn turn = device
                    .take(new Message(MultipleMessagesTest.withLimit(asked.header(), maxMsgSize), asked.body(), true));
            List<Command> answers = new ArrayList<>();
            while (turn.send() != null) {
                assertThat(turn.send().body().length()).as(where).isLessThanOrEqualTo(maxMsgSize);
                Message sent = device.decode(turn.send());
                clientMsgId = Integer.parseInt(sent.header().msgId());
                answers.addAll(sent.body());
                if (sent.isFinal()) {
                    break;
                }
                turn = device.take(device.message(false, Say.ok(clientMsgId), Say.next("1")));
            }
            if (!device.state().isEnded()) {
                assertAnswered(commands, answers, asked.header().msgId(), where);
            }
        }
    }

    private static Command[] withStatus(int msgRef, List<Command> commands) {
        List<Command> body = new ArrayList<>();
        body.add(Say.ok(msgRef));
        body.addAll(commands);
        return body.toArray(Command[]::new);
    }

    private static void assertAnswered(List<Command> commands, List<Command> answers, String msgId, String where) {
        Map<String, Integer> expected = new HashMap<>();
        commands.forEach(command -> count(command, expected));
        Map<String, Integer> found = new HashMap<>();
        for (Command answer : answers) {
            if (answer instanceof Status status && status.msgRef().equals(msgId) && !status.isOfHeader()) {
                found.merge(status.cmdRef(), 1, Integer::sum);
            }
        }
        assertThat(found.keySet()).as(where).isEqualTo(expected.keySet());
        found.forEach((id, number) -> assertThat(number).as(where + ": CmdID " + id).isIn(1, expected.get(id)));
    }

    /** How many Statuses a command may have: one, or one for each item. Results have none. */
    private static void count(Command command, Map<String, Integer> expected) {
        switch (command) {
            case Command.Results _ -> {}
            case WithItems with -> expected.put(with.cmdId(), Math.max(1, with.items().size()));
            case Alert alert -> expected.put(alert.cmdId(), 1);
            case Container container -> {
                expected.put(container.cmdId(), 1);
                container.commands().forEach(child -> count(child, expected));
            }
            case Status _,Command.Unknown _ -> throw new IllegalStateException("not made here");
        }
    }

    private static Answer answer(Operation.Interaction interaction, Random luck) {
        return switch (luck.nextInt(6)) {
            case 0 -> new Answer.Cancelled();
            case 1 -> new Answer.No();
            case 2 -> new Answer.Unsupported();
            case 3 -> new Answer.Undisplayable();
            default -> switch (interaction) {
                case Operation.Display _ -> new Answer.Shown();
                case Operation.Confirm _ -> new Answer.Yes();
                case Operation.Input _ -> new Answer.Text("text");
                case Operation.Choose _ -> new Answer.Choices(List.of(1));
            };
        };
    }
}
