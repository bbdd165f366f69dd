package dev.grove.server.doorbell.pap;

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
import dev.grove.server.doorbell.TestKeys;
import dev.grove.server.doorbell.Trust;
import dev.grove.server.doorbell.pap.PapSettings.Delivery;
import dev.grove.server.doorbell.pap.PapSettings.Quality;
import dev.grove.server.doorbell.pap.PapSettings.User;
import dev.grove.server.http.FakeCall;
import dev.grove.server.http.HttpAnswer;
import dev.grove.wire.Limits;
import dev.grove.wire.Multipart;
import dev.grove.wire.Packet;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PapDoorbellTest {

    private static final Ring RING = Rings.to("+358401234567");
    private static final String PUSH_ID = ReceiptName.of(RING) + "@grove";
    private static final URI REPORTS = URI.create("https://dm.example/reports/0123456789abcdef");

    private final Rings.Inbox receipts = new Rings.Inbox();

    @Test
    void posts_a_push_message_and_the_notification_as_one_multipart() throws Exception {
        try (FakeGateway gateway = new FakeGateway().saying(call -> response(1001));
                PapDoorbell bell = bell(gateway.at("/wappush"), null)) {
            assertThat(bell.ring(RING)).isEqualTo(new Result.Taken(PUSH_ID));

            Call call = gateway.next();
            assertThat(call.method()).isEqualTo("POST");
            assertThat(call.target()).isEqualTo("/wappush");
            assertThat(call.header("Authorization")).isEqualTo("Basic Z3JvdmU6c2VjcmV0");
            assertThat(call.header("Content-Type"))
                    .matches("multipart/related; boundary=grove-[0-9a-f]+; type=\"application/xml\"");
            List<Multipart.Part> parts = Multipart
                    .read(new Packet(call.header("Content-Type"), call.body()), Limits.DEFAULT).parts();
            assertThat(parts.getFirst().content().mediaType()).isEqualTo("application/xml");
            assertThat(parts.getFirst().body().utf8()).isEqualTo("""
                    <?xml version="1.0" encoding="UTF-8"?>
                    <!DOCTYPE pap PUBLIC "-//WAPFORUM//DTD PAP 1.0//EN" "http://www.wapforum.org/DTD/pap_1.0.dtd">
                    <pap>
                    <push-message push-id="%s" deliver-before-timestamp="%s" ppg-notify-requested-to="%s">
                    <address address-value="WAPPUSH=+358401234567/TYPE=PLMN@ppg.example"/>
                    <quality-of-service delivery-method="unconfirmed" bearer="SMS" bearer-required="true"/>
                    </push-message>
                    </pap>
                    """.formatted(PUSH_ID, RING.goodUntil().truncatedTo(ChronoUnit.SECONDS), REPORTS));
            assertThat(parts.getLast().content()).isEqualTo(RING.notification());
            assertThat(parts.getLast().headers().first("X-Wap-Application-Id"))
                    .contains("x-wap-application:syncml.dm");
            assertThat(parts).hasSize(2);
        }
    }

    @ParameterizedTest
    @CsvSource({"+358 40 123, WAPPUSH=+35840123/TYPE=PLMN@ppg.example",
            "192.0.2.7, WAPPUSH=192.0.2.7/TYPE=IPv4@ppg.example",
            "2001:db8::7, WAPPUSH=2001:db8::7/TYPE=IPv6@ppg.example",
            "john.doe@example.org, WAPPUSH=john.doe%40example.org/TYPE=USER@ppg.example",
            "WAPPUSH=+1/TYPE=PLMN@other.example, WAPPUSH=+1/TYPE=PLMN@other.example"})
    void addresses_have_the_form_of_what_they_are(String text, String value) {
        assertThat(PapAddress.parse(text).orElseThrow().value("ppg.example")).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a b", "WAPPUSH=", "WAPPUSH=x", "WAPPUSH=a/b/TYPE=PLMN@h", "\u0001", "ü",
            "WAPPUSH=\"/TYPE=PLMN@h\"/><x"})
    void what_can_be_nobodys_address_is_refused(String text) throws Exception {
        try (PapDoorbell bell = bell(URI.create("http://127.0.0.1:1/"), null)) {
            assertThat(bell.objection(text)).isPresent();
            assertThat(bell.ring(Rings.to(text))).isInstanceOf(Result.AddressEnded.class);
        }
    }

    @Test
    void every_code_says_what_is_to_be_done() throws Exception {
        try (FakeGateway gateway = new FakeGateway(); PapDoorbell bell = bell(gateway.at("/"), null)) {
            for (int code : List.of(1000, 1001, 2007)) {
                gateway.saying(call -> response(code));
                assertThat(bell.ring(RING)).isEqualTo(new Result.Taken(PUSH_ID));
            }
            for (int code : List.of(2002, 2003)) {
                gateway.saying(call -> response(code));
                assertThat(bell.ring(RING)).isInstanceOf(Result.AddressEnded.class);
            }
            for (int code : List.of(2000, 2001, 2004, 2005, 2006, 2008, 3000, 3001, 3002, 3003, 3004, 3005, 3006, 3007,
                    3008, 3009, 3010, 3011, 5000, 9999)) {
                gateway.saying(call -> response(code));
                assertThat(bell.ring(RING))
                        .isEqualTo(new Result.Failed("the gateway says " + code + ", words & more", null));
            }
            for (int code : List.of(4000, 4001)) {
                gateway.saying(call -> response(code));
                assertThat(bell.ring(RING)).isEqualTo(new Result.Failed(
                        "the gateway says " + code + ", words & more", Duration.ofSeconds(30)));
            }
        }
    }

    @Test
    void what_is_no_answer_is_a_failure_and_tells_no_secret() throws Exception {
        String bomb = "<?xml version=\"1.0\"?><!DOCTYPE pap [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;\">"
                + "<!ENTITY f SYSTEM \"file:///etc/passwd\">]><pap><push-response push-id=\"" + PUSH_ID
                + "\"><response-result code=\"1001\" desc=\"&f;&b;\"/></push-response></pap>";
        List<Say> answers = List.of(Say.of(200, ""), Say.of(200, "hello"), Say.of(202, "<pap/>"),
                Say.of(202, "<pap><push-response push-id='1'/></pap>"), Say.of(202, "<html><body/></html>"),
                Say.of(202, "<pap><push-response push-id='other'><response-result code='1001'/></push-response></pap>"),
                Say.of(202, "<pap><badmessage-response code='1000' desc='a lie'/></pap>"),
                Say.of(202, "<pap><badmessage-response code='2002' desc='no address'/></pap>"),
                Say.of(202, "<pap><badmessage-response code='2007' desc='no duplicate'/></pap>"),
                Say.of(202, "<pap><response-result code='x'/></pap>"), Say.of(401, "no"), Say.of(500, "no"),
                Say.of(202, bomb), Say.of(202, "x".repeat(100_000)),
                new Say(302, Map.of("Location", "http://127.0.0.1:1/"), dev.grove.wire.Bytes.EMPTY));
        try (FakeGateway gateway = new FakeGateway(); PapDoorbell bell = bell(gateway.at("/"), null)) {
            for (Say answer : answers) {
                gateway.saying(call -> answer);
                Result result = bell.ring(RING);
                assertThat(result).as(answer.body().utf8()).isInstanceOf(Result.Failed.class);
                assertThat(result.toString()).doesNotContain("secret").doesNotContain("Z3JvdmU6c2VjcmV0")
                        .doesNotContain("root:");
            }
            gateway.saying(call -> new Say(503, Map.of("Retry-After", "120"), dev.grove.wire.Bytes.EMPTY));
            assertThat(bell.ring(RING))
                    .isEqualTo(new Result.Failed("the gateway says HTTP 503", Duration.ofMinutes(2)));
        }
        assertThat(settings(URI.create("http://h/"), null).toString()).doesNotContain("secret")
                .doesNotContain("0123456789abcdef");
    }

    @Test
    void a_gateway_that_is_slow_or_not_there_costs_little_time() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (FakeGateway gateway = new FakeGateway().saying(call -> {
            wait(end);
            return response(1001);
        });
                PapDoorbell slow = bell(gateway.at("/"), null);
                PapDoorbell gone = bell(URI.create("http://127.0.0.1:1/"), null)) {
            assertThat(slow.ring(RING).toString()).contains("the gateway could not be told");
            assertThat(gone.ring(RING).toString()).contains("the gateway could not be told: ConnectException");
        } finally {
            end.countDown();
        }
    }

    @Test
    void speaks_tls_with_a_gateway_that_it_can_trust(@TempDir Path folder) throws Exception {
        TestKeys keys = TestKeys.make(folder);
        try (FakeGateway gateway = new FakeGateway(keys.server()).saying(call -> response(1000));
                PapDoorbell bell = bell(gateway.at("/"), Trust.in(keys.authorities(), TestKeys.PASSWORD));
                PapDoorbell stranger = bell(gateway.at("/"), null)) {
            assertThat(bell.ring(RING)).isInstanceOf(Result.Taken.class);
            assertThat(stranger.ring(RING)).isInstanceOf(Result.Failed.class);
        }
    }

    @Test
    void result_notifications_are_passed_on_and_answered() throws Exception {
        try (PapDoorbell bell = bell(URI.create("http://127.0.0.1:1/"), null)) {
            var door = bell.door().orElseThrow();
            assertThat(door.path()).isEqualTo("/reports/0123456789abcdef");

            HttpAnswer.Whole answer = told(door.handler(), outcome("delivered"));
            assertThat(answer.status()).isEqualTo(202);
            assertThat(answer.body().utf8()).contains("<resultnotification-response push-id=\"" + PUSH_ID
                    + "\" code=\"1000\" desc=\"OK\">\n<address address-value=\"WAPPUSH=+358/TYPE=PLMN@ppg\"/>");
            assertThat(receipts.next()).isEqualTo(new Receipt("pap", PUSH_ID, true, "delivered: so it is"));
            for (String state : List.of("rejected", "undeliverable", "expired", "aborted", "timeout", "cancelled")) {
                told(door.handler(), outcome(state));
                assertThat(receipts.next()).isEqualTo(new Receipt("pap", PUSH_ID, false, state + ": so it is"));
            }
            for (String other : List.of(outcome("pending"), outcome("unknown"), "nonsense", "<pap/>", "",
                    outcome("delivered").replace(PUSH_ID, "x".repeat(300)))) {
                told(door.handler(), other);
            }
            assertThat(told(door.handler(), "nonsense").body().utf8()).contains("<badmessage-response code=\"2000\"");
            assertThat(told(door.handler(), " ".repeat(20_000)).status()).isEqualTo(413);
            assertThat(door.handler().handle(FakeCall.of("GET", "/reports/0123456789abcdef", "")).status())
                    .isEqualTo(405);
            assertThat(receipts.isEmpty()).isTrue();
        }
    }

    // ---- how it is done

    private static HttpAnswer.Whole told(dev.grove.server.http.HttpHandler handler, String body) {
        return (HttpAnswer.Whole) handler.handle(FakeCall.of("POST", "/reports/0123456789abcdef", body));
    }

    private static String outcome(String state) {
        return "<?xml version=\"1.0\"?><!DOCTYPE pap PUBLIC \"-//WAPFORUM//DTD PAP 1.0//EN\""
                + " \"http://www.wapforum.org/DTD/pap_1.0.dtd\"><pap><resultnotification-message push-id=\"" + PUSH_ID
                + "\" sender-address=\"ppg\" message-state=\"" + state + "\" code=\"1000\" desc=\"so it is\">"
                + "<address address-value=\"WAPPUSH=+358/TYPE=PLMN@ppg\"/></resultnotification-message></pap>";
    }

    private static Say response(int code) {
        return Say.of(202, "<?xml version=\"1.0\"?><!DOCTYPE pap PUBLIC \"-//WAPFORUM//DTD PAP 1.0//EN\""
                + " \"http://www.wapforum.org/DTD/pap_1.0.dtd\"><pap><push-response push-id=\"" + PUSH_ID
                + "\" sender-name=\"ppg\" reply-time=\"2026-11-22T01:19:38Z\" sender-address=\"/wappush\">"
                + "<progress-note stage=\"cc\"/><response-result code =\"" + code
                + "\" desc=\"words &amp; more\"></response-result></push-response></pap>");
    }

    private PapDoorbell bell(URI gateway, @Nullable SSLContext tls) {
        return new PapDoorbell(settings(gateway, tls), receipts, Clock.systemUTC());
    }

    private static PapSettings settings(URI gateway, @Nullable SSLContext tls) {
        return new PapSettings(gateway, tls, new User("grove", "secret"), "ppg.example",
                new Quality(Delivery.UNCONFIRMED, "", "SMS"), REPORTS, new Flow(4, 0, Duration.ofSeconds(1)));
    }

    private static void wait(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
