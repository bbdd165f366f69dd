package dev.grove.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.auth.Scheme;
import dev.grove.auth.Secret;
import dev.grove.engine.Account;
import dev.grove.engine.Fact;
import dev.grove.server.fleet.Device;
import dev.grove.server.fleet.JobDesk;
import dev.grove.server.fleet.SessionCommit;
import dev.grove.server.fleet.SessionDesk;
import dev.grove.server.fleet.Situation;
import dev.grove.server.fleet.TraceEntry;
import dev.grove.server.fleet.check.DescriptionShelf;
import dev.grove.server.fleet.check.DeviceCheck;
import dev.grove.server.http.FakeCall;
import dev.grove.server.http.HttpAnswer;
import dev.grove.server.store.memory.MemoryStore;
import dev.grove.syncml.AlertCode;
import dev.grove.tree.Format;
import dev.grove.tree.Operation;
import dev.grove.tree.Operation.UiOptions;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ApiTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String DEVICE = """
            {"id":"IMEI:1/2 é","name":"phone","credentials":{"client":{"userName":"u","secret":"client-secret",
             "schemes":["basic","md5"],"nonce":"AAE="},
             "server":{"userName":"grove","secret":"server-secret","nonce":""}}}
            """;
    private static final String AT = "/api/v1/devices/IMEI%3A1%2F2%20%C3%A9";

    private final MemoryStore store = new MemoryStore();
    private final DescriptionShelf shelf = new DescriptionShelf(store, List.of(), DescriptionShelf.Rules.USUAL);
    private final EventStream events = new EventStream(Duration.ofMillis(1), "run");
    private final SessionDesk desk = new SessionDesk(store, SessionDesk.Rules.USUAL);
    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final JobDesk jobs = new JobDesk(store, events, 3, new DeviceCheck(store, shelf));
    private final Api api = new Api(new Resources(
            new Fleet(store, jobs, desk, shelf), events, clock,
            () -> "metrics"), "the-token", 10_000);

    @Test
    void adds_a_device_and_never_tells_its_secrets() {
        assertThat(status("POST", "/api/v1/devices", DEVICE)).isEqualTo(201);
        String shown = body("GET", AT, "");
        assertThat(shown).isEqualTo("{\"id\":\"IMEI:1/2 é\",\"name\":\"phone\",\"profile\":\"\",\"createdAt\":"
                + "\"2026-11-21T12:00:00Z\",\"credentials\":{\"client\":{\"userName\":\"u\",\"schemes\":[\"basic\","
                + "\"md5\"]},\"server\":{\"userName\":\"grove\",\"scheme\":\"md5\"}}}");
        assertThat(body("GET", "/api/v1/devices", "")).contains(shown).doesNotContain("secret", "nonce");
        Account account = account();
        assertThat(account.client()).isEqualTo(new Secret("u", "client-secret", Bytes.hex("0001")));
        assertThat(account.server()).isEqualTo(new Secret("grove", "server-secret", Bytes.EMPTY));
    }

    @Test
    void names_the_place_of_the_new_device() {
        HttpAnswer answer = ask("POST", "/api/v1/devices", DEVICE);
        assertThat(answer.headers().first("Location")).contains(AT);
    }

    @Test
    void refuses_a_second_device_of_the_same_id() {
        ask("POST", "/api/v1/devices", DEVICE);
        assertProblem(ask("POST", "/api/v1/devices", DEVICE), 409, "known already");
    }

    @Test
    void changes_what_is_given_and_removes_what_is_null() {
        ask("POST", "/api/v1/devices", DEVICE);
        assertThat(status("PATCH", AT, "{\"name\":\"tablet\",\"credentials\":{\"client\":{\"secret\":\"new\"}}}"))
                .isEqualTo(200);
        assertThat(account().client()).isEqualTo(new Secret("u", "new", Bytes.hex("0001")));
        assertThat(account().server()).isNotNull();
        assertThat(body("PATCH", AT, "{\"name\":null,\"credentials\":{\"server\":null}}")).contains("\"name\":\"\"");
        assertThat(account().server()).isNull();
        assertProblem(ask("PATCH", AT, "{\"id\":\"other\"}"), 422, "/id");
        assertProblem(ask("PATCH", AT, "{\"credentials\":{\"server\":{\"secret\":\"x\"}}}"), 422,
                "/credentials/server/userName");
        assertProblem(ask("PATCH", "/api/v1/devices/nobody", "{}"), 404, "nobody");
    }

    @Test
    void forgets_a_device() {
        ask("POST", "/api/v1/devices", DEVICE);
        assertThat(status("DELETE", AT, "")).isEqualTo(204);
        assertProblem(ask("DELETE", AT, ""), 404, "IMEI");
        assertProblem(ask("GET", AT, ""), 404, "IMEI");
    }

    @Test
    void lists_page_by_page() {
        for (String id : List.of("a", "b", "c")) {
            ask("POST", "/api/v1/devices", "{\"id\":\"" + id + "\"}");
        }
        assertThat(body("GET", "/api/v1/devices?limit=2", "")).contains("\"next\":\"b\"").doesNotContain("\"c\"");
        assertThat(body("GET", "/api/v1/devices?limit=2&after=b", "")).contains("\"c\"").doesNotContain("next");
        assertThat(body("GET", "/api/v1/devices?q=B", "")).contains("\"b\"").doesNotContain("\"a\"");
        assertProblem(ask("GET", "/api/v1/devices?limit=0", ""), 400, "limit");
        assertProblem(ask("GET", "/api/v1/devices?limit=x", ""), 400, "limit");
        assertProblem(ask("GET", "/api/v1/devices?q=%zz", ""), 400, "percent");
    }

    @Test
    void names_the_place_of_what_is_wrong_in_a_device() {
        assertProblem(ask("POST", "/api/v1/devices", "{\"id\":\"x\",\"colour\":1}"), 422, "/colour");
        assertProblem(ask("POST", "/api/v1/devices", "{\"id\":\" \"}"), 422, "/id");
        assertProblem(ask("POST", "/api/v1/devices", "{}"), 422, "/id");
        assertProblem(ask("POST", "/api/v1/devices", "[]"), 422, "object");
        assertProblem(ask("POST", "/api/v1/devices", "{\"id\":\"x\",\"certificateSha256\":\"ab\"}"), 422,
                "/certificateSha256");
        String client = "{\"id\":\"x\",\"credentials\":{\"client\":{\"userName\":\"u\",\"secret\":\"s\",%s}}}";
        assertProblem(ask("POST", "/api/v1/devices", client.formatted("\"nonce\":\"*\"")), 422,
                "/credentials/client/nonce");
        assertProblem(ask("POST", "/api/v1/devices", client.formatted("\"schemes\":[\"md4\"]")), 422,
                "/credentials/client/schemes/0");
        assertProblem(ask("POST", "/api/v1/devices", client.formatted("\"schemes\":[]")), 422, "/schemes");
        assertProblem(ask("POST", "/api/v1/devices", client.formatted("\"schemes\":[\"md5\",\"md5\"]")), 422,
                "/credentials/client/schemes/1");
        assertProblem(ask("POST", "/api/v1/devices", client.replace("\"s\"", "\"\"").formatted("\"nonce\":\"\"")),
                422, "/credentials/client/secret");
        assertProblem(ask("POST", "/api/v1/devices", client.replace("\"u\"", "\"\"").formatted("\"nonce\":\"\"")),
                422, "/credentials/client/userName");
        assertProblem(ask("POST", "/api/v1/devices", client.replace("\"u\"", "\"u:v\"").formatted("\"nonce\":\"\"")),
                422, "/credentials/client/userName");
    }

    @Test
    void refuses_what_is_no_json_or_too_long() {
        for (String body : List.of("", "{", "{\"id\":\"a\"} x", "{\"id\":\"a\",\"id\":\"b\"}", "nul",
                "[".repeat(500), "{\"id\":\"\\ud800\"}")) {
            assertProblem(ask("POST", "/api/v1/devices", body), 400, "");
        }
        assertProblem(ask("POST", "/api/v1/devices", "\"" + "x".repeat(10_000) + "\""), 413, "10000");
    }

    @Test
    void nobody_asks_without_the_token() {
        FakeCall call = FakeCall.of("GET", "/api/v1/devices", "");
        for (Headers headers : List.of(Headers.NONE, Headers.of("Authorization", "Bearer wrong"),
                Headers.of("Authorization", "Basic dGhlLXRva2Vu"), Headers.of("Authorization", "Bearer "))) {
            HttpAnswer answer = api.handle(call.with(headers));
            assertProblem(answer, 401, "admin-token");
            assertThat(answer.headers().first("WWW-Authenticate")).contains("Bearer");
        }
        assertProblem(api.handle(FakeCall.of("GET", "/api/v1/nothing", "").with(Headers.NONE)), 401, "");
        assertThat(api.handle(call.with(Headers.of("authorization", "bearer the-token"))).status()).isEqualTo(200);
    }

    @Test
    void anybody_may_ask_for_health_and_metrics() {
        for (String path : List.of("/healthz", "/readyz", "/metrics", "/api/v1/openapi.json")) {
            assertThat(api.handle(FakeCall.of("GET", path, "").with(Headers.NONE)).status()).as(path).isEqualTo(200);
        }
        assertProblem(ask("GET", "/nothing", ""), 404, "/nothing");
        HttpAnswer answer = ask("PUT", "/api/v1/devices", "");
        assertProblem(answer, 405, "GET, HEAD, OPTIONS, POST");
        assertThat(answer.headers().first("Allow")).contains("GET, HEAD, OPTIONS, POST");
    }

    @Test
    void answers_head_like_get_and_options_by_the_methods() {
        ask("POST", "/api/v1/devices", DEVICE);
        assertThat(status("HEAD", AT, "")).isEqualTo(200);
        assertThat(status("HEAD", "/api/v1/devices/nobody", "")).isEqualTo(404);
        assertThat(status("HEAD", "/api/v1/events", "")).isEqualTo(204);
        HttpAnswer options = ask("OPTIONS", AT, "");
        assertThat(options.status()).isEqualTo(204);
        assertThat(options.headers().first("Allow")).contains("DELETE, GET, HEAD, OPTIONS, PATCH");
        assertThat(status("OPTIONS", "/api/v1/nothing", "")).isEqualTo(404);
    }

    @Test
    void takes_json_however_tools_call_it_and_nothing_else() {
        for (String type : List.of("", "application/json", "application/json; charset=UTF-8",
                "application/x-www-form-urlencoded", "APPLICATION/JSON")) {
            assertProblem(typed(type), 422, "/id");
        }
        for (String type : List.of("application/xml", "text/html", "multipart/form-data; boundary=x")) {
            assertProblem(typed(type), 415, "application/json");
        }
        assertProblem(typed("application/json; charset=\"utf-16\""), 415, "UTF-8");
    }

    private HttpAnswer typed(String mediaType) {
        FakeCall call = FakeCall.of("POST", "/api/v1/devices", "{}");
        return api.handle(call.with(call.headers().with("Content-Type", mediaType)));
    }

    @Test
    void takes_every_operation_and_shows_it_as_it_was_given() {
        ask("POST", "/api/v1/devices", DEVICE);
        String operations = """
                [{"get":{"uri":"./DevInfo?list=Struct"}},
                {"add":{"uri":"./A","format":"node","type":"urn:x"}},
                {"add":{"uri":"./B","format":"bin","type":"application/octet-stream","valueBase64":"AP8="}},
                {"replace":{"uri":"./C","format":"int","type":"text/plain","value":"7"}},
                {"replace":{"uri":"./AAuthSecret","format":"chr","type":"text/plain","value":"***","masked":true}},
                {"delete":{"uri":"./D"}},{"copy":{"from":"./E","to":"./F"}},
                {"exec":{"uri":"./G","format":"chr","type":"text/plain","value":"x","correlator":"c"}},
                {"exec":{"uri":"./H"}},
                {"atomic":[{"sequence":[{"delete":{"uri":"./I"}}]}]},
                {"get":{"uri":{"moid":"urn:mo","where":[{"leaf":"F","value":"1"}],"path":"E/G?prop=ACL"}}},
                {"display":{"text":"hi","options":{"minDisplay":10,"maxDisplay":20}}},
                {"confirm":{"text":"ok?","options":{"defaultResponse":"1"}}},
                {"input":{"text":"name","options":{"maxLength":9,"inputType":"N","echoType":"P"}}},
                {"choose":{"text":"which","choices":["a","b"],"multiple":true}}]""".replace("\n", "");
        String asked = operations.replace("\"***\",\"masked\":true", "\"hidden\"");
        assertThat(body("POST", AT + "/jobs", "{\"operations\":" + asked + "}"))
                .isEqualTo("{\"id\":\"1\",\"state\":\"queued\"}");
        assertThat(body("GET", AT + "/jobs/1", "")).contains("\"operations\":" + operations);
    }

    @Test
    void knows_several_ways_to_say_the_same() {
        ask("POST", "/api/v1/devices", DEVICE);
        submit("[{\"replace\":{\"uri\":\"A\",\"value\":5}},{\"replace\":{\"uri\":\"A\",\"value\":true}},"
                + "{\"add\":{\"uri\":\"A\",\"format\":\"b64\",\"value\":\"AP8=\"}},"
                + "{\"add\":{\"uri\":\"A\",\"format\":\"null\"}},"
                + "{\"add\":{\"uri\":\"A\",\"format\":\"node\",\"value\":\"\"}},"
                + "{\"get\":{\"uri\":{\"moid\":\"m\",\"where\":{\"F\":\"1\"}}}},"
                + "{\"display\":{\"text\":\"t\",\"options\":{\"minDisplay\":\"2m\"}}}]");
        List<Operation> operations = store.read(r -> r.jobs().find("IMEI:1/2 é", 1)).orElseThrow().operations();
        assertThat(operations.get(0)).hasToString(new Operation.Replace(
                dev.grove.tree.Address.parse("./A"), new Value(Format.CHR, "", Bytes.utf8("5"))).toString());
        assertThat(((Operation.Add) operations.get(2)).value().data()).isEqualTo(Bytes.hex("00ff"));
        assertThat(((Operation.Display) operations.get(6)).options().minDisplay()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void knows_the_options_of_a_user_interaction_by_their_names_in_the_specification() {
        ask("POST", "/api/v1/devices", DEVICE);
        submit("[{\"input\":{\"text\":\"t\",\"options\":{\"MINDT\":10,\"MAXDT\":\"20\",\"DR\":1,\"MAXLEN\":\"5\","
                + "\"IT\":\"N\",\"ET\":\"P\"}}},"
                + "{\"input\":{\"text\":\"t\",\"options\":\"MINDT=10&MAXDT=20&DR=1&MAXLEN=5&IT=N&ET=P\"}},"
                + "{\"confirm\":{\"text\":\"t\",\"options\":\"DR=John+Doe%26\"}},"
                + "{\"confirm\":{\"text\":\"t\",\"options\":\"\"}}]");
        List<Operation> operations = store.read(r -> r.jobs().find("IMEI:1/2 é", 1)).orElseThrow().operations();
        UiOptions all = new UiOptions(Duration.ofSeconds(10), Duration.ofSeconds(20), "1", 5, "N", "P");
        assertThat(((Operation.Input) operations.get(0)).options()).isEqualTo(all);
        assertThat(((Operation.Input) operations.get(1)).options()).isEqualTo(all);
        assertThat(((Operation.Confirm) operations.get(2)).options().defaultResponse()).isEqualTo("John Doe&");
        assertThat(((Operation.Confirm) operations.get(3)).options()).isEqualTo(UiOptions.NONE);
        assertRefused("[{\"confirm\":{\"text\":\"t\",\"options\":\"MINDT\"}}]", "/operations/0/confirm/options");
        assertRefused("[{\"confirm\":{\"text\":\"t\",\"options\":\"FOO=1\"}}]",
                "/operations/0/confirm/options/FOO");
    }

    @Test
    void proves_itself_as_the_device_does_unless_told_otherwise() {
        for (String scheme : List.of("basic", "md5", "mac", "sha256")) {
            ask("POST", "/api/v1/devices", """
                    {"id":"%s","credentials":{"client":{"userName":"u","secret":"s","schemes":["%s"]},
                    "server":{"userName":"v","secret":"t"}}}""".formatted(scheme, scheme));
            Scheme ofServer = store.read(r -> r.devices().find(scheme)).orElseThrow().account().serverScheme();
            assertThat(ofServer.name().toLowerCase(Locale.ROOT)).isEqualTo(scheme.equals("basic") ? "md5" : scheme);
        }
    }

    @Test
    void refuses_at_once_what_could_never_be_sent_and_says_where() {
        ask("POST", "/api/v1/devices", DEVICE);
        assertRefused("[]", "/operations");
        assertRefused("[{}]", "/operations/0");
        assertRefused("[{\"get\":{\"uri\":\"./A\"},\"delete\":{\"uri\":\"./A\"}}]", "/operations/0");
        assertRefused("[{\"jump\":{}}]", "/operations/0/jump");
        assertRefused("[{\"get\":{}}]", "/operations/0/get/uri");
        assertRefused("[{\"get\":{\"uri\":\"./A\",\"value\":\"\"}}]", "/operations/0/get/value");
        for (String uri : List.of("", "/A", "./A/", "./A//B", "./A/../B", "./%zz", "./A?x=y", "./A\\u0001")) {
            assertRefused("[{\"get\":{\"uri\":\"" + uri + "\"}}]", "/operations/0/get/uri");
        }
        assertRefused("[{\"get\":{\"uri\":{\"path\":\"A\"}}}]", "/operations/0/get/uri/moid");
        assertRefused("[{\"get\":{\"uri\":{\"moid\":\"m\",\"path\":\"/A\"}}}]", "/operations/0/get/uri");
        assertRefused("[{\"add\":{\"uri\":\"./A\",\"format\":\"blob\",\"value\":\"\"}}]", "/operations/0/add/format");
        assertRefused("[{\"add\":{\"uri\":\"./A\"}}]", "/operations/0/add/value");
        assertRefused("[{\"add\":{\"uri\":\"./A\",\"format\":\"node\",\"value\":\"x\"}}]", "/operations/0/add");
        assertRefused("[{\"add\":{\"uri\":\"./A\",\"valueBase64\":\"*\"}}]", "/operations/0/add/valueBase64");
        assertRefused("[{\"add\":{\"uri\":\"./A\",\"format\":\"b64\",\"value\":\"*\"}}]", "/operations/0/add/value");
        assertRefused("[{\"add\":{\"uri\":\"./A\",\"value\":\"\",\"valueBase64\":\"\"}}]",
                "/operations/0/add/valueBase64");
        assertRefused("[{\"atomic\":[]}]", "/operations/0/atomic");
        assertRefused("[{\"atomic\":[{\"sequence\":[{\"atomic\":[]}]}]}]",
                "/operations/0/atomic/0/sequence/0/atomic");
        assertRefused("[{\"sequence\":[{\"sequence\":[]}]}]", "/operations/0/sequence/0/sequence");
        assertRefused("[{\"choose\":{\"text\":\"t\",\"choices\":[]}}]", "/operations/0/choose/choices");
        assertRefused("[{\"input\":{\"text\":\"t\",\"options\":{\"inputType\":\"X\"}}}]",
                "/operations/0/input/options/inputType");
        assertProblem(ask("POST", AT + "/jobs", "{\"operations\":[{\"get\":{\"uri\":\"A\"}}],\"expiresIn\":\"1y\"}"),
                422, "/expiresIn");
        assertThat(body("GET", AT + "/jobs", "")).isEqualTo("{\"items\":[]}");
    }

    @Test
    void refuses_values_that_are_none_of_their_format() {
        ask("POST", "/api/v1/devices", DEVICE);
        for (String bad : List.of("int:abc", "int:1.5", "bool:maybe", "bool:1", "float:1,5", "float:0x1", "date:today",
                "date:21.11.2026", "time:noon", "b64:***")) {
            assertRefused(set(bad), "/operations/0/replace/value");
        }
        for (String good : List.of("int:-7", "int:4294967295", "bool:True", "float:-1.5E3", "float:NaN",
                "date:2026-11-21", "date:20261121", "time:15:38:00Z", "b64:AP8=", "chr:", "int:", "node:", "null:")) {
            HttpAnswer answer = ask("POST", AT + "/jobs", "{\"operations\":" + set(good) + "}");
            assertThat(answer.status()).as(good).isEqualTo(201);
            ask("DELETE", answer.headers().first("Location").orElseThrow(), "");
        }
        assertRefused(set("node:x"), "/operations/0/replace");
        assertRefused(set("null:x"), "/operations/0/replace");
        assertRefused("[{\"replace\":{\"uri\":\"./A\",\"format\":\"chr\",\"valueBase64\":\"/w==\"}}]",
                "/operations/0/replace/valueBase64");
        assertRefused("[{\"get\":{\"uri\":\"./A\"}},{\"sequence\":[{\"exec\":{\"uri\":\"./X\","
                + "\"format\":\"int\",\"value\":\"x\"}}]}]",
                "/operations/1/sequence/0/exec/value\",\"operation\":\"1.0");
        assertRefused("[{\"get\":{\"uri\":\"./" + "x".repeat(1001) + "\"}}]", "/operations/0/get/uri");
        assertRefused("[{\"get\":{\"uri\":\"." + "/x".repeat(201) + "\"}}]", "/operations/0/get/uri");
        assertRefused("[{\"get\":{\"uri\":\"./A?list=" + "x".repeat(1001) + "\"}}]", "/operations/0/get/uri");
    }

    private static String set(String formatAndValue) {
        int colon = formatAndValue.indexOf(':');
        return "[{\"replace\":{\"uri\":\"./A\",\"format\":\"" + formatAndValue.substring(0, colon)
                + "\",\"value\":\"" + formatAndValue.substring(colon + 1) + "\"}}]";
    }

    @Test
    void keeps_terms_cancels_and_limits_jobs() {
        ask("POST", "/api/v1/devices", DEVICE);
        String get = "[{\"get\":{\"uri\":\"./A\"}}]";
        body("POST", AT + "/jobs", "{\"operations\":" + get
                + ",\"expiresIn\":\"24h\",\"priority\":-5,\"retryExec\":true}");
        assertThat(body("GET", AT + "/jobs/1", "")).contains("\"priority\":-5", "\"retryExec\":true",
                "\"expiresAt\":\"2026-11-22T12:00:00Z\"");
        assertThat(body("DELETE", AT + "/jobs/1", "")).isEqualTo("{\"id\":\"1\",\"state\":\"cancelled\"}");
        assertThat(status("DELETE", AT + "/jobs/1", "")).isEqualTo(200);
        assertThat(body("GET", AT + "/jobs/1", "")).contains("\"state\":\"cancelled\"");
        for (int i = 0; i < 3; i++) {
            submit(get);
        }
        assertProblem(ask("POST", AT + "/jobs", "{\"operations\":" + get + "}"), 409, "3");
        assertThat(body("GET", AT + "/jobs?limit=2", "")).contains("\"next\":\"2\"");
        assertThat(body("GET", AT + "/jobs?limit=1&order=newest", "")).contains("\"id\":\"4\"");
        assertProblem(ask("GET", AT + "/jobs/99", ""), 404, "99");
        assertProblem(ask("GET", AT + "/jobs/x", ""), 404, "x");
        assertProblem(ask("DELETE", AT + "/jobs/99", ""), 404, "99");
        assertProblem(ask("POST", "/api/v1/devices/nobody/jobs", "{\"operations\":" + get + "}"), 404, "nobody");
    }

    @Test
    void shows_outcomes_tree_alerts_sessions_and_trace() {
        ask("POST", "/api/v1/devices", DEVICE);
        submit("[{\"get\":{\"uri\":\"./A\"}},{\"exec\":{\"uri\":\"./X\"}}]");
        Outcome read = new Outcome(StatusCode.OK,
                List.of(new Outcome.Result("./A", Value.binary(Bytes.hex("00ff")))), "HRESULT 0x86000005");
        converse(new Fact.Authenticated(null), new Fact.Sent("1", 0), new Fact.Sent("1", 1),
                new Fact.Answered("1", "0", read),
                new Fact.Learned(List.of(new Outcome.Result("./A", Value.binary(Bytes.hex("00ff"))),
                        new Outcome.Result("./B/C", Value.of(Format.INT, "7")),
                        new Outcome.Result("./B/AAuthSecret", Value.text("hidden")))),
                new Fact.AlertRaised(AlertCode.GENERIC, "org.x", "fatal", null, "./A", Value.text("boom")),
                new Fact.Ended(Fact.Reason.COMPLETED, ""));
        String job = body("GET", AT + "/jobs/1", "");
        assertThat(job).contains("\"state\":\"failed\"", "{\"operation\":\"0\",\"status\":200,\"text\":\"OK\","
                + "\"detail\":\"HRESULT 0x86000005\",\"hresult\":\"0x86000005\",\"results\":[{\"uri\":\"./A\","
                + "\"format\":\"bin\",\"type\":\"application/octet-stream\",\"valueBase64\":\"AP8=\"}]",
                "{\"operation\":\"1\",\"text\":\"unknown\"");
        assertThat(body("GET", AT + "/tree?uri=./B", "")).contains("\"uri\":\"./B/C\"", "\"value\":\"7\"",
                "\"masked\":true").doesNotContain("hidden", "./A\"");
        assertProblem(ask("GET", AT + "/tree?uri=..", ""), 400, "uri");
        assertThat(body("GET", AT + "/alerts", "")).contains("\"code\":1226", "\"mark\":\"fatal\"",
                "\"data\":\"boom\"");
        assertThat(body("GET", AT + "/sessions", "")).contains("\"outcome\":\"completed\"", "\"messages\":1");
        String trace = body("GET", AT + "/sessions/1/trace", "");
        assertThat(trace).contains("\"direction\":\"received\"", "<SyncML", "\"facts\":[\"a fact\"]", "***")
                .doesNotContain("c2VjcmV0", "hidden-value", "bm9uY2U=", "tnds-hidden");
        assertProblem(ask("GET", AT + "/sessions/2/trace", ""), 404, "2");
        assertProblem(ask("GET", "/api/v1/devices/nobody/sessions/1", ""), 404, "1");
    }

    @Test
    void tells_listeners_what_happens_and_lets_them_go_at_the_end() throws IOException, InterruptedException {
        HttpAnswer.Stream stream = (HttpAnswer.Stream) ask("GET", "/api/v1/events?device=IMEI%3A1%2F2%20%C3%A9", "");
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        Thread listener = Thread.startVirtualThread(() -> {
            try {
                stream.body().writeTo(heard);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        while (heard.size() == 0) {
            Thread.onSpinWait();
        }
        ask("POST", "/api/v1/devices", "{\"id\":\"other\"}");
        ask("POST", "/api/v1/devices", DEVICE);
        submit("[{\"get\":{\"uri\":\"./A\"}}]");
        while (!heard.toString(java.nio.charset.StandardCharsets.UTF_8).contains("event: job")) {
            Thread.onSpinWait();
        }
        events.close();
        listener.join();
        assertThat(heard.toString(java.nio.charset.StandardCharsets.UTF_8)).startsWith(": listening\n\n")
                .contains("event: device\ndata: {\"device\":\"IMEI:1/2 é\",\"change\":\"added\"}\n\n",
                        "event: job\ndata: {\"device\":\"IMEI:1/2 é\",\"job\":{\"id\":\"1\","
                                + "\"state\":\"queued\"}}\n\n")
                .doesNotContain("other");
    }

    @Test
    void ends_a_living_session_at_an_operators_word() {
        ask("POST", "/api/v1/devices", DEVICE);
        converse(false, new Fact.Authenticated(null));
        HttpAnswer.Whole asked = (HttpAnswer.Whole) ask("DELETE", AT + "/sessions/1", "");
        assertThat(asked.status()).isEqualTo(202);
        assertThat(asked.body().utf8()).contains("\"state\":\"live\"");
        assertThat(desk.isAbortAsked(1)).isTrue();
        assertProblem(ask("DELETE", "/api/v1/devices/other/sessions/1", ""), 404, "1");
        assertProblem(ask("DELETE", AT + "/sessions/7", ""), 404, "7");
        desk.sweep(NOW.plusSeconds(60), 9, session -> List.of());
        assertProblem(ask("DELETE", AT + "/sessions/1", ""), 409, "over");
        assertThat(desk.isAbortAsked(1)).isFalse();
    }

    private void converse(Fact... facts) {
        converse(true, facts);
    }

    private void converse(boolean isEnded, Fact... facts) {
        List<Fact> all = new ArrayList<>(List.of(new Fact.Opened()));
        all.addAll(List.of(facts));
        String message = """
                <SyncML xmlns="SYNCML:SYNCML1.2"><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto>
                <SessionID>1</SessionID><MsgID>1</MsgID><Target><LocURI>x</LocURI></Target><Source><LocURI>y</LocURI>
                </Source><Cred><Meta><Type xmlns="syncml:metinf">syncml:auth-basic</Type></Meta><Data>c2VjcmV0</Data>
                </Cred></SyncHdr><SyncBody><Status><CmdID>1</CmdID><MsgRef>1</MsgRef><CmdRef>0</CmdRef>
                <Cmd>SyncHdr</Cmd><Chal><Meta><NextNonce xmlns="syncml:metinf">bm9uY2U=</NextNonce></Meta></Chal>
                <Data>407</Data></Status><Sequence><CmdID>2</CmdID><Replace><CmdID>3</CmdID><Item><Target>
                <LocURI>./S/AAuthSecret</LocURI></Target><Data>hidden-value</Data></Item></Replace><Add>
                <CmdID>4</CmdID><Item><Target><LocURI>./S</LocURI></Target><Data>&lt;MgmtTree&gt;&lt;Node&gt;
                &lt;NodeName&gt;AAuthData&lt;/NodeName&gt;&lt;Value&gt;tnds-hidden&lt;/Value&gt;</Data></Item></Add>
                </Sequence><Final/></SyncBody></SyncML>""";
        SessionCommit.Next next = new SessionCommit.Next("1", NOW.plusSeconds(60), isEnded, Bytes.EMPTY, all, null);
        Device device = store.read(r -> r.devices().find("IMEI:1/2 é")).orElseThrow();
        SessionCommit.Result result = new SessionDesk(store, SessionDesk.Rules.USUAL)
                .commit(new SessionCommit(device, false, null, Situation.Seen.NONE, next, "DM/1.2", NOW,
                        List.of(new TraceEntry(NOW, TraceEntry.Direction.RECEIVED, "application/vnd.syncml.dm+xml",
                                Bytes.utf8(message), List.of("a fact")))));
        assertThat(result).isInstanceOf(SessionCommit.Stored.class);
    }

    private Account account() {
        return store.read(r -> r.devices().find("IMEI:1/2 é")).orElseThrow().account();
    }

    private void submit(String operations) {
        assertThat(status("POST", AT + "/jobs", "{\"operations\":" + operations + "}")).isEqualTo(201);
    }

    private void assertRefused(String operations, String pointer) {
        HttpAnswer answer = ask("POST", AT + "/jobs", "{\"operations\":" + operations + "}");
        assertProblem(answer, 422, "\"pointer\":\"" + pointer + "\"");
    }

    private static void assertProblem(HttpAnswer answer, int status, String part) {
        HttpAnswer.Whole whole = (HttpAnswer.Whole) answer;
        assertThat(whole.status()).as(whole.body().utf8()).isEqualTo(status);
        assertThat(whole.headers().first("Content-Type")).contains("application/problem+json");
        assertThat(whole.body().utf8()).startsWith("{\"type\":\"about:blank\",\"title\":\"").contains(part);
    }

    private HttpAnswer ask(String method, String target, String body) {
        return api.handle(FakeCall.of(method, target, body));
    }

    private int status(String method, String target, String body) {
        return ask(method, target, body).status();
    }

    private String body(String method, String target, String body) {
        return Objects.requireNonNull((HttpAnswer.Whole) ask(method, target, body)).body().utf8();
    }
}
