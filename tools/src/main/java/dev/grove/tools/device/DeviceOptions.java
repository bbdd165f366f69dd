package dev.grove.tools.device;

import dev.grove.auth.PreSharedKey;
import dev.grove.client.DeviceKind;
import dev.grove.client.Scheduler.Poll;
import dev.grove.client.transport.Backoff;
import dev.grove.client.transport.HttpOptions;
import dev.grove.client.transport.Psk;
import dev.grove.syncml.Encoding;
import dev.grove.tree.NodeUri;
import java.io.Console;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of {@code grove device}, and what they mean. */
final class DeviceOptions {

    /** Who answers the server's questions. */
    enum Ui {
        TERMINAL, SCRIPT, NONE
    }

    private static final Pattern NUMBER = Pattern.compile("%(0[0-9]{1,2})?d");

    @Option(names = "--server", paramLabel = "URL", description = "Address of the server, such as "
            + "http://127.0.0.1:8080/dm. Without it, the accounts (DMAcc) of --tree or --data count.")
    @Nullable
    String server;

    @Option(names = "--id", paramLabel = "ID", required = true, description = "The device's identifier, a URN such as "
            + "IMEI:493005100592800. With --count, %%d in it is the number of the device (%%04d with zeros); without "
            + "%%d, -1, -2 … is added.")
    String id = "";

    @Option(names = "--user", paramLabel = "NAME", description = "User name of the device; {id} in it is the "
            + "identifier. Default: {id}.")
    String user = "{id}";

    @Mixin
    LoginOptions login = new LoginOptions();

    @Mixin
    TlsOptions tls = new TlsOptions();

    @Option(names = "--sha256-name", paramLabel = "TYPE", description = "What the SHA-256 scheme is called on the "
            + "wire. Default: ${DEFAULT-VALUE}.")
    String sha256Name = "syncml:auth-SHA256";

    @Option(names = "--profile", paramLabel = "PROFILE", defaultValue = "dm12", converter = KindConverter.class,
            description = "What the device is: dm11, dm12, dm13, dm20 or windows. Default: ${DEFAULT-VALUE}.")
    DeviceKind profile = DeviceKind.DM12;

    @Option(names = "--encoding", paramLabel = "ENCODING", defaultValue = "xml", description = "xml or wbxml. Default: "
            + "${DEFAULT-VALUE}.")
    Encoding encoding = Encoding.XML;

    @Option(names = "--tree", paramLabel = "FILE", description = "The tree of a new device: TNDS or DDF in XML or "
            + "WBXML, or lines such as ./A/B = chr:text. Default: some nodes to play with, at ./Demo.")
    @Nullable
    Path tree;

    @Option(names = "--data", paramLabel = "DIR", description = "Folder in which the device keeps its tree, nonces and "
            + "alerts; with --count, a folder for each device. Default: forgotten at the end.")
    @Nullable
    Path data;

    @Option(names = "--folder", paramLabel = "URI=DIR", description = "Show a folder of this machine at a node, such "
            + "as ./Files=/srv/files. May be given several times.")
    Map<String, Path> folders = new LinkedHashMap<>();

    @Option(names = "--ui", paramLabel = "WHO", description = "Who answers the server's questions: terminal, script, "
            + "none, or the file of a script. Default: script with --ui-script, terminal at a terminal, else none.")
    @Nullable
    String ui;

    @Option(names = "--ui-script", paramLabel = "FILE", description = "Answers, a line each: confirm: yes, input: CNN, "
            + "choose: 2 3, *: cancel. Default with --ui script: the standard input.")
    @Nullable
    Path uiScript;

    @Option(names = "--poll", paramLabel = "DURATION", converter = Units.DurationConverter.class, description = "Call "
            + "the server again and again, such as 30s or 5m, until interrupted.")
    @Nullable
    Duration poll;

    @Option(names = "--once", description = "Call the server once and end. This is the default.")
    boolean once;

    @Option(names = "--count", paramLabel = "N", defaultValue = "1", description = "How many devices. Default: "
            + "${DEFAULT-VALUE}.")
    int count = 1;

    @Option(names = "--max-msg-size", paramLabel = "SIZE", defaultValue = "64k", converter = Units.SizeConverter.class,
            description = "Longest message the device takes. Default: ${DEFAULT-VALUE}.")
    int maxMsgSize = 64 << 10;

    @Option(names = "--max-obj-size", paramLabel = "SIZE", defaultValue = "4M", converter = Units.SizeConverter.class,
            description = "Largest object the device takes. Default: ${DEFAULT-VALUE}.")
    int maxObjSize = 4 << 20;

    @Option(names = "--psk-key", paramLabel = "FILE", description = "Prove the device, and the server, by a pre-shared "
            + "key (TLS-PSK): a file of hexadecimal digits or base64.")
    @Nullable
    Path pskKey;

    @Option(names = "--psk-identity", paramLabel = "NAME", description = "Which key that is to the server. Default: "
            + "the device's identifier.")
    @Nullable
    String pskIdentity;

    @Option(names = "--tls-legacy",
            description = "With --psk-key: speak TLS 1.0 and 1.1 too, with a server that can do "
                    + "no better.")
    boolean tlsLegacy;

    @Option(names = "--proxy", paramLabel = "HOST:PORT", description = "HTTP proxy. Default: what Java is set to.")
    @Nullable
    String proxy;

    @Option(names = "--timeout", paramLabel = "DURATION", defaultValue = "60s",
            converter = Units.DurationConverter.class,
            description = "How long to wait for an answer. Default: ${DEFAULT-VALUE}.")
    Duration timeout = Duration.ofMinutes(1);

    @Option(names = "--retries", paramLabel = "N", defaultValue = "3", description = "How often a message is sent "
            + "again when its answer was lost. Default: ${DEFAULT-VALUE}.")
    int retries = 3;

    @Option(names = {"-v", "--verbose"}, description = "Show every message, secrets masked.")
    boolean verbose;

    static final class KindConverter implements ITypeConverter<DeviceKind> {
        @Override
        public DeviceKind convert(String word) {
            return DeviceKind.of(word).orElseThrow(
                    () -> new TypeConversionException("'" + word + "' is none of dm11, dm12, dm13, dm20, windows"));
        }
    }

    // ---- what they mean

    /** @param hasBootstrap whether the device may come to an account by itself */
    void check(boolean hasBootstrap) {
        if (count < 1 || count > 1_000_000) {
            throw new Unusable("--count is 1 to 1000000");
        }
        if (retries < 0 || retries > 100) {
            throw new Unusable("--retries is 0 to 100");
        }
        if (poll != null && once) {
            throw new Unusable("--poll and --once exclude each other");
        }
        if (poll != null && !poll.isPositive()) {
            throw new Unusable("--poll is longer than nothing");
        }
        if (ui() == Ui.TERMINAL && count > 1) {
            throw new Unusable("--ui terminal is for one device");
        }
        checkPreSharedKey();
        if (server == null && tree == null && data == null && !hasBootstrap) {
            throw new Unusable("Missing required option: '--server=URL' (or --tree or --data with an account)");
        }
        ids();
        account(id);
        folders();
    }

    private void checkPreSharedKey() {
        if ((pskIdentity != null || tlsLegacy) && pskKey == null) {
            throw new Unusable("--psk-identity and --tls-legacy need --psk-key");
        }
        if (pskKey != null && tls.isGiven()) {
            throw new Unusable("--psk-key takes the place of --trust-store and --key-store");
        }
        if (pskKey != null && count > 1) {
            throw new Unusable("--psk-key is for one device: no two have the same key");
        }
    }

    Ui ui() {
        if (ui == null) {
            boolean isAtTerminal = Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
            return uiScript != null ? Ui.SCRIPT : isAtTerminal && count == 1 ? Ui.TERMINAL : Ui.NONE;
        }
        for (Ui known : Ui.values()) {
            if (known.name().equalsIgnoreCase(ui)) {
                return known;
            }
        }
        if (uiScript == null && Files.isRegularFile(Path.of(ui))) {
            return Ui.SCRIPT;
        }
        throw new Unusable("--ui is terminal, script, none or a file, not '" + ui + "'");
    }

    /** The script of the user; empty if it is the standard input. */
    Optional<Path> script() {
        if (uiScript != null) {
            return Optional.of(uiScript);
        }
        return ui == null || ui.equalsIgnoreCase(Ui.SCRIPT.name()) ? Optional.empty() : Optional.of(Path.of(ui));
    }

    /** The identifiers of all devices. */
    List<String> ids() {
        if (count == 1 && id.indexOf('%') < 0) {
            return List.of(id);
        }
        String pattern = id.indexOf('%') < 0 ? id + "-%d" : id;
        Matcher number = NUMBER.matcher(pattern);
        if (!number.find() || (pattern.substring(0, number.start()) + pattern.substring(number.end())).contains("%")) {
            throw new Unusable("--id has one number in it, %%d or, with zeros before it, %%015d".formatted());
        }
        String format = pattern;
        return IntStream.rangeClosed(1, count)
                .mapToObj(n -> format.substring(0, number.start()) + number.group().formatted(n)
                        + format.substring(number.end()))
                .toList();
    }

    Poll polls() {
        return poll == null ? Poll.never() : Poll.every(poll);
    }

    Map<NodeUri, Path> folders() {
        Map<NodeUri, Path> mounted = new LinkedHashMap<>();
        folders.forEach((uri, folder) -> {
            try {
                mounted.put(NodeUri.parse(uri), folder);
            } catch (IllegalArgumentException broken) {
                throw new Unusable("--folder " + uri + ": " + broken.getMessage());
            }
        });
        return mounted;
    }

    /** The account of one device; absent without a server. */
    @Nullable
    ServerAccount account(String deviceId) {
        if (server == null) {
            return null;
        }
        String name = login.serverName(LoginOptions.address(server));
        String userName = user.replace("{id}", deviceId);
        if (login.auth() != LoginOptions.Auth.NONE && userName.indexOf(':') >= 0) {
            throw LoginOptions.colon("--user", "; the identifier has one, so give --user");
        }
        String password = login.secret();
        return new ServerAccount(name, server,
                login.client(userName, password == null ? null : password.replace("{id}", deviceId)), login.server());
    }

    HttpOptions http() {
        HttpOptions options = profile == DeviceKind.WINDOWS ? HttpOptions.DEFAULT.asWindows() : HttpOptions.DEFAULT;
        Duration connect = timeout.compareTo(Duration.ofSeconds(10)) < 0 ? timeout : Duration.ofSeconds(10);
        HttpOptions whole = options.withTimeouts(connect, timeout).withCookies(count == 1).withProxy(proxy())
                .withMaxAnswerBytes((int) Math.min(Integer.MAX_VALUE, 2L * maxMsgSize + (1 << 20)));
        if (pskKey != null) {
            return whole.withTls(preSharedKey(pskKey));
        }
        if (!tls.isGiven()) {
            return whole;
        }
        try {
            return whole.withTls(tls.tls().context());
        } catch (IOException unusable) {
            throw TlsOptions.unusable(unusable);
        }
    }

    private SSLContext preSharedKey(Path file) {
        try {
            PreSharedKey key = Psk.read(pskIdentity == null ? id : pskIdentity, file);
            return tlsLegacy ? Psk.legacyContext(key) : Psk.context(key);
        } catch (IOException unusable) {
            throw new Unusable("--psk-key: " + unusable.getMessage());
        }
    }

    private @Nullable InetSocketAddress proxy() {
        if (proxy == null) {
            return null;
        }
        int colon = proxy.lastIndexOf(':');
        if (colon < 1 || !proxy.substring(colon + 1).matches("[0-9]{1,5}")
                || Integer.parseInt(proxy.substring(colon + 1)) > 65535) {
            throw new Unusable("--proxy is HOST:PORT");
        }
        return new InetSocketAddress(proxy.substring(0, colon), Integer.parseInt(proxy.substring(colon + 1)));
    }

    Backoff backoff() {
        return new Backoff(retries + 1, Backoff.DEFAULT.first(), Backoff.DEFAULT.longest());
    }
}
