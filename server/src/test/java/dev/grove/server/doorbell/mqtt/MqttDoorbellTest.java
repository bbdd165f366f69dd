package dev.grove.server.doorbell.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import dev.grove.server.doorbell.Doorbell.Pace;
import dev.grove.server.doorbell.Doorbell.Result;
import dev.grove.server.doorbell.Doorbell.Ring;
import dev.grove.wire.Bytes;
import dev.grove.wire.Packet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against Debian's mosquitto, as a process of its own. */
class MqttDoorbellTest {

    private static final Packet NOTIFICATION = new Packet("application/vnd.syncml.notification",
            Bytes.hex("0011223344556677889900aabbccddeeff02d8000000002a0a636f6d2e677230766500"));
    private static final DeviceTopic TOPIC = new DeviceTopic("grove/{device}/notify");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void a_device_that_listens_gets_the_bytes_with_media_type_and_expiry() throws Exception {
        try (Mosquitto broker = Mosquitto.start(folder); MqttDoorbell doorbell = opened(broker, login())) {
            Mqtt5BlockingClient device = device(broker);
            try (Mqtt5BlockingClient.Mqtt5Publishes heard = device.publishes(MqttGlobalPublishFilter.ALL)) {
                device.subscribeWith().topicFilter("grove/IMEI:1%2F2/notify").qos(MqttQos.AT_LEAST_ONCE).send();

                assertThat(rung(doorbell, "IMEI:1/2")).isEqualTo(new Result.Taken(null));

                Mqtt5Publish publish = heard.receive(10, TimeUnit.SECONDS).orElseThrow();
                assertThat(Bytes.wrap(publish.getPayloadAsBytes())).isEqualTo(NOTIFICATION.body());
                assertThat(publish.getQos()).isEqualTo(MqttQos.AT_LEAST_ONCE);
                assertThat(publish.getContentType()).map(Object::toString).hasValue(NOTIFICATION.mediaType());
                assertThat(publish.getMessageExpiryInterval().orElseThrow()).isBetween(50L, 60L);
            }
            device.disconnect();
            assertThat(broker.log()).doesNotContain(Mosquitto.PASSWORD);
        }
    }

    @Test
    void a_topic_on_which_nobody_listens_is_a_failure_in_words() throws Exception {
        try (Mosquitto broker = Mosquitto.start(folder); MqttDoorbell doorbell = opened(broker, login())) {
            assertThat(rung(doorbell, "dev-1")).isInstanceOfSatisfying(Result.Failed.class,
                    failed -> assertThat(failed.reason()).contains("nobody listens on the topic"));
        }
    }

    @Test
    void a_topic_that_is_not_granted_is_a_failure_in_words() throws Exception {
        try (Mosquitto broker = Mosquitto.start(folder);
                MqttDoorbell doorbell = MqttDoorbell.open(
                        settings(URI.create("mqtt://127.0.0.1:" + broker.port()), login(),
                                new DeviceTopic("x/{device}")),
                        Clock.systemUTC())) {
            assertThat(rung(doorbell, "dev-1")).isInstanceOfSatisfying(Result.Failed.class,
                    failed -> assertThat(failed.reason()).contains("does not let this server publish"));
        }
    }

    @Test
    void comes_back_when_the_broker_does() throws Exception {
        try (Mosquitto broker = Mosquitto.start(folder); MqttDoorbell doorbell = opened(broker, login())) {
            assertThat(rung(doorbell, "dev-1")).isInstanceOf(Result.Failed.class);
            broker.kill();
            assertThat(until(doorbell, "cannot be reached")).contains("cannot be reached");
            broker.startAgain();
            assertThat(until(doorbell, "nobody listens")).contains("nobody listens");
        }
    }

    @Test
    void speaks_tls_with_a_broker_that_it_trusts_and_with_no_other() throws Exception {
        BrokerKeys keys = BrokerKeys.in(folder);
        try (Mosquitto broker = Mosquitto.start(folder, keys.lines())) {
            URI address = URI.create("mqtts://127.0.0.1:" + broker.port());
            try (MqttDoorbell doorbell = MqttDoorbell.open(trusting(address, keys.trust()), Clock.systemUTC())) {
                assertThat(until(doorbell, "nobody listens")).contains("nobody listens");
            }
            try (MqttDoorbell doorbell = MqttDoorbell.open(trusting(address, null), Clock.systemUTC())) {
                assertThat(until(doorbell, "PKIX")).contains("cannot be reached");
            }
        }
    }

    private static MqttSettings trusting(URI broker, MqttSettings.@Nullable Trust trust) {
        return new MqttSettings(broker, "grove-1", login(), trust, TOPIC, Duration.ofSeconds(2), new Pace(0, 10));
    }

    @Test
    void a_wrong_password_is_told_without_it() throws Exception {
        try (Mosquitto broker = Mosquitto.start(folder);
                MqttDoorbell doorbell = opened(broker, new MqttSettings.Login(Mosquitto.USER, "guessed-wrong"))) {
            assertThat(until(doorbell, "NOT_AUTHORIZED")).doesNotContain("guessed-wrong");
        }
    }

    @Test
    void a_broker_that_says_nothing_is_given_up_within_the_patience() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                MqttDoorbell doorbell = MqttDoorbell.open(
                        settings(URI.create("mqtt://127.0.0.1:" + mute.getLocalPort()), login(), TOPIC),
                        Clock.systemUTC())) {
            assertThat(until(doorbell, "Timeout")).contains("cannot be reached");
        }
    }

    @Test
    void a_peer_that_talks_nonsense_is_no_broker() throws Exception {
        try (ServerSocket liar = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> talkNonsense(liar));
            try (MqttDoorbell doorbell = MqttDoorbell.open(
                    settings(URI.create("mqtt://127.0.0.1:" + liar.getLocalPort()), login(), TOPIC),
                    Clock.systemUTC())) {
                assertThat(until(doorbell, "cannot be reached")).contains("cannot be reached");
            }
        }
    }

    private static void talkNonsense(ServerSocket liar) {
        while (!liar.isClosed()) {
            try (Socket socket = liar.accept()) {
                socket.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
            } catch (IOException over) {
                return;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1", "mqtt://user:secret@127.0.0.1", "mqtt:127.0.0.1", "mqtt://h/path"})
    void what_is_no_address_of_a_broker_is_refused(String address) {
        assertThatThrownBy(() -> settings(URI.create(address), null, TOPIC))
                .isInstanceOf(IllegalArgumentException.class).hasMessageNotContaining("secret");
    }

    @Test
    void nothing_shows_the_password() {
        assertThat(settings(URI.create("mqtt://127.0.0.1"), login(), TOPIC).toString())
                .doesNotContain(Mosquitto.PASSWORD);
    }

    static MqttSettings settings(URI broker, MqttSettings.@Nullable Login login, DeviceTopic topic) {
        return new MqttSettings(broker, "", login, null, topic, Duration.ofSeconds(2), new Pace(0, 10));
    }

    static MqttSettings.Login login() {
        return new MqttSettings.Login(Mosquitto.USER, Mosquitto.PASSWORD);
    }

    private static MqttDoorbell opened(Mosquitto broker, MqttSettings.Login login) {
        return MqttDoorbell.open(settings(URI.create("mqtt://127.0.0.1:" + broker.port()), login, TOPIC),
                Clock.systemUTC());
    }

    private static Mqtt5BlockingClient device(Mosquitto broker) {
        Mqtt5BlockingClient device = Mqtt5Client.builder().serverHost("127.0.0.1").serverPort(broker.port())
                .simpleAuth().username("device").password(Mosquitto.PASSWORD.getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth().buildBlocking();
        device.connect();
        return device;
    }

    /** What comes of an attempt once there is a connection, or after some seconds without. */
    private static Result rung(MqttDoorbell doorbell, String address) throws InterruptedException {
        Result result = attempt(doorbell, address);
        for (int i = 0; i < 100 && isDown(result); i++) {
            LockSupport.parkNanos(50_000_000);
            result = attempt(doorbell, address);
        }
        return result;
    }

    private static boolean isDown(Result result) {
        return result instanceof Result.Failed failed && failed.reason().contains("cannot be reached");
    }

    private static Result attempt(MqttDoorbell doorbell, String address) throws InterruptedException {
        return doorbell.ring(new Ring("the-device", "7", 1, address, NOTIFICATION, Instant.now().plusSeconds(60)));
    }

    private static String until(MqttDoorbell doorbell, String words) throws InterruptedException {
        String reason = "";
        for (int i = 0; i < 300 && !reason.contains(words); i++) {
            LockSupport.parkNanos(50_000_000);
            reason = attempt(doorbell, "dev-1") instanceof Result.Failed failed ? failed.reason() : "";
        }
        return reason;
    }
}
