package dev.grove.server.api;

import dev.grove.server.http.BodyRefused;
import dev.grove.server.http.HttpCall;
import java.util.List;

/**
 * What was asked for.
 *
 * @param places what stands in the places of the route's template
 */
record Asked(HttpCall call, List<String> places, Query query, int maxBodyBytes) {

    String place(int index) {
        return places.get(index);
    }

    /** The document that was sent. */
    Input document() throws Invalid, Refusal {
        try {
            return Input.of(JsonText.read(call.body(maxBodyBytes)));
        } catch (BodyRefused refused) {
            throw new Refusal(refused.status(), refused.reason());
        }
    }

    /** The body did not come. */
    static final class Refusal extends RuntimeException {
        private final int status;

        Refusal(int status, String reason) {
            super(reason, null, false, false);
            this.status = status;
        }

        int status() {
            return status;
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }
}
