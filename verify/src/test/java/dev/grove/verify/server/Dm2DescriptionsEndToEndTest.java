package dev.grove.verify.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.grove.server.ServerApp;
import dev.grove.server.config.Config;
import dev.grove.server.config.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What devices say of their objects by a link: fetched from where it may be, and used before anything is sent. */
class Dm2DescriptionsEndToEndTest {

    private static final String DDF = """
            <MgmtTree><VerDTD>1.2</VerDTD><Node><NodeName>Box</NodeName><DFProperties>
              <AccessType><Get/></AccessType><DFFormat><node/></DFFormat>
              <DFType><DDFName>urn:x:box:1.0</DDFName></DFType>
              </DFProperties>
              <Node><NodeName>Count</NodeName><DFProperties><AccessType><Get/></AccessType><DFFormat><int/></DFFormat>
              <DFType><MIME>text/plain</MIME></DFType></DFProperties></Node></Node></MgmtTree>""";
    private static final String MOS = "{\"MOS\":[{\"DDF\":\"%s/box.ddf\",\"MOID\":\"urn:x:box:1.0\","
            + "\"MIID\":[\"b\"]}]}";

    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger fetched = new AtomicInteger();

    @TempDir
    Path data;
    private HttpServer files;
    private String link;

    @BeforeEach
    void serve() throws IOException {
        files = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        files.createContext("/", exchange -> {
            fetched.incrementAndGet();
            byte[] body = DDF.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        files.start();
        link = "http://127.0.0.1:" + files.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        files.stop(0);
        http.close();
    }

    @Test
    void are_fetched_once_and_tell_places_and_formats() throws IOException, InterruptedException {
        try (ServerApp server = server(link)) {
            ApiClient api = api(server);
            api.post("/devices/IMEI:1/jobs", "{\"operations\":[{\"get\":{\"uri\":\"./Box/Count\"}}]}");
            RawDevice device = new RawDevice(http, server.dmUrl(), "IMEI:1");

            assertThat(device.initiate(MOS.formatted(link)).body()).contains("[\"GET\",\"urn:x:box:1.0//Count\"]");
            device.form("{\"Status\":[200]}", "0", "text/plain", "7");
            device.initiate(MOS.formatted(link));

            assertThat(api.get("/devices/IMEI:1/jobs/1")).contains("\"./Box/Count\"", "\"format\":\"int\"", "\"7\"");
            assertThat(fetched).hasValue(1);
            assertThat(api.get("/devices/IMEI:1/descriptions")).contains(link + "/box.ddf");
        }
    }

    @Test
    void are_not_fetched_from_where_nobody_has_allowed_it() throws IOException, InterruptedException {
        try (ServerApp server = server("127.0.0.1, ddf.example.com")) {
            api(server);
            assertThat(new RawDevice(http, server.dmUrl(), "IMEI:1").initiate(MOS.formatted(link)).statusCode())
                    .isEqualTo(200);
        }
        assertThat(fetched).hasValue(0);
    }

    private ServerApp server(String hosts) throws IOException {
        return ServerApp.start(Config.of(Settings.of(Map.of("data", data.toString(), "dm-listen", "127.0.0.1:0",
                "api-listen", "127.0.0.1:0", "store", "memory", "ddf-hosts", hosts))));
    }

    private ApiClient api(ServerApp server) throws IOException, InterruptedException {
        ApiClient api = new ApiClient(http, server.apiUrl(), server.token());
        api.addDevice("IMEI:1");
        return api;
    }
}
