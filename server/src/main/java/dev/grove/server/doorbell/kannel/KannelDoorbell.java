package dev.grove.server.doorbell.kannel;

import dev.grove.notify.envelope.ShortMessage;
import dev.grove.server.doorbell.HttpGateway;
import dev.grove.server.doorbell.ReceiptName;
import dev.grove.server.doorbell.Receipts;
import dev.grove.server.doorbell.ReportedDoorbell;
import dev.grove.server.doorbell.TextMessages;
import dev.grove.server.doorbell.Words;
import dev.grove.server.doorbell.sms.SmsNumber;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Text messages through a Kannel: the smsbox takes header and data of each by HTTP POST. The password goes in a header
 * field and not in the address, which Kannel writes into its log.
 */
public final class KannelDoorbell implements ReportedDoorbell {

    public static final String BEARER = "kannel";

    /** Delivered or not: all else changes nothing here. */
    private static final String FINAL_REPORTS = "19";
    private static final Duration LONGEST_VALIDITY = Duration.ofDays(30);

    private final KannelSettings settings;
    private final Clock clock;
    private final HttpGateway gateway;
    private final Receipts receipts;
    private final TextMessages messages = new TextMessages();

    public KannelDoorbell(KannelSettings settings, Receipts receipts, Clock clock) {
        this.settings = settings;
        this.receipts = receipts;
        this.clock = clock;
        gateway = new HttpGateway(settings.tls(), settings.flow().patience(), clock);
    }

    @Override
    public String bearer() {
        return BEARER;
    }

    @Override
    public Pace pace() {
        return settings.flow().pace();
    }

    @Override
    public Optional<String> objection(String address) {
        return SmsNumber.objection(address);
    }

    @Override
    public Optional<Door> door() {
        return Optional.ofNullable(settings.reports())
                .map(reports -> new Door(reports.getRawPath(), new KannelReports(receipts)));
    }

    @Override
    public Result ring(Ring ring) throws InterruptedException {
        Optional<SmsNumber> number = SmsNumber.parse(ring.address());
        if (number.isEmpty()) {
            return new Result.AddressEnded("'" + ring.address() + "' is no telephone number");
        }
        List<ShortMessage> parts = messages.of(ring.notification());
        // Kannel tells of messages, not of notifications: only one that is one message can be told of.
        String receipt = settings.reports() == null || parts.size() > 1 ? null : ReceiptName.of(ring);
        for (ShortMessage part : parts) {
            Optional<Result> refusal = send(ring, number.get(), part, receipt);
            if (refusal.isPresent()) {
                return refusal.get();
            }
        }
        return new Result.Taken(receipt);
    }

    private Optional<Result> send(Ring ring, SmsNumber number, ShortMessage part, @Nullable String receipt)
            throws InterruptedException {
        try {
            HttpGateway.Answer answer = gateway.call(request(ring, number, part, receipt));
            return answer.status() == 202 || answer.status() == 200 ? Optional.empty() : Optional.of(refusal(answer));
        } catch (IOException failed) {
            return Optional.of(new Result.Failed("Kannel could not be told: " + failed.getMessage(), null));
        }
    }

    private HttpRequest request(Ring ring, SmsNumber number, ShortMessage part, @Nullable String receipt) {
        long minutes = Math.clamp(Duration.between(clock.instant(), ring.goodUntil()).toMinutes(), 1,
                LONGEST_VALIDITY.toMinutes());
        HttpRequest.Builder request = HttpRequest.newBuilder(settings.sendsms())
                .timeout(settings.flow().patience())
                .header("Content-Type", "application/octet-stream")
                .header("X-Kannel-Username", settings.user().name())
                .header("X-Kannel-Password", settings.user().password())
                .header("X-Kannel-To", number.toString())
                .header("X-Kannel-Coding", "1")
                .header("X-Kannel-UDH", part.header().hex())
                .header("X-Kannel-Validity", Long.toString(minutes));
        if (!settings.from().isEmpty()) {
            request.header("X-Kannel-From", settings.from());
        }
        if (!settings.smsc().isEmpty()) {
            request.header("X-Kannel-SMSC", settings.smsc());
        }
        URI reports = settings.reports();
        if (receipt != null && reports != null) {
            request.header("X-Kannel-DLR-Mask", FINAL_REPORTS)
                    .header("X-Kannel-DLR-Url", KannelReports.address(reports, receipt));
        }
        return request.POST(BodyPublishers.ofByteArray(part.payload().toArray())).build();
    }

    /** [Kannel user guide, "SMS push HTTP interface"] */
    private static Result refusal(HttpGateway.Answer answer) {
        String words = answer.body().utf8().strip();
        String reason = "Kannel says " + answer.status() + (words.isEmpty() ? "" : ", " + Words.of(words));
        return switch (answer.status()) {
            case 400, 404 -> words.contains("denied")
                    ? new Result.AddressEnded(reason)
                    : new Result.Failed(reason, null);
            default -> answer.failed(reason);
        };
    }

    @Override
    public void close() {
        gateway.close();
    }
}
