package dev.grove.server;

import dev.grove.server.config.Bearers;
import dev.grove.server.config.Config;
import dev.grove.server.doorbell.Doorbell;
import dev.grove.server.doorbell.Receipts;
import dev.grove.server.doorbell.UdpDoorbell;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The bearers that the configuration names. */
final class Doorbells {

    private final List<Doorbell> open = new ArrayList<>();

    private Doorbells() {}

    /**
     * @param receipts hears what becomes of notifications
     * @throws dev.grove.server.config.ConfigRefused if one cannot be opened with what it was given
     */
    static List<Doorbell> open(Config config, Receipts receipts) {
        Doorbells doorbells = new Doorbells();
        Bearers bearers = config.waking().bearers();
        try {
            doorbells.add(bearers.udp(), udp -> UdpDoorbell.open(udp.from(), udp.perSecond()));
        } catch (RuntimeException refused) {
            doorbells.open.forEach(Doorbell::close);
            throw refused;
        }
        return List.copyOf(doorbells.open);
    }

    private <T> void add(@Nullable T settings, Function<T, Doorbell> opening) {
        if (settings != null) {
            open.add(opening.apply(settings));
        }
    }
}
