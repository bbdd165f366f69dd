package dev.grove.server.doorbell.pap;

import dev.grove.server.doorbell.Receipts;
import dev.grove.server.doorbell.pap.PapDocument.Said;
import dev.grove.server.http.BodyRefused;
import dev.grove.server.http.HttpAnswer;
import dev.grove.server.http.HttpCall;
import dev.grove.server.http.HttpHandler;
import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import dev.grove.wire.Malformed;
import java.util.Locale;

/** Takes result notifications ([WAP-247-PAP §9.6]) and answers them. */
final class PapReports implements HttpHandler {

    private static final int MAX_BODY_BYTES = 16 << 10;
    private static final int ACCEPTED = 202;

    private final Receipts receipts;

    PapReports(Receipts receipts) {
        this.receipts = receipts;
    }

    @Override
    public HttpAnswer handle(HttpCall call) {
        if (!call.method().equals("POST")) {
            return HttpAnswer.text(405, "A gateway posts its result notifications.");
        }
        try {
            return PapDocument.read(call.body(MAX_BODY_BYTES)) instanceof Said.Outcome outcome ? taken(outcome)
                    : document(PapDocument.refuse());
        } catch (BodyRefused refused) {
            return HttpAnswer.text(refused.status(), refused.reason());
        } catch (Malformed malformed) {
            return document(PapDocument.refuse());
        }
    }

    private HttpAnswer taken(Said.Outcome outcome) {
        String words = outcome.words().isEmpty() ? outcome.state() : outcome.state() + ": " + outcome.words();
        switch (outcome.state().toLowerCase(Locale.ROOT)) {
            case "delivered" -> receipts.told(PapDoorbell.BEARER, outcome.pushId(), true, words);
            case "rejected", "undeliverable", "expired", "aborted", "timeout", "cancelled" -> receipts
                    .told(PapDoorbell.BEARER, outcome.pushId(), false, words);
            // "pending" and "unknown": more may come.
            default -> {}
        }
        return document(PapDocument.acknowledge(outcome));
    }

    private static HttpAnswer document(Bytes document) {
        return new HttpAnswer.Whole(ACCEPTED, Headers.of("Content-Type", "application/xml"), document);
    }
}
