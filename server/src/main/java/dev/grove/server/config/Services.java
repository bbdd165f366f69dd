package dev.grove.server.config;

import dev.grove.auth.HttpLogin;
import dev.grove.server.doorbell.Doorbell.Pace;
import dev.grove.server.doorbell.mqtt.DeviceTopic;
import dev.grove.server.doorbell.mqtt.MqttSettings;
import dev.grove.server.doorbell.sip.SipSettings;
import dev.grove.server.doorbell.web.FcmDoorbell;
import dev.grove.server.doorbell.web.HttpPushDoorbell;
import dev.grove.server.doorbell.web.WnsDoorbell;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The bearers that others run, and HTTP push; absent is what is not switched on.
 *
 * @param fcmSenderId by which Firebase knows this server; empty: devices are not told
 */
public record Services(@Nullable MqttSettings mqtt, FcmDoorbell.@Nullable Settings fcm, String fcmSenderId,
        WnsDoorbell.@Nullable Settings wns, HttpPushDoorbell.@Nullable Settings http, @Nullable SipSettings sip) {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int AT_ONCE = 100;

    static Services of(Settings s) {
        return new Services(mqtt(s), fcm(s), s.get(ServiceOptions.FCM_SENDER), wns(s), http(s), sip(s));
    }

    private static @Nullable MqttSettings mqtt(Settings s) {
        String broker = s.get(ServiceOptions.MQTT_BROKER);
        if (broker.isEmpty()) {
            return null;
        }
        DeviceTopic topic = of(ServiceOptions.MQTT_TOPIC, () -> new DeviceTopic(s.get(ServiceOptions.MQTT_TOPIC)));
        String user = s.get(ServiceOptions.MQTT_USER);
        String trust = s.get(ServiceOptions.MQTT_TRUST);
        return of(ServiceOptions.MQTT_BROKER, () -> new MqttSettings(address(broker),
                s.get(ServiceOptions.MQTT_CLIENT),
                user.isEmpty() ? null : new MqttSettings.Login(user, s.get(ServiceOptions.MQTT_PASSWORD)),
                trust.isEmpty() ? null
                        : new MqttSettings.Trust(Path.of(trust), s.get(ServiceOptions.MQTT_TRUST_PASSWORD)),
                topic, PATIENCE, pace(s, ServiceOptions.MQTT_PACE)));
    }

    /** What was given is not repeated: somebody may have put a password into it. */
    private static URI address(String broker) {
        try {
            return new URI(broker);
        } catch (URISyntaxException none) {
            throw new IllegalArgumentException("is no address, such as mqtts://broker.example");
        }
    }

    private static FcmDoorbell.@Nullable Settings fcm(Settings s) {
        String account = s.get(ServiceOptions.FCM_ACCOUNT);
        return account.isEmpty() ? null
                : new FcmDoorbell.Settings(url(s, ServiceOptions.FCM_URL),
                        s.get(ServiceOptions.FCM_TOKEN_URL).isEmpty() ? null : url(s, ServiceOptions.FCM_TOKEN_URL),
                        Path.of(account), PATIENCE, pace(s, ServiceOptions.FCM_PACE));
    }

    private static WnsDoorbell.@Nullable Settings wns(Settings s) {
        String client = s.get(ServiceOptions.WNS_CLIENT);
        if (client.isEmpty()) {
            return null;
        }
        if (s.get(ServiceOptions.WNS_SECRET).isEmpty()) {
            throw new ConfigRefused("option wake-wns-client-id needs wake-wns-client-secret");
        }
        return new WnsDoorbell.Settings(hosts(s, ServiceOptions.WNS_HOSTS), url(s, ServiceOptions.WNS_TOKEN_URL),
                new WnsDoorbell.Client(client, s.get(ServiceOptions.WNS_SECRET)), s.get(ServiceOptions.WNS_SCOPE),
                PATIENCE, pace(s, ServiceOptions.WNS_PACE));
    }

    private static HttpPushDoorbell.@Nullable Settings http(Settings s) {
        List<String> hosts = hosts(s, ServiceOptions.HTTP_HOSTS);
        return hosts.isEmpty() ? null
                : new HttpPushDoorbell.Settings(hosts, PATIENCE, pace(s, ServiceOptions.HTTP_PACE));
    }

    private static @Nullable SipSettings sip(Settings s) {
        String from = s.get(ServiceOptions.SIP_FROM);
        if (from.isEmpty()) {
            return null;
        }
        String proxy = s.get(ServiceOptions.SIP_PROXY);
        List<String> hosts = hosts(s, ServiceOptions.SIP_HOSTS);
        if (proxy.isEmpty() && hosts.isEmpty()) {
            throw new ConfigRefused("option wake-sip-from needs wake-sip-proxy or wake-sip-hosts");
        }
        HostPort listen = s.get(ServiceOptions.SIP_LISTEN);
        String user = s.get(ServiceOptions.SIP_USER);
        return of(ServiceOptions.SIP_FROM, () -> new SipSettings(from,
                new InetSocketAddress(listen.host(), listen.port()), proxy.isEmpty() ? null : proxy, hosts,
                user.isEmpty() ? null : new HttpLogin(user, s.get(ServiceOptions.SIP_PASSWORD)),
                s.get(ServiceOptions.SIP_APPLICATION), s.get(ServiceOptions.SIP_T1), pace(s, ServiceOptions.SIP_PACE)));
    }

    private static Pace pace(Settings s, Option<Integer> perSecond) {
        return new Pace(s.get(perSecond), AT_ONCE);
    }

    private static List<String> hosts(Settings s, Option<String> option) {
        return Arrays.stream(s.get(option).split(",", -1)).map(String::strip).filter(host -> !host.isEmpty()).toList();
    }

    private static URI url(Settings s, Option<String> option) {
        String url = s.get(option);
        if (!url.matches("https?://[^/?#@\\s]+(/[^?#\\s]*)?")) {
            throw new ConfigRefused("option " + option.name() + " is an address, such as https://host.example/path");
        }
        return of(option, () -> URI.create(url));
    }

    private static <T> T of(Option<?> option, Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException broken) {
            throw new ConfigRefused("option " + option.name() + ": " + broken.getMessage());
        }
    }
}
