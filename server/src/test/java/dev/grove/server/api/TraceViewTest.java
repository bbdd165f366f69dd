package dev.grove.server.api;

import dev.grove.wire.Json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.server.fleet.TraceEntry;
import dev.grove.server.fleet.TraceEntry.Direction;
import dev.grove.wire.Bytes;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceViewTest {

    @ParameterizedTest
    @CsvSource({"ET=P,***", "MINDT=1&et=p&MAXLEN=9,***", "ET=T,typed", "DR=ET=P1,typed", "'',typed"})
    void what_a_user_typed_as_a_password_is_masked(String options, String shown) {
        String asked = "<Sequence><CmdID>4</CmdID><Alert><CmdID>5</CmdID><Data>1102</Data><Item><Data>"
                + options.replace("&", "&amp;") + "</Data></Item><Item><Data>Who?</Data></Item></Alert></Sequence>";
        String answered = "<Status><CmdID>2</CmdID><MsgRef>1</MsgRef><CmdRef>5</CmdRef><Cmd>Alert</Cmd><Data>200</Data>"
                + "<Item><Data>typed</Data></Item></Status>";

        List<Json.Obj> trace = TraceView.of(List.of(entry(Direction.SENT, asked), entry(Direction.RECEIVED, answered)));

        assertThat(trace.getFirst()).asString().contains("Who?");
        assertThat(trace.getLast()).asString().contains("<Item><Data>" + shown + "</Data></Item>");
    }

    private static TraceEntry entry(Direction direction, String commands) {
        String message = "<SyncML><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto><SessionID>1</SessionID>"
                + "<MsgID>1</MsgID><Target><LocURI>a</LocURI></Target><Source><LocURI>b</LocURI></Source></SyncHdr>"
                + "<SyncBody>" + commands + "<Final/></SyncBody></SyncML>";
        return new TraceEntry(Instant.EPOCH, direction, "application/vnd.syncml.dm+xml", Bytes.utf8(message),
                List.of());
    }
}
