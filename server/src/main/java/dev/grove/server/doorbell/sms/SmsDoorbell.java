package dev.grove.server.doorbell.sms;

import dev.grove.notify.envelope.ShortMessage;
import dev.grove.server.doorbell.Doorbell;
import dev.grove.server.doorbell.Receipts;
import dev.grove.server.doorbell.TextMessages;
import dev.grove.server.doorbell.sms.SmppSettings.Numbering;
import dev.grove.wire.Bytes;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jsmpp.InvalidResponseException;
import org.jsmpp.PDUException;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.RawDataCoding;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.SMSCDeliveryReceipt;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ResponseTimeoutException;
import org.jsmpp.session.SMPPSession;

/**
 * Text messages by SMPP 3.4: the notification in a WAP push, the push in 8-bit user data to port 2948, over several
 * messages if one is too short ([DMNOTI 1.2 §5]).
 */
public final class SmsDoorbell implements Doorbell {

    public static final String BEARER = "sms";

    /** A user data header comes first ([SMPP 3.4 §5.2.12]). */
    private static final byte HEADER_FIRST = 0x40;
    /** 8-bit data ([SMPP 3.4 §5.2.19]). */
    private static final byte EIGHT_BIT = 0x04;
    private static final Duration LONGEST_VALIDITY = Duration.ofDays(30);
    private static final int REMEMBERED = 100_000;

    private final SmppSettings settings;
    private final Clock clock;
    private final SmsReceipts receipts;
    private final Semaphore window;
    private final TextMessages messages = new TextMessages();
    private final List<SmscLink> links;

    /** Begins to connect; whoever rings before that is told so. */
    public SmsDoorbell(SmppSettings settings, Receipts told, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        receipts = new SmsReceipts(told, REMEMBERED);
        window = new Semaphore(settings.flow().window());
        DeliveryListener listener = new DeliveryListener(receipts::told);
        links = switch (settings.bind()) {
            case TRANSCEIVER -> List.of(new SmscLink(settings, BindType.BIND_TRX, listener));
            case TRANSMITTER_AND_RECEIVER -> List.of(new SmscLink(settings, BindType.BIND_TX, listener),
                    new SmscLink(settings, BindType.BIND_RX, listener));
        };
    }

    @Override
    public String bearer() {
        return BEARER;
    }

    @Override
    public Pace pace() {
        return new Pace(settings.flow().perSecond(), settings.flow().window());
    }

    @Override
    public Optional<String> objection(String address) {
        return SmsNumber.objection(address);
    }

    @Override
    public Result ring(Ring ring) throws InterruptedException {
        Optional<SmsNumber> number = SmsNumber.parse(ring.address());
        if (number.isEmpty()) {
            return new Result.AddressEnded("'" + ring.address() + "' is no telephone number");
        }
        Optional<SMPPSession> session = links.getFirst().session();
        if (session.isEmpty()) {
            return new Result.Failed("no connection to the message centre: " + links.getFirst().trouble(),
                    links.getFirst().pause());
        }
        List<String> messageIds = new ArrayList<>();
        for (ShortMessage part : messages.of(ring.notification())) {
            if (!window.tryAcquire(settings.times().answer().toMillis(), TimeUnit.MILLISECONDS)) {
                return new Result.Failed("the message centre leaves " + settings.flow().window()
                        + " messages unanswered", settings.times().answer());
            }
            try {
                messageIds.add(submit(session.get(), number.get(), part.encode(), ring.goodUntil()));
            } catch (NegativeResponseException refused) {
                return SmppStatus.refusal(refused.getCommandStatus());
            } catch (ResponseTimeoutException _) {
                return new Result.Failed("the message centre did not answer within " + settings.times().answer(),
                        null);
            } catch (IOException | PDUException | InvalidResponseException failed) {
                return new Result.Failed("the message centre could not be told: " + failed.getMessage(), null);
            } finally {
                window.release();
            }
        }
        return settings.wantsReceipts() && messageIds.stream().noneMatch(String::isEmpty)
                ? receipts.expect(messageIds)
                : new Result.Taken(null);
    }

    private String submit(SMPPSession session, SmsNumber number, Bytes userData, Instant goodUntil)
            throws NegativeResponseException, ResponseTimeoutException, IOException, PDUException,
            InvalidResponseException {
        Numbering source = settings.source().numbering();
        Numbering destination = number.isInternational() ? Numbering.INTERNATIONAL : settings.nationals();
        String messageId = session.submitShortMessage("", type(source), plan(source), settings.source().address(),
                type(destination), plan(destination), number.digits(), new ESMClass(HEADER_FIRST), (byte) 0, (byte) 0,
                "", validity(Duration.between(clock.instant(), goodUntil)),
                new RegisteredDelivery(settings.wantsReceipts() ? SMSCDeliveryReceipt.SUCCESS_FAILURE
                        : SMSCDeliveryReceipt.DEFAULT),
                (byte) 0, new RawDataCoding(EIGHT_BIT), (byte) 0, userData.toArray()).getMessageId();
        return messageId == null ? "" : messageId;
    }

    /** From now on, for clocks differ ([SMPP 3.4 §7.1.1]). */
    static String validity(Duration left) {
        Duration bounded = left.compareTo(LONGEST_VALIDITY) > 0 ? LONGEST_VALIDITY : left;
        Duration atLeast = bounded.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : bounded;
        return String.format(Locale.ROOT, "0000%02d%02d%02d%02d000R", atLeast.toDays(), atLeast.toHoursPart(),
                atLeast.toMinutesPart(), atLeast.toSecondsPart());
    }

    private static TypeOfNumber type(Numbering numbering) {
        return TypeOfNumber.valueOf((byte) numbering.type());
    }

    private static NumberingPlanIndicator plan(Numbering numbering) {
        return NumberingPlanIndicator.valueOf((byte) numbering.plan());
    }

    @Override
    public void close() {
        links.forEach(SmscLink::close);
    }
}
