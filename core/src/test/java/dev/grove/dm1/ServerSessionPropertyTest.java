package dev.grove.dm1;

import dev.grove.engine.Account;
import dev.grove.engine.Fact;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.auth.Scheme;
import dev.grove.syncml.AlertCode;
import dev.grove.syncml.Command;
import dev.grove.syncml.Command.Alert;
import dev.grove.syncml.Command.Container;
import dev.grove.syncml.Command.Replace;
import dev.grove.syncml.Command.Results;
import dev.grove.syncml.Command.Status;
import dev.grove.syncml.Data;
import dev.grove.syncml.Encoding;
import dev.grove.syncml.Item;
import dev.grove.syncml.Meta;
import dev.grove.syncml.SyncHdr.Location;
import dev.grove.tree.Address;
import dev.grove.tree.Operation;
import dev.grove.tree.Operation.UiOptions;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import dev.grove.wire.Headers;
import dev.grove.wire.Packet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Whatever a device does, the engine neither throws nor loses an operation nor tells its outcome twice: each operation
 * that was sent ends as answered, unsendable or unanswered, once for each session that sent it.
 */
class ServerSessionPropertyTest {

    private final long seed = Long.getLong("grove.seed", 7755936426311L);
    private SplittableRandom luck = new SplittableRandom(seed);

    @Test
    void no_behaviour_of_a_device_makes_the_engine_throw_or_lose_or_double_an_answer() {
        for (int run = 0; run < 400; run++) {
            luck = new SplittableRandom(seed + run);
            try {
                play(device());
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError("seed " + (seed + run), failure);
            }
        }
    }

    private ScriptedDevice device() {
        ScriptedDevice device = luck.nextInt(4) == 0 ? new ScriptedDevice().basic() : ScriptedDevice.trusted();
        device.encoding = luck.nextBoolean() ? Encoding.XML : Encoding.WBXML;
        device.verProto = oneOf("DM/1.2", "DM/1.3", "DM/1.2");
        if (luck.nextInt(3) == 0) {
            device.headers = Headers.of("User-Agent", "MSFT OMA DM Client/1.2.0.1");
        }
        if (luck.nextInt(3) == 0) {
            device.account = new Account(ScriptedDevice.ID, ScriptedDevice.BRUCE, List.of(Scheme.BASIC),
                    ScriptedDevice.SERVER, Scheme.MD5);
        }
        if (luck.nextInt(2) == 0) {
            device.maxMsgSize(luck.nextInt(50, 4000));
        }
        for (int i = luck.nextInt(6); i > 0; i--) {
            device.with(operation(2));
        }
        return device;
    }

    private void play(ScriptedDevice device) {
        device.sends(Say.alert(1, 1201), Say.devInfo(2));
        checkEach(device);
        for (int turns = luck.nextInt(1, 15); turns > 0; turns--) {
            switch (luck.nextInt(12)) {
                case 0 -> device.repeats();
                case 1 -> device.msgId += luck.nextInt(-3, 4);
                case 2 -> device.with(operation(2));
                default -> {
                    Command[] body = body(device);
                    if (luck.nextInt(4) == 0) {
                        device.sendsMore(body);
                    } else {
                        device.sends(body);
                    }
                }
            }
            checkEach(device);
        }
        checkAll(device);
    }

    private static void checkEach(ScriptedDevice device) {
        Turn turn = device.turn();
        Packet reply = turn.reply();
        assertThat(reply).isNotNull();
        assertThat(device.answer().header().sessionId()).isEqualTo("1");
        assertThat(device.answer().body().getFirst()).isInstanceOfSatisfying(Status.class,
                status -> assertThat(status.isOfHeader()).isTrue());
        boolean isEnded = turn.facts().stream().anyMatch(Fact.Ended.class::isInstance);
        if (isEnded && turn.next().isEnded()) {
            assertThat(turn.next().work().inFlight()).isEmpty();
        }
    }

    /** What was sent is in flight or has come to an end; nothing comes to an end more often than it was sent. */
    private static void checkAll(ScriptedDevice device) {
        Map<Integer, Integer> open = new HashMap<>();
        for (Fact fact : device.allFacts) {
            switch (fact) {
                case Fact.Sent(String _, int index) -> open.merge(index, 1, Integer::sum);
                case Fact.Answered(String _, String path, var _) when path.indexOf('.') < 0 ->
                    open.merge(Integer.parseInt(path), -1, Integer::sum);
                case Fact.Unanswered(String _, int index) -> open.merge(index, -1, Integer::sum);
                case Fact.Unsendable(String _, int index, var _, var _) -> open.computeIfPresent(index,
                        (_, count) -> count - 1);
                case Fact.Answered _,Fact.Opened _,Fact.Began _,Fact.Authenticated _,Fact.Learned _ -> {
                }
                case Fact.AuthenticationRefused _,Fact.AlertRaised _,Fact.AlertsAnnounced _,Fact.Noted _ -> {
                }
                case Fact.ReplyUnreadable _,Fact.ClientNonceIssued _,Fact.ServerNonceReceived _ -> {
                }
                case Fact.ServerSchemeLearned _,Fact.Service _,Fact.Ended _ -> {
                }
            }
        }
        for (InFlight task : device.turn().next().work().inFlight()) {
            open.merge(task.index(), -1, Integer::sum);
        }
        assertThat(open.values()).as("sent, less ended, less in flight: " + open).allMatch(count -> count == 0);
    }

    private Command[] body(ScriptedDevice device) {
        List<Command> body = new ArrayList<>();
        if (luck.nextInt(8) != 0) {
            body.add(Say.header(device.msgId, luck.nextInt(12) == 0 ? code() : 200));
        }
        for (Command command : device.answer().body()) {
            if (luck.nextInt(8) != 0) {
                answer(device, command, body);
            }
        }
        for (int i = luck.nextInt(3); i > 0; i--) {
            body.add(anything(body.size() + 1));
        }
        return body.toArray(Command[]::new);
    }

    private void answer(ScriptedDevice device, Command command, List<Command> body) {
        if (command instanceof Status || command.cmdId().isEmpty()) {
            return;
        }
        int id = Integer.parseInt(command.cmdId());
        int code = luck.nextInt(3) == 0 ? code() : 200;
        body.add(Say.status(body.size() + 1, device.msgId + "/" + id, command.name(), code));
        if (command instanceof Command.Get) {
            for (int i = luck.nextInt(3); i > 0; i--) {
                body.add(Say.results(body.size() + 1, device.msgId, id, item(luck.nextInt(4) == 0)));
            }
        }
        if (command instanceof Container container) {
            container.commands().forEach(inner -> answer(device, inner, body));
        }
    }

    private Command anything(int cmdId) {
        return switch (luck.nextInt(7)) {
            case 0 -> new Alert(id(cmdId), new AlertCode(luck.nextInt(1222, 1227)), null, List.of(item(false)));
            case 1 -> Say.alert(cmdId, luck.nextInt(10) == 0 ? 1223 : 1222);
            case 2 -> new Results(id(cmdId), "1", Integer.toString(luck.nextInt(9)), Meta.NONE, null, null,
                    List.of(item(luck.nextBoolean())));
            case 3 -> new Replace(id(cmdId), Meta.NONE, List.of(item(luck.nextBoolean())));
            case 4 ->
                Say.status(cmdId, luck.nextInt(5) + "/" + luck.nextInt(9), oneOf("Get", "Add", "Alert", "Status"),
                        code());
            case 5 -> Say.alert(cmdId, luck.nextInt(4) == 0 ? 1225 : 1226, item(luck.nextBoolean()));
            default -> new Command.Add(id(cmdId), Meta.NONE, List.of(item(false)));
        };
    }

    private String id(int cmdId) {
        return luck.nextInt(5) == 0 ? "0" : Integer.toString(cmdId);
    }

    private Item item(boolean moreData) {
        Meta meta = new Meta(oneOf("chr", "b64", "int", "nonsense"), luck.nextBoolean() ? "org.example" : null, null,
                luck.nextInt(3) == 0 ? (Long) luck.nextLong(20) : null, null, null, null, List.of());
        return new Item(null, luck.nextInt(5) == 0 ? null : new Location(oneOf("./A", "./B", "./DevInfo/Man")), null,
                null, meta, luck.nextInt(6) == 0 ? null : Data.of("x".repeat(luck.nextInt(50))), moreData);
    }

    private int code() {
        StatusCode[] codes = {StatusCode.OK, StatusCode.CHUNK_ACCEPTED, StatusCode.INVALID_CREDENTIALS,
                StatusCode.AUTHENTICATION_ACCEPTED, StatusCode.NOT_FOUND, StatusCode.SIZE_MISMATCH,
                StatusCode.COMMAND_FAILED, StatusCode.IN_PROGRESS};
        return codes[luck.nextInt(codes.length)].code();
    }

    private Operation operation(int depth) {
        Address target = Address.parse(oneOf("./A", "./B/C", "./A?prop=ACL"));
        return switch (luck.nextInt(depth > 0 ? 9 : 6)) {
            case 0 -> new Operation.Get(target);
            case 1 -> new Operation.Add(target, Value.text("x".repeat(luck.nextInt(5000))));
            case 2 -> new Operation.Replace(target, Value.text("y"));
            case 3 -> new Operation.Delete(target);
            case 4 -> new Operation.Exec(target, null, null);
            case 5 -> new Operation.Display("Hello", UiOptions.NONE);
            case 6 -> new Operation.Atomic(List.of(operation(depth - 1), operation(depth - 1)));
            case 7 -> new Operation.Sequence(List.of(operation(depth - 1), operation(depth - 1)));
            default -> new Operation.Copy(target, target);
        };
    }

    private String oneOf(String... choices) {
        return choices[luck.nextInt(choices.length)];
    }
}
