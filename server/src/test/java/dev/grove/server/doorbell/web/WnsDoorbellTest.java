package dev.grove.server.doorbell.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.server.doorbell.Doorbell.Pace;
import dev.grove.server.doorbell.Doorbell.Result;
import dev.grove.server.doorbell.web.StandIn.Answer;
import dev.grove.server.doorbell.web.StandIn.Asked;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a stand-in for Microsoft's two services that checks every field and the token. */
class WnsDoorbellTest {

    private static final String CHANNEL = "/?token=AwYAAACiM%2bK1";
    private static final WnsDoorbell.Client CLIENT = new WnsDoorbell.Client("ms-app://s-1-15-2-1", "not-to-be-seen&=+");

    private final Rings rings = new Rings();
    private final AtomicInteger tokens = new AtomicInteger();
    private StandIn windows;
    private WnsDoorbell doorbell;

    @BeforeEach
    void start() throws IOException {
        windows = new StandIn(this::answer);
        doorbell = new WnsDoorbell(new WnsDoorbell.Settings(List.of("*.notify.windows.com", "http://" + windows.host()),
                windows.uri("/accesstoken.srf"), CLIENT, "notify.windows.com", Rings.PATIENCE, new Pace(0, 10)), rings);
    }

    @AfterEach
    void stop() {
        doorbell.close();
        windows.close();
    }

    @Test
    void a_raw_notification_goes_to_the_channel() throws Exception {
        assertThat(rung()).isEqualTo(new Result.Taken(null));

        Asked sent = windows.asked("/?").getFirst();
        assertThat(sent.target()).isEqualTo(CHANNEL);
        assertThat(sent.method()).isEqualTo("POST");
        assertThat(sent.headers()).containsEntry("Authorization", "Bearer token-1")
                .containsEntry("Content-Type", "application/octet-stream").containsEntry("X-WNS-Type", "wns/raw")
                .containsEntry("X-WNS-Cache-Policy", "cache").containsEntry("X-WNS-TTL", "3600")
                .containsEntry("Content-Length", Integer.toString(Rings.NOTIFICATION.body().length()));
        assertThat(sent.body()).isEqualTo(Rings.NOTIFICATION.body());
        Asked asked = windows.asked("/accesstoken.srf").getFirst();
        assertThat(asked.form()).containsOnlyKeys("grant_type", "client_id", "client_secret", "scope")
                .containsEntry("grant_type", "client_credentials").containsEntry("client_id", CLIENT.id())
                .containsEntry("client_secret", CLIENT.secret()).containsEntry("scope", "notify.windows.com");
    }

    @Test
    void the_token_is_kept_for_its_day_and_renewed_once_when_it_is_refused() throws Exception {
        rung();
        rings.pass(Duration.ofHours(23));
        rung();
        assertThat(windows.asked("/accesstoken.srf")).hasSize(1);
        windows.answer(asked -> "Bearer token-1".equals(asked.headers().get("Authorization")) ? Answer.of(401, "")
                : answer(asked));
        assertThat(rung()).isEqualTo(new Result.Taken(null));
        assertThat(windows.asked("/accesstoken.srf")).hasSize(2);
        Rings.assertFailed(answered(401), "does not take the token", null);
        assertThat(windows.asked("/accesstoken.srf")).hasSize(3);
    }

    @Test
    void what_the_service_says_ends_a_channel_or_asks_for_patience() throws Exception {
        assertThat(answered(404)).isInstanceOf(Result.AddressEnded.class);
        assertThat(answered(410)).isInstanceOf(Result.AddressEnded.class);
        Rings.assertFailed(answered(403, "X-WNS-Error-Description: The Channel URI does not match"),
                "not one of this application: The Channel URI does not match", null);
        Rings.assertFailed(answered(406), "throttles", Duration.ofMinutes(1));
        Rings.assertFailed(answered(406, "Retry-After: 9"), "throttles", Duration.ofSeconds(9));
        Rings.assertFailed(answered(429, "Retry-After: 11"), "throttles", Duration.ofSeconds(11));
        Rings.assertFailed(answered(503, "Retry-After: 5"), "not up: 503", Duration.ofSeconds(5));
        Rings.assertFailed(answered(413), "413", null);
    }

    @Test
    void two_hundred_does_not_mean_that_it_was_kept() throws Exception {
        Rings.assertFailed(answered(200, "X-WNS-Status: dropped", "X-WNS-DeviceConnectionStatus: disconnected"),
                "dropped the notification, the device is disconnected", null);
        Rings.assertFailed(answered(200, "X-WNS-Status: channelthrottled"), "throttles this channel", null);
        Rings.assertFailed(answered(200), "not WNS", null);
    }

    @Test
    void nothing_is_sent_to_a_host_that_is_not_allowed() throws Exception {
        for (String address : List.of("https://evil.example/?token=x", "http://db5p.notify.windows.com/",
                "https://notify.windows.com.evil.example/", "https://u@db5p.notify.windows.com/", "no uri")) {
            assertThat(doorbell.objection(address)).as(address).isPresent();
            assertThat(doorbell.ring(rings.ring(address))).as(address).isInstanceOf(Result.AddressEnded.class);
        }
        assertThat(doorbell.objection("https://db5p.notify.windows.com/?token=x")).isEmpty();
        assertThat(windows.asked("/")).isEmpty();
    }

    @Test
    void the_secret_is_never_shown() {
        assertThat(new WnsDoorbell.Settings(List.of(), windows.uri("/"), CLIENT, "s", Rings.PATIENCE, new Pace(0, 1))
                .toString()).doesNotContain("not-to-be-seen");
    }

    private Result answered(int status, String... headers) throws InterruptedException {
        windows.answer(asked -> asked.target().equals("/accesstoken.srf") ? answer(asked)
                : Answer.of(status, "", headers));
        return rung();
    }

    private Result rung() throws InterruptedException {
        return doorbell.ring(rings.ring(windows.uri(CHANNEL).toString()));
    }

    private Answer answer(Asked asked) {
        return asked.target().equals("/accesstoken.srf")
                ? Answer.of(200, "{\"access_token\":\"token-" + tokens.incrementAndGet()
                        + "\",\"token_type\":\"bearer\",\"expires_in\":86400}")
                : Answer.of(200, "", "X-WNS-Status: received", "X-WNS-DeviceConnectionStatus: connected",
                        "X-WNS-Msg-ID: 2D1");
    }
}
