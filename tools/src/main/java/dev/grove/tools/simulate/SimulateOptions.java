package dev.grove.tools.simulate;

import dev.grove.auth.Scheme;
import dev.grove.client.transport.Tls;
import dev.grove.tools.device.ServerAccount.Login;
import dev.grove.tools.device.Units;
import dev.grove.tools.simulate.FaultOptions.RateConverter;
import dev.grove.tree.Acl;
import dev.grove.wire.Bytes;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code grove simulate} that say which devices there are and how they reach their server. */
final class SimulateOptions {

    /** How devices show who they are. */
    enum Auth {
        BASIC, MD5, MAC, SHA256, NONE
    }

    static final String SECRET_VARIABLE = "GROVE_DEVICE_SECRET";
    private static final String SERVER_SECRET_VARIABLE = "GROVE_SERVER_SECRET";
    private static final String STORE_PASSWORD_VARIABLE = "GROVE_STORE_PASSWORD";
    private static final String ANY_SECRET = "simulated";
    private static final String DM2_PATH = "/dm2";

    @Option(names = "--server", paramLabel = "URL", required = true, description = "Address of the server, such as "
            + "http://127.0.0.1:8080/dm; without a path, /dm is added.")
    String server = "";

    @Option(names = "--dm2-path", paramLabel = "PATH", description = "Where devices of DM 2.0 call on the same host. "
            + "Default: /dm2; the path of --server if there are only such devices.")
    @Nullable
    String dm2Path;

    @Option(names = "--server-id", paramLabel = "NAME", description = "The server's name in access control lists. "
            + "Default: the host of --server.")
    @Nullable
    String serverId;

    @Option(names = "--devices", paramLabel = "N", defaultValue = "1000", description = "How many devices. Default: "
            + "${DEFAULT-VALUE}.")
    int devices = 1000;

    @Option(names = "--profile", paramLabel = "LIST", defaultValue = "mixed", description = "What the devices are: "
            + "dm11, dm12 (XML), dm12-wbxml, dm13, windows, dm20, or several with weights, such as dm12-wbxml:3,dm20. "
            + "mixed is all of them. Default: ${DEFAULT-VALUE}.")
    String profile = "mixed";

    @Option(names = "--plain", description = "No odd habits. By default seven devices of 32 have one: short "
            + "messages, media types in capitals, or forgetting everything after a session.")
    boolean plain;

    @Option(names = "--id", paramLabel = "PATTERN", description = "The devices' identifiers, with their number in it. "
            + "Default: IMEI:%%015d.")
    String id = "IMEI:%015d";

    @Option(names = "--first", paramLabel = "N", defaultValue = "1", description = "Number of the first device. "
            + "Default: ${DEFAULT-VALUE}.")
    int first = 1;

    @Option(names = "--auth", paramLabel = "SCHEME", defaultValue = "md5", description = "How the devices show who "
            + "they are: basic, md5, mac, sha256 or none. Those of DM 2.0 do what the server asks for, and show their "
            + "password unasked with basic. Default: ${DEFAULT-VALUE}.")
    Auth auth = Auth.MD5;

    @Option(names = "--user", paramLabel = "NAME", defaultValue = "simulated", description = "User name of the "
            + "devices; {id} in it is the identifier. Default: ${DEFAULT-VALUE}.")
    String user = "simulated";

    @Option(names = "--secret", paramLabel = "TEXT", description = "Password of the devices; {id} in it is the "
            + "identifier. Default: the environment variable " + SECRET_VARIABLE + ", or 'simulated'.")
    @Nullable
    String secret;

    @Option(names = "--nonce", paramLabel = "BASE64", description = "First nonce of the devices. Default: empty.")
    String nonce = "";

    @Option(names = "--server-user", paramLabel = "NAME", description = "User name that the server must show to "
            + "devices of DM 1.x. Without it, the server need not show anything.")
    @Nullable
    String serverUser;

    @Option(names = "--server-secret", paramLabel = "TEXT", description = "Password of the server. Default: the "
            + "environment variable " + SERVER_SECRET_VARIABLE + ".")
    @Nullable
    String serverSecret;

    @Option(names = "--trust-store", paramLabel = "FILE", description = "Certificates that the server's must lead to: "
            + "PEM, PKCS #12 or JKS. Default: those of the Java installation.")
    @Nullable
    Path trustStore;

    @Option(names = "--key-store", paramLabel = "FILE", description = "A key and certificate for TLS, of all devices: "
            + "PKCS #12 or JKS.")
    @Nullable
    Path keyStore;

    @Option(names = "--store-password", paramLabel = "TEXT", description = "Password of --trust-store and --key-store. "
            + "Default: the environment variable " + STORE_PASSWORD_VARIABLE + ".")
    @Nullable
    String storePassword;

    @Option(names = "--tls-resume", description = "Let a connection resume the TLS session of one before it. By "
            + "default each has a handshake of its own, as those of different devices.")
    boolean tlsResume;

    @Option(names = "--connect-each-session", description = "A new connection for each session. By default a session "
            + "takes one that another has left, if there is one.")
    boolean connectEachSession;

    @Option(names = "--timeout", paramLabel = "DURATION", defaultValue = "60s",
            converter = Units.DurationConverter.class,
            description = "How long to wait for an answer. Default: ${DEFAULT-VALUE}.")
    Duration timeout = Duration.ofMinutes(1);

    @Option(names = "--retries", paramLabel = "N", defaultValue = "3", description = "How often a message of DM 1.x is "
            + "sent again when its answer was lost. Default: ${DEFAULT-VALUE}.")
    int retries = 3;

    @Option(names = "--jitter", paramLabel = "RATE", defaultValue = "0.1", converter = RateConverter.class,
            description = "The part of every wait that is left to luck. Default: ${DEFAULT-VALUE}.")
    double jitter = 0.1;

    /** Something is wrong with the options as a whole; the message is for the person who gave them. */
    static final class Unusable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unusable(String message) {
            super(message);
        }
    }

    // ---- what they mean

    void check() {
        if (devices < 1 || devices > 5_000_000) {
            throw new Unusable("--devices is 1 to 5000000");
        }
        if (first < 0 || first > Integer.MAX_VALUE - devices) {
            throw new Unusable("--first is 0 or more, and so that all numbers stay below 2^31");
        }
        if (retries < 0 || retries > 100) {
            throw new Unusable("--retries is 0 to 100");
        }
        if (!timeout.isPositive()) {
            throw new Unusable("--timeout is longer than nothing");
        }
    }

    Mix mix() {
        try {
            return Mix.parse(profile);
        } catch (IllegalArgumentException wrong) {
            throw new Unusable("--profile: " + wrong.getMessage());
        }
    }

    Identities identities(Mix mix) {
        URI home = address();
        boolean hasPath = home.getRawPath() != null && !home.getRawPath().isEmpty();
        String root = home.getScheme() + "://" + home.getRawAuthority();
        String name = serverId == null ? home.getHost() : serverId;
        if (!Acl.isIdentifier(name)) {
            throw new Unusable("--server-id is a word without blanks, '=', '&', '*' and '+'");
        }
        String dm2 = dm2Path != null ? root + dm2Path : hasPath && mix.isOnly(Breed.DM20) ? server : root + DM2_PATH;
        if (dm2Path != null && !dm2Path.startsWith("/")) {
            throw new Unusable("--dm2-path begins with a slash");
        }
        try {
            return new Identities(id, name, hasPath ? server : root + "/dm", dm2, client(), proof());
        } catch (IllegalArgumentException wrong) {
            throw new Unusable("--id: " + wrong.getMessage());
        }
    }

    private URI address() {
        try {
            URI uri = new URI(server);
            boolean isHttp = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (isHttp && uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException none) {
            throw new Unusable("--server is a URL such as http://127.0.0.1:8080/dm: " + none.getReason());
        }
        throw new Unusable("--server is a URL such as http://127.0.0.1:8080/dm or https://dm.example/dm");
    }

    private @Nullable Login client() {
        if (auth == Auth.NONE) {
            return null;
        }
        String known = secret == null ? System.getenv(SECRET_VARIABLE) : secret;
        return new Login(scheme(), named("--user", user), known == null ? ANY_SECRET : known,
                bytes("--nonce", nonce));
    }

    private @Nullable Login proof() {
        if (serverUser == null) {
            return null;
        }
        String known = serverSecret == null ? System.getenv(SERVER_SECRET_VARIABLE) : serverSecret;
        if (known == null) {
            throw new Unusable("--server-user needs --server-secret or " + SERVER_SECRET_VARIABLE);
        }
        return new Login(scheme(), named("--server-user", serverUser), known, Bytes.EMPTY);
    }

    private Scheme scheme() {
        return switch (auth) {
            case BASIC -> Scheme.BASIC;
            case MD5, NONE -> Scheme.MD5;
            case MAC -> Scheme.MAC;
            case SHA256 -> Scheme.SHA256;
        };
    }

    private String named(String option, String name) {
        if (name.replace("{id}", id).indexOf(':') >= 0) {
            throw new Unusable(option + ": a user name holds no colon, since it would be read as the end of the name"
                    + (name.contains("{id}") ? "; --id has one" : ""));
        }
        return name;
    }

    private static Bytes bytes(String option, String base64) {
        try {
            return Bytes.base64(base64);
        } catch (IllegalArgumentException broken) {
            throw new Unusable(option + " is base64");
        }
    }

    ConnectionPool.Rules connections() {
        String password = storePassword == null ? System.getenv(STORE_PASSWORD_VARIABLE) : storePassword;
        boolean isTls = server.toLowerCase(Locale.ROOT).startsWith("https:");
        Supplier<SSLContext> tls = () -> {
            throw new IllegalStateException("TLS to a server without it");
        };
        if (isTls || trustStore != null || keyStore != null) {
            try {
                Supplier<SSLContext> all = new Tls(trustStore, password, keyStore, password).contexts();
                SSLContext one = all.get();
                tls = tlsResume ? () -> one : all;
            } catch (IOException unusable) {
                throw new Unusable("--trust-store or --key-store: " + unusable.getMessage());
            }
        }
        return new ConnectionPool.Rules(timeout, 16 << 20, !connectEachSession, tls);
    }
}
