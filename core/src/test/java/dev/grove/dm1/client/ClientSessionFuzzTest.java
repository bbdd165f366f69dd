package dev.grove.dm1.client;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.grove.auth.Scheme;
import dev.grove.auth.Secret;
import dev.grove.dm1.command.UserInterface.Answer;
import dev.grove.dm1.exchange.Profile;
import dev.grove.syncml.Command;
import dev.grove.syncml.Encoding;
import dev.grove.wire.Bytes;
import dev.grove.wire.Packet;
import java.util.Random;

/** The door of a device: whatever a server answers, a turn ends with a state, and nothing is thrown. */
class ClientSessionFuzzTest {

    @FuzzTest(maxDuration = "20m")
    void any_answer_is_met(FuzzedDataProvider data) {
        Encoding encoding = data.pickValue(Encoding.values());
        TestDevice device = new TestDevice(data.pickValue(Profile.ALL)).withEncoding(encoding)
                .with(_ -> new Answer.Cancelled());
        if (data.consumeBoolean()) {
            Secret secret = new Secret("user", "secret", Bytes.EMPTY);
            Scheme scheme = data.pickValue(Scheme.values());
            device.with(device.account.withClient(secret, scheme, false).withServer(secret, scheme));
        }
        device.start();
        for (int i = data.consumeInt(1, 4); i > 0; i--) {
            ClientTurn turn = device.take(data.consumeBoolean() ? damaged(device, data) : any(encoding, data));
            if (turn.send() != null) {
                device.decode(turn.send());
            }
        }
    }

    private static Packet any(Encoding encoding, FuzzedDataProvider data) {
        return new Packet(encoding.mediaType(), Bytes.wrap(data.consumeBytes(2000)));
    }

    private static Packet damaged(TestDevice device, FuzzedDataProvider data) {
        Command[] commands = new AnyCommands(new Random(data.consumeLong())).some(5).toArray(Command[]::new);
        Packet packet = device.packet(device.message(data.consumeBoolean(), commands));
        byte[] bytes = packet.body().toArray();
        for (int i = data.consumeInt(0, 3); i > 0; i--) {
            bytes[data.consumeInt(0, bytes.length - 1)] = data.consumeByte();
        }
        return new Packet(packet.mediaType(), Bytes.wrap(bytes));
    }
}
