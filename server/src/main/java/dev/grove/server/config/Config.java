package dev.grove.server.config;

import dev.grove.dm1.ServerSettings;
import dev.grove.dm2.server.Dm2Context;
import dev.grove.server.admission.Admission;
import dev.grove.server.fleet.Device;
import dev.grove.server.fleet.Tracing;
import dev.grove.server.http.HttpListener;
import dev.grove.server.http.HttpListener.Clients;
import dev.grove.server.wake.WakeRules;
import dev.grove.wire.Limits;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a server is told before it starts; see {@link Options} for the meaning of each.
 *
 * @param dm where devices call
 * @param dmPaths paths at which they are heard
 * @param api where administration listens
 * @param protocol what the engine is told
 * @param wire what the decoder takes; its body limit is that of requests
 * @param waking how devices are woken
 */
public record Config(Path data, HttpListener dm, List<String> dmPaths, HttpListener api, Administration administration,
        Chosen store, Lab lab, Described described, Dm2 dm2, Guard guard, ServerSettings protocol, Limits wire,
        Waking waking, Keeping keeping, Log log, Traces traces) {

    private static final Duration BODY_GRACE = Duration.ofSeconds(5);

    /**
     * What only devices of DM 2.0 need.
     *
     * @param paths at which they are heard
     * @param publicUrl scheme and host by which they call, without a slash at the end; empty: as they do call
     */
    public record Dm2(List<String> paths, String publicUrl, Dm2Context.Settings settings) {}

    /**
     * Who may administer, and with how much at once.
     *
     * @param token empty: one is made in the data folder
     */
    public record Administration(String token, int maxBodyBytes) {
        /** Without the token. */
        @Override
        public String toString() {
            return "Administration[" + maxBodyBytes + "]";
        }
    }

    /** Which store keeps the fleet. */
    public enum StoreKind {
        SQLITE, MEMORY, POSTGRES, CASSANDRA
    }

    /**
     * The store, and how to reach it if other nodes share it.
     *
     * @param address of the database; empty where there is none
     * @param connections how many may be open at once
     * @param timeout how long to wait for a connection, and for an answer
     */
    public record Chosen(StoreKind kind, String address, Login login, int connections, Duration timeout) {
        /** Names the kind only: an address may hold a password. */
        @Override
        public String toString() {
            return "Chosen[" + kind + "]";
        }
    }

    /** What becomes of a device that nobody has added. */
    public enum Unknown {
        REFUSE, REGISTER
    }

    /** How a device proves itself by HTTP. */
    public enum HttpScheme {
        DIGEST_SHA256, DIGEST_MD5, BASIC
    }

    /** How log lines look. */
    public enum LogFormat {
        TEXT, JSON
    }

    /** How much is logged. */
    public enum LogLevel {
        ERROR, WARN, INFO, DEBUG, TRACE
    }

    /**
     * How unknown devices are met.
     *
     * @param client what they must prove; absent: any is believed
     * @param server how the server proves itself to them; absent: not at all
     */
    public record Lab(Unknown unknown, @Nullable Login client, @Nullable Login server) {}

    /** A user name and a password. */
    public record Login(String userName, String password) {
        /** Names the user only. */
        @Override
        public String toString() {
            return "Login[" + userName + "]";
        }
    }

    /**
     * What is known of devices beforehand.
     *
     * @param folder of descriptions for whole models; absent if there is none
     * @param hosts from which descriptions are fetched that devices link to
     */
    public record Described(@Nullable Path folder, int maxBytes, int maxPerDevice, List<String> hosts) {}

    /**
     * What devices may try and hold.
     *
     * @param admission whether a session may begin
     * @param maxHeapPercent in use after a collection; beyond that none begins
     * @param patience how long a device may be silent
     */
    public record Guard(List<HttpScheme> httpSchemes, int maxFailures, Duration failureWindow,
            Admission.Rules admission, int maxHeapPercent, Device.Patience patience, int maxSessionsPerDevice,
            int maxJobsPerDevice,
            int maxSends) {}

    /** How devices are woken, and by what. */
    public record Waking(WakeRules rules, Bearers bearers) {}

    /**
     * How long ended things are kept.
     *
     * @param tracing which messages are kept at all
     * @param drain how long a stop waits for sessions
     */
    public record Keeping(Tracing tracing, Duration traces, Duration sessions, Duration jobs, Duration alerts,
            Duration wakes, Duration drain) {}

    public record Log(LogFormat format, LogLevel level) {}

    /**
     * Where traces go.
     *
     * @param collector absent: nowhere
     * @param oneOf one session of so many is traced
     */
    public record Traces(@Nullable URI collector, int oneOf) {}

    /** @throws ConfigRefused with the option and the rule that it breaks */
    public static Config of(Settings s) {
        ServerSettings protocol = new ServerSettings(s.get(Options.MAX_MESSAGE), s.get(Options.MAX_OBJECT),
                s.get(Options.MAX_ATTEMPTS), s.get(Options.SESSION_IDLE), s.get(Options.SHA256_NAME),
                s.get(Options.DEFAULT_NONCE), s.get(Options.CREDENTIALS_PER_MESSAGE),
                s.get(Options.RESP_URI).isEmpty() ? null : s.get(Options.RESP_URI));
        Limits wire = new Limits(s.get(Options.MAX_BODY), s.get(Options.MAX_DEPTH), s.get(Options.MAX_ELEMENTS),
                s.get(Options.MAX_BODY));
        return new Config(s.get(Options.DATA), dm(s), s.get(Options.DM_PATHS), api(s),
                administration(s),
                chosen(s), lab(s), described(s), dm2(s), guard(s), protocol, wire, waking(s), keeping(s),
                new Log(s.get(Options.LOG_FORMAT), s.get(Options.LOG_LEVEL)), traces(s));
    }

    private static Administration administration(Settings s) {
        String token = s.get(Options.API_TOKEN);
        if (!token.isEmpty() && token.length() < 16) {
            throw new ConfigRefused("option api-token has fewer than 16 characters");
        }
        return new Administration(token, s.get(Options.MAX_API_BODY));
    }

    private static Chosen chosen(Settings s) {
        String store = s.get(Options.STORE);
        StoreKind kind = switch (store) {
            case "sqlite" -> StoreKind.SQLITE;
            case "memory" -> StoreKind.MEMORY;
            default -> store.startsWith("cassandra:") ? StoreKind.CASSANDRA : StoreKind.POSTGRES;
        };
        return new Chosen(kind, kind == StoreKind.SQLITE || kind == StoreKind.MEMORY ? "" : store,
                new Login(s.get(Options.STORE_USER), s.get(Options.STORE_PASSWORD)),
                s.get(Options.STORE_CONNECTIONS), s.get(Options.STORE_TIMEOUT));
    }

    private static HttpListener dm(Settings s) {
        HttpListener.Tls tls = null;
        Clients clients = s.get(Options.DM_CLIENTS);
        HttpListener.Variants variants = new HttpListener.Variants(s.get(Options.DM_TLS_PSK),
                s.get(Options.TLS_LEGACY), s.get(Options.MAX_DHE_PSK));
        String store = s.get(Options.DM_KEY_STORE);
        if (!store.isEmpty() || variants.preSharedKeys()) {
            String trust = s.get(Options.DM_TRUST_STORE);
            tls = new HttpListener.Tls(store.isEmpty() ? null : Path.of(store),
                    s.get(Options.DM_KEY_STORE_PASSWORD), clients, trust.isEmpty() ? null : Path.of(trust),
                    s.get(Options.DM_TRUST_STORE_PASSWORD), variants);
        }
        if (store.isEmpty() && clients != Clients.NONE) {
            throw new ConfigRefused("option dm-client-certificates needs dm-key-store: certificates come with HTTPS");
        }
        if (tls == null && variants.legacy()) {
            throw new ConfigRefused(
                    "option tls-legacy needs dm-key-store or dm-tls-psk: without HTTPS it is for nothing");
        }
        HostPort at = s.get(Options.DM_LISTEN);
        return new HttpListener("dm", at.host(), at.port(), tls, limits(s));
    }

    private static HttpListener api(Settings s) {
        String store = s.get(Options.API_KEY_STORE);
        HttpListener.Tls tls = store.isEmpty()
                ? null
                : new HttpListener.Tls(Path.of(store), s.get(Options.API_KEY_STORE_PASSWORD), Clients.NONE, null, "",
                        HttpListener.Variants.NONE);
        HostPort at = s.get(Options.API_LISTEN);
        return new HttpListener("api", at.host(), at.port(), tls, limits(s));
    }

    private static HttpListener.Limits limits(Settings s) {
        return new HttpListener.Limits(s.get(Options.MAX_HEADER), s.get(Options.IDLE), s.get(Options.HEADER_TIME),
                s.get(Options.MIN_BODY_RATE), BODY_GRACE, s.get(Options.MAX_CONNECTIONS), s.get(Options.STOP_TIME));
    }

    private static Lab lab(Settings s) {
        Unknown unknown = s.get(Options.UNKNOWN_DEVICES);
        Login client = login(s.get(Options.LAB_USER), s.get(Options.LAB_SECRET));
        Login server = login(s.get(Options.LAB_SERVER_USER), s.get(Options.LAB_SERVER_SECRET));
        if (unknown == Unknown.REFUSE && (client != null || server != null)) {
            throw new ConfigRefused("lab credentials need unknown-devices register");
        }
        return new Lab(unknown, client, server);
    }

    private static @Nullable Login login(String user, String password) {
        if (user.isEmpty() && !password.isEmpty()) {
            throw new ConfigRefused("a lab password needs a lab user name");
        }
        return user.isEmpty() ? null : new Login(user, password);
    }

    private static Described described(Settings s) {
        String folder = s.get(Options.DDF);
        return new Described(folder.isEmpty() ? null : Path.of(folder), s.get(Options.MAX_DDF),
                s.get(Options.MAX_DDFS_PER_DEVICE), Arrays.stream(s.get(Options.DDF_HOSTS).split(",", -1))
                        .map(String::strip).filter(host -> !host.isEmpty()).toList());
    }

    private static Dm2 dm2(Settings s) {
        String url = s.get(Options.PUBLIC_URL);
        if (!url.isEmpty() && !url.matches("https?://[^/?#\\s]+/?")) {
            throw new ConfigRefused("option public-url is scheme and host, such as https://dm.example.com");
        }
        return new Dm2(s.get(Options.DM2_PATHS), url.endsWith("/") ? url.substring(0, url.length() - 1) : url,
                new Dm2Context.Settings(s.get(Options.MAX_COMMANDS), s.get(Options.SESSION_IDLE),
                        s.get(Options.REPOSITORY_TIME), s.get(Options.PAGE_TIME)));
    }

    private static Guard guard(Settings s) {
        return new Guard(s.get(Options.HTTP_AUTH), s.get(Options.MAX_FAILURES), s.get(Options.FAILURE_WINDOW),
                new Admission.Rules(s.get(Options.MAX_SESSIONS), s.get(Options.MAX_REQUESTS),
                        s.get(Options.NEW_SESSIONS), s.get(Options.SLOW_WRITE)),
                s.get(Options.MAX_HEAP),
                new Device.Patience(s.get(Options.SILENT_AFTER), s.get(Options.SILENT_AT_LEAST)),
                s.get(Options.MAX_SESSIONS_PER_DEVICE), s.get(Options.MAX_JOBS_PER_DEVICE),
                s.get(Options.MAX_SENDS));
    }

    private static Waking waking(Settings s) {
        return new Waking(new WakeRules(s.get(WakeOptions.EXPIRY), s.get(WakeOptions.RETRY),
                s.get(WakeOptions.RETRY_MOST), s.get(WakeOptions.ATTEMPTS), s.get(WakeOptions.PER_HOUR),
                s.get(Options.DEFAULT_NONCE)), Bearers.of(s));
    }

    private static Traces traces(Settings s) {
        String url = s.get(Options.OTLP);
        if (!url.isEmpty() && !url.matches("https?://[^/?#\\s]+/\\S*")) {
            throw new ConfigRefused(
                    "option otlp is the address of a collector, such as http://127.0.0.1:4318/v1/traces");
        }
        return new Traces(url.isEmpty() ? null : URI.create(url), s.get(Options.OTLP_ONE_OF));
    }

    private static Keeping keeping(Settings s) {
        Duration traces = s.get(Options.KEEP_TRACES);
        return new Keeping(traces.isZero() ? Tracing.NONE : s.get(Options.TRACE), traces, s.get(Options.KEEP_SESSIONS),
                s.get(Options.KEEP_JOBS),
                s.get(Options.KEEP_ALERTS), s.get(Options.KEEP_WAKES), s.get(Options.DRAIN));
    }
}
