package dev.grove.server.config;

import dev.grove.server.config.Config.LogFormat;
import dev.grove.server.config.Config.StoreKind;
import dev.grove.server.config.Config.Unknown;
import dev.grove.server.http.HttpListener.Clients;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** All options of the server. Help, sample file and manual are made from here. */
public final class Options {

    private static final List<Option<?>> ALL = new ArrayList<>();

    private static final String BASICS = "Basics";
    private static final String DEVICES = "Devices";
    private static final String PROTOCOL = "Protocol";
    private static final String TLS = "HTTPS";
    private static final String LIMITS = "Limits";
    private static final String KEEPING = "Keeping and logging";

    static final Option<Path> DATA = option(BASICS, "data", Kind.path("DIR"), "grove-data",
            "Folder of everything the server keeps; made if it is not there, readable by its owner only.");
    static final Option<HostPort> DM_LISTEN = option(BASICS, "dm-listen", Kind.hostPort(), "127.0.0.1:8080",
            "Where devices call.");
    static final Option<List<String>> DM_PATHS = option(BASICS, "dm-paths", Kind.urlPaths(), "/dm",
            "Paths at which devices call; devices in the field have theirs burnt in.");
    static final Option<HostPort> API_LISTEN = option(BASICS, "api-listen", Kind.hostPort(), "127.0.0.1:9090",
            "Where people and programs administer: HTTP API, health, metrics.");
    static final Option<StoreKind> STORE = option(BASICS, "store", Kind.oneOf(StoreKind.class), "sqlite",
            "sqlite keeps everything in the data folder; memory forgets everything at the end, for trials.");

    static final Option<Unknown> UNKNOWN_DEVICES = option(DEVICES, "unknown-devices", Kind.oneOf(Unknown.class),
            "refuse", "What becomes of a device that nobody has added: refuse answers as for wrong credentials;"
                    + " register makes it known on its first valid contact, for labs.");
    static final Option<String> LAB_USER = option(DEVICES, "lab-user", Kind.text("NAME"), "",
            "With register: the user name that an unknown device must prove; if empty, any device is believed.");
    static final Option<String> LAB_SECRET = option(DEVICES, "lab-secret", Kind.text("SECRET"), "",
            "With register: the password to the lab user.");
    static final Option<String> LAB_SERVER_USER = option(DEVICES, "lab-server-user", Kind.text("NAME"), "",
            "With register: the name by which the server proves itself to a device that it registers.");
    static final Option<String> LAB_SERVER_SECRET = option(DEVICES, "lab-server-secret", Kind.text("SECRET"), "",
            "With register: the password to that name.");
    static final Option<Integer> MAX_FAILURES = option(DEVICES, "max-failures", Kind.number(1, 1_000_000), "30",
            "How often wrong credentials may come for one device from one address within the failure window before"
                    + " it is turned away unheard.");
    static final Option<Duration> FAILURE_WINDOW = option(DEVICES, "failure-window",
            Kind.duration(Duration.ofSeconds(1), Duration.ofDays(1)), "10m",
            "How long a failed attempt counts.");

    static final Option<Integer> MAX_MESSAGE = option(PROTOCOL, "max-message", Kind.bytes(2048, 16 << 20), "64KiB",
            "Longest message that devices may send, announced to them as MaxMsgSize.");
    static final Option<Integer> MAX_OBJECT = option(PROTOCOL, "max-object", Kind.bytes(2048, 256 << 20), "4MiB",
            "Largest object taken from a device and buffered, announced as MaxObjSize.");
    static final Option<Duration> SESSION_IDLE = option(PROTOCOL, "session-idle",
            Kind.duration(Duration.ofSeconds(1), Duration.ofDays(1)), "10m",
            "How long a session waits for the device's next message.");
    static final Option<Integer> MAX_ATTEMPTS = option(PROTOCOL, "max-attempts", Kind.number(1, 100), "3",
            "How often a device may offer credentials in one session.");
    static final Option<Integer> MAX_SENDS = option(PROTOCOL, "max-sends", Kind.number(1, 1000), "10",
            "How often an operation is sent before its answer counts as never to be known.");
    static final Option<String> SHA256_NAME = option(PROTOCOL, "sha256-name", Kind.text("NAME"),
            "syncml:auth-SHA256", "Type of the SHA-256 scheme on the wire; no public text settles it.");
    static final Option<Boolean> DEFAULT_NONCE = option(PROTOCOL, "accept-default-nonce", Kind.flag(), "false",
            "Whether credentials made with the nonce 0x00000000 pass, once, for resynchronisation.");

    static final Option<String> DM_KEY_STORE = option(TLS, "dm-key-store", Kind.text("FILE"), "",
            "PKCS #12 file with key and certificates: devices then call by HTTPS (TLS 1.2 and 1.3).");
    static final Option<String> DM_KEY_STORE_PASSWORD = option(TLS, "dm-key-store-password", Kind.text("SECRET"), "",
            "Its password.");
    static final Option<Clients> DM_CLIENTS = option(TLS, "dm-client-certificates", Kind.oneOf(Clients.class), "none",
            "Whether devices show certificates, which then vouch for them.");
    static final Option<String> DM_TRUST_STORE = option(TLS, "dm-trust-store", Kind.text("FILE"), "",
            "PKCS #12 file with the authorities of device certificates; those of the JDK if empty.");
    static final Option<String> DM_TRUST_STORE_PASSWORD = option(TLS, "dm-trust-store-password", Kind.text("SECRET"),
            "", "Its password.");
    static final Option<String> API_KEY_STORE = option(TLS, "api-key-store", Kind.text("FILE"), "",
            "PKCS #12 file with key and certificates: administration is then by HTTPS.");
    static final Option<String> API_KEY_STORE_PASSWORD = option(TLS, "api-key-store-password", Kind.text("SECRET"),
            "", "Its password.");

    static final Option<Integer> MAX_BODY = option(LIMITS, "max-body", Kind.bytes(2048, 64 << 20), "2MiB",
            "Longest body of a device's request, before and after inflation.");
    static final Option<Integer> MAX_API_BODY = option(LIMITS, "max-api-body", Kind.bytes(2048, 256 << 20), "16MiB",
            "Longest body of a request to the HTTP API.");
    static final Option<Integer> MAX_HEADER = option(LIMITS, "max-header", Kind.bytes(1024, 1 << 20), "16KiB",
            "Longest request line and header fields together.");
    static final Option<Integer> MAX_DEPTH = option(LIMITS, "max-depth", Kind.number(8, 10_000), "64",
            "Deepest nesting of elements in a message.");
    static final Option<Integer> MAX_ELEMENTS = option(LIMITS, "max-elements", Kind.number(100, 10_000_000), "100000",
            "Most elements in a message.");
    static final Option<Duration> IDLE = option(LIMITS, "idle",
            Kind.duration(Duration.ofMillis(100), Duration.ofHours(1)), "60s",
            "How long a connection may be silent before it is closed.");
    static final Option<Duration> HEADER_TIME = option(LIMITS, "header-time",
            Kind.duration(Duration.ofMillis(100), Duration.ofHours(1)), "20s",
            "How long a request header may take to arrive.");
    static final Option<Integer> MIN_BODY_RATE = option(LIMITS, "min-body-rate", Kind.bytes(0, 1 << 20), "100",
            "Slowest request body that is waited for, in bytes a second, after five seconds.");
    static final Option<Integer> MAX_CONNECTIONS = option(LIMITS, "max-connections", Kind.number(1, 1_000_000),
            "20000", "Connections of devices at once; more wait to be accepted.");
    static final Option<Integer> MAX_SESSIONS = option(LIMITS, "max-sessions", Kind.number(1, 10_000_000), "100000",
            "Living sessions in all; beyond that new ones get 503 and Retry-After.");
    static final Option<Integer> MAX_SESSIONS_PER_DEVICE = option(LIMITS, "max-sessions-per-device",
            Kind.number(1, 1000), "8", "Unproven sessions of one device; beyond that the oldest is dropped.");
    static final Option<Integer> MAX_JOBS_PER_DEVICE = option(LIMITS, "max-jobs-per-device",
            Kind.number(1, 1_000_000), "10000", "Unfinished jobs of one device.");

    static final Option<Duration> KEEP_TRACES = option(KEEPING, "keep-traces",
            Kind.duration(Duration.ZERO, Duration.ofDays(36_500)), "7d",
            "How long the messages of ended sessions are kept; 0s keeps none at all.");
    static final Option<Duration> KEEP_SESSIONS = option(KEEPING, "keep-sessions",
            Kind.duration(Duration.ofHours(1), Duration.ofDays(36_500)), "90d", "How long ended sessions are listed.");
    static final Option<Duration> KEEP_JOBS = option(KEEPING, "keep-jobs",
            Kind.duration(Duration.ofHours(1), Duration.ofDays(36_500)), "365d",
            "How long finished jobs are kept with their results.");
    static final Option<Duration> KEEP_ALERTS = option(KEEPING, "keep-alerts",
            Kind.duration(Duration.ofHours(1), Duration.ofDays(36_500)), "365d", "How long alerts are kept.");
    static final Option<LogFormat> LOG_FORMAT = option(KEEPING, "log-format", Kind.oneOf(LogFormat.class), "text",
            "Log lines for people, or one JSON object a line for programs.");
    static final Option<Config.LogLevel> LOG_LEVEL = option(KEEPING, "log-level", Kind.oneOf(Config.LogLevel.class),
            "info", "How much is logged; one line a session is info.");
    static final Option<Duration> STOP_TIME = option(KEEPING, "stop-time",
            Kind.duration(Duration.ZERO, Duration.ofHours(1)), "15s",
            "How long a graceful stop waits for requests that are being answered.");

    private Options() {}

    /** Every option, in the order in which they are documented. */
    public static List<Option<?>> all() {
        return List.copyOf(ALL);
    }

    private static <T> Option<T> option(String group, String name, Kind<T> kind, String defaultText,
            String sentence) {
        Option<T> option = new Option<>(group, name, kind, defaultText, sentence);
        ALL.add(option);
        return option;
    }
}
