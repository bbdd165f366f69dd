package dev.grove.server.doorbell.mqtt;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttClientState;
import com.hivemq.client.mqtt.MqttClientTransportConfig;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.lifecycle.MqttClientConnectedContext;
import com.hivemq.client.mqtt.lifecycle.MqttClientDisconnectedContext;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import dev.grove.server.doorbell.Doorbell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes notifications to an MQTT 5 broker, at least once (QoS 1), on a topic for each device. The broker has a
 * notification when it acknowledges it; that nobody listens on the topic is a failure, for the message is gone then.
 *
 * <p>One connection for all, made anew by itself; while there is none nothing is queued: the attempt fails at once, and
 * the caller tries again or takes another bearer.
 */
public final class MqttDoorbell implements Doorbell {

    private static final Logger LOG = LoggerFactory.getLogger(MqttDoorbell.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration WHILE_DOWN = Duration.ofSeconds(5);
    private static final Duration WHEN_TOO_MUCH = Duration.ofSeconds(30);
    private static final int MAX_REASON = 120;

    private final MqttSettings settings;
    private final Clock clock;
    private final Mqtt5AsyncClient client;
    private final AtomicReference<String> trouble = new AtomicReference<>("it has not answered yet");
    private final AtomicBoolean isTroubleTold = new AtomicBoolean();
    private volatile boolean isClosed;

    private MqttDoorbell(MqttSettings settings, Clock clock, @Nullable MqttClientSslConfig tls) {
        this.settings = settings;
        this.clock = clock;
        Mqtt5ClientBuilder builder = Mqtt5Client.builder()
                .transportConfig(MqttClientTransportConfig.builder().serverHost(settings.host())
                        .serverPort(settings.port()).sslConfig(tls)
                        .mqttConnectTimeout(settings.patience().toMillis(), TimeUnit.MILLISECONDS)
                        .socketConnectTimeout(settings.patience().toMillis(), TimeUnit.MILLISECONDS).build())
                .executorConfig().nettyThreads(1).applyExecutorConfig()
                .automaticReconnect().initialDelay(FIRST_PAUSE.toMillis(), TimeUnit.MILLISECONDS)
                .maxDelay(LONGEST_PAUSE.toMillis(), TimeUnit.MILLISECONDS).applyAutomaticReconnect()
                .addConnectedListener(this::connected).addDisconnectedListener(this::disconnected);
        if (!settings.clientId().isEmpty()) {
            builder = builder.identifier(settings.clientId());
        }
        if (settings.login() != null) {
            builder = builder.simpleAuth().username(settings.login().user())
                    .password(settings.login().password().getBytes(StandardCharsets.UTF_8))
                    .applySimpleAuth();
        }
        this.client = builder.buildAsync();
    }

    /**
     * Begins to connect, and returns at once.
     *
     * @throws IllegalArgumentException if the trust store cannot be read
     */
    public static MqttDoorbell open(MqttSettings settings, Clock clock) {
        MqttDoorbell doorbell = new MqttDoorbell(settings, clock, settings.isTls() ? tls(settings) : null);
        // What comes of it is told to the listeners.
        CompletableFuture<?> _ = doorbell.client.connectWith().cleanStart(true).sessionExpiryInterval(0)
                .keepAlive(30).send();
        return doorbell;
    }

    @Override
    public String bearer() {
        return "mqtt";
    }

    @Override
    public Pace pace() {
        return settings.pace();
    }

    @Override
    public Optional<String> objection(String address) {
        return settings.topic().objection(address);
    }

    @Override
    public Result ring(Ring ring) throws InterruptedException {
        if (client.getState() != MqttClientState.CONNECTED) {
            return new Result.Failed("the broker cannot be reached: " + trouble.get(), WHILE_DOWN);
        }
        long secondsLeft = Math.clamp(Duration.between(clock.instant(), ring.goodUntil()).toSeconds(), 1, 0xFFFF_FFFFL);
        CompletableFuture<Mqtt5PublishResult> published = client.publish(Mqtt5Publish.builder()
                .topic(settings.topic().of(ring.address())).qos(MqttQos.AT_LEAST_ONCE)
                .payload(ring.notification().body().toArray()).contentType(ring.notification().mediaType())
                .messageExpiryInterval(secondsLeft).build());
        try {
            Mqtt5PublishResult result = published.get(settings.patience().toMillis(), TimeUnit.MILLISECONDS);
            return result instanceof Mqtt5PublishResult.Mqtt5Qos1Result acknowledged
                    ? told(acknowledged.getPubAck().getReasonCode())
                    : new Result.Taken(null);
        } catch (TimeoutException silent) {
            published.cancel(true);
            return new Result.Failed("the broker has not acknowledged within " + settings.patience().toMillis() + " ms",
                    null);
        } catch (ExecutionException failed) {
            return failed.getCause() instanceof Mqtt5PubAckException refused
                    ? told(refused.getMqttMessage().getReasonCode())
                    : new Result.Failed("the connection to the broker was lost: " + words(failed.getCause()), null);
        }
    }

    private static Result told(Mqtt5PubAckReasonCode code) {
        return switch (code) {
            case SUCCESS -> new Result.Taken(null);
            case NO_MATCHING_SUBSCRIBERS -> new Result.Failed(
                    "nobody listens on the topic of the device: the broker has dropped the notification", null);
            case NOT_AUTHORIZED -> new Result.Failed(
                    "the broker does not let this server publish on the topic of the device", null);
            case QUOTA_EXCEEDED -> new Result.Failed("the broker takes no more for now", WHEN_TOO_MUCH);
            case UNSPECIFIED_ERROR, IMPLEMENTATION_SPECIFIC_ERROR, TOPIC_NAME_INVALID, PACKET_IDENTIFIER_IN_USE,
                    PAYLOAD_FORMAT_INVALID ->
                new Result.Failed("the broker has refused: "
                        + code.name().toLowerCase(Locale.ROOT).replace('_', ' '), null);
        };
    }

    private void connected(MqttClientConnectedContext context) {
        isTroubleTold.set(false);
        LOG.atInfo().addKeyValue("broker", settings.broker()).log("connected to the MQTT broker");
    }

    /** Told once, until it is over. */
    private void disconnected(MqttClientDisconnectedContext context) {
        if (isClosed) {
            context.getReconnector().reconnect(false);
            return;
        }
        String words = words(context.getCause());
        trouble.set(words);
        if (!isTroubleTold.getAndSet(true)) {
            LOG.atWarn().addKeyValue("broker", settings.broker()).log("no MQTT broker: {}", words);
        }
    }

    private static String words(@Nullable Throwable cause) {
        String text = cause == null ? "" : String.valueOf(cause.getMessage());
        return text.length() > MAX_REASON ? text.substring(0, MAX_REASON) : text;
    }

    private static MqttClientSslConfig tls(MqttSettings settings) {
        MqttSettings.Trust trust = settings.trust();
        TrustManagerFactory factory = null;
        if (trust != null) {
            try {
                factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                factory.init(KeyStore.getInstance(trust.file().toFile(), trust.password().toCharArray()));
            } catch (IOException | GeneralSecurityException unreadable) {
                throw new IllegalArgumentException(
                        "cannot read the trust store " + trust.file() + ": " + unreadable.getMessage(), unreadable);
            }
        }
        return MqttClientSslConfig.builder().trustManagerFactory(factory)
                .handshakeTimeout(settings.patience().toMillis(), TimeUnit.MILLISECONDS).build();
    }

    @Override
    public void close() {
        // Where there is no connection there is nothing to end but the attempts, and the next one is the last.
        isClosed = true;
        CompletableFuture<?> _ = client.disconnect().exceptionally(_ -> null);
    }
}
