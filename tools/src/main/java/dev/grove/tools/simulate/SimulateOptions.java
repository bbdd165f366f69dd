package dev.grove.tools.simulate;

import dev.grove.tools.device.LoginOptions;
import dev.grove.tools.device.LoginOptions.Auth;
import dev.grove.tools.device.ServerAccount.Login;
import dev.grove.tools.device.TlsOptions;
import dev.grove.tools.device.Unusable;
import dev.grove.tools.device.Units;
import dev.grove.tools.simulate.FaultOptions.RateConverter;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code grove simulate} that say which devices there are and how they reach their server. */
final class SimulateOptions {

    private static final String ANY_SECRET = "simulated";
    private static final String DM2_PATH = "/dm2";

    @Option(names = "--server", paramLabel = "URL", required = true, description = "Address of the server, such as "
            + "http://127.0.0.1:8080/dm; without a path, /dm is added.")
    String server = "";

    @Option(names = "--dm2-path", paramLabel = "PATH", description = "Where devices of DM 2.0 call on the same host. "
            + "Default: /dm2; the path of --server if there are only such devices.")
    @Nullable
    String dm2Path;

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

    @Option(names = "--user", paramLabel = "NAME", defaultValue = "simulated", description = "User name of the "
            + "devices; {id} in it is the identifier. Default: ${DEFAULT-VALUE}, as is their password without "
            + "--secret.")
    String user = "simulated";

    @Mixin
    LoginOptions login = new LoginOptions();

    @Mixin
    TlsOptions tls = new TlsOptions();

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
        URI home = LoginOptions.address(server);
        boolean hasPath = home.getRawPath() != null && !home.getRawPath().isEmpty();
        String root = home.getScheme() + "://" + home.getRawAuthority();
        String name = login.serverName(home);
        String dm2 = dm2Path != null ? root + dm2Path : hasPath && mix.isOnly(Breed.DM20) ? server : root + DM2_PATH;
        if (dm2Path != null && !dm2Path.startsWith("/")) {
            throw new Unusable("--dm2-path begins with a slash");
        }
        try {
            return new Identities(id, name, hasPath ? server : root + "/dm", dm2, client(), login.server());
        } catch (IllegalArgumentException wrong) {
            throw new Unusable("--id: " + wrong.getMessage());
        }
    }

    private @Nullable Login client() {
        if (login.auth() != Auth.NONE && user.replace("{id}", id).indexOf(':') >= 0) {
            throw LoginOptions.colon("--user", user.contains("{id}") ? "; --id has one" : "");
        }
        String known = login.secret();
        return login.client(user, known == null ? ANY_SECRET : known);
    }

    ConnectionPool.Rules connections() {
        boolean isTls = server.toLowerCase(Locale.ROOT).startsWith("https:");
        Supplier<SSLContext> contexts = () -> {
            throw new IllegalStateException("TLS to a server without it");
        };
        if (isTls || tls.isGiven()) {
            try {
                Supplier<SSLContext> all = tls.tls().contexts();
                SSLContext one = all.get();
                contexts = tlsResume ? () -> one : all;
            } catch (IOException unusable) {
                throw TlsOptions.unusable(unusable);
            }
        }
        return new ConnectionPool.Rules(timeout, 16 << 20, !connectEachSession, contexts);
    }
}
