package dev.grove.server.config;

import dev.grove.server.config.Config.HttpScheme;
import dev.grove.server.config.Config.LogFormat;
import dev.grove.server.config.Config.Unknown;
import dev.grove.server.fleet.Tracing;
import dev.grove.server.http.HttpListener.Clients;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** All options of the server, with those of {@link WakeOptions}. Help, sample file and manual are made from here. */
public final class Options {

    private static final List<Option<?>> ALL = new ArrayList<>();

    /** A heading with the options under it. */
    record Group(String title) {
        <T> Option<T> option(String name, Kind<T> kind, String defaultText, String sentence) {
            Option<T> option = new Option<>(title, name, kind, defaultText, sentence);
            ALL.add(option);
            return option;
        }

        /** How fast a bearer is used; {@code by} names it, as in "by SIP". */
        Option<Integer> pace(String name, String usual, String by) {
            return option(name, Kind.number(0, 1_000_000), usual,
                    "Most notifications a second " + by + "; 0: as many as there are.");
        }

        /** How many of a bearer's calls are under way; {@code of} names whom it calls. */
        Option<Integer> atOnce(String name, String usual, String of) {
            return option(name, Kind.number(1, 1000), usual, "Most calls of " + of + " under way at once.");
        }
    }

    private static final Group BASICS = new Group("Basics");
    private static final Group DEVICES = new Group("Devices");
    private static final Group PROTOCOL = new Group("Protocol");
    private static final Group TLS = new Group("HTTPS");
    private static final Group LIMITS = new Group("Limits");
    private static final Group KEEPING = new Group("Keeping and logging");

    static final Option<Path> DATA = BASICS.option("data", Kind.path("DIR"), "grove-data",
            "Folder of everything the server keeps; made if it is not there, readable by its owner only.");
    static final Option<HostPort> DM_LISTEN = BASICS.option("dm-listen", Kind.hostPort(), "127.0.0.1:8080",
            "Where devices call.");
    static final Option<List<String>> DM_PATHS = BASICS.option("dm-paths", Kind.urlPaths(), "/dm",
            "Paths at which devices call; devices in the field have theirs burnt in.");
    static final Option<List<String>> DM2_PATHS = BASICS.option("dm2-paths", Kind.urlPaths(), "/dm2",
            "Paths at which devices of DM 2.0 call.");
    static final Option<String> PUBLIC_URL = BASICS.option("public-url", Kind.text("URL"), "",
            "Scheme and host by which devices of DM 2.0 reach this listener, for the addresses that the server gives"
                    + " them (https://dm.example.com); as they called it if empty.");
    static final Option<HostPort> API_LISTEN = BASICS.option("api-listen", Kind.hostPort(), "127.0.0.1:9090",
            "Where people and programs administer: HTTP API, health, metrics.");
    static final Option<String> STORE = BASICS.option("store", Kind.store(), "sqlite",
            "sqlite keeps everything in the data folder; memory forgets everything at the end, for trials; a PostgreSQL"
                    + " (14 or newer) or a Cassandra cluster (4.1 or newer) is shared by several nodes (see"
                    + " scaling.md).");
    static final Option<String> STORE_USER = BASICS.option("store-user", Kind.text("NAME"), "",
            "User of the database, if its address does not say.");
    static final Option<String> STORE_PASSWORD = BASICS.option("store-password", Kind.text("SECRET"), "",
            "The password to that user.");
    static final Option<Integer> STORE_CONNECTIONS = BASICS.option("store-connections", Kind.number(2, 1000), "16",
            "Connections to the database that this node may have open.");
    static final Option<Duration> STORE_TIMEOUT = BASICS.option("store-timeout",
            Kind.duration(Duration.ofSeconds(1), Duration.ofMinutes(5)), "10s",
            "How long to wait for a connection to the database, and for its answer; then the caller gets 503.");
    static final Option<String> API_TOKEN = BASICS.option("api-token", Kind.text("SECRET"), "",
            "Bearer token of the HTTP API, at least 16 characters: the same for all nodes of a fleet. If empty, one is"
                    + " made in the data folder.");

    static final Option<Unknown> UNKNOWN_DEVICES = DEVICES.option("unknown-devices", Kind.oneOf(Unknown.class),
            "refuse", "What becomes of a device that nobody has added: refuse answers as for wrong credentials;"
                    + " register makes it known on its first valid contact, for labs.");
    static final Option<String> LAB_USER = DEVICES.option("lab-user", Kind.text("NAME"), "",
            "With register: the user name that an unknown device must prove; if empty, any device is believed.");
    static final Option<String> LAB_SECRET = DEVICES.option("lab-secret", Kind.text("SECRET"), "",
            "With register: the password to the lab user.");
    static final Option<String> LAB_SERVER_USER = DEVICES.option("lab-server-user", Kind.text("NAME"), "",
            "With register: the name by which the server proves itself to a device that it registers.");
    static final Option<String> LAB_SERVER_SECRET = DEVICES.option("lab-server-secret", Kind.text("SECRET"), "",
            "With register: the password to that name.");
    static final Option<String> DDF = DEVICES.option("ddf", Kind.text("DIR"), "",
            "Folder of device descriptions (DDF, XML or WBXML) for whole models, read at the start: each applies to the"
                    + " devices whose DevInfo/Man and Mod it names, or to all if it names none.");
    static final Option<String> DDF_HOSTS = DEVICES.option("ddf-hosts", Kind.text("HOSTS"), "",
            "Hosts, parted by commas, from which descriptions are fetched that devices of DM 2.0 link to, by HTTPS;"
                    + " http:// before a host allows HTTP there. No link is followed if empty.");
    static final Option<List<HttpScheme>> HTTP_AUTH = DEVICES.option("http-auth", Kind.someOf(HttpScheme.class),
            "digest-sha256,digest-md5,basic", "How DM 2.0 devices may prove themselves by HTTP, in the order in which"
                    + " they are asked to; with basic, the password goes over the line as it is, so give them HTTPS.");
    static final Option<Integer> MAX_FAILURES = DEVICES.option("max-failures", Kind.number(1, 1_000_000), "30",
            "How often wrong credentials may come for one device from one address within the failure window before"
                    + " it is turned away unheard.");
    static final Option<Duration> FAILURE_WINDOW = DEVICES.option("failure-window",
            Kind.duration(Duration.ofSeconds(1), Duration.ofDays(1)), "10m",
            "How long a failed attempt counts.");

    static final Option<Integer> SILENT_AFTER = DEVICES.option("silent-after", Kind.number(0, 1000), "3",
            "A device that used to call counts as silent when nothing was heard of it for so many times the interval at"
                    + " which it usually calls; 0: never.");
    static final Option<Duration> SILENT_AT_LEAST = DEVICES.option("silent-at-least",
            Kind.duration(Duration.ofSeconds(1), Duration.ofDays(3650)), "1h",
            "However often it calls, a device does not count as silent sooner.");

    static final Option<Integer> MAX_MESSAGE = PROTOCOL.option("max-message", Kind.bytes(2048, 16 << 20), "64KiB",
            "Longest message that devices may send, announced to them as MaxMsgSize.");
    static final Option<Integer> MAX_OBJECT = PROTOCOL.option("max-object", Kind.bytes(2048, 256 << 20), "4MiB",
            "Largest object taken from a device and buffered, announced as MaxObjSize.");
    static final Option<Duration> SESSION_IDLE = PROTOCOL.option("session-idle",
            Kind.duration(Duration.ofSeconds(1), Duration.ofDays(1)), "10m",
            "How long a session waits for the device's next message.");
    static final Option<Integer> MAX_ATTEMPTS = PROTOCOL.option("max-attempts", Kind.number(1, 100), "3",
            "How often a device may offer credentials in one session.");
    static final Option<Integer> MAX_SENDS = PROTOCOL.option("max-sends", Kind.number(1, 1000), "10",
            "How often an operation is sent before its answer counts as never to be known.");
    static final Option<String> SHA256_NAME = PROTOCOL.option("sha256-name", Kind.text("NAME"),
            "syncml:auth-SHA256", "Type of the SHA-256 scheme on the wire; no public text settles it.");
    static final Option<Boolean> DEFAULT_NONCE = PROTOCOL.option("accept-default-nonce", Kind.flag(), "false",
            "Whether credentials made with the nonce 0x00000000 pass, once, for resynchronisation.");

    static final Option<Integer> MAX_COMMANDS = PROTOCOL.option("max-commands", Kind.number(1, 1000), "32",
            "Most commands in one package to a device of DM 2.0; a sequence is never cut.");
    static final Option<Duration> REPOSITORY_TIME = PROTOCOL.option("repository-time",
            Kind.duration(Duration.ofSeconds(1), Duration.ofDays(30)), "1h",
            "How long an address of the Data Repository, given to one device of DM 2.0 for one operation, is good.");
    static final Option<Duration> PAGE_TIME = PROTOCOL.option("page-time",
            Kind.duration(Duration.ofSeconds(1), Duration.ofDays(30)), "24h",
            "How long a page shown on a device of DM 2.0 waits for its user.");
    static final Option<Boolean> CREDENTIALS_PER_MESSAGE = PROTOCOL.option("credentials-per-message", Kind.flag(),
            "false", "Whether devices prove every message by a nonce of its own (Status 200) rather than the session"
                    + " once (212); MAC always does.");
    static final Option<String> RESP_URI = PROTOCOL.option("resp-uri", Kind.text("URL"), "",
            "Address to which devices send the later messages of a session (RespURI); where they sent the first if"
                    + " empty.");

    static {
        WakeOptions.load();
    }

    static final Option<String> DM_KEY_STORE = TLS.option("dm-key-store", Kind.text("FILE"), "",
            "PKCS #12 file with key and certificates: devices then call by HTTPS (TLS 1.2 and 1.3).");
    static final Option<String> DM_KEY_STORE_PASSWORD = TLS.option("dm-key-store-password", Kind.text("SECRET"), "",
            "Its password.");
    static final Option<Clients> DM_CLIENTS = TLS.option("dm-client-certificates", Kind.oneOf(Clients.class), "none",
            "Whether devices show certificates, which then vouch for them.");
    static final Option<String> DM_TRUST_STORE = TLS.option("dm-trust-store", Kind.text("FILE"), "",
            "PKCS #12 file with the authorities of device certificates; those of the JDK if empty.");
    static final Option<String> DM_TRUST_STORE_PASSWORD = TLS.option("dm-trust-store-password", Kind.text("SECRET"),
            "", "Its password.");
    static final Option<Boolean> DM_TLS_PSK = TLS.option("dm-tls-psk", Kind.flag(), "false",
            "Whether devices may call by HTTPS with the pre-shared key of their account (TLS-PSK, TLS 1.2), on the same"
                    + " port as those with certificates.");
    static final Option<Integer> MAX_DHE_PSK = TLS.option("max-dhe-psk", Kind.number(0, 10_000), "50",
            "TLS-PSK handshakes a second with the costly DHE_PSK suites; beyond that, and with 0, a device gets another"
                    + " suite that it offers, or none.");
    static final Option<Boolean> TLS_LEGACY = TLS.option("tls-legacy", Kind.flag(), "false",
            "Opens TLS 1.0 and 1.1, and suites without forward secrecy, to devices that can do no better; all others"
                    + " still get TLS 1.2 or 1.3.");
    static final Option<String> API_KEY_STORE = TLS.option("api-key-store", Kind.text("FILE"), "",
            "PKCS #12 file with key and certificates: administration is then by HTTPS.");
    static final Option<String> API_KEY_STORE_PASSWORD = TLS.option("api-key-store-password", Kind.text("SECRET"),
            "", "Its password.");

    static final Option<Integer> MAX_BODY = LIMITS.option("max-body", Kind.bytes(2048, 64 << 20), "2MiB",
            "Longest body of a device's request, before and after inflation.");
    static final Option<Integer> MAX_API_BODY = LIMITS.option("max-api-body", Kind.bytes(2048, 256 << 20), "16MiB",
            "Longest body of a request to the HTTP API.");
    static final Option<Integer> MAX_DDF = LIMITS.option("max-ddf", Kind.bytes(2048, 16 << 20), "2MiB",
            "Longest device description (DDF) given for a device.");
    static final Option<Integer> MAX_DDFS_PER_DEVICE = LIMITS.option("max-ddfs-per-device",
            Kind.number(1, 10_000), "100", "Device descriptions given for one device.");
    static final Option<Integer> MAX_HEADER = LIMITS.option("max-header", Kind.bytes(1024, 1 << 20), "16KiB",
            "Longest request line and header fields together.");
    static final Option<Integer> MAX_DEPTH = LIMITS.option("max-depth", Kind.number(8, 10_000), "64",
            "Deepest nesting of elements in a message.");
    static final Option<Integer> MAX_ELEMENTS = LIMITS.option("max-elements", Kind.number(100, 10_000_000), "100000",
            "Most elements in a message.");
    static final Option<Duration> IDLE = LIMITS.option("idle",
            Kind.duration(Duration.ofMillis(100), Duration.ofHours(1)), "60s",
            "How long a connection may be silent before it is closed.");
    static final Option<Duration> HEADER_TIME = LIMITS.option("header-time",
            Kind.duration(Duration.ofMillis(100), Duration.ofHours(1)), "20s",
            "How long a request header may take to arrive.");
    static final Option<Integer> MIN_BODY_RATE = LIMITS.option("min-body-rate", Kind.bytes(0, 1 << 20), "100",
            "Slowest request body that is waited for, in bytes a second, after five seconds.");
    static final Option<Integer> MAX_CONNECTIONS = LIMITS.option("max-connections", Kind.number(1, 1_000_000),
            "20000", "Connections of devices at once; more wait to be accepted.");
    static final Option<Integer> MAX_SESSIONS = LIMITS.option("max-sessions", Kind.number(1, 10_000_000), "100000",
            "Living sessions in all; beyond that new ones get 503 and Retry-After.");
    static final Option<Integer> NEW_SESSIONS = LIMITS.option("new-sessions", Kind.number(0, 1_000_000), "0",
            "Sessions that may begin in a second; beyond that devices get 503 and are told to come again one behind"
                    + " the other. 0: as many as the server turns out to manage.");
    static final Option<Integer> MAX_REQUESTS = LIMITS.option("max-requests", Kind.number(1, 1_000_000), "1000",
            "Requests of devices being answered at once; beyond that no session begins, and those that live go on.");
    static final Option<Duration> SLOW_WRITE = LIMITS.option("slow-write",
            Kind.duration(Duration.ofMillis(1), Duration.ofHours(1)), "500ms",
            "When what a message says takes longer than this to become durable, on average, fewer sessions begin.");
    static final Option<Integer> MAX_HEAP = LIMITS.option("max-heap", Kind.number(10, 100), "85",
            "Share of the Java heap, in hundredths, that may be in use after a collection; beyond that no session"
                    + " begins.");
    static final Option<Integer> MAX_SESSIONS_PER_DEVICE = LIMITS.option("max-sessions-per-device",
            Kind.number(1, 1000), "8", "Unproven sessions of one device; beyond that the oldest is dropped.");
    static final Option<Integer> MAX_JOBS_PER_DEVICE = LIMITS.option("max-jobs-per-device",
            Kind.number(1, 1_000_000), "10000", "Unfinished jobs of one device.");

    static final Option<Tracing> TRACE = KEEPING.option("trace", Kind.oneOf(Tracing.class), "asked",
            "Which messages are kept for people to look at: asked, those of devices and sessions for which somebody"
                    + " has switched it on by the HTTP API; all; or none.");
    static final Option<Duration> KEEP_TRACES = KEEPING.option("keep-traces",
            Kind.duration(Duration.ZERO, Duration.ofDays(36_500)), "7d",
            "How long the messages of ended sessions are kept, where any are; 0s keeps none at all.");
    static final Option<Duration> KEEP_SESSIONS = KEEPING.option("keep-sessions",
            Kind.duration(Duration.ofHours(1), Duration.ofDays(36_500)), "90d", "How long ended sessions are listed.");
    static final Option<Duration> KEEP_JOBS = KEEPING.option("keep-jobs",
            Kind.duration(Duration.ofHours(1), Duration.ofDays(36_500)), "365d",
            "How long finished jobs are kept with their results.");
    static final Option<Duration> KEEP_ALERTS = KEEPING.option("keep-alerts",
            Kind.duration(Duration.ofHours(1), Duration.ofDays(36_500)), "365d", "How long alerts are kept.");
    static final Option<Duration> KEEP_WAKES = KEEPING.option("keep-wakes",
            Kind.duration(Duration.ofHours(1), Duration.ofDays(36_500)), "30d",
            "How long is told what came of waking a device, once that has ended.");
    static final Option<LogFormat> LOG_FORMAT = KEEPING.option("log-format", Kind.oneOf(LogFormat.class), "text",
            "Log lines for people, or one JSON object a line for programs.");
    static final Option<Config.LogLevel> LOG_LEVEL = KEEPING.option("log-level", Kind.oneOf(Config.LogLevel.class),
            "info", "How much is logged; one line a session is info.");
    static final Option<String> OTLP = KEEPING.option("otlp", Kind.text("URL"), "",
            "Where an OpenTelemetry collector takes traces by OTLP over HTTP in JSON"
                    + " (http://127.0.0.1:4318/v1/traces); none are made if empty.");
    static final Option<Integer> OTLP_ONE_OF = KEEPING.option("otlp-one-of", Kind.number(1, 1_000_000), "1",
            "With otlp: one session of so many is traced.");
    static final Option<Duration> DRAIN = KEEPING.option("drain",
            Kind.duration(Duration.ZERO, Duration.ofHours(1)), "10s",
            "How long a stop by a signal waits for sessions that go on; meanwhile none begins, and /readyz says so.");
    static final Option<Duration> STOP_TIME = KEEPING.option("stop-time",
            Kind.duration(Duration.ZERO, Duration.ofHours(1)), "15s",
            "How long a graceful stop waits for requests that are being answered.");

    private Options() {}

    /** Every option, in the order in which they are documented. */
    public static List<Option<?>> all() {
        return List.copyOf(ALL);
    }
}
