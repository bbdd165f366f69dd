package dev.grove.tools.device;

import dev.grove.client.notify.ConnectionTypes;
import dev.grove.client.notify.ListenAddress;
import dev.grove.client.notify.NotificationSetup;
import dev.grove.notify.Dm2Notification.ConnectionType;
import dev.grove.notify.Dm2Notification.Credential;
import dev.grove.wire.Bytes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code grove device} that are for notifications, and what they mean. */
final class ListenOptions {

    static final String SECRET_VARIABLE = "GROVE_NOTIFICATION_SECRET";

    @Option(names = "--listen", paramLabel = "BEARER:HOST:PORT", description = "Wait for notifications: udp (WAP push, "
            + "port 2948 unless told otherwise), http (POST), obex (over TCP, port 650) or tcp (for tests: two octets "
            + "of length, then the push). Such as udp:127.0.0.1:2948 or http::0; without a host, on this machine's "
            + "loopback; port 0 is any free one, further devices of --count take the ports above. May be given several "
            + "times. The device goes on until it is interrupted.")
    List<String> places = new ArrayList<>();

    @Option(names = "--sleep", description = "With --listen: do not call before somebody asks for it.")
    boolean sleeps;

    @Option(names = "--wakes-per-minute", paramLabel = "N", defaultValue = "10", description = "How many sessions a "
            + "minute notifications may begin. Default: ${DEFAULT-VALUE}.")
    int wakesPerMinute = 10;

    @Option(names = "--no-resync", description = "Do not believe notifications made with the nonce 0x00000000.")
    boolean noResync;

    @Option(names = "--connection", paramLabel = "TYPE", description = "dm20: a connection that is up, cellular, wlan "
            + "or wireline; a server may prefer one. May be given several times. Default: it does not matter.")
    Set<String> connections = new LinkedHashSet<>();

    @Option(names = "--notification-secret", paramLabel = "TEXT",
            description = "dm20: by what the server proves itself "
                    + "in notifications (Auth/Noti/Secret). Default: the environment variable " + SECRET_VARIABLE
                    + "; without it, notifications need no proof.")
    @Nullable
    String secret;

    @Option(names = "--notification-data", paramLabel = "TEXT", description = "dm20: what goes into the digest too "
            + "(Auth/Noti/Data). Default: nothing.")
    String data = "";

    @Option(names = "--push-token", paramLabel = "NAME", description = "dm20: what the device is called at its "
            + "messaging service; told to servers whose accounts ask for it (Push/GCM). {id} in it is the identifier.")
    @Nullable
    String pushToken;

    boolean isListening() {
        return !places.isEmpty();
    }

    void check(DeviceOptions options) {
        addresses(options.count - 1);
        if (sleeps && places.isEmpty()) {
            throw new Unusable("--sleep needs --listen, or the device would never call");
        }
        if (sleeps && options.poll != null) {
            throw new Unusable("--sleep and --poll exclude each other");
        }
        if (isListening() && options.once) {
            throw new Unusable("--listen and --once exclude each other");
        }
        if (wakesPerMinute < 1) {
            throw new Unusable("--wakes-per-minute is 1 or more");
        }
        networks();
    }

    /** @param index of the device, from 0 on */
    List<ListenAddress> addresses(int index) {
        List<ListenAddress> addresses = new ArrayList<>();
        for (String place : places) {
            try {
                ListenAddress first = ListenAddress.parse(place);
                int port = first.port() == 0 ? 0 : first.port() + index;
                addresses.add(new ListenAddress(first.bearer(), first.host(), port));
            } catch (IllegalArgumentException wrong) {
                throw new Unusable("--listen: " + wrong.getMessage());
            }
        }
        return addresses;
    }

    NotificationSetup setup(String deviceId) {
        NotificationSetup setup = NotificationSetup.DEFAULT
                .withLimits(Math.max(NotificationSetup.DEFAULT.checkedPerMinute(), 2 * wakesPerMinute), wakesPerMinute)
                .withResynchronisation(!noResync).with(networks());
        String token = pushToken;
        return token == null ? setup : setup.with(_ -> token.replace("{id}", deviceId));
    }

    private ConnectionTypes networks() {
        if (connections.isEmpty()) {
            return ConnectionTypes.ANY;
        }
        Set<ConnectionType> up = EnumSet.noneOf(ConnectionType.class);
        for (String name : connections) {
            up.add(switch (name.toLowerCase(Locale.ROOT)) {
                case "cellular" -> ConnectionType.CELLULAR;
                case "wlan" -> ConnectionType.WLAN;
                case "wireline" -> ConnectionType.WIRELINE;
                default -> throw new Unusable("--connection is cellular, wlan or wireline, not '" + name + "'");
            });
        }
        return () -> up;
    }

    /** How the server proves itself in notifications of DM 2.0; absent if it need not. */
    @Nullable
    Credential credential() {
        String known = secret == null ? System.getenv(SECRET_VARIABLE) : secret;
        return known == null ? null : new Credential(Bytes.utf8(known), Bytes.utf8(data));
    }
}
