package dev.grove.syncml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.syncml.Command.Alert;
import dev.grove.syncml.Command.Replace;
import dev.grove.wire.Bytes;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import org.junit.jupiter.api.Test;

class SyncmlCodecTest {

    private static final String HEADER = "<SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto>"
            + "<SessionID>1</SessionID>"
            + "<MsgID>1</MsgID><Target><LocURI>t</LocURI></Target><Source><LocURI>s</LocURI></Source></SyncHdr>";

    private static Message xml(String body) throws Malformed {
        String document = "<SyncML xmlns=\"SYNCML:SYNCML1.2\">" + HEADER + "<SyncBody>" + body + "</SyncBody></SyncML>";
        return SyncmlCodec.decode(Bytes.utf8(document), Encoding.XML, Limits.DEFAULT);
    }

    @Test
    void reads_package_one_of_a_phone() throws Malformed {
        Message message = xml("<Alert><CmdID>1</CmdID><Data>1201</Data></Alert><Replace><CmdID>2</CmdID><Item>"
                + "<Source><LocURI>./DevInfo/DevId</LocURI></Source><Data>IMEI:1</Data></Item></Replace><Final/>");

        assertThat(message.isFinal()).isTrue();
        assertThat(message.header().verProto()).isEqualTo("DM/1.2");
        assertThat(message.body()).hasSize(2);
        assertThat(((Alert) message.body().get(0)).code()).isEqualTo(AlertCode.CLIENT_INITIATED);
        assertThat(((Replace) message.body().get(1)).items().getFirst().data()).isEqualTo(Data.of("IMEI:1"));
    }

    @Test
    void writes_both_spellings_so_that_they_read_the_same() throws Malformed {
        Message message = xml(
                "<Get><CmdID>1</CmdID><Item><Target><LocURI>./A?list=Struct&amp;x</LocURI></Target></Item></Get>");

        for (Encoding encoding : Encoding.values()) {
            Bytes written = SyncmlCodec.encode(message, encoding);
            assertThat(SyncmlCodec.decode(written, encoding, Limits.DEFAULT)).isEqualTo(message);
        }
    }

    @Test
    void names_the_missing_part_of_a_header() {
        Bytes document = Bytes
                .utf8("<SyncML><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto></SyncHdr></SyncML>");

        assertThatThrownBy(() -> SyncmlCodec.decode(document, Encoding.XML, Limits.DEFAULT))
                .isInstanceOf(Malformed.class).hasMessageContaining("SessionID");
    }
}
