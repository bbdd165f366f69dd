package dev.grove.verify.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.server.ServerApp;
import dev.grove.server.config.Config;
import dev.grove.server.config.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that name nodes as DM 2.0 does, for a device of DM 1.2 and one of DM 1.3. */
class ClientUriEndToEndTest {

    private static final String SW_V = "urn:oma:mo:oma-dm-devdetail:1.0//SwV";
    private static final String JOB = "{\"operations\":[{\"get\":{\"uri\":\"%s\"}}]}";

    @TempDir
    Path data;

    @Test
    void a_ClientURI_becomes_what_the_device_understands_or_is_refused_with_a_reason()
            throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient();
                ServerApp server = ServerApp.start(Config.of(Settings.of(Map.of("data", data.toString(), "dm-listen",
                        "127.0.0.1:0", "api-listen", "127.0.0.1:0"))))) {
            ApiClient api = new ApiClient(http, server.apiUrl(), server.token());
            api.addDevice("old");
            api.addDevice("new");
            begin(http, server, "new", "1.3", 1);
            api.post("/devices/old/jobs", JOB.formatted(SW_V));
            api.post("/devices/old/jobs", JOB.formatted("urn:x:unknown:1.0//A"));
            api.post("/devices/old/jobs", JOB.formatted(SW_V.replace("SwV", "*")));
            api.post("/devices/new/jobs", JOB.formatted(SW_V));

            assertThat(begin(http, server, "old", "1.2", 1)).contains("<LocURI>./DevDetail/SwV</LocURI>")
                    .doesNotContain("urn:");
            assertThat(begin(http, server, "new", "1.3", 2)).contains("urn%3Aoma%3Amo%3Aoma-dm-devdetail%3A1.0")
                    .doesNotContain("./DevDetail/SwV");

            assertThat(api.get("/devices/old/jobs/2")).contains("\"state\":\"failed\"", "\"status\":406",
                    "relative addressing");
            assertThat(api.get("/devices/old/jobs/3")).contains("\"state\":\"failed\"", "\"status\":406",
                    "wildcards, levels and variables");
        }
    }

    /** Package 1 of a new session; returns what the server wants. */
    private static String begin(HttpClient http, ServerApp server, String id, String version, int session)
            throws IOException, InterruptedException {
        String message = """
                <SyncML xmlns="SYNCML:SYNCML1.2"><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/%s</VerProto>\
                <SessionID>%d</SessionID><MsgID>1</MsgID><Target><LocURI>%s</LocURI></Target>\
                <Source><LocURI>%s</LocURI></Source><Cred><Meta><Format xmlns="syncml:metinf">b64</Format>\
                <Type xmlns="syncml:metinf">syncml:auth-basic</Type></Meta><Data>dTpw</Data></Cred></SyncHdr><SyncBody>\
                <Alert><CmdID>1</CmdID><Data>1201</Data></Alert><Replace><CmdID>2</CmdID><Item><Source>\
                <LocURI>./DevInfo/DevId</LocURI></Source><Data>%s</Data></Item></Replace><Final/></SyncBody></SyncML>"""
                .formatted(version, session, server.dmUrl() + "/dm", id, id);
        HttpResponse<String> answer = http.send(HttpRequest.newBuilder(URI.create(server.dmUrl() + "/dm"))
                .header("Content-Type", "application/vnd.syncml.dm+xml")
                .POST(HttpRequest.BodyPublishers.ofString(message)).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }
}
