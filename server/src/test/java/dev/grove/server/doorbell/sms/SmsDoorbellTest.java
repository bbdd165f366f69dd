package dev.grove.server.doorbell.sms;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.grove.server.doorbell.Doorbell.Result;
import dev.grove.server.doorbell.Doorbell.Ring;
import dev.grove.server.doorbell.Rings;
import dev.grove.server.doorbell.Rings.Receipt;
import dev.grove.server.doorbell.TestKeys;
import dev.grove.server.doorbell.Trust;
import dev.grove.server.doorbell.sms.SmppSettings.Bind;
import dev.grove.server.doorbell.sms.SmppSettings.Centre;
import dev.grove.server.doorbell.sms.SmppSettings.Flow;
import dev.grove.server.doorbell.sms.SmppSettings.Numbering;
import dev.grove.server.doorbell.sms.SmppSettings.Source;
import dev.grove.server.doorbell.sms.SmppSettings.Times;
import dev.grove.wire.Bytes;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.SubmitSm;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@Timeout(60)
class SmsDoorbellTest {

    private static final Ring RING = Rings.to("+358 40 1234567");

    private final Rings.Inbox receipts = new Rings.Inbox();

    @Test
    void submits_the_vector_of_the_facts_as_8_bit_data_with_a_header() throws Exception {
        try (Smsc smsc = new Smsc(); SmsDoorbell bell = bell(smsc.port())) {
            assertThat(rung(bell, RING)).isInstanceOf(Result.Taken.class);

            SubmitSm message = smsc.next();
            assertThat(Bytes.wrap(message.getShortMessage())).isEqualTo(Rings.USER_DATA);
            assertThat(message.getEsmClass()).isEqualTo((byte) 0x40);
            assertThat(message.getDataCoding()).isEqualTo((byte) 0x04);
            assertThat(message.getRegisteredDelivery()).isEqualTo((byte) 1);
            assertThat(message.getDestAddress()).isEqualTo("358401234567");
            assertThat(List.of(message.getDestAddrTon(), message.getDestAddrNpi())).containsOnly((byte) 1);
            assertThat(message.getSourceAddr()).isEqualTo("100");
            assertThat(List.of(message.getSourceAddrTon(), message.getSourceAddrNpi()))
                    .containsExactly((byte) 3, (byte) 1);
            assertThat(message.getValidityPeriod()).startsWith("0000000059").endsWith("000R");
        }
    }

    @Test
    void numbers_without_a_plus_have_the_numbering_that_was_set() throws Exception {
        try (Smsc smsc = new Smsc(); SmsDoorbell bell = bell(smsc.port())) {
            rung(bell, Rings.to("0401234567"));

            SubmitSm message = smsc.next();
            assertThat(message.getDestAddress()).isEqualTo("0401234567");
            assertThat(message.getDestAddrTon()).isEqualTo((byte) 2);
        }
    }

    @Test
    void a_long_notification_goes_in_several_messages_and_has_arrived_when_all_have() throws Exception {
        try (Smsc smsc = new Smsc(); SmsDoorbell bell = bell(smsc.port())) {
            Result result = rung(bell, Rings.to("+358401234567", Rings.TRIGGER.plus(Bytes.wrap(new byte[200]))));

            Bytes first = Bytes.wrap(smsc.next().getShortMessage());
            Bytes second = Bytes.wrap(smsc.next().getShortMessage());
            assertThat(first.length()).isEqualTo(140);
            assertThat(first.slice(1, 7)).isEqualTo(second.slice(1, 7));
            assertThat(first.slice(7, 9).hex() + first.slice(10, 12).hex()).isEqualTo("00030201");
            assertThat(second.slice(7, 9).hex() + second.slice(10, 12).hex()).isEqualTo("00030202");
            assertThat(first.slice(12, 140).plus(second.slice(12, second.length())))
                    .isEqualTo(Rings.PUSH.plus(Bytes.wrap(new byte[200])));
            smsc.report("id:ad sub:001 dlvrd:001 stat:DELIVRD err:000 text:");
            assertThat(receipts.isEmpty()).isTrue();
            smsc.report("id:ac sub:001 dlvrd:001 stat:DELIVRD err:000 text:");
            assertThat(receipts.next()).isEqualTo(new Receipt("sms", receipt(result), true, "DELIVRD"));
        }
    }

    @Test
    void tells_what_became_of_a_message_by_text_by_parameters_and_by_the_number_in_another_base() throws Exception {
        try (Smsc smsc = new Smsc(); SmsDoorbell bell = bell(smsc.port())) {
            String first = receipt(rung(bell, RING));
            String second = receipt(rung(bell, RING));
            String third = receipt(rung(bell, RING));

            smsc.report("id:" + first + " sub:001 dlvrd:000 submit date:2611220000 done date:2611220001"
                    + " stat:UNDELIV err:27 Text:");
            assertThat(receipts.next()).isEqualTo(new Receipt("sms", first, false, "UNDELIV, error 27"));
            smsc.report("", new OptionalParameter.Receipted_message_id(second),
                    new OptionalParameter.Message_state((byte) 2));
            assertThat(receipts.next()).isEqualTo(new Receipt("sms", second, true, "DELIVRD"));
            smsc.report("id:" + Long.parseLong(third, 16) + " stat:expired");
            assertThat(receipts.next()).isEqualTo(new Receipt("sms", third, false, "EXPIRED"));
        }
    }

    @Test
    void what_a_centre_makes_up_changes_nothing() throws Exception {
        try (Smsc smsc = new Smsc(); SmsDoorbell bell = bell(smsc.port())) {
            String receipt = receipt(rung(bell, RING));

            for (String lie : List.of("id:999 stat:DELIVRD", "stat:DELIVRD", "id:" + receipt + " stat:ACCEPTD",
                    "id:" + receipt, "", "id: stat:", "hello", "id:" + "9".repeat(200) + " stat:DELIVRD")) {
                smsc.report(lie);
            }
            smsc.report("id:" + receipt + " stat:DELIVRD");
            smsc.report("id:" + receipt + " stat:UNDELIV");

            assertThat(receipts.next()).isEqualTo(new Receipt("sms", receipt, true, "DELIVRD"));
            assertThat(receipts.isEmpty()).isTrue();
        }
    }

    @Test
    void refusals_say_whether_the_number_is_to_blame() throws Exception {
        try (Smsc smsc = new Smsc(); SmsDoorbell bell = bell(smsc.port())) {
            rung(bell, RING);

            smsc.judge = message -> 0x0B;
            assertThat(bell.ring(RING)).isEqualTo(new Result.AddressEnded(
                    "the message centre says invalid destination address (status b)"));
            smsc.judge = message -> 0x58;
            assertThat(bell.ring(RING)).isEqualTo(new Result.Failed("the message centre says throttled (status 58)",
                    Duration.ofSeconds(10)));
            smsc.judge = message -> 0x4FF;
            assertThat(bell.ring(RING)).isEqualTo(
                    new Result.Failed("the message centre says an error of its own (status 4ff)", null));
        }
    }

    @Test
    void a_centre_that_refuses_us_or_is_not_there_is_named_and_no_password_is() throws Exception {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level level = root.getLevel();
        lines.start();
        root.setLevel(Level.TRACE);
        root.addAppender(lines);
        try (Smsc smsc = new Smsc();
                SmsDoorbell bell = new SmsDoorbell(settings(new Centre("127.0.0.1", smsc.port(), "grove", "not-it99",
                        ""), null, Bind.TRANSCEIVER), receipts, Clock.systemUTC())) {
            Result.Failed failed = (Result.Failed) until(bell,
                    result -> result instanceof Result.Failed(var why, var later) && why.contains("refuses"));
            assertThat(failed.reason()).contains("invalid password").doesNotContain("not-it99");
            assertThat(failed.retryAfter()).isNotNull();
        } finally {
            root.detachAppender(lines);
            root.setLevel(level);
        }
        // The simulator is the same library on the other side: it may write what it reads.
        String log = lines.list.stream().map(ILoggingEvent::getFormattedMessage)
                .filter(line -> !line.startsWith("Received PDU")).toList().toString();
        assertThat(log).contains("127.0.0.1").doesNotContain("not-it99")
                .doesNotContain(Bytes.utf8("not-it99").hex());
    }

    @Test
    void connects_again_after_the_connection_was_lost() throws Exception {
        try (Smsc smsc = new Smsc(); SmsDoorbell bell = bell(smsc.port())) {
            rung(bell, RING);
            smsc.hangUp();

            assertThat(rung(bell, RING)).isInstanceOf(Result.Taken.class);
            assertThat(smsc.sessions).hasSizeGreaterThan(1);
        }
    }

    @Test
    void each_loss_of_the_connection_is_in_the_log() throws Exception {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        Logger log = (Logger) LoggerFactory.getLogger(SmscLink.class);
        lines.start();
        log.addAppender(lines);
        try (Smsc smsc = new Smsc(); SmsDoorbell bell = bell(smsc.port())) {
            for (int i = 0; i < 3; i++) {
                rung(bell, RING);
                smsc.hangUp();
            }
            rung(bell, RING);
        } finally {
            log.detachAppender(lines);
        }
        assertThat(lines.list.stream().filter(line -> line.getLevel() == Level.WARN)
                .filter(line -> line.getFormattedMessage().contains("the connection was lost"))).hasSize(3);
    }

    @Test
    void a_slow_centre_is_left_after_the_time_that_was_set() throws Exception {
        CountDownLatch patience = new CountDownLatch(1);
        try (Smsc smsc = new Smsc(); SmsDoorbell bell = bell(smsc.port())) {
            rung(bell, RING);
            smsc.judge = message -> await(patience);

            assertThat(bell.ring(RING)).isEqualTo(
                    new Result.Failed("the message centre did not answer within PT0.8S", null));
        } finally {
            patience.countDown();
        }
    }

    @Test
    void no_more_messages_are_unanswered_than_the_window_allows() throws Exception {
        try (Smsc smsc = new Smsc();
                SmsDoorbell bell = bell(smsc.port());
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            rung(bell, RING);
            List<Future<Result>> all = IntStream.range(0, 40).mapToObj(i -> callers.submit(() -> bell.ring(RING)))
                    .toList();

            for (Future<Result> each : all) {
                assertThat(each.get()).isInstanceOf(Result.Taken.class);
            }
            assertThat(smsc.mostUnderWay).hasValueLessThanOrEqualTo(4);
        }
    }

    @Test
    void holds_one_connection_to_send_and_one_to_be_told_where_a_centre_wants_two() throws Exception {
        try (Smsc smsc = new Smsc();
                SmsDoorbell bell = new SmsDoorbell(settings(centre(smsc.port()), null, Bind.TRANSMITTER_AND_RECEIVER),
                        receipts, Clock.systemUTC())) {
            String receipt = receipt(rung(bell, RING));
            while (smsc.sessions.stream().noneMatch(each -> each.getSessionState().isReceivable())) {
                Thread.onSpinWait();
            }
            smsc.report("id:" + receipt + " stat:DELIVRD");

            assertThat(receipts.next()).isEqualTo(new Receipt("sms", receipt, true, "DELIVRD"));
        }
    }

    @Test
    void speaks_tls_with_a_centre_that_it_can_trust(@TempDir Path folder) throws Exception {
        TestKeys keys = TestKeys.make(folder);
        try (Smsc smsc = new Smsc(keys.server().getServerSocketFactory(), 0);
                SmsDoorbell bell = new SmsDoorbell(settings(centre(smsc.port()),
                        Trust.in(keys.authorities(), TestKeys.PASSWORD), Bind.TRANSCEIVER), receipts,
                        Clock.systemUTC());
                SmsDoorbell stranger = new SmsDoorbell(
                        settings(centre(smsc.port()), Trust.in(null, ""), Bind.TRANSCEIVER), receipts,
                        Clock.systemUTC())) {
            assertThat(rung(bell, RING)).isInstanceOf(Result.Taken.class);
            assertThat(until(stranger, result -> result.toString().contains("SSLHandshakeException")))
                    .isInstanceOf(Result.Failed.class);
        }
    }

    @Test
    void only_numbers_are_addresses() throws Exception {
        try (SmsDoorbell bell = bell(1)) {
            assertThat(bell.objection("+358 40-1234567")).isEmpty();
            for (String none : List.of("", "abc", "+", "12", "+1234567890123456", "1\u0000", "12a45", "++123",
                    "1".repeat(10_000), "٣٤٥٦")) {
                assertThat(bell.objection(none)).isPresent();
                assertThat(bell.ring(Rings.to(none))).isInstanceOf(Result.AddressEnded.class);
            }
        }
    }

    @Test
    void validity_has_the_form_of_a_time_from_now() {
        assertThat(SmsDoorbell.validity(Duration.ofSeconds(90_061))).isEqualTo("000001010101000R");
        assertThat(SmsDoorbell.validity(Duration.ofDays(400))).isEqualTo("000030000000000R");
        assertThat(SmsDoorbell.validity(Duration.ofSeconds(-5))).isEqualTo("000000000001000R");
        Locale usual = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(SmsDoorbell.validity(Duration.ofDays(2))).isEqualTo("000002000000000R");
        } finally {
            Locale.setDefault(usual);
        }
    }

    // ---- how it is done

    private SmsDoorbell bell(int port) {
        return new SmsDoorbell(settings(centre(port), null, Bind.TRANSCEIVER), receipts, Clock.systemUTC());
    }

    private static Centre centre(int port) {
        return new Centre("127.0.0.1", port, "grove", "secret", "");
    }

    private static SmppSettings settings(Centre centre, @Nullable SSLContext tls, Bind bind) {
        return new SmppSettings(centre, tls, bind, new Source("100", new Numbering(3, 1)), new Numbering(2, 1), true,
                new Times(Duration.ofMillis(800), Duration.ofSeconds(5), Duration.ofMillis(20),
                        Duration.ofMillis(100)),
                new Flow(4, 0));
    }

    /** The result once there is a connection. */
    private static Result rung(SmsDoorbell bell, Ring ring) throws InterruptedException {
        return until(bell, ring, result -> !(result instanceof Result.Failed));
    }

    private static Result until(SmsDoorbell bell, java.util.function.Predicate<Result> enough)
            throws InterruptedException {
        return until(bell, RING, enough);
    }

    private static Result until(SmsDoorbell bell, Ring ring, java.util.function.Predicate<Result> enough)
            throws InterruptedException {
        Result result = bell.ring(ring);
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20); !enough.test(result)
                && System.nanoTime() < end;) {
            Thread.onSpinWait();
            result = bell.ring(ring);
        }
        return result;
    }

    private static String receipt(Result result) {
        return Objects.requireNonNull(((Result.Taken) result).receipt());
    }

    private static int await(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS) ? 0 : 8;
        } catch (InterruptedException _) {
            return 8;
        }
    }
}
