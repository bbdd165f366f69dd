package dev.grove.verify.device;

import static dev.grove.verify.device.RunningServer.pathOf;
import static dev.grove.verify.device.RunningServer.stateOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.auth.Scheme;
import dev.grove.client.DeviceClient;
import dev.grove.client.DeviceListener;
import dev.grove.client.SessionReport;
import dev.grove.client.notify.Delivery;
import dev.grove.client.notify.ListenAddress;
import dev.grove.client.notify.NotificationListener;
import dev.grove.client.transport.HttpOptions;
import dev.grove.client.transport.HttpTransport;
import dev.grove.dm2.Dm2Objects;
import dev.grove.tools.Grove;
import dev.grove.tools.device.DeviceBuilder;
import dev.grove.tools.device.ServerAccount;
import dev.grove.tools.device.ServerAccount.Login;
import dev.grove.verify.server.Await;
import dev.grove.wire.Bytes;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the server's other bearers bring to a real listener of the client library. */
class WokenByOtherBearersEndToEndTest {

    private static final String ID = "WOKEN:1";

    @TempDir
    Path folder;
    private final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
    private final BlockingQueue<SessionReport> sessions = new LinkedBlockingQueue<>();

    private DeviceClient device(RunningServer server) throws Exception {
        Login ofDevice = new Login(Scheme.MD5, "device", "device-secret", Bytes.EMPTY);
        Login ofServer = new Login(Scheme.MD5, "server", "server-secret", Bytes.EMPTY);
        return new DeviceBuilder(ID, new HttpTransport(HttpOptions.DEFAULT, InstantSource.system()))
                .account(new ServerAccount("grove", server.url(), ofDevice, ofServer)).demoNodes(true)
                .listener(new DeviceListener() {
                    @Override
                    public void ended(SessionReport report) {
                        sessions.add(report);
                    }
                }).build().client();
    }

    private void isWoken(RunningServer server, String bearer, String address) throws Exception {
        server.knows(ID, "md5");
        server.put("/devices/" + pathOf(ID) + "/reach", """
                {"serverId": "grove", "bearers": [{"bearer": "%s", "address": "%s"}]}""".formatted(bearer, address));
        String job = server.job(ID, "{\"get\": {\"uri\": \"./DevInfo/Man\"}}");
        String wake = server.send("POST", "/devices/" + pathOf(ID) + "/wake", "{}");
        try (DeviceClient device = device(server)) {
            Delivery delivery = deliveries.poll(60, TimeUnit.SECONDS);
            assertThat(delivery).as("nothing came by " + bearer + ": " + wake).isNotNull();
            device.notified(delivery);
            device.runDue();
            SessionReport report = sessions.poll(60, TimeUnit.SECONDS);
            assertThat(report).isNotNull();
            assertThat(wake).contains("\"sessionId\"", "\"" + report.sessionId() + "\"");
            assertThat(stateOf(server.told(ID, job))).isEqualTo("done");
            // The device has called before the bearer could tell.
            Await.that("the bearer tells that it was delivered", () -> server.get(
                    "/devices/" + pathOf(ID) + "/wakes").matches("(?s).*\"deliveredAt\"\\s*:\\s*\".*"));
        }
    }

    @Test
    @Tag("DM-MEC-006-C-O")
    void by_HTTP_push() throws Exception {
        try (NotificationListener ear = ListenAddress.parse("http:127.0.0.1:0").open(deliveries::add)) {
            String place = "http://" + ear.address().substring("http:".length());
            try (RunningServer server = RunningServer.start(folder, Map.of("wake-http-hosts", place))) {
                isWoken(server, "http", place + "/");
            }
        }
    }

    @Test
    @Tag("SCR-DM-NOTI-C-002")
    void by_OBEX() throws Exception {
        try (NotificationListener ear = ListenAddress.parse("obex:127.0.0.1:0").open(deliveries::add);
                RunningServer server = RunningServer.start(folder, Map.of("wake-obex", "true"))) {
            isWoken(server, "obex", ear.address().substring("obex:".length()));
        }
    }

    @Test
    @Tag("DM-MEC-005-C-O")
    void a_device_of_DM_2_tells_the_server_its_name_at_the_messaging_service() throws Exception {
        try (RunningServer server = RunningServer.start(folder.resolve("server"), Map.of())) {
            server.knows(ID, "md5");
            String root = server.url().substring(0, server.url().length() - "/dm".length());
            Path tree = Files.writeString(folder.resolve("tree"), """
                    ./DMAcc = node
                    ./DMAcc/g = node:%s
                    ./DMAcc/g/SrvID = chr:grove
                    ./DMAcc/g/SrvURI = chr:%s/dm2
                    ./DMAcc/g/Perm/1/MOID = chr:*
                    ./DMAcc/g/Auth/Trsp/Data = chr:device
                    ./DMAcc/g/Auth/Trsp/Secret = chr:device-secret
                    ./DMAcc/g/Push/GCM/SenderID = chr:4711
                    ./DMAcc/g/Push/GCM/RegURI = chr:%s/push/register
                    ./DMAcc/g/Push/GCM/UnRegURI = chr:%s/push/unregister
                    ./DMAcc/g/Push/GCM/RegParams = chr:place=a%%20b
                    """.formatted(Dm2Objects.DM_ACC_MOID, root, root, root));
            StringWriter out = new StringWriter();
            int status = Grove.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(out)).execute("device",
                    "--id", ID, "--auth", "none", "--profile", "dm20", "--tree", tree.toString(), "--push-token",
                    "APA91:{id}_x-y");
            assertThat(status).as(out.toString()).isZero();
            assertThat(server.get("/devices/" + pathOf(ID) + "/reach")).as(out.toString())
                    .contains("\"fcm\"", "APA91:" + ID + "_x-y");
        }
    }
}
