package dev.grove.tools.simulate;

import dev.grove.client.DeviceKind;
import dev.grove.client.transport.HttpOptions;
import dev.grove.tools.device.ServerAccount;
import dev.grove.tools.device.ServerAccount.Login;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the devices are called, and how they and their server prove themselves.
 *
 * @param pattern of identifiers, with {@code %d} or {@code %015d} where the number of the device stands
 * @param server where devices of DM 1.x call; {@code dm2Server} is the same for DM 2.0
 * @param client what devices show; {@code {id}} in user and secret is the identifier. Absent if the transport vouches
 *     for them
 * @param proof what the server shows; absent if it need not
 */
record Identities(String pattern, String serverId, String server, String dm2Server, @Nullable Login client,
        @Nullable Login proof) {

    private static final Pattern NUMBER = Pattern.compile("%(?:0([0-9]{1,2}))?d");
    private static final String ID = "{id}";

    /**
     * @throws IllegalArgumentException if the pattern has not exactly one number in it; the message is for people
     */
    Identities {
        Matcher number = NUMBER.matcher(pattern);
        if (!number.find() || (pattern.substring(0, number.start()) + pattern.substring(number.end())).contains("%")) {
            throw new IllegalArgumentException(
                    "a pattern holds one percent sign, before 015d or d, where the number is to stand");
        }
    }

    String id(int number) {
        return String.format(Locale.ROOT, pattern, number);
    }

    /** Whether all devices of a kind have the same account. */
    boolean isAccountShared() {
        return client == null || (!client.userName().contains(ID) && !client.secret().contains(ID));
    }

    /** What a device shows; absent if nothing. */
    @Nullable
    Login client(String id) {
        return client == null ? null
                : new Login(client.scheme(), client.userName().replace(ID, id), client.secret().replace(ID, id),
                        client.nonce());
    }

    ServerAccount account(DeviceKind kind, String id) {
        String url = switch (kind) {
            case DM11, DM12, DM13 -> server;
            case WINDOWS -> server + (server.contains("?") ? "&" : "?") + HttpOptions.WINDOWS_QUERY;
            case DM20 -> dm2Server;
        };
        return new ServerAccount(serverId, url, client(id), kind == DeviceKind.DM20 ? null : proof);
    }

    /** Names nobody. */
    @Override
    public String toString() {
        return "Identities[" + pattern + " at " + serverId + "]";
    }
}
