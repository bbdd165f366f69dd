package dev.grove.server.doorbell.kannel;

import dev.grove.server.doorbell.Receipts;
import dev.grove.server.http.HttpAnswer;
import dev.grove.server.http.HttpCall;
import dev.grove.server.http.HttpHandler;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Kannel tells of messages, by calling an address that it was given with each ("dlr-url"). */
final class KannelReports implements HttpHandler {

    private static final Pattern QUERY = Pattern.compile("receipt=([0-9A-Za-z-]{1,80})&state=([0-9]{1,3})");

    private final Receipts receipts;

    KannelReports(Receipts receipts) {
        this.receipts = receipts;
    }

    /** The address for one message; Kannel puts the state in. */
    static String address(URI reports, String receipt) {
        return reports + "?receipt=" + receipt + "&state=%d";
    }

    @Override
    public HttpAnswer handle(HttpCall call) {
        Matcher query = QUERY.matcher(call.query());
        if (!query.matches()) {
            return HttpAnswer.text(400, "This is no report of Kannel: receipt and state are missing.");
        }
        switch (Integer.parseInt(query.group(2))) {
            case 1 -> receipts.told(KannelDoorbell.BEARER, query.group(1), true, "delivered");
            case 2 -> receipts.told(KannelDoorbell.BEARER, query.group(1), false, "not delivered");
            case 16 -> receipts.told(KannelDoorbell.BEARER, query.group(1), false, "refused by the message centre");
            default -> {
                return HttpAnswer.text(200, "Nothing has changed.");
            }
        }
        return HttpAnswer.text(200, "Taken.");
    }
}
