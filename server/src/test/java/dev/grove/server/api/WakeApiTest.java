package dev.grove.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.server.doorbell.Doorbell;
import dev.grove.server.doorbell.UdpDoorbell;
import dev.grove.server.fleet.JobDesk;
import dev.grove.server.fleet.SessionDesk;
import dev.grove.server.fleet.Wake;
import dev.grove.server.fleet.check.DescriptionShelf;
import dev.grove.server.config.HostPort;
import dev.grove.server.http.FakeCall;
import dev.grove.server.http.HttpAnswer;
import dev.grove.server.store.memory.MemoryStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Waking devices by the HTTP API. */
class WakeApiTest {

    private static final String SERVER = "{\"id\":\"d\",\"credentials\":{\"server\":{\"userName\":\"srv\","
            + "\"secret\":\"server-secret\"}},";
    private static final String UDP = "\"bearers\":[{\"bearer\":\"udp\",\"address\":\"127.0.0.1:9\"}]";

    private final MemoryStore store = new MemoryStore();
    private final EventStream events = new EventStream(Duration.ofSeconds(1), "run");
    private final Doorbell udp = UdpDoorbell.open(new HostPort("127.0.0.1", 0), 0);
    private final Fleet fleet = new Fleet(store, new JobDesk(store, events, 9),
            new SessionDesk(store, SessionDesk.Rules.USUAL),
            new DescriptionShelf(store, List.of(), DescriptionShelf.Rules.USUAL));
    private final Api api = new Api(new Resources(fleet, events, Clock.systemUTC(), () -> ""), "the-token", 100_000);

    @BeforeEach
    void openTheDesk() {
        fleet.wakes().open(List.of(udp));
    }

    @AfterEach
    void closeTheBearer() {
        udp.close();
    }

    private HttpAnswer.Whole ask(String method, String path, String body) {
        return (HttpAnswer.Whole) api.handle(FakeCall.of(method, "/api/v1" + path, body));
    }

    private String told(int status, String method, String path, String body) {
        HttpAnswer.Whole answer = ask(method, path, body);
        assertThat(answer.status()).as(answer.body().utf8()).isEqualTo(status);
        return answer.body().utf8();
    }

    private void addDevice() {
        told(201, "POST", "/devices", SERVER + "\"reach\":{" + UDP + "}}");
    }

    @Test
    void wakes_a_device_once_however_often_it_is_asked() {
        addDevice();
        HttpAnswer.Whole answer = ask("POST", "/devices/d/wake", "{\"mode\":\"confirm\",\"reason\":\"hot fix\"}");
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.headers().first("Location")).contains("/api/v1/devices/d/wakes/1");
        assertThat(answer.body().utf8()).contains("\"id\":\"1\"", "\"state\":\"waiting\"", "\"mode\":\"confirm\"",
                "\"reason\":\"hot fix\"", "\"attempts\":0", "\"notificationId\":");
        assertThat(told(202, "POST", "/devices/d/wake", "")).isEqualTo(answer.body().utf8());
        assertThat(told(200, "GET", "/devices/d/wakes/1", "")).isEqualTo(answer.body().utf8());
        assertThat(told(200, "GET", "/devices/d/wakes?order=newest", "")).contains(answer.body().utf8());
    }

    @Test
    void takes_a_wake_back_once() {
        addDevice();
        told(202, "POST", "/devices/d/wake", "{}");
        assertThat(told(200, "DELETE", "/devices/d/wakes/1", "")).contains("\"state\":\"cancelled\"");
        assertThat(told(200, "DELETE", "/devices/d/wakes/1", "")).contains("\"state\":\"cancelled\"");
        assertThat(told(404, "DELETE", "/devices/d/wakes/2", "")).contains("no wake 2");
        assertThat(told(404, "GET", "/devices/d/wakes/x", "")).contains("no wake x");
    }

    @Test
    void wakes_many_devices_by_one_request_and_judges_each_by_itself() {
        addDevice();
        told(201, "POST", "/devices", SERVER.replace("\"d\"", "\"e\"") + "\"reach\":{" + UDP + "}}");
        told(201, "POST", "/devices", "{\"id\":\"far\"}");
        String list = "{\"devices\":[\"d\",7,\"far\",\"nobody\",\"e\",\"d\"],\"mode\":\"inform\",\"reason\":\"all\"}";
        String answer = told(200, "POST", "/wakes:batch", list);
        assertThat(answer).startsWith("{\"woken\":3,\"refused\":3,\"items\":["
                + "{\"device\":\"d\",\"status\":202,\"wake\":\"1\"},"
                + "{\"status\":422,\"pointer\":\"/devices/1\",").contains(
                        "{\"device\":\"far\",\"status\":409,\"detail\":\"nobody has said",
                        "{\"device\":\"nobody\",\"status\":404,",
                        "{\"device\":\"e\",\"status\":202,\"wake\":\"2\"},"
                                + "{\"device\":\"d\",\"status\":202,\"wake\":\"1\"}]");
        assertThat(told(200, "GET", "/devices/e/wakes/2", "")).contains("\"mode\":\"inform\"", "\"reason\":\"all\"");
        assertThat(told(200, "POST", "/wakes:batch", list)).as("who asks again joins").isEqualTo(answer);
    }

    @Test
    void refuses_what_is_no_list_of_devices() {
        assertThat(told(422, "POST", "/wakes:batch", "{}")).contains("/devices");
        assertThat(told(422, "POST", "/wakes:batch", "{\"devices\":\"d\"}")).contains("/devices");
        assertThat(told(422, "POST", "/wakes:batch", "{\"devices\":[],\"mode\":\"loud\"}")).contains("/mode");
        assertThat(told(422, "POST", "/wakes:batch", "{\"devices\":[],\"update\":true}")).contains("/update");
        assertThat(told(422, "POST", "/wakes:batch", "{\"devices\":[" + "7,".repeat(WakeBatch.MOST) + "7]}"))
                .contains("more than 10000");
        assertThat(told(200, "POST", "/wakes:batch", "{\"devices\":[]}"))
                .isEqualTo("{\"woken\":0,\"refused\":0,\"items\":[]}");
    }

    @Test
    void says_why_a_device_cannot_be_woken() {
        told(404, "POST", "/devices/d/wake", "");
        told(201, "POST", "/devices", "{\"id\":\"d\"}");
        assertThat(told(409, "POST", "/devices/d/wake", "")).contains("how the device can be reached");
        told(200, "PUT", "/devices/d/reach", "{" + UDP + "}");
        assertThat(told(409, "POST", "/devices/d/wake", "")).contains("credentials.server");
        told(200, "PUT", "/devices/d/reach", "{\"bearers\":[{\"bearer\":\"sms\",\"address\":\"+358\"}]}");
        assertThat(told(409, "POST", "/devices/d/wake", "")).contains("sms", "it has udp");
        told(422, "POST", "/devices/d/wake", "{\"mode\":\"loud\"}");
        told(422, "POST", "/devices/d/wake", "{\"expiresIn\":\"0s\"}");
        told(422, "POST", "/devices/d/wake", "{\"when\":\"now\"}");
    }

    @Test
    void keeps_how_a_device_is_reached_and_never_tells_the_credential() {
        addDevice();
        String reach = told(200, "PUT", "/devices/d/reach",
                "{\"bearers\":[{\"bearer\":\"sms\",\"address\":\"+358\"},{\"bearer\":\"udp\",\"address\":\"host\"}],"
                        + "\"format\":\"dm20\",\"version\":12,\"serverId\":\"me\",\"credential\":"
                        + "{\"secret\":\"hush-hush\",\"authDataBase64\":\"AQID\"}}");
        assertThat(reach).contains("\"format\":\"dm20\"", "\"version\":12", "\"serverId\":\"me\"",
                "\"hasCredential\":true", "{\"bearer\":\"sms\",\"address\":\"+358\",\"available\":false}",
                "{\"bearer\":\"udp\",\"address\":\"host\",\"available\":true}").doesNotContain("hush", "AQID");
        assertThat(told(200, "PUT", "/devices/d/reach", reach)).as("what was read may be put back").isEqualTo(reach);
        assertThat(told(200, "GET", "/devices/d/reach", "")).isEqualTo(reach);
        assertThat(told(200, "PUT", "/devices/d/reach", "{\"credential\":null}")).contains("\"hasCredential\":false",
                "\"bearers\":[]");
        told(204, "DELETE", "/devices/d/reach", "");
        assertThat(told(200, "GET", "/devices/d/reach", "")).contains("\"format\":\"auto\"", "\"version\":11");
        told(404, "GET", "/devices/nobody/reach", "");
        told(404, "PUT", "/devices/nobody/reach", "{}");
        told(404, "DELETE", "/devices/nobody/reach", "");
    }

    @Test
    void refuses_what_is_no_way_to_a_device() {
        addDevice();
        for (String bad : List.of("{\"bearers\":[{\"bearer\":\"udp\",\"address\":\"host:x\"}]}",
                "{\"bearers\":[{\"bearer\":\"udp\",\"address\":\"\"}]}",
                "{\"bearers\":[{\"bearer\":\"UDP!\",\"address\":"
                        + "\"x\"}]}",
                "{\"bearers\":[{\"bearer\":\"a\",\"address\":\"x\"},{\"bearer\":\"a\",\"address\":\"y\"}]}",
                "{\"format\":\"dm40\"}", "{\"version\":9}", "{\"credential\":{\"secret\":\"\"}}",
                "{\"credential\":{\"secret\":\"a\",\"secretBase64\":\"AA==\"}}", "{\"lines\":[]}")) {
            told(422, "PUT", "/devices/d/reach", bad);
        }
    }

    @Test
    void a_job_has_its_device_woken_and_is_refused_if_nothing_reaches_it() {
        addDevice();
        String job = "{\"wake\":true,\"operations\":[{\"get\":{\"uri\":\"./DevInfo/Man\"}}]}";
        told(201, "POST", "/devices", "{\"id\":\"far\"}");
        told(409, "POST", "/devices/far/jobs", job);
        HttpAnswer.Whole answer = ask("POST", "/devices/d/jobs", job);
        assertThat(answer.status()).as(answer.body().utf8()).isEqualTo(201);
        assertThat(answer.body().utf8()).contains("\"wake\":\"1\"");
        Wake wake = store.read(records -> records.wakes().open("d")).orElseThrow();
        assertThat(wake.reason()).startsWith("job ");
        long newest = store.read(records -> records.jobs().newest("far"));
        assertThat(newest).isZero();
        assertThat(told(201, "POST", "/devices/d/jobs", job.replace("\"wake\":true,", ""))).doesNotContain("wake");
    }

    @Test
    void a_batch_says_how_each_device_is_reached() {
        String answer = told(200, "POST", "/devices:batch", "{\"devices\":[" + SERVER + "\"reach\":{" + UDP
                + "}},{\"id\":\"e\",\"reach\":{\"version\":99}},{\"id\":\"f\"}]}");
        assertThat(answer).contains("\"added\":2", "/reach/version");
        assertThat(told(200, "GET", "/devices/d/reach", "")).contains("127.0.0.1:9");
        told(200, "POST", "/devices:batch", "{\"update\":true,\"devices\":[{\"id\":\"d\",\"name\":\"n\"},"
                + "{\"id\":\"f\",\"reach\":{" + UDP + "}}]}");
        assertThat(told(200, "GET", "/devices/d/reach", "")).as("nothing was said of it").contains("127.0.0.1:9");
        assertThat(told(200, "GET", "/devices/f/reach", "")).contains("127.0.0.1:9");
    }
}
