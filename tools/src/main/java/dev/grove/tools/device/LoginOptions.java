package dev.grove.tools.device;

import dev.grove.auth.Scheme;
import dev.grove.tools.device.ServerAccount.Login;
import dev.grove.tree.Acl;
import dev.grove.wire.Bytes;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How devices and their server prove themselves to each other: options of every command that plays a device. */
public final class LoginOptions {

    /** How a device shows who it is. */
    public enum Auth {
        BASIC, MD5, MAC, SHA256, NONE
    }

    /** Where a device's password is looked for, if no option gives it. */
    public static final String SECRET_VARIABLE = "GROVE_DEVICE_SECRET";
    static final String SERVER_SECRET_VARIABLE = "GROVE_SERVER_SECRET";

    @Option(names = "--server-id", paramLabel = "NAME", description = "The server's name in access control lists. "
            + "Default: the host of --server.")
    @Nullable
    String serverId;

    @Option(names = "--auth", paramLabel = "SCHEME", defaultValue = "md5", description = "How a device shows who it "
            + "is: basic, md5, mac, sha256 or none (a client certificate or a pre-shared key will do). One of DM 2.0 "
            + "does what the server asks for, unless it is none. Default: ${DEFAULT-VALUE}.")
    Auth auth = Auth.MD5;

    @Option(names = "--secret", paramLabel = "TEXT", description = "Password of the device; {id} in it is the "
            + "identifier. Default: the environment variable " + SECRET_VARIABLE
            + ", which other users of the machine cannot see.")
    @Nullable
    String secret;

    @Option(names = "--nonce", paramLabel = "BASE64", description = "First nonce of the device. Default: empty.")
    String nonce = "";

    @Option(names = "--server-user", paramLabel = "NAME", description = "User name that the server must show. Without "
            + "it, the server need not show anything.")
    @Nullable
    String serverUser;

    @Option(names = "--server-secret", paramLabel = "TEXT", description = "Password of the server. Default: the "
            + "environment variable " + SERVER_SECRET_VARIABLE + ".")
    @Nullable
    String serverSecret;

    @Option(names = "--server-nonce", paramLabel = "BASE64", description = "First nonce of the server. Default: empty.")
    String serverNonce = "";

    /** How devices show who they are. */
    public Auth auth() {
        return auth;
    }

    /** The password of devices; absent if none was given. */
    public @Nullable String secret() {
        return secret == null ? System.getenv(SECRET_VARIABLE) : secret;
    }

    /** The address of a server, which is HTTP. */
    public static URI address(String server) {
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

    /** The name of the server at an address. */
    public String serverName(URI address) {
        String name = serverId == null ? address.getHost() : serverId;
        if (!Acl.isIdentifier(name)) {
            throw new Unusable("--server-id is a word without blanks, '=', '&', '*' and '+'");
        }
        return name;
    }

    /** What a device shows, with a user name that was looked at; absent if the transport vouches for it. */
    public @Nullable Login client(String userName, @Nullable String password) {
        if (auth == Auth.NONE) {
            return null;
        }
        if (password == null) {
            throw new Unusable("--auth " + auth.name().toLowerCase(Locale.ROOT) + " needs --secret or "
                    + SECRET_VARIABLE + " (--auth none: without)");
        }
        return new Login(scheme(), userName, password, bytes("--nonce", nonce));
    }

    /** What the server must show; absent if it need not. */
    public @Nullable Login server() {
        if (serverUser == null) {
            return null;
        }
        String password = serverSecret == null ? System.getenv(SERVER_SECRET_VARIABLE) : serverSecret;
        if (password == null) {
            throw new Unusable("--server-user needs --server-secret or " + SERVER_SECRET_VARIABLE);
        }
        if (serverUser.indexOf(':') >= 0) {
            throw colon("--server-user", "");
        }
        return new Login(scheme(), serverUser, password, bytes("--server-nonce", serverNonce));
    }

    /** A user name has a colon in it. */
    public static Unusable colon(String option, String remedy) {
        return new Unusable(option + ": a user name holds no colon, since it would be read as the end of the name"
                + remedy);
    }

    private Scheme scheme() {
        return switch (auth) {
            case BASIC -> Scheme.BASIC;
            case MD5, NONE -> Scheme.MD5;
            case MAC -> Scheme.MAC;
            case SHA256 -> Scheme.SHA256;
        };
    }

    private static Bytes bytes(String option, String base64) {
        try {
            return Bytes.base64(base64);
        } catch (IllegalArgumentException broken) {
            throw new Unusable(option + " is base64");
        }
    }
}
