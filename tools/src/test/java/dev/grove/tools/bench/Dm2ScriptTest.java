package dev.grove.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.dm2.Dm2Codec;
import dev.grove.dm2.Dm2Command;
import dev.grove.dm2.Dm2Package.Request;
import dev.grove.dm2.Dm2Package.Response;
import dev.grove.tree.ClientUri;
import dev.grove.wire.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class Dm2ScriptTest {

    private static final ClientUri NODE = ClientUri.parse("urn:x:1.0//A");

    @Test
    void answers_every_command_and_gives_data_for_those_that_read() {
        Response response = Dm2Script.response(List.of(new Dm2Command.Delete(NODE), new Dm2Command.Get(NODE),
                new Dm2Command.Exec(NODE, null)));
        assertThat(response.statuses()).hasSize(3).allMatch(status -> status.code().isSuccess());
        assertThat(response.data()).containsOnlyKeys(1);
    }

    @Test
    void reads_what_the_server_asks() throws Malformed {
        List<Dm2Command> asked = List.of(new Dm2Command.Get(NODE), new Dm2Command.End());
        assertThat(Dm2Script.commands(Dm2Codec.encode(new Request(asked)).body().toArray())).isEqualTo(asked);
    }

    @Test
    void one_message_serves_every_device() {
        Template message = new Template("OMADM-DevID: IMEI:000000000000000\r\n", new byte[3], true);
        Template other = message.copy();
        other.putId(1234567);
        assertThat(new String(other.head(), StandardCharsets.US_ASCII))
                .isEqualTo("OMADM-DevID: IMEI:000000001234567\r\n");
        assertThat(new String(message.head(), StandardCharsets.US_ASCII)).isEqualTo(
                "OMADM-DevID: IMEI:000000000000000\r\n");
        assertThat(other.returnsCookie()).isTrue();
    }
}
