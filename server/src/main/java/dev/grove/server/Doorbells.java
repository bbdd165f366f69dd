package dev.grove.server;

import dev.grove.server.config.Bearers;
import dev.grove.server.config.Config;
import dev.grove.server.config.ConfigRefused;
import dev.grove.server.config.Gateways;
import dev.grove.server.config.Services;
import dev.grove.server.doorbell.Doorbell;
import dev.grove.server.doorbell.Receipts;
import dev.grove.server.doorbell.ReportedDoorbell;
import dev.grove.server.doorbell.UdpDoorbell;
import dev.grove.server.doorbell.kannel.KannelDoorbell;
import dev.grove.server.doorbell.mqtt.MqttDoorbell;
import dev.grove.server.doorbell.obex.ObexDoorbell;
import dev.grove.server.doorbell.pap.PapDoorbell;
import dev.grove.server.doorbell.sip.SipDoorbell;
import dev.grove.server.doorbell.sms.SmsDoorbell;
import dev.grove.server.doorbell.web.FcmDoorbell;
import dev.grove.server.doorbell.web.HttpPushDoorbell;
import dev.grove.server.doorbell.web.WnsDoorbell;
import dev.grove.server.http.HttpHandler;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
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
            doorbells.add(bearers.services());
            doorbells.add(bearers.gateways(), receipts);
        } catch (RuntimeException refused) {
            doorbells.open.forEach(Doorbell::close);
            throw refused;
        }
        return List.copyOf(doorbells.open);
    }

    private void add(Services services) {
        Clock clock = Clock.systemUTC();
        add(services.mqtt(), mqtt -> carefully("wake-mqtt-trust-store", () -> MqttDoorbell.open(mqtt, clock)));
        add(services.fcm(), fcm -> carefully("wake-fcm-account", () -> new FcmDoorbell(fcm, clock)));
        add(services.wns(), wns -> new WnsDoorbell(wns, clock));
        add(services.http(), http -> new HttpPushDoorbell(http, clock));
        add(services.sip(), sip -> carefully("wake-sip-listen", () -> SipDoorbell.open(sip, clock)));
    }

    private void add(Gateways gateways, Receipts receipts) {
        Clock clock = Clock.systemUTC();
        add(gateways.sms(), settings -> new SmsDoorbell(settings, receipts, clock));
        add(gateways.kannel(), settings -> new KannelDoorbell(settings, receipts, clock));
        add(gateways.pap(), settings -> new PapDoorbell(settings, receipts, clock));
        add(gateways.obex(), ObexDoorbell::new);
    }

    /** Where bearers are told by HTTP what became of notifications, by path of the devices' listener. */
    static Map<String, HttpHandler> doors(List<Doorbell> doorbells) {
        return doorbells.stream().filter(ReportedDoorbell.class::isInstance)
                .flatMap(each -> ((ReportedDoorbell) each).door().stream())
                .collect(Collectors.toMap(ReportedDoorbell.Door::path, ReportedDoorbell.Door::handler));
    }

    private static Doorbell carefully(String option, Callable<Doorbell> opening) {
        try {
            return opening.call();
        } catch (Exception refused) {
            throw new ConfigRefused("option " + option + ": " + refused.getMessage());
        }
    }

    private <T> void add(@Nullable T settings, Function<T, Doorbell> opening) {
        if (settings != null) {
            open.add(opening.apply(settings));
        }
    }
}
