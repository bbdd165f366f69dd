package dev.grove.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.server.fleet.JobDesk;
import dev.grove.server.fleet.SessionDesk;
import dev.grove.server.fleet.check.DescriptionShelf;
import dev.grove.server.fleet.check.DeviceCheck;
import dev.grove.server.http.FakeCall;
import dev.grove.server.http.HttpAnswer;
import dev.grove.server.store.memory.MemoryStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class PskApiTest {

    private static final String KEY = "00112233445566778899aabbccddeeff";
    private static final String DEVICES = "/api/v1/devices";

    private final Api api = api();

    private static Api api() {
        MemoryStore store = new MemoryStore();
        EventStream events = new EventStream(Duration.ofSeconds(1), "run");
        DescriptionShelf shelf = new DescriptionShelf(store, List.of(), new DescriptionShelf.Rules(1000, 2));
        JobDesk jobs = new JobDesk(store, events, 100, new DeviceCheck(store, shelf));
        Clock clock = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
        Fleet fleet = new Fleet(store, jobs, new SessionDesk(store, SessionDesk.Rules.USUAL), shelf);
        return new Api(new Resources(fleet, events, clock, () -> ""), "the-token", 100_000);
    }

    @Test
    void keeps_a_key_under_the_devices_id_or_another_identity_and_never_shows_it() {
        HttpAnswer.Whole added = ask("POST", DEVICES, device("p", "\"key\":\"" + KEY + "\""));
        assertThat(added.status()).isEqualTo(201);
        assertThat(added.body().utf8()).contains("\"psk\":{\"identity\":\"p\"}").doesNotContain("0011");
        assertThat(ask("PATCH", DEVICES + "/p", "{\"psk\":{\"identity\":\"of p\"}}").body().utf8())
                .contains("\"identity\":\"of p\"").doesNotContain("0011");
        assertThat(ask("GET", DEVICES + "/p", "").body().utf8()).contains("of p").doesNotContain("0011");
        assertThat(ask("PATCH", DEVICES + "/p", "{\"psk\":null}").body().utf8()).doesNotContain("psk");
    }

    @Test
    void an_identity_stands_for_one_device_only() {
        ask("POST", DEVICES, device("p", "\"key\":\"" + KEY + "\""));
        assertThat(ask("POST", DEVICES, device("q", "\"identity\":\"p\",\"key\":\"" + KEY + "\"")).status())
                .isEqualTo(409);
        assertThat(ask("POST", DEVICES, device("q", "\"key\":\"ABEiM0RVZneImaq7zN3u/w==\"")).status()).isEqualTo(201);
        HttpAnswer.Whole taken = ask("PATCH", DEVICES + "/q", "{\"psk\":{\"identity\":\"p\"}}");
        assertThat(taken.status()).isEqualTo(422);
        assertThat(taken.body().utf8()).contains("/psk/identity");
        assertThat(ask("PATCH", DEVICES + "/p", "{\"psk\":{\"identity\":\"p\",\"key\":\"" + KEY + "\"}}").status())
                .isEqualTo(200);
    }

    @Test
    void names_the_place_of_what_is_wrong() {
        for (String[] wrong : new String[][] {{"", "/psk/key"}, {"\"key\":\"?\"", "/psk/key"},
                {"\"key\":\"0011\"", "8 to 512"}, {"\"key\":1", "/psk/key"}, {"\"key\":\"\"", "8 to 512"},
                {"\"identity\":\"\",\"key\":\"" + KEY + "\"", "identity"}, {"\"colour\":1", "/psk/colour"}}) {
            HttpAnswer.Whole answer = ask("POST", DEVICES, device("x", wrong[0]));
            assertThat(answer.status()).as(wrong[0]).isEqualTo(422);
            assertThat(answer.body().utf8()).contains(wrong[1]).doesNotContain("0011");
        }
    }

    private static String device(String id, String psk) {
        return "{\"id\":\"" + id + "\",\"psk\":{" + psk + "}}";
    }

    private HttpAnswer.Whole ask(String method, String target, String body) {
        return (HttpAnswer.Whole) api.handle(FakeCall.of(method, target, body));
    }
}
