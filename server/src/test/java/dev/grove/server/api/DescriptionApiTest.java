package dev.grove.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.mo.Ddf;
import dev.grove.mo.DdfReader;
import dev.grove.mo.DdfWriter;
import dev.grove.server.fleet.JobDesk;
import dev.grove.server.fleet.SessionDesk;
import dev.grove.server.fleet.MirrorNode;
import dev.grove.server.fleet.check.DescriptionShelf;
import dev.grove.server.fleet.check.DeviceCheck;
import dev.grove.server.http.FakeCall;
import dev.grove.server.http.HttpAnswer;
import dev.grove.server.store.memory.MemoryStore;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import dev.grove.wire.Malformed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jobs against descriptions: of the device, of its model, and the lengths that it told. */
class DescriptionApiTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String AT = "/api/v1/devices/d";
    private static final String WIFI = """
            <MgmtTree><VerDTD>1.2</VerDTD>%s<Node><NodeName>WiFi</NodeName><Path>./Vendor</Path><DFProperties>
            <AccessType><Get/></AccessType><DFFormat><node/></DFFormat><Scope><Permanent/></Scope><DFType><DDFName/>
            </DFType></DFProperties>
            <Node><NodeName>Level</NodeName><DFProperties><AccessType><Get/><Replace/></AccessType>
            <DFFormat><int/></DFFormat><Scope><Permanent/></Scope><DFType><MIME>text/plain</MIME></DFType>
            <MSFT:AllowedValues xmlns:MSFT="http://schemas.microsoft.com/MobileDevice/DM" ValueType="Range">
            <MSFT:Value>[0-5]</MSFT:Value></MSFT:AllowedValues></DFProperties></Node>
            <Node><NodeName>Scan</NodeName><DFProperties><AccessType><Exec/></AccessType><DFFormat><null/></DFFormat>
            <DFType><MIME/></DFType></DFProperties></Node></Node></MgmtTree>""";

    private final MemoryStore store = new MemoryStore();
    private final EventStream events = new EventStream(Duration.ofSeconds(1), "run");
    private Api api = api(List.of(), 10_000);

    private Api api(List<Ddf> models, int maxBytes) {
        DescriptionShelf shelf = new DescriptionShelf(store, models, new DescriptionShelf.Rules(maxBytes, 2));
        JobDesk jobs = new JobDesk(store, events, 100, new DeviceCheck(store, shelf));
        return new Api(
                new Resources(new Fleet(store, jobs, new SessionDesk(store, SessionDesk.Rules.USUAL), shelf), events,
                        Clock.fixed(NOW, ZoneOffset.UTC), () -> ""),
                "the-token", 100_000);
    }

    @BeforeEach
    void addDevice() {
        assertThat(ask("POST", "/api/v1/devices", "{\"id\":\"d\"}").status()).isEqualTo(201);
    }

    @Test
    void takes_shows_replaces_and_forgets_documents() {
        HttpAnswer.Whole made = ask("PUT", AT + "/descriptions/wifi%2F1", WIFI.formatted("<Man>M</Man>"));
        assertThat(made.status()).as(made.body().utf8()).isEqualTo(201);
        assertThat(made.body().utf8()).startsWith("{\"name\":\"wifi/1\",\"man\":\"M\",\"bytes\":")
                .contains("\"sha256\":\"");
        assertThat(ask("PUT", AT + "/descriptions/wifi%2F1", WIFI.formatted("")).status()).isEqualTo(200);
        HttpAnswer.Whole shown = ask("GET", AT + "/descriptions/wifi%2F1", "");
        assertThat(shown.body().utf8()).isEqualTo(WIFI.formatted(""));
        assertThat(shown.headers().first("Content-Type")).contains("application/vnd.syncml.dmddf+xml");
        assertThat(ask("GET", AT + "/descriptions", "").body().utf8()).contains("\"name\":\"wifi/1\"")
                .doesNotContain("\"man\"");
        assertThat(ask("DELETE", AT + "/descriptions/wifi%2F1", "").status()).isEqualTo(204);
        assertThat(ask("DELETE", AT + "/descriptions/wifi%2F1", "").status()).isEqualTo(404);
        assertThat(ask("GET", AT + "/descriptions/wifi%2F1", "").status()).isEqualTo(404);
        assertThat(ask("GET", AT + "/descriptions", "").body().utf8()).isEqualTo("{\"items\":[]}");
    }

    @Test
    void takes_a_description_in_wbxml_and_gives_it_back_as_such() throws Malformed {
        Bytes wbxml = DdfWriter.wbxml(DdfReader.read(Bytes.utf8(WIFI.formatted(""))));
        FakeCall call = new FakeCall("PUT", AT + "/descriptions/w", "",
                Headers.of("Authorization", "Bearer the-token").with("Content-Type",
                        "application/vnd.syncml.dmddf+wbxml"),
                wbxml);
        assertThat(api.handle(call).status()).isEqualTo(201);
        HttpAnswer.Whole shown = ask("GET", AT + "/descriptions/w", "");
        assertThat(shown.body()).isEqualTo(wbxml);
        assertThat(shown.headers().first("Content-Type")).contains("application/vnd.syncml.dmddf+wbxml");
        assertRefused("{\"get\":{\"uri\":\"./Vendor/WiFi/Colour\"}}", "\"operation\":\"0\"", "\"status\":404");
    }

    @Test
    void says_what_is_wrong_with_a_document() {
        assertProblem(ask("PUT", AT + "/descriptions/x", "<MgmtTree>"), 422, "offset");
        assertProblem(ask("PUT", AT + "/descriptions/x", "{}"), 422, "TND");
        assertProblem(ask("PUT", AT + "/descriptions/x", ""), 422, "");
        assertProblem(ask("PUT", AT + "/descriptions/x", " ".repeat(10_001)), 413, "10000");
        assertProblem(ask("PUT", AT + "/descriptions/%20", WIFI.formatted("")), 400, "name");
        assertProblem(ask("PUT", AT + "/descriptions/" + "x".repeat(101), WIFI.formatted("")), 400, "name");
        assertProblem(ask("PUT", "/api/v1/devices/nobody/descriptions/x", WIFI.formatted("")), 404, "nobody");
        assertProblem(ask("GET", "/api/v1/devices/nobody/descriptions", ""), 404, "nobody");
        FakeCall json = FakeCall.of("PUT", AT + "/descriptions/x", WIFI.formatted(""));
        assertProblem((HttpAnswer.Whole) api.handle(json.with(json.headers().with("Content-Type",
                "application/json; charset=utf-8"))), 415, "dmddf");
        give("1", WIFI.formatted(""));
        give("2", WIFI.formatted(""));
        assertProblem(ask("PUT", AT + "/descriptions/3", WIFI.formatted("")), 409, "2");
    }

    @Test
    void refuses_at_once_what_the_description_rules_out() {
        give("wifi", WIFI.formatted(""));
        assertRefused("{\"delete\":{\"uri\":\"./Vendor/WiFi/Level\"}}", "has no Delete", "\"status\":405");
        assertRefused("{\"get\":{\"uri\":\"./Vendor/WiFi/Colour\"}}", "has no ./Vendor/WiFi/Colour", "\"status\":404");
        assertRefused("{\"exec\":{\"uri\":\"./Vendor/WiFi/Level\"}}", "has no Exec", "\"status\":405");
        assertRefused("{\"replace\":{\"uri\":\"./Vendor/WiFi/Level\",\"format\":\"bool\",\"value\":\"true\"}}",
                "format int, not bool", "\"status\":415");
        assertRefused("{\"replace\":{\"uri\":\"./Vendor/WiFi/Level\",\"value\":\"high\"}}",
                "does not allow this value");
        assertRefused("{\"replace\":{\"uri\":\"./Vendor/WiFi/Level\",\"value\":6}}", "does not allow this value");
        assertThat(ask("GET", AT + "/jobs", "").body().utf8()).isEqualTo("{\"items\":[]}");
        assertAccepted("{\"replace\":{\"uri\":\"./Vendor/WiFi/Level\",\"value\":5}}");
        assertAccepted("{\"exec\":{\"uri\":\"./Vendor/WiFi/Scan\"}}");
        assertAccepted("{\"delete\":{\"uri\":\"./Vendor/Other\"}}");
        assertAccepted("{\"get\":{\"uri\":\"./DevInfo\"}}");
        ask("DELETE", AT + "/descriptions/wifi", "");
        assertAccepted("{\"delete\":{\"uri\":\"./Vendor/WiFi/Level\"}}");
    }

    @Test
    void names_each_operation_inside_groups() {
        give("wifi", WIFI.formatted(""));
        String refused = refused("""
                {"get":{"uri":"./Vendor/WiFi/Level"}},{"sequence":[{"get":{"uri":"./A"}},{"atomic":[
                {"delete":{"uri":"./Vendor/WiFi/Level"}},{"replace":{"uri":"./Vendor/WiFi/Level","value":"9"}}]}]}""");
        assertThat(refused).contains("\"detail\":\"operation 1.1.0, ./Vendor/WiFi/Level: the description of",
                "{\"pointer\":\"/operations/1/sequence/1/atomic/0/delete\",\"operation\":\"1.1.0\","
                        + "\"uri\":\"./Vendor/WiFi/Level\",\"status\":405,",
                "\"operation\":\"1.1.1\"");
    }

    @Test
    void a_description_of_a_model_is_for_the_devices_of_that_model() throws Malformed {
        String delete = "{\"delete\":{\"uri\":\"./Vendor/WiFi/Level\"}}";
        api = api(List.of(DdfReader.read(Bytes.utf8(WIFI.formatted("<Man>Maker</Man><Mod>M1</Mod>")))), 10_000);
        assertAccepted(delete);
        learned("./DevInfo/Man", "Maker");
        learned("./DevInfo/Mod", "M2");
        assertAccepted(delete);
        learned("./DevInfo/Mod", "M1");
        assertRefused(delete, "has no Delete");
        api = api(List.of(DdfReader.read(Bytes.utf8(WIFI.formatted("")))), 10_000);
        assertRefused(delete, "has no Delete");
    }

    @Test
    void refuses_uris_that_are_longer_than_the_device_has_told() {
        assertAccepted("{\"get\":{\"uri\":\"./A/B/C/D\"}}");
        learned("./DevDetail/URI/MaxDepth", "3");
        learned("./DevDetail/URI/MaxSegLen", "8");
        learned("./DevDetail/URI/MaxTotLen", "0");
        assertRefused("{\"get\":{\"uri\":\"./A/B/C/D\"}}", "MaxDepth is 3", "\"status\":414");
        assertRefused("{\"copy\":{\"from\":\"./A\",\"to\":\"./ninechars\"}}", "MaxSegLen is 8", "\"status\":414");
        assertAccepted("{\"get\":{\"uri\":\"./A/B/C\"}}");
        learned("./DevDetail/URI/MaxDepth", "many");
        assertAccepted("{\"get\":{\"uri\":\"./A/B/C/D\"}}");
    }

    @Test
    void refuses_what_DM_2_0_has_no_command_for_once_the_device_has_spoken_it() {
        String copy = "{\"copy\":{\"from\":\"./A/B\",\"to\":\"./A/C\"}}";
        String atomic = "{\"atomic\":[{\"delete\":{\"uri\":\"./A/B\"}}]}";
        assertAccepted(copy);
        spoke("DM 1.3");
        assertAccepted(atomic);
        spoke("DM 2.0");
        assertRefused(copy, "\"pointer\":\"/operations/0/copy\"", "\"uri\":\"./A/B\"", "\"status\":406",
                "DM 2.0 has no command that copies");
        assertRefused(atomic, "\"status\":406", "as a whole or not at all");
        assertRefused("{\"get\":{\"uri\":\"./A?prop=ACL\"}}", "have no properties");
        assertRefused("{\"exec\":{\"uri\":\"urn:a:b:1//R\",\"value\":\"x\"}}", "takes no argument");
        assertRefused("{\"replace\":{\"uri\":\"urn:a:b:1/*/R\",\"value\":\"x\"}}", "has one place");
        assertThat(refused("{\"get\":{\"uri\":\"./A\"}},{\"sequence\":[{\"continueAt\":{\"url\":\"https://a/\"}},"
                + "{\"confirm\":{\"text\":\"?\"}}," + copy + "]}")).contains(
                        "\"pointer\":\"/operations/1/sequence/0/continueAt\"", "\"operation\":\"1.0\"",
                        "\"operation\":\"1.1\"", "\"pointer\":\"/operations/1/sequence/2/copy\"");
        assertAccepted("{\"get\":{\"uri\":\"./Unknown/Place\"}}");
        assertAccepted("{\"sequence\":[{\"delete\":{\"uri\":\"urn:a:b:1//R\"}},{\"confirm\":{\"text\":\"?\"}}]}");
    }

    private void spoke(String profile) {
        store.write(r -> {
            r.devices().put(r.devices().find("d").orElseThrow().seen(NOW, profile));
            return true;
        });
    }

    private void learned(String uri, String value) {
        store.write(r -> {
            r.mirror().put("d", List.of(new MirrorNode(NodeUri.parse(uri), Value.text(value), NOW)));
            return true;
        });
    }

    private void give(String name, String document) {
        assertThat(ask("PUT", AT + "/descriptions/" + name, document).status()).isEqualTo(201);
    }

    private void assertAccepted(String operation) {
        HttpAnswer.Whole answer = ask("POST", AT + "/jobs", "{\"operations\":[" + operation + "]}");
        assertThat(answer.status()).as(answer.body().utf8()).isEqualTo(201);
    }

    private void assertRefused(String operation, String... parts) {
        assertThat(refused(operation)).contains(parts).contains("\"pointer\":\"/operations/0/");
    }

    private String refused(String operations) {
        HttpAnswer.Whole answer = ask("POST", AT + "/jobs", "{\"operations\":[" + operations + "]}");
        assertProblem(answer, 422, "\"errors\"");
        return answer.body().utf8();
    }

    private static void assertProblem(HttpAnswer.Whole answer, int status, String part) {
        assertThat(answer.status()).as(answer.body().utf8()).isEqualTo(status);
        assertThat(answer.headers().first("Content-Type")).contains("application/problem+json");
        assertThat(answer.body().utf8()).contains(part);
    }

    private HttpAnswer.Whole ask(String method, String target, String body) {
        return (HttpAnswer.Whole) api.handle(FakeCall.of(method, target, body));
    }
}
