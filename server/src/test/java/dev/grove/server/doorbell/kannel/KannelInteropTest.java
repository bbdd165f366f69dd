package dev.grove.server.doorbell.kannel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.server.doorbell.Doorbell.Result;
import dev.grove.server.doorbell.Doorbell.Ring;
import dev.grove.server.doorbell.FakeGateway;
import dev.grove.server.doorbell.FakeGateway.Say;
import dev.grove.server.doorbell.Flow;
import dev.grove.server.doorbell.ReceiptName;
import dev.grove.server.doorbell.Rings;
import dev.grove.server.doorbell.Rings.Receipt;
import dev.grove.server.doorbell.kannel.Kannel.Shown;
import dev.grove.server.doorbell.pap.PapDoorbell;
import dev.grove.server.doorbell.pap.PapSettings;
import dev.grove.server.doorbell.pap.PapSettings.Delivery;
import dev.grove.server.doorbell.pap.PapSettings.Quality;
import dev.grove.server.http.FakeCall;
import dev.grove.server.http.HttpAnswer;
import dev.grove.wire.Bytes;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jspecify.annotations.Nullable;

/** A real Kannel takes our messages and our pushes, and what comes out of it is what devices expect. */
@Timeout(120)
class KannelInteropTest {

    private static final Ring RING = Rings.to("+358401234567");
    private static final int PUSH_PORT = 2948;
    private static final String TEXTUAL_TYPE = Bytes.utf8("application/vnd.syncml.notification\u0000").hex();

    private static @Nullable Kannel kannel;
    private final Rings.Inbox receipts = new Rings.Inbox();

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        kannel = Kannel.start(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        if (kannel != null) {
            kannel.close();
        }
    }

    @Test
    void fakesmsc_shows_exactly_the_55_octets_of_the_facts_and_its_report_is_a_receipt() throws Exception {
        try (FakeGateway reports = new FakeGateway();
                KannelDoorbell bell = new KannelDoorbell(new KannelSettings(kannel().sendsms(), null,
                        new KannelSettings.User("grove", "secret"), "100", "",
                        reports.at("/reports/0123456789abcdef"), flow()), receipts, Clock.systemUTC())) {
            reports.saying(call -> {
                var door = bell.door().orElseThrow();
                assertThat(call.target()).startsWith(door.path() + "?");
                HttpAnswer answer = door.handler().handle(FakeCall.of(call.method(), call.target(), ""));
                return Say.of(answer.status(), "");
            });

            assertThat(bell.ring(RING)).isEqualTo(new Result.Taken(ReceiptName.of(RING)));
            assertThat(kannel().next()).isEqualTo(new Shown("+358401234567", Rings.USER_DATA));
            assertThat(receipts.next())
                    .isEqualTo(new Receipt("kannel", ReceiptName.of(RING), true, "delivered"));
        }
    }

    @Test
    void a_long_notification_reaches_fakesmsc_in_two_messages() throws Exception {
        Bytes notification = Rings.TRIGGER.plus(Bytes.wrap(new byte[150]));
        try (KannelDoorbell bell = bell("secret")) {
            assertThat(bell.ring(Rings.to("+358401234567", notification))).isEqualTo(new Result.Taken(null));

            Bytes first = kannel().next().userData();
            Bytes second = kannel().next().userData();
            assertThat(first.length()).isEqualTo(140);
            assertThat(first.slice(12, 140).plus(second.slice(12, second.length())))
                    .isEqualTo(Rings.PUSH.plus(Bytes.wrap(new byte[150])));
        }
    }

    @Test
    void a_wrong_password_is_a_failure_that_does_not_tell_it() throws Exception {
        try (KannelDoorbell bell = bell("not-it99"); PapDoorbell pap = pap("not-it99")) {
            assertThat(bell.ring(RING))
                    .isEqualTo(new Result.Failed("Kannel says 403, Authorization failed for sendsms", null));
            assertThat(pap.ring(RING)).isEqualTo(new Result.Failed("the gateway says HTTP 401", null));
        }
    }

    @Test
    void its_gateway_pushes_to_a_telephone_with_the_type_as_text() throws Exception {
        try (PapDoorbell bell = pap("secret")) {
            assertThat(bell.ring(RING)).isInstanceOf(Result.Taken.class);

            Shown shown = kannel().next();
            assertThat(shown.to()).isEqualTo("+358401234567");
            assertThat(shown.userData().hex()).startsWith("0605040b84")
                    .contains(TEXTUAL_TYPE + "a96700af87").endsWith(Rings.TRIGGER.hex());
        }
    }

    @Test
    void its_gateway_pushes_to_an_internet_address_by_udp() throws Exception {
        try (DatagramSocket device = new DatagramSocket(PUSH_PORT, InetAddress.getByName(kannel().neighbour()));
                PapDoorbell bell = pap("secret")) {
            device.setSoTimeout(20_000);
            assertThat(bell.ring(Rings.to(kannel().neighbour()))).isInstanceOf(Result.Taken.class);

            DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
            device.receive(packet);
            assertThat(Bytes.wrap(packet.getData(), 0, packet.getLength()).hex().substring(2))
                    .startsWith("06").contains(TEXTUAL_TYPE).endsWith(Rings.TRIGGER.hex());
        }
    }

    // ---- how it is done

    private static Kannel kannel() {
        if (kannel == null) {
            throw new IllegalStateException("not started");
        }
        return kannel;
    }

    private KannelDoorbell bell(String password) {
        return new KannelDoorbell(new KannelSettings(kannel().sendsms(), null,
                new KannelSettings.User("grove", password), "100", "", null, flow()), receipts, Clock.systemUTC());
    }

    private static Flow flow() {
        return new Flow(4, 0, Duration.ofSeconds(10));
    }

    private PapDoorbell pap(String password) {
        return new PapDoorbell(new PapSettings(kannel().wappush(), null, new PapSettings.User("grove", password),
                "ppg.example", new Quality(Delivery.UNCONFIRMED, "", ""), null,
                new Flow(4, 0, Duration.ofSeconds(10))), receipts, Clock.systemUTC());
    }
}
