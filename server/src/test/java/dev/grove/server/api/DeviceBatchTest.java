package dev.grove.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.server.fleet.JobDesk;
import dev.grove.server.fleet.SessionDesk;
import dev.grove.server.fleet.check.DescriptionShelf;
import dev.grove.server.http.FakeCall;
import dev.grove.server.http.HttpAnswer;
import dev.grove.server.store.memory.MemoryStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeviceBatchTest {

    private static final String BATCH = "/api/v1/devices:batch";

    private final MemoryStore store = new MemoryStore();
    private final Api api = api();

    private Api api() {
        EventStream events = new EventStream(Duration.ofSeconds(1), "run");
        DescriptionShelf shelf = new DescriptionShelf(store, List.of(), new DescriptionShelf.Rules(1000, 2));
        Clock clock = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
        Fleet fleet = new Fleet(store, new JobDesk(store, events, 100), new SessionDesk(store,
                SessionDesk.Rules.USUAL), shelf);
        return new Api(new Resources(fleet, events, clock, () -> ""), "the-token", 1_000_000);
    }

    @Test
    void makes_a_thousand_devices_known() {
        String list = IntStream.range(0, 1000).mapToObj(n -> "{\"id\":\"d" + n + "\"}")
                .collect(Collectors.joining(","));
        HttpAnswer.Whole answer = ask("{\"devices\":[" + list + "]}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().utf8()).startsWith("{\"added\":1000,\"changed\":0,\"refused\":0,")
                .contains("{\"id\":\"d999\",\"status\":201}");
        assertThat(store.<Boolean>read(records -> records.devices().find("d777").isPresent())).isTrue();
    }

    @Test
    void judges_each_by_itself_and_names_the_place_of_what_is_wrong() {
        String body = ask("""
                {"devices":[{"id":"a"},{"name":"nobody"},{"id":"b","credentials":{"client":{"userName":"x:y",
                "secret":"s"}}},7,{"id":"a"},{"id":"c"}]}""").body().utf8();
        assertThat(body).contains("\"added\":2", "\"refused\":4", "\"pointer\":\"/devices/1/id\"",
                "\"pointer\":\"/devices/2/credentials/client/userName\"", "\"pointer\":\"/devices/3\"",
                "{\"id\":\"a\",\"status\":409,", "{\"id\":\"c\",\"status\":201}");
        assertThat(store.<Boolean>read(records -> records.devices().find("b").isPresent())).isFalse();
    }

    @Test
    void changes_what_is_known_if_it_is_told_so() {
        ask("{\"devices\":[{\"id\":\"a\",\"name\":\"first\"}]}");
        assertThat(ask("{\"devices\":[{\"id\":\"a\",\"name\":\"second\"}],\"update\":true}").body().utf8())
                .contains("\"changed\":1").contains("\"status\":200");
        assertThat(name("a")).isEqualTo("second");
        assertThat(ask("{\"devices\":[{\"id\":\"a\",\"name\":\"third\"}],\"update\":false}").body().utf8())
                .contains("\"refused\":1");
        assertThat(name("a")).isEqualTo("second");
    }

    @Test
    void gives_no_identity_of_a_pre_shared_key_to_two() {
        String key = "\"psk\":{\"identity\":\"p\",\"key\":\"00112233445566778899aabbccddeeff\"}";
        String body = ask("{\"devices\":[{\"id\":\"a\"," + key + "},{\"id\":\"b\"," + key + "}]}").body().utf8();
        assertThat(body).contains("{\"id\":\"a\",\"status\":201}", "{\"id\":\"b\",\"status\":409,")
                .doesNotContain("0011");
    }

    @Test
    void takes_no_more_than_ten_thousand() {
        String list = "7,".repeat(DeviceBatch.MOST) + "7";
        HttpAnswer.Whole answer = ask("{\"devices\":[" + list + "]}");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body().utf8()).contains("/devices", "more than 10000");
    }

    @Test
    void refuses_what_is_no_list() {
        assertThat(ask("{\"devices\":7}").status()).isEqualTo(422);
        assertThat(ask("{\"update\":true}").body().utf8()).contains("/devices: is missing");
        assertThat(ask("{\"devices\":[],\"force\":true}").body().utf8()).contains("/force");
        assertThat(ask("{\"devices\":[]}").body().utf8()).contains("\"added\":0", "\"items\":[]");
    }

    private String name(String id) {
        return store.read(records -> records.devices().find(id).orElseThrow().name());
    }

    private HttpAnswer.Whole ask(String body) {
        return (HttpAnswer.Whole) api.handle(FakeCall.of("POST", BATCH, body));
    }
}
