package dev.grove.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.syncml.Command;
import dev.grove.syncml.Encoding;
import dev.grove.syncml.Item;
import dev.grove.syncml.Message;
import dev.grove.syncml.Meta;
import dev.grove.syncml.SyncHdr;
import dev.grove.syncml.SyncHdr.Location;
import dev.grove.syncml.SyncmlCodec;
import dev.grove.wire.Bytes;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SyncmlScriptTest {

    @ParameterizedTest
    @EnumSource
    void one_message_serves_every_device(Encoding encoding) throws Malformed {
        Template setup = new SyncmlScript(encoding).setup();
        Template other = setup.copy();
        other.putId(1234567);
        assertThat(decoded(setup, encoding).header().source().uri()).isEqualTo("IMEI:000000000000000");
        assertThat(decoded(other, encoding).header().source().uri()).isEqualTo("IMEI:000000001234567");
        assertThat(decoded(other, encoding).header().cred()).isNotNull();
    }

    @ParameterizedTest
    @EnumSource
    void answers_every_operation_by_its_number_in_two_messages(Encoding encoding) throws Malformed {
        SyncmlScript script = new SyncmlScript(encoding);
        Message operations = operations(5);
        Message first = decoded(script.firstAnswers(operations), encoding);
        Message last = decoded(script.lastAnswers(operations), encoding);
        assertThat(first.isFinal()).isFalse();
        assertThat(last.isFinal()).isTrue();
        assertThat(first.body().stream().filter(Command.Status.class::isInstance)
                .map(command -> ((Command.Status) command).cmdRef())).containsExactly("0", "4", "5", "6");
        assertThat(last.body().stream().filter(Command.Status.class::isInstance)
                .map(command -> ((Command.Status) command).cmdRef())).containsExactly("0", "7", "8");
    }

    @ParameterizedTest
    @EnumSource
    void stops_when_the_server_asks_something_else(Encoding encoding) {
        assertThatThrownBy(() -> new SyncmlScript(encoding).firstAnswers(operations(4)))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("4 operations");
    }

    private static Message operations(int count) {
        SyncHdr header = new SyncHdr("1.2", "DM/1.2", "1", "1", new Location("IMEI:000000000000000"),
                new Location("http://127.0.0.1/dm"), null, false, null, Meta.NONE);
        List<Command> gets = IntStream.range(0, count).<Command>mapToObj(i -> new Command.Get(
                Integer.toString(i + 4), Meta.NONE, List.of(Item.at("./A/" + i, Meta.NONE, null)))).toList();
        return new Message(header, gets, true);
    }

    private static Message decoded(Template template, Encoding encoding) throws Malformed {
        return SyncmlCodec.decode(Bytes.copyOf(template.body()), encoding, Limits.DEFAULT);
    }
}
