package dev.grove.server.doorbell.kannel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.server.doorbell.Doorbell.Result;
import dev.grove.server.doorbell.Doorbell.Ring;
import dev.grove.server.doorbell.FakeGateway;
import dev.grove.server.doorbell.FakeGateway.Call;
import dev.grove.server.doorbell.FakeGateway.Say;
import dev.grove.server.doorbell.Flow;
import dev.grove.server.doorbell.ReceiptName;
import dev.grove.server.doorbell.Rings;
import dev.grove.server.doorbell.Rings.Receipt;
import dev.grove.server.http.FakeCall;
import dev.grove.wire.Bytes;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KannelDoorbellTest {

    private static final Ring RING = Rings.to("+358401234567");
    private static final URI REPORTS = URI.create("https://dm.example/reports/0123456789abcdef");

    private final Rings.Inbox receipts = new Rings.Inbox();

    @Test
    void the_header_goes_in_a_field_the_data_in_the_body_and_no_secret_in_the_address() throws Exception {
        try (FakeGateway kannel = new FakeGateway().saying(call -> Say.of(202, "0: Accepted for delivery"));
                KannelDoorbell bell = bell(kannel.at("/cgi-bin/sendsms"))) {
            assertThat(bell.ring(RING)).isEqualTo(new Result.Taken(ReceiptName.of(RING)));

            Call call = kannel.next();
            assertThat(call.target()).isEqualTo("/cgi-bin/sendsms");
            assertThat(call.body()).isEqualTo(Rings.PUSH);
            assertThat(call.header("Content-Type")).isEqualTo("application/octet-stream");
            assertThat(call.header("X-Kannel-UDH")).isEqualTo("0605040b84c002");
            assertThat(call.header("X-Kannel-Coding")).isEqualTo("1");
            assertThat(call.header("X-Kannel-To")).isEqualTo("+358401234567");
            assertThat(call.header("X-Kannel-From")).isEqualTo("100");
            assertThat(call.header("X-Kannel-SMSC")).isEqualTo("fake");
            assertThat(call.header("X-Kannel-Username")).isEqualTo("grove");
            assertThat(call.header("X-Kannel-Password")).isEqualTo("secret");
            assertThat(call.header("X-Kannel-Validity")).isEqualTo("59");
            assertThat(call.header("X-Kannel-DLR-Url"))
                    .isEqualTo(REPORTS + "?receipt=" + ReceiptName.of(RING) + "&state=%d");
        }
    }

    @Test
    void a_refused_number_ends_the_address_and_all_else_is_a_failure() throws Exception {
        try (FakeGateway kannel = new FakeGateway(); KannelDoorbell bell = bell(kannel.at("/"))) {
            kannel.saying(call -> Say.of(400, "Number(s) has/have been denied by white- and/or black-lists."));
            assertThat(bell.ring(RING)).isInstanceOf(Result.AddressEnded.class);
            kannel.saying(call -> Say.of(400, "Sender missing and no global set, rejected"));
            assertThat(bell.ring(RING)).isInstanceOf(Result.Failed.class);
            kannel.saying(call -> new Say(503, Map.of("Retry-After", "7"), Bytes.utf8("Temporal failure")));
            assertThat(bell.ring(RING))
                    .isEqualTo(new Result.Failed("Kannel says 503, Temporal failure", Duration.ofSeconds(7)));
            kannel.saying(call -> Say.of(403, "no\r\nentry\u001b[2J"));
            assertThat(bell.ring(RING)).isEqualTo(new Result.Failed("Kannel says 403, no??entry?[2J", null));
            kannel.saying(call -> Say.of(202, "x".repeat(100_000)));
            assertThat(bell.ring(RING)).isInstanceOf(Result.Failed.class);
        }
        try (KannelDoorbell gone = bell(URI.create("http://127.0.0.1:1/"))) {
            assertThat(gone.ring(RING).toString()).contains("Kannel could not be told: ConnectException")
                    .doesNotContain("secret");
            assertThat(gone.ring(Rings.to("nobody"))).isInstanceOf(Result.AddressEnded.class);
            assertThat(gone.objection("12x")).isPresent();
        }
    }

    @Test
    void reports_are_receipts_and_lies_are_nothing() throws Exception {
        try (KannelDoorbell bell = bell(URI.create("http://127.0.0.1:1/"))) {
            var door = bell.door().orElseThrow();
            String path = door.path();
            for (String query : List.of("", "?receipt=a", "?state=1", "?receipt=a&state=%d", "?receipt=a&state=99999",
                    "?receipt=" + "a".repeat(500) + "&state=1")) {
                assertThat(door.handler().handle(FakeCall.of("GET", path + query, "")).status()).isEqualTo(400);
            }
            for (int state : List.of(4, 8, 32, 999)) {
                door.handler().handle(FakeCall.of("GET", path + "?receipt=a-1&state=" + state, ""));
            }
            assertThat(receipts.isEmpty()).isTrue();
            door.handler().handle(FakeCall.of("GET", path + "?receipt=a-1&state=1", ""));
            door.handler().handle(FakeCall.of("GET", path + "?receipt=a-2&state=2", ""));
            door.handler().handle(FakeCall.of("GET", path + "?receipt=a-3&state=16", ""));

            assertThat(receipts.next()).isEqualTo(new Receipt("kannel", "a-1", true, "delivered"));
            assertThat(receipts.next()).isEqualTo(new Receipt("kannel", "a-2", false, "not delivered"));
            assertThat(receipts.next())
                    .isEqualTo(new Receipt("kannel", "a-3", false, "refused by the message centre"));
        }
    }

    private KannelDoorbell bell(URI sendsms) {
        return new KannelDoorbell(new KannelSettings(sendsms, null, new KannelSettings.User("grove", "secret"), "100",
                "fake", REPORTS, new Flow(4, 0, Duration.ofSeconds(2))), receipts, Clock.systemUTC());
    }
}
