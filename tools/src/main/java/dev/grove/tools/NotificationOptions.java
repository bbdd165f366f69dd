package dev.grove.tools;

import dev.grove.auth.Digest;
import dev.grove.auth.Nonce;
import dev.grove.notify.Dm13Layout;
import dev.grove.notify.Dm13Notification;
import dev.grove.notify.Dm13NotificationCodec;
import dev.grove.notify.Dm2Notification;
import dev.grove.notify.Dm2Notification.ConnectionType;
import dev.grove.notify.Dm2Notification.Credential;
import dev.grove.notify.Dm2Notification.DigestInput;
import dev.grove.notify.Dm2NotificationCodec;
import dev.grove.notify.TriggerMessage;
import dev.grove.notify.UiMode;
import dev.grove.wire.Bytes;
import dev.grove.wire.Packet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a notification says. Secrets come from files or the environment: a command line can be read by everybody. */
final class NotificationOptions {

    private static final String SECRET_VARIABLE = "GROVE_NOTIFY_SECRET";
    private static final String AUTH_DATA_VARIABLE = "GROVE_NOTIFY_AUTH_DATA";

    private enum Kind {
        DM12, DM13, DM20
    }

    private enum Mode {
        NONE, BACKGROUND, INFORM, CONFIRM
    }

    private enum Initiator {
        SERVER, CLIENT
    }

    private enum DigestOf {
        ALL, MESSAGE
    }

    @Option(names = "--kind", paramLabel = "KIND", defaultValue = "dm12", description = "dm12 (for DM 1.1.2, 1.2 and "
            + "1.3), dm20, or dm13, whose form is a guess. Default: ${DEFAULT-VALUE}.")
    private Kind kind = Kind.DM12;

    @Option(names = "--server-id", paramLabel = "ID", description = "Identifier of the server in the account of the "
            + "device; only a notification of DM 2.0 can do without.")
    private @Nullable String serverId;

    @Option(names = "--id", paramLabel = "NUMBER", description = "Session id, 1 to 65535; of DM 2.0 the notification "
            + "id, 0 to 65535. Decimal, or hexadecimal after 0x. Default: a random one.")
    private @Nullable String id;

    @Option(names = "--mode", paramLabel = "MODE", defaultValue = "none", description = "What the user is to notice: "
            + "none (nothing is said about it), background, inform or confirm. Not in DM 2.0. "
            + "Default: ${DEFAULT-VALUE}.")
    private Mode mode = Mode.NONE;

    @Option(names = "--initiator", paramLabel = "WHO", defaultValue = "server", description = "Who wants the session: "
            + "server, or client for its user. Not in DM 2.0. Default: ${DEFAULT-VALUE}.")
    private Initiator initiator = Initiator.SERVER;

    @Option(names = "--notification-version", paramLabel = "N", defaultValue = "11", description = "Ten times the "
            + "version in a dm12: 10 for DM 1.1.2, 11 for DM 1.2, 12 from some servers. Default: ${DEFAULT-VALUE}.")
    private int version = TriggerMessage.VERSION_1_2;

    @Option(names = "--vendor", paramLabel = "HEX", description = "Octets of a vendor at the end; of dm13, a text.")
    private @Nullable String vendor;

    @Option(names = "--secret-file", paramLabel = "FILE", description = "File that holds the server's password or, "
            + "of DM 2.0, the secret of notifications. Default: the environment variable " + SECRET_VARIABLE
            + "; without both a notification of DM 2.0 has no digest.")
    private @Nullable Path secretFile;

    @Option(names = "--auth-data-file", paramLabel = "FILE", description = "File that holds the data of the digest of "
            + "DM 2.0. Default: the environment variable " + AUTH_DATA_VARIABLE + ", or none.")
    private @Nullable Path authDataFile;

    @Option(names = "--digest-of", paramLabel = "WHAT", defaultValue = "all", description = "What the digest of DM 2.0 "
            + "is over: all (secret, message, data) or message (secret, message). Default: ${DEFAULT-VALUE}.")
    private DigestOf digestOf = DigestOf.ALL;

    @Option(names = "--user", paramLabel = "NAME", description = "Name in the digest of DM 1.x, if it is another one "
            + "than the identifier of the server.")
    private @Nullable String user;

    @Option(names = "--nonce", paramLabel = "BASE64", defaultValue = "AAAAAA==", description = "Nonce in the digest of "
            + "DM 1.x; the one that everybody knows has new ones agreed. Default: ${DEFAULT-VALUE}.")
    private String nonce = Nonce.DEFAULT.base64();

    @Option(names = "--prefer", paramLabel = "TYPE", split = ",", description = "Preferred connections in DM 2.0, the "
            + "best first, with commas: cellular, wlan, wireline, any (at the end).")
    private List<ConnectionType> preferred = List.of();

    @Option(names = "--timestamp", paramLabel = "TIME", description = "When it is sent, in DM 2.0; in dm13, when it "
            + "expires: now, seconds since 1970, or such as 2026-05-01T12:00:00Z. Default: not told.")
    private @Nullable String timestamp;

    @Option(names = "--req-mos", description = "Ask for the objects that the device has (DM 2.0), or for DevDetail "
            + "(dm13).")
    private boolean requestsObjects;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why the device is called, in dm13.")
    private @Nullable String reason;

    /** The notification with its media type; {@link IllegalArgumentException} in words if it cannot be made. */
    Packet packet() {
        return switch (kind) {
            case DM12 -> new Packet(TriggerMessage.MEDIA_TYPE, trigger());
            case DM13 -> new Packet(Dm13Notification.MEDIA_TYPE, dm13());
            case DM20 -> new Packet(Dm2Notification.MEDIA_TYPE, dm20());
        };
    }

    private Bytes trigger() {
        TriggerMessage message = new TriggerMessage(version, uiMode(), initiator == Initiator.SERVER, 0, number(1),
                server(), vendor == null ? Bytes.EMPTY : vendor(vendor));
        return message.sign(secretHash(), nonce()).encode();
    }

    private Bytes dm13() {
        Dm13Notification message = new Dm13Notification(uiMode(), initiator == Initiator.SERVER, number(1), time(),
                server(), List.of(), requestsObjects ? List.of(Dm13Notification.DEV_DETAIL) : List.of(), List.of(),
                reason, vendor);
        return Dm13NotificationCodec.encode(message, Dm13Layout.GUESS, secretHash(), nonce());
    }

    private Bytes dm20() {
        Dm2Notification message = new Dm2Notification(serverId, preferred, number(0), time(), requestsObjects);
        Bytes secret = secret(secretFile, SECRET_VARIABLE);
        Bytes authData = secret(authDataFile, AUTH_DATA_VARIABLE);
        Credential credential = secret == null ? null
                : new Credential(secret, authData == null ? Bytes.EMPTY : authData);
        return Dm2NotificationCodec.encode(message, credential,
                digestOf == DigestOf.ALL ? DigestInput.WITH_AUTH_DATA : DigestInput.WITHOUT_AUTH_DATA);
    }

    private UiMode uiMode() {
        return switch (mode) {
            case NONE -> UiMode.NOT_SPECIFIED;
            case BACKGROUND -> UiMode.BACKGROUND;
            case INFORM -> UiMode.INFORMATIVE;
            case CONFIRM -> UiMode.USER_INTERACTION;
        };
    }

    private String server() {
        if (serverId == null) {
            throw new IllegalArgumentException("a notification of DM 1.x names its server: --server-id");
        }
        return serverId;
    }

    private String secretHash() {
        Bytes secret = secret(secretFile, SECRET_VARIABLE);
        if (secret == null) {
            throw new IllegalArgumentException("a notification of DM 1.x bears a digest: --secret-file or "
                    + SECRET_VARIABLE + " gives the password");
        }
        return Digest.MD5.secretHash(user == null ? server() : user, secret.utf8());
    }

    private Bytes nonce() {
        try {
            return Bytes.base64(nonce);
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException("--nonce: no base64: " + nonce);
        }
    }

    private static Bytes vendor(String digits) {
        try {
            return Bytes.hex(digits);
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException("--vendor: no octets in hexadecimal: " + digits);
        }
    }

    private int number(int least) {
        if (id == null) {
            return new SecureRandom().nextInt(least, 0x10000);
        }
        try {
            boolean isHexadecimal = id.startsWith("0x") || id.startsWith("0X");
            return isHexadecimal ? Integer.parseInt(id, 2, id.length(), 16) : Integer.parseInt(id);
        } catch (NumberFormatException _) {
            throw new IllegalArgumentException("--id: no number: " + id);
        }
    }

    private @Nullable Instant time() {
        if (timestamp == null) {
            return null;
        }
        try {
            return timestamp.equals("now") ? Instant.now()
                    : timestamp.matches("[0-9]{1,11}") ? Instant.ofEpochSecond(Long.parseLong(timestamp))
                            : Instant.parse(timestamp);
        } catch (DateTimeException _) {
            throw new IllegalArgumentException("--timestamp: no time: " + timestamp);
        }
    }

    /** What the file holds, without the line break behind it, or the environment; absent if neither is there. */
    private static @Nullable Bytes secret(@Nullable Path file, String variable) {
        if (file == null) {
            String value = System.getenv(variable);
            return value == null ? null : Bytes.utf8(value);
        }
        try {
            Bytes content = Bytes.wrap(Files.readAllBytes(file));
            int end = content.length();
            while (end > 0 && (content.at(end - 1) == '\n' || content.at(end - 1) == '\r')) {
                end--;
            }
            return content.slice(0, end);
        } catch (IOException e) {
            throw CommandFailure.input(file + ": cannot be read");
        }
    }
}
