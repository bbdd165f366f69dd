package dev.grove.server.doorbell.pap;

import dev.grove.server.doorbell.HttpGateway;
import dev.grove.server.doorbell.ReceiptName;
import dev.grove.server.doorbell.Receipts;
import dev.grove.server.doorbell.ReportedDoorbell;
import dev.grove.server.doorbell.pap.PapDocument.Said;
import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import dev.grove.wire.Malformed;
import dev.grove.wire.Multipart;
import dev.grove.wire.Packet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Notifications through a push proxy gateway, which chooses the bearer: one push each ([WAP-247-PAP §9.2]). */
public final class PapDoorbell implements ReportedDoorbell {

    public static final String BEARER = "pap";

    private static final String CONTROL = "application/xml";
    private static final String APPLICATION = "x-wap-application:syncml.dm";

    private final PapSettings settings;
    private final Receipts receipts;
    private final HttpGateway gateway;

    public PapDoorbell(PapSettings settings, Receipts receipts, Clock clock) {
        this.settings = settings;
        this.receipts = receipts;
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
        return PapAddress.parse(address).isPresent() ? Optional.empty()
                : Optional.of("a gateway's address is a telephone number, an internet address, a name of visible"
                        + " ASCII characters, or WAPPUSH=.../TYPE=...@host");
    }

    @Override
    public Optional<Door> door() {
        return Optional.ofNullable(settings.reports())
                .map(reports -> new Door(reports.getRawPath(), new PapReports(receipts)));
    }

    @Override
    public Result ring(Ring ring) throws InterruptedException {
        Optional<PapAddress> address = PapAddress.parse(ring.address());
        if (address.isEmpty()) {
            return new Result.AddressEnded("'" + ring.address() + "' is no address of a push proxy gateway");
        }
        String pushId = ReceiptName.of(ring) + "@grove";
        URI reports = settings.reports();
        Bytes control = PapDocument.write(new PapDocument.Push(pushId, address.get().value(settings.addressHost()),
                ring.goodUntil(), reports == null ? null : reports.toString(), settings.quality()));
        try {
            return result(gateway.call(request(control, ring.notification())), pushId,
                    reports == null ? null : pushId);
        } catch (IOException failed) {
            return new Result.Failed("the gateway could not be told: " + failed.getMessage(), null);
        }
    }

    /** Binary parts: a known gateway does not decode any transfer encoding. */
    private HttpRequest request(Bytes control, Packet notification) {
        Packet form = new Multipart(List.of(new Multipart.Part(Headers.of("Content-Type", CONTROL), control),
                new Multipart.Part(Headers.of("Content-Type", notification.mediaType())
                        .with("X-Wap-Application-Id", APPLICATION), notification.body())))
                .write();
        String boundary = form.mediaType().substring(form.mediaType().indexOf("boundary="));
        HttpRequest.Builder request = HttpRequest.newBuilder(settings.gateway()).timeout(settings.flow().patience())
                .header("Content-Type", "multipart/related; " + boundary + "; type=\"" + CONTROL + "\"")
                // A known gateway sends this field, and others, on to the device, where every byte counts.
                .header("User-Agent", "g");
        PapSettings.User user = settings.user();
        if (user != null) {
            request.header("Authorization", "Basic " + Bytes.utf8(user.name() + ":" + user.password()).base64());
        }
        return request.POST(BodyPublishers.ofByteArray(form.body().toArray())).build();
    }

    private static Result result(HttpGateway.Answer answer, String pushId, @Nullable String receipt) {
        if (answer.status() / 100 != 2) {
            return answer.failed("the gateway says HTTP " + answer.status());
        }
        try {
            return switch (PapDocument.read(answer.body())) {
                case Said.Response(String id, int code, String words) -> id.equals(pushId)
                        ? PapCodes.result(code, words, receipt)
                        : new Result.Failed("the gateway answers for another push", null);
                // It speaks of the document, whatever the code: nothing was taken, and no address is to blame.
                case Said.BadMessage(int code, String words) -> new Result.Failed(PapCodes.reason(code, words), null);
                case Said.Outcome _ -> new Result.Failed("the gateway answers with a result notification", null);
            };
        } catch (Malformed malformed) {
            return new Result.Failed("the gateway's answer is no push-response: " + malformed.getMessage(), null);
        }
    }

    @Override
    public void close() {
        gateway.close();
    }
}
