package dev.grove.server.config;

import dev.grove.server.config.Options.Group;
import java.time.Duration;

/** How devices are woken, and each bearer's own options under a heading of its own. */
final class WakeOptions {

    private static final Group WAKING = new Group("Waking devices");
    private static final Group UDP = new Group("Waking by UDP");

    static final Option<Duration> EXPIRY = WAKING.option("wake-expiry",
            Kind.duration(Duration.ofSeconds(1), Duration.ofDays(365)), "24h",
            "How long a device is waited for that is to be woken.");
    static final Option<Duration> RETRY = WAKING.option("wake-retry",
            Kind.duration(Duration.ofMillis(100), Duration.ofDays(1)), "30s",
            "After which a device that did not call is notified once more; each later time after twice as long.");
    static final Option<Duration> RETRY_MOST = WAKING.option("wake-retry-most",
            Kind.duration(Duration.ofMillis(100), Duration.ofDays(30)), "1h",
            "The longest time between two notifications of a device that does not call.");
    static final Option<Integer> ATTEMPTS = WAKING.option("wake-attempts", Kind.number(1, 1000), "30",
            "After so many notifications is only waited.");
    static final Option<Integer> PER_HOUR = WAKING.option("wake-per-hour", Kind.number(1, 10_000), "20",
            "Most notifications to one device by one bearer within an hour, whoever asks for them.");

    static final Option<Boolean> WAKE_UDP = UDP.option("wake-udp", Kind.flag(), "false",
            "Whether devices are woken by WAP push over UDP.");
    static final Option<HostPort> UDP_FROM = UDP.option("wake-udp-from", Kind.hostPort(), "0.0.0.0:0",
            "Address and port from which notifications are sent by UDP.");
    static final Option<Integer> UDP_PACE = UDP.pace("wake-udp-pace", "500", "by UDP");

    private WakeOptions() {}

    /** Has the options be there. */
    static void load() {
        ServiceOptions.load();
        MessageOptions.load();
    }
}
