package dev.grove.server.config;

import dev.grove.server.config.Options.Group;
import dev.grove.server.doorbell.mqtt.DeviceTopic;
import dev.grove.server.doorbell.sip.SipSettings;
import java.time.Duration;

/** The options of bearers that others run: brokers, the services of the platforms, proxies; and of HTTP push. */
final class ServiceOptions {

    private static final Group MQTT = new Group("Waking by MQTT");
    private static final Group FCM = new Group("Waking by Firebase Cloud Messaging");
    private static final Group WNS = new Group("Waking by the Windows Push Notification Services");
    private static final Group HTTP = new Group("Waking by HTTP push");
    private static final Group SIP = new Group("Waking by SIP");

    static final Option<String> MQTT_BROKER = MQTT.option("wake-mqtt", Kind.text("URL"), "",
            "Broker of MQTT 5, mqtt://HOST:PORT or mqtts://HOST:PORT; devices are not woken by MQTT if empty.");
    static final Option<String> MQTT_TOPIC = MQTT.option("wake-mqtt-topic", Kind.text("TOPIC"),
            "grove/{device}/notify", "Topic of each device: its address takes the place of " + DeviceTopic.PLACE
                    + ", with what has a meaning in topics percent-encoded.");
    static final Option<String> MQTT_USER = MQTT.option("wake-mqtt-user", Kind.text("NAME"), "",
            "User name for the broker; none if empty.");
    static final Option<String> MQTT_PASSWORD = MQTT.option("wake-mqtt-password", Kind.text("SECRET"), "",
            "The password to that name.");
    static final Option<String> MQTT_CLIENT = MQTT.option("wake-mqtt-client-id", Kind.text("NAME"), "",
            "Client id, another one for each node; the broker gives one if empty.");
    static final Option<String> MQTT_TRUST = MQTT.option("wake-mqtt-trust-store", Kind.text("FILE"), "",
            "PKCS #12 file with the authorities of the broker's certificate; those of the JDK if empty.");
    static final Option<String> MQTT_TRUST_PASSWORD = MQTT.option("wake-mqtt-trust-store-password",
            Kind.text("SECRET"), "", "Its password.");
    static final Option<Integer> MQTT_PACE = MQTT.pace("wake-mqtt-pace", "500", "by MQTT");

    static final Option<String> FCM_ACCOUNT = FCM.option("wake-fcm-account", Kind.text("FILE"), "",
            "Key of a service account, the JSON file that Google hands out; devices are not woken by Firebase if"
                    + " empty.");
    static final Option<String> FCM_URL = FCM.option("wake-fcm-url", Kind.text("URL"),
            "https://fcm.googleapis.com", "Scheme and host of Firebase.");
    static final Option<String> FCM_TOKEN_URL = FCM.option("wake-fcm-token-url", Kind.text("URL"), "",
            "Where tokens are given; where the service account says if empty.");
    static final Option<String> FCM_SENDER = FCM.option("wake-fcm-sender-id", Kind.text("NAME"), "",
            "Sender id of the project: accounts that devices of DM 2.0 bootstrap from then say where they tell their"
                    + " registrations.");
    static final Option<Integer> FCM_PACE = FCM.pace("wake-fcm-pace", "200", "by Firebase");

    static final Option<String> WNS_CLIENT = WNS.option("wake-wns-client-id", Kind.text("NAME"), "",
            "Package SID (ms-app://…) or application id to which the channels belong; Windows is not woken if empty.");
    static final Option<String> WNS_SECRET = WNS.option("wake-wns-client-secret", Kind.text("SECRET"), "",
            "The secret of that application.");
    static final Option<String> WNS_TOKEN_URL = WNS.option("wake-wns-token-url", Kind.text("URL"),
            "https://login.live.com/accesstoken.srf", "Where tokens are given.");
    static final Option<String> WNS_SCOPE = WNS.option("wake-wns-scope", Kind.text("NAME"), "notify.windows.com",
            "Scope of the tokens; https://wns.windows.com/.default for applications registered with Entra.");
    static final Option<String> WNS_HOSTS = WNS.option("wake-wns-hosts", Kind.text("HOSTS"), "*.notify.windows.com",
            "Hosts, parted by commas, at which channels may be; http:// before a host allows HTTP there.");
    static final Option<Integer> WNS_PACE = WNS.pace("wake-wns-pace", "200", "to Windows");

    static final Option<String> HTTP_HOSTS = HTTP.option("wake-http-hosts", Kind.text("HOSTS"), "",
            "Hosts, parted by commas, at which devices listen, with a port where it is not the usual one; *. before a"
                    + " host stands for all below it, http:// allows HTTP there. No device is woken by HTTP if empty.");
    static final Option<Integer> HTTP_PACE = HTTP.pace("wake-http-pace", "100", "by HTTP push");

    static final Option<String> SIP_FROM = SIP.option("wake-sip-from", Kind.text("URI"), "",
            "SIP URI of this server, such as sip:grove@example.com; devices are not woken by SIP if empty.");
    static final Option<HostPort> SIP_LISTEN = SIP.option("wake-sip-listen", Kind.hostPort(), "0.0.0.0:0",
            "Where answers arrive that come by UDP.");
    static final Option<String> SIP_PROXY = SIP.option("wake-sip-proxy", Kind.text("URI"), "",
            "SIP URI of the proxy by which all messages go, such as sip:proxy.example.com;transport=tcp; straight to"
                    + " the hosts of the addresses if empty.");
    static final Option<String> SIP_HOSTS = SIP.option("wake-sip-hosts", Kind.text("HOSTS"), "",
            "Without a proxy: hosts, parted by commas, to which messages may go, with a port where it is not 5060.");
    static final Option<String> SIP_USER = SIP.option("wake-sip-user", Kind.text("NAME"), "",
            "User name with which a challenge is answered; none is if empty.");
    static final Option<String> SIP_PASSWORD = SIP.option("wake-sip-password", Kind.text("SECRET"), "",
            "The password to that name.");
    static final Option<String> SIP_APPLICATION = SIP.option("wake-sip-application", Kind.text("NAME"),
            SipSettings.DEVICE_MANAGEMENT, "Application in the feature tag +g.oma.pusheventapp; no public text settles"
                    + " that of device management.");
    static final Option<Duration> SIP_T1 = SIP.option("wake-sip-t1",
            Kind.duration(Duration.ofMillis(10), Duration.ofSeconds(2)), "500ms",
            "Estimate of a round trip, T1 of RFC 3261; an answer is waited for 64 times as long.");
    static final Option<Integer> SIP_PACE = SIP.pace("wake-sip-pace", "100", "by SIP");

    private ServiceOptions() {}

    /** Has the options be there. */
    static void load() {
        // done by the fields
    }
}
