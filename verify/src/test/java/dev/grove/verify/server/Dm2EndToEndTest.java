package dev.grove.verify.server;

import static dev.grove.verify.server.RawDevice.INITIATION;
import static dev.grove.verify.server.RawDevice.OBJECTS;
import static dev.grove.verify.server.RawDevice.REQUEST;
import static dev.grove.verify.server.RawDevice.RESPONSE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.server.ServerApp;
import dev.grove.server.config.Config;
import dev.grove.server.config.Settings;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions of DM 2.0 over real sockets, the device played by hand. */
class Dm2EndToEndTest {

    private static final String DEVINFO = "urn:oma:mo:oma-dm-devinfo:1.2";
    private static final String END = "{\"CMD\":[[\"END\"]]}";
    private static final String STARTED = "{\"Alert\":[{\"AlertType\":\"urn:oma:at:dm:2.0:ClientInitiatedMgmt\"}]}";

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path data;
    private ServerApp server;
    private ApiClient api;
    private RawDevice device;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        server = ServerApp.start(Config.of(Settings.of(Map.of("data", data.toString(), "dm-listen", "127.0.0.1:0",
                "api-listen", "127.0.0.1:0"))));
        api = new ApiClient(http, server.apiUrl(), server.token());
        api.addDevice("IMEI:1");
        api.addDevice("IMEI:2");
        device = new RawDevice(http, server.dmUrl(), "IMEI:1");
    }

    @AfterEach
    void stop() {
        server.close();
        http.close();
    }

    @Test
    @Tag("DM-PACK-001-S-M")
    void runs_a_session_from_package_1_to_END() throws IOException, InterruptedException {
        String job = job("{\"get\":{\"uri\":\"" + DEVINFO + "//Man\"}}", "{\"get\":{\"uri\":\"./DevInfo/Mod\"}}");

        HttpResponse<String> first = device.initiate(STARTED);

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("Content-Type")).hasValue(REQUEST);
        assertThat(first.headers().firstValue("OMADM-Accept")).isPresent();
        assertThat(first.body()).isEqualTo("{\"CMD\":[[\"GET\",\"" + DEVINFO + "//Man\"],[\"GET\",\"" + DEVINFO
                + "//Mod\"]]}");
        HttpResponse<String> last = device.form("{\"Status\":[{\"sc\":200},{\"sc\":200}]}", "0", "text/plain", "Vendor",
                "1", OBJECTS, "[{\"ClientURI\":\"" + DEVINFO + "//Mod\",\"MOData\":{\"Mod\":\"M1\"}}]");
        assertThat(last.body()).isEqualTo(END);
        assertThat(told(job)).contains("\"state\":\"done\"", "\"value\":\"Vendor\"", "\"value\":\"M1\"",
                "\"uri\":\"./DevInfo/Mod\"");
        assertThat(api.get("/devices/IMEI:1/tree?uri=./DevInfo")).contains("\"./DevInfo/Man\"", "Vendor", "M1");
        assertThat(api.get("/devices/IMEI:1/sessions")).contains("\"DM 2.0\"", "completed");
    }

    @Test
    void answers_a_package_that_comes_again_as_before_and_takes_it_once() throws IOException, InterruptedException {
        String job = job("{\"exec\":{\"uri\":\"urn:x:y:1.0//Run\"}}");
        device.initiate(STARTED);
        RawDevice again = new RawDevice(http, server.dmUrl(), "IMEI:1");
        String answer = "{\"Status\":[{\"sc\":200}]}";

        assertThat(device.answer(answer).body()).isEqualTo(END);

        assertThat(again.answer(answer).body()).isEqualTo(END);
        assertThat(told(job)).containsOnlyOnce("\"status\":200");
    }

    @Test
    void refuses_what_is_no_package_by_its_HTTP_status() throws IOException, InterruptedException {
        assertThat(device.call("GET", server.dmUrl() + "/dm2", "", "").statusCode()).isEqualTo(405);
        HttpResponse<String> wrongType = device.send("application/json", "{}");
        assertThat(wrongType.statusCode()).isEqualTo(415);
        assertThat(wrongType.headers().firstValue("OMADM-Accept").orElse("")).contains(INITIATION, RESPONSE);
        assertThat(device.send(INITIATION, "{\"Alert\":").statusCode()).isEqualTo(400);
        assertThat(device.send(INITIATION, "{\"a\":1,\"a\":2}").statusCode()).isEqualTo(400);
        assertThat(device.send(INITIATION, "[".repeat(100_000)).statusCode()).isEqualTo(400);
        assertThat(device.send("multipart/form-data; boundary=x", "nothing").statusCode()).isEqualTo(400);
        assertThat(device.send(INITIATION, " ".repeat(3 << 20)).statusCode()).isEqualTo(413);
        assertThat(device.answer("{\"Status\":[]}").statusCode()).isEqualTo(400);
        assertThat(new RawDevice(http, server.dmUrl(), "").initiate("{}").statusCode()).isEqualTo(400);
        assertThat(device.with("Accept", "text/html").initiate("{}").statusCode()).isEqualTo(406);
        assertThat(device.with("Accept", "text/html, application/*;q=0.5").initiate("{}").statusCode()).isEqualTo(200);
    }

    @Test
    void hears_nobody_who_has_not_proved_that_he_is_the_device() throws IOException, InterruptedException {
        assertThat(device.with("Authorization", "").initiate("{}").statusCode()).isEqualTo(401);
        HttpResponse<String> wrong = device.with("Authorization", RawDevice.basic("u", "wrong")).initiate("{}");
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.headers().allValues("WWW-Authenticate")).anyMatch(offer -> offer.startsWith("Digest"))
                .anyMatch(offer -> offer.startsWith("Basic"));
        assertThat(new RawDevice(http, server.dmUrl(), "IMEI:unknown").initiate("{}").statusCode()).isEqualTo(401);
        assertThat(api.get("/devices/IMEI:1/sessions")).contains("\"items\":[]");
    }

    @Test
    void gives_what_is_written_to_that_device_only_and_only_until_it_is_answered()
            throws IOException, InterruptedException {
        String job = job("{\"replace\":{\"uri\":\"urn:x:y:1.0/i/Name\",\"value\":\"new\"}}",
                "{\"add\":{\"uri\":\"urn:x:y:1.0/i/Folder\",\"format\":\"node\"}}");
        String commands = device.initiate(STARTED).body();
        String leaf = RawDevice.addresses(commands).get(0);
        String folder = RawDevice.addresses(commands).get(1);
        assertThat(commands).startsWith("{\"CMD\":[[\"HGET\",\"" + leaf + "\",\"urn:x:y:1.0/i/Name\"],");

        HttpResponse<String> fetched = device.call("GET", leaf, "", "");
        assertThat(fetched.body()).isEqualTo("new");
        assertThat(fetched.headers().firstValue("Content-Type")).hasValue("text/plain");
        assertThat(device.with("Accept", OBJECTS).call("GET", leaf, "", "").body())
                .isEqualTo("[{\"ClientURI\":\"urn:x:y:1.0/i/Name\",\"MOData\":{\"Name\":\"new\"}}]");
        assertThat(device.call("GET", folder, "", "").body()).contains("{\"Folder\":{}}");
        assertThat(device.with("Accept", "image/png").call("GET", leaf, "", "").statusCode()).isEqualTo(406);
        device.with("Accept", "");
        assertThat(device.call("PUT", leaf, "text/plain", "x").statusCode()).isEqualTo(405);
        assertThat(new RawDevice(http, server.dmUrl(), "IMEI:2").call("GET", leaf, "", "").statusCode()).isEqualTo(403);
        assertThat(new RawDevice(http, server.dmUrl(), "IMEI:1").with("Authorization", "").call("GET", leaf, "", "")
                .statusCode()).isEqualTo(401);
        assertThat(device.call("GET", leaf.substring(0, leaf.length() - 4) + "beef", "", "").statusCode())
                .isEqualTo(404);

        assertThat(device.answer("{\"Status\":[{\"sc\":200},{\"sc\":200}]}").body()).isEqualTo(END);
        assertThat(device.call("GET", leaf, "", "").statusCode()).isEqualTo(410);
        assertThat(told(job)).contains("\"state\":\"done\"");
        assertThat(api.get("/devices/IMEI:1/tree")).contains("./urn:x:y:1.0/i/Name");
    }

    @Test
    void joins_what_a_device_brings_with_its_status_whichever_comes_first() throws IOException, InterruptedException {
        String body = "[{\"ClientURI\":\"" + DEVINFO + "/i/\",\"MOData\":{\"DevInfo\":{\"Man\":\"V\",\"Mod\":\"M\"}}}]";
        String early = job("{\"get\":{\"uri\":\"" + DEVINFO + "//\",\"via\":\"repository\"}}");
        String commands = device.initiate(STARTED).body();
        assertThat(commands).contains("\"HPOST\"");
        String address = RawDevice.addresses(commands).getFirst();
        assertThat(device.call("POST", address, OBJECTS, "[{}]").statusCode()).isEqualTo(400);
        assertThat(device.call("POST", address, "", "x").statusCode()).isEqualTo(415);
        assertThat(device.call("POST", address, OBJECTS, body).statusCode()).isEqualTo(200);
        assertThat(device.call("POST", address, OBJECTS, body).statusCode()).isEqualTo(200);
        assertThat(device.call("POST", address, OBJECTS, body.replace("V", "W")).statusCode()).isEqualTo(410);
        assertThat(told(early)).contains("\"state\":\"sent\"");
        assertThat(device.answer("{\"Status\":[200]}").body()).isEqualTo(END);
        assertThat(told(early)).contains("\"state\":\"done\"", DEVINFO + "/i/Man").contains("\"value\":\"V\"");

        String late = job("{\"get\":{\"uri\":\"" + DEVINFO + "//Man\",\"via\":\"repository\"}}");
        String next = RawDevice.addresses(device.initiate(STARTED).body()).getFirst();
        assertThat(device.answer("{\"Status\":[200]}").body()).isEqualTo(END);
        assertThat(told(late)).contains("\"state\":\"sent\"");
        assertThat(device.call("PUT", next, "text/plain", "Other").statusCode()).isEqualTo(200);
        assertThat(told(late)).contains("\"state\":\"done\"", "\"value\":\"Other\"");
        assertThat(device.call("PUT", next, "text/plain", "Other").statusCode()).isEqualTo(200);
        assertThat(device.call("PUT", next, "text/plain", "More").statusCode()).isEqualTo(410);
    }

    @Test
    @Tag("DM-PACK-029-S-O")
    @Tag("DM-PACK-024-S-O")
    @Tag("DM-PACK-025-S-O")
    void hears_of_changes_until_it_wants_no_more() throws IOException, InterruptedException {
        job("{\"subscribe\":{\"uri\":\"urn:x:y:1.0/i/\"}}");
        String commands = device.initiate(STARTED).body();
        assertThat(commands).contains("\"SUB\"");
        String address = RawDevice.addresses(commands).getFirst();
        device.answer("{\"Status\":[200]}");
        String change = "[{\"ClientURI\":\"urn:x:y:1.0/i/\",\"MOData\":{\"i\":{\"Level\":%d}}}]";

        assertThat(device.call("PUT", address, OBJECTS, change.formatted(1)).statusCode()).isEqualTo(200);
        assertThat(device.call("PUT", address, OBJECTS, change.formatted(2)).statusCode()).isEqualTo(200);

        assertThat(api.get("/devices/IMEI:1/alerts")).contains("urn:x-grove:at:changed:1.0", "urn:x:y:1.0/i/Level");
        assertThat(api.get("/devices/IMEI:1/tree")).contains("\"value\":\"2\"");
        HttpResponse<String> unwanted = device.call("PUT", address, "", "x");
        assertThat(unwanted.statusCode()).isEqualTo(415);
        assertThat(unwanted.headers().firstValue("OMADM-Accept").orElse("")).contains(OBJECTS);
        job("{\"unsubscribe\":{\"uri\":\"urn:x:y:1.0/i/\"}}");
        assertThat(device.initiate(STARTED).body()).contains("\"UNSUB\"");
        device.answer("{\"Status\":[200]}");
        assertThat(device.call("PUT", address, OBJECTS, change.formatted(3)).statusCode()).isEqualTo(410);
    }

    @Test
    @Tag("DM-PACK-020-S-M")
    void asks_the_user_by_a_page() throws IOException, InterruptedException {
        String job = job("{\"confirm\":{\"text\":\"Restart <now>?\"}}");
        String commands = device.initiate(STARTED).body();
        String page = RawDevice.addresses(commands).getFirst();
        assertThat(commands).contains("\"SHOW\"").contains("/ui/");
        RawDevice browser = new RawDevice(http, server.dmUrl(), "").with("Authorization", "");

        HttpResponse<String> shown = browser.call("GET", page, "", "");

        assertThat(shown.body()).contains("Restart &lt;now&gt;?", "<form").doesNotContain("<script");
        assertThat(shown.headers().firstValue("Content-Security-Policy").orElse("")).contains("default-src 'none'");
        device.answer("{\"Status\":[200]}");
        assertThat(told(job)).contains("\"state\":\"sent\"");
        String form = "application/x-www-form-urlencoded";
        assertThat(browser.call("POST", page, form, "answer=perhaps").statusCode()).isEqualTo(422);
        assertThat(browser.call("POST", page, form, "answer=no").statusCode()).isEqualTo(200);
        assertThat(told(job)).contains("\"state\":\"done\"", "\"status\":304");
        assertThat(browser.call("POST", page, form, "answer=yes").statusCode()).isEqualTo(410);
        assertThat(browser.call("POST", page, form, "answer=perhaps").statusCode()).isEqualTo(410);
        assertThat(browser.call("POST", page, form, "answer=no").statusCode()).isEqualTo(200);
        assertThat(browser.call("GET", page + "0", "", "").statusCode()).isEqualTo(404);
    }

    @Test
    void takes_the_end_of_an_exec_in_a_later_session() throws IOException, InterruptedException {
        String job = job("{\"exec\":{\"uri\":\"urn:oma:mo:oma-scomo:1.0//Download/P/Install\"}}");
        device.initiate(STARTED);
        assertThat(device.answer("{\"Status\":[202]}").body()).isEqualTo(END);
        assertThat(told(job)).contains("\"state\":\"sent\"");
        assertThat(device.initiate(STARTED).body()).isEqualTo(END);

        device.initiate("{\"Alert\":[{\"AlertType\":\"urn:oma:at:scomo:1.0:OperationComplete\",\"SourceURI\":"
                + "\"urn:oma:mo:oma-scomo:1.0/s/Download/P/Install\",\"DataType\":\"application/json\","
                + "\"Data\":{\"ResultCode\":1200}}]}");

        assertThat(told(job)).contains("\"state\":\"done\"", "\"status\":1200");
        assertThat(api.get("/devices/IMEI:1/alerts")).contains("urn:oma:at:scomo:1.0:OperationComplete");
    }

    @Test
    @Tag("DM-MEC-002-S-O")
    void reads_from_its_mirror_what_has_not_changed() throws IOException, InterruptedException {
        job("{\"get\":{\"uri\":\"" + DEVINFO + "//\"}}");
        device.initiate("{\"MOS\":[{\"DDF\":\"http://v.example/d.ddf\",\"MOID\":\"" + DEVINFO
                + "\",\"MIID\":[\"i\"]}]}");
        device.form("{\"Status\":[200]}", "0", OBJECTS, "[{\"ClientURI\":\"" + DEVINFO
                + "/i/\",\"CV\":\"c1\",\"MOData\":{\"DevInfo\":{\"Man\":\"V\",\"Mod\":\"M\"}}}]");
        String again = job("{\"get\":{\"uri\":\"" + DEVINFO + "//Man\"}}");

        assertThat(device.initiate(STARTED).body()).contains(DEVINFO + "//Man?cv=c1");
        device.answer("{\"Status\":[304]}");

        assertThat(told(again)).contains("\"status\":200", "\"value\":\"V\"").doesNotContain("\"value\":\"M\"");
    }

    @Test
    void forgets_nothing_that_is_on_its_way_when_it_is_started_anew() throws IOException, InterruptedException {
        String job = job("{\"get\":{\"uri\":\"" + DEVINFO + "//Man\"}}");
        device.initiate(STARTED);
        String dm = server.dmUrl().substring("http://".length());
        server.close();
        server = ServerApp.start(Config.of(Settings.of(Map.of("data", data.toString(), "dm-listen", dm,
                "api-listen", "127.0.0.1:0"))));
        api = new ApiClient(http, server.apiUrl(), server.token());

        assertThat(device.form("{\"Status\":[200]}", "0", "text/plain", "V").body()).isEqualTo(END);

        assertThat(told(job)).contains("\"state\":\"done\"").containsOnlyOnce("\"value\":\"V\"");
    }

    @Test
    @Tag("DM-PACK-011-S-M")
    void tells_which_objects_a_device_has_and_shows_what_passed() throws IOException, InterruptedException {
        assertThat(api.send("PUT", "/devices/IMEI:1/tracing", "").statusCode()).isEqualTo(200);
        job("{\"get\":{\"uri\":\"" + DEVINFO + "//\",\"via\":\"repository\"}}");
        String address = RawDevice.addresses(device.initiate("{\"MOS\":[{\"DDF\":\"http://v.example/d.ddf\",\"MOID\":\""
                + DEVINFO + "\",\"MIID\":[\"i\"]}]}").body()).getFirst();

        assertThat(api.get("/devices/IMEI:1/objects")).isEqualTo("{\"items\":[{\"moid\":\"" + DEVINFO
                + "\",\"ddf\":\"http://v.example/d.ddf\",\"instances\":[\"i\"]}]}");
        Matcher session = Pattern.compile("\"id\":\"([0-9]+)\"").matcher(api.get("/devices/IMEI:1/sessions"));
        assertThat(session.find()).isTrue();
        assertThat(api.get("/devices/IMEI:1/sessions/" + session.group(1) + "/trace")).contains("HPOST", "DDF")
                .doesNotContain(address.substring(address.lastIndexOf('/')));
    }

    @Test
    @Tag("DM-MEC-001-S-M")
    void gives_another_server_rights_on_an_object() throws IOException, InterruptedException {
        String rules = "urn:oma:mo:oma-dm-dacmo:1.0//1/Permissions/other";
        String job = job("{\"replace\":{\"uri\":\"" + rules + "/AR\",\"format\":\"int\",\"value\":5}}",
                "{\"get\":{\"uri\":\"" + rules + "/AR\"}}");
        String commands = device.initiate(STARTED).body();
        assertThat(device.with("Accept", OBJECTS).call("GET", RawDevice.addresses(commands).getFirst(), "", "").body())
                .isEqualTo("[{\"ClientURI\":\"" + rules + "/AR\",\"MOData\":{\"AR\":5}}]");

        device.with("Accept", "").form("{\"Status\":[{\"sc\":200},{\"sc\":200}]}", "1", "text/plain", "5");

        assertThat(told(job)).contains("\"state\":\"done\"", "\"value\":\"5\"");
    }

    @Test
    @Tag("DM-BOOT-001-S-M")
    void gives_a_new_device_its_account_once() throws IOException, InterruptedException {
        assertThat(api.get("/devices/IMEI:1/bootstrap")).contains("urn:oma:mo:oma-dm-dmacc:2.0//", "\"SrvURI\":\""
                + server.dmUrl() + "/dm2\"");
        HttpResponse<String> offered = api.send("POST", "/devices/IMEI:1/bootstrap", "{\"expiresInSeconds\":60}");
        String address = RawDevice.addresses(offered.body()).getFirst();
        RawDevice empty = new RawDevice(http, server.dmUrl(), "").with("Authorization", "");

        HttpResponse<String> wrong = empty.call("PUT", address, "text/plain", "x");
        assertThat(wrong.statusCode()).isEqualTo(405);
        assertThat(wrong.headers().firstValue("Allow")).hasValue("GET");
        HttpResponse<String> fetched = empty.call("GET", address, "", "");

        assertThat(fetched.headers().firstValue("Content-Type")).hasValue(OBJECTS);
        assertThat(fetched.body()).isEqualTo(api.get("/devices/IMEI:1/bootstrap"));
        assertThat(empty.call("GET", address, "", "").statusCode()).isEqualTo(410);
        assertThat(empty.call("GET", address + "0", "", "").statusCode()).isEqualTo(404);
        assertThat(device.call("GET", address.replace("/bootstrap/", "/repository/"), "", "").statusCode())
                .isEqualTo(404);
    }

    private String job(String... operations) throws IOException, InterruptedException {
        HttpResponse<String> made = api.send("POST", "/devices/IMEI:1/jobs",
                "{\"operations\":[" + String.join(",", operations) + "]}");
        Matcher id = Pattern.compile("\"id\":\"([0-9]+)\"").matcher(made.body());
        assertThat(id.find()).as(made.body()).isTrue();
        return id.group(1);
    }

    private String told(String job) throws IOException, InterruptedException {
        return api.get("/devices/IMEI:1/jobs/" + job);
    }
}
