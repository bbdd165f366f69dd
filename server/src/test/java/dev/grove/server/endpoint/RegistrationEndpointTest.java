package dev.grove.server.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.auth.HttpBasic;
import dev.grove.auth.HttpLogin;
import dev.grove.auth.Scheme;
import dev.grove.auth.Secret;
import dev.grove.engine.Account;
import dev.grove.server.endpoint.HttpAuthentication.Offer;
import dev.grove.server.fleet.Device;
import dev.grove.server.fleet.Reach;
import dev.grove.server.http.FakeCall;
import dev.grove.server.http.HttpAnswer;
import dev.grove.server.store.memory.MemoryStore;
import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("DM-MEC-004-S-O")
class RegistrationEndpointTest {

    private static final Instant NOW = Instant.parse("2026-11-22T01:00:00Z");
    private static final String DEVICE = "IMEI:1";
    private static final String ID = "fVb3:APA91bH-_x0";
    private static final Headers PROVEN = Headers
            .of("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8")
            .with("Authorization", HttpBasic.print(new HttpLogin("phone", "secret")));

    private final MemoryStore store = new MemoryStore();
    private final RegistrationEndpoint endpoint = new RegistrationEndpoint(store,
            new Gate(store, new HttpAuthentication(
                    new HttpAuthentication.Rules("Grove", List.of(Offer.BASIC), 20, Duration.ofMinutes(1)),
                    Clock.fixed(NOW, ZoneOffset.UTC), new Random(1), Bytes.hex("%064x".formatted(1))),
                    new Newcomers(true, null, null), new Random(1)));

    @BeforeEach
    void add_the_device() {
        store.write(records -> records.devices().add(Device.of(new Account(DEVICE,
                new Secret("phone", "secret", Bytes.EMPTY), List.of(Scheme.BASIC), null, Scheme.BASIC), "", NOW)));
    }

    @Test
    void a_registration_becomes_the_address_for_firebase() {
        assertThat(posted(DeviceDoors.REGISTER, "RegId=fVb3%3AAPA91bH-_x0").status()).isEqualTo(204);
        assertThat(line()).hasValue(new Reach.Line("fcm", ID));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"RegId=fVb3:APA91bH-_x0", "RegId=fVb3%3aAPA91bH-_x0&p1=v1&p2", "p1=v1&RegId=fVb3%3AAPA91bH-_x0",
                    "regid=fVb3%3AAPA91bH-_x0", "?RegId=fVb3%3AAPA91bH-_x0", "&&RegId=fVb3%3AAPA91bH-_x0&\r\n",
                    "%52egId=%66Vb3%3AAPA91bH-_x0", "RegId=&RegId=fVb3%3AAPA91bH-_x0&RegId=other"})
    void odd_spellings_are_read(String body) {
        assertThat(posted(DeviceDoors.REGISTER, body).status()).isEqualTo(204);
        assertThat(line()).hasValue(new Reach.Line("fcm", ID));
    }

    @Test
    void a_query_string_is_read_too() {
        assertThat(endpoint.handle(call(DeviceDoors.REGISTER + "?RegId=a%2Bb", "").with(named(PROVEN))).status())
                .isEqualTo(204);
        assertThat(line()).hasValue(new Reach.Line("fcm", "a+b"));
        assertThat(posted(DeviceDoors.REGISTER, "RegId=a+c").status()).isEqualTo(204);
        assertThat(line()).hasValue(new Reach.Line("fcm", "a+c"));
    }

    @Test
    void a_new_registration_takes_the_place_of_an_old_or_ended_one_and_nothing_else() {
        store.write(records -> {
            records.wakes().putReach(DEVICE, Reach.NONE.with(new Reach.Line("sms", "+491")).with(new Reach.Line("fcm",
                    "old", "gone")).with(new Reach.Line("udp", "192.0.2.1")));
            return true;
        });
        posted(DeviceDoors.REGISTER, "RegId=new");
        assertThat(reach().lines()).containsExactly(new Reach.Line("sms", "+491"), new Reach.Line("fcm", "new"),
                new Reach.Line("udp", "192.0.2.1"));
    }

    @Test
    void unregistering_takes_that_registration_away_and_no_newer_one() {
        posted(DeviceDoors.REGISTER, "RegId=new");
        assertThat(posted(DeviceDoors.UNREGISTER, "RegId=old").status()).isEqualTo(204);
        assertThat(line()).isPresent();
        assertThat(posted(DeviceDoors.UNREGISTER, "RegId=new").status()).isEqualTo(204);
        assertThat(line()).isEmpty();
        posted(DeviceDoors.REGISTER, "RegId=newer");
        assertThat(posted(DeviceDoors.UNREGISTER, "p1=v1").status()).isEqualTo(204);
        assertThat(line()).isEmpty();
        assertThat(posted(DeviceDoors.UNREGISTER, "RegId=new").status()).isEqualTo(204);
    }

    @Test
    void only_the_device_itself_may_tell() {
        HttpAnswer.Whole answer = endpoint.handle(call(DeviceDoors.REGISTER, "RegId=a").with(named(
                Headers.of("Content-Type", "application/x-www-form-urlencoded"))));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.headers().first("WWW-Authenticate")).isPresent();
        HttpAnswer.Whole wrong = endpoint.handle(call(DeviceDoors.REGISTER, "RegId=a").with(named(
                Headers.of("Content-Type", "application/x-www-form-urlencoded").with("Authorization",
                        HttpBasic.print(new HttpLogin("phone", "guessed"))))));
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(line()).isEmpty();
    }

    @Test
    void a_connection_or_the_form_may_name_the_device() {
        assertThat(endpoint.handle(call(DeviceDoors.REGISTER, "RegId=a").with(PROVEN)).status()).isEqualTo(400);
        assertThat(endpoint.handle(call(DeviceDoors.REGISTER, "RegId=a&DevID=IMEI%3A1").with(PROVEN)).status())
                .isEqualTo(204);
        assertThat(line()).hasValue(new Reach.Line("fcm", "a"));
        assertThat(endpoint.handle(call(DeviceDoors.REGISTER, "RegId=b")
                .with(Headers.of("Content-Type", "application/x-www-form-urlencoded")).vouchedFor(DEVICE)).status())
                .isEqualTo(204);
        assertThat(line()).hasValue(new Reach.Line("fcm", "b"));
    }

    @Test
    void a_device_that_nobody_knows_yet_comes_again_after_its_first_session() {
        HttpAnswer.Whole answer = endpoint.handle(call(DeviceDoors.REGISTER, "RegId=a")
                .with(Headers.of("Content-Type", "application/x-www-form-urlencoded").with(Gate.DEVICE_ID, "IMEI:2")));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers().first("Retry-After")).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"GET, application/x-www-form-urlencoded, RegId=a, 405", "POST, text/plain, RegId=a, 415",
            "POST, application/x-www-form-urlencoded, '', 400", "POST, application/x-www-form-urlencoded, RegId, 400",
            "POST, application/x-www-form-urlencoded, RegId=%0A, 400",
            "POST, application/x-www-form-urlencoded, RegId=a%00b, 400",
            "POST, application/x-www-form-urlencoded, RegId=%C3%A4, 400",
            "POST, application/x-www-form-urlencoded, RegId=%zz, 400"})
    void what_is_no_registration_is_refused(String method, String type, String body, int status) {
        FakeCall call = FakeCall.of(method, DeviceDoors.REGISTER, body)
                .with(Headers.of("Content-Type", type).with(Gate.DEVICE_ID, DEVICE).with("Authorization",
                        HttpBasic.print(new HttpLogin("phone", "secret"))));
        assertThat(endpoint.handle(call).status()).isEqualTo(status);
        assertThat(line()).isEmpty();
    }

    @Test
    void there_are_limits() {
        assertThat(posted(DeviceDoors.REGISTER, "RegId=" + "a".repeat(4097)).status()).isEqualTo(400);
        assertThat(posted(DeviceDoors.REGISTER, "RegId=a&p=" + "a".repeat(20_000)).status()).isEqualTo(413);
        assertThat(line()).isEmpty();
    }

    private HttpAnswer.Whole posted(String path, String body) {
        return endpoint.handle(call(path, body).with(named(PROVEN)));
    }

    private static FakeCall call(String path, String body) {
        return FakeCall.of("POST", path, body);
    }

    private static Headers named(Headers headers) {
        return headers.with(Gate.DEVICE_ID, DEVICE);
    }

    private Optional<Reach.Line> line() {
        return reach().line("fcm");
    }

    private Reach reach() {
        return store.read(records -> records.wakes().reach(DEVICE));
    }
}
