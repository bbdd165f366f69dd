package dev.grove.server.api;

import dev.grove.wire.Json;
import dev.grove.wire.JsonText;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import dev.grove.server.http.BodyRefused;
import dev.grove.server.http.HttpCall;
import dev.grove.wire.Bytes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What was asked for.
 *
 * @param places what stands in the places of the route's template
 */
record Asked(HttpCall call, List<String> places, Query query, int maxBodyBytes) {

    private static final Set<String> JSON = Set.of("application/json", "application/merge-patch+json", "text/json",
            "text/plain", "application/octet-stream", "application/x-www-form-urlencoded");
    private static final int MAX_DEPTH = 64;
    private static final int MAX_VALUES = 1_000_000;
    private static final Set<String> UTF_8 = Set.of("", "utf-8", "utf8", "us-ascii");

    String place(int index) {
        return places.get(index);
    }

    /** What stands in a place as a number; empty if it is none. */
    Optional<Long> number(int index) {
        try {
            return Optional.of(Long.parseUnsignedLong(place(index)));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    /** The document that was sent. */
    Input document() throws Invalid, Refusal {
        return document(bytes(JSON, maxBodyBytes));
    }

    private Input document(Bytes bytes) throws Invalid {
        try {
            return Input.of(JsonText.read(bytes, new Limits(maxBodyBytes, MAX_DEPTH, MAX_VALUES, maxBodyBytes)));
        } catch (Malformed malformed) {
            throw Invalid.malformed(String.valueOf(malformed.getMessage()));
        }
    }

    /** The document that was sent; one without fields if the body is empty. */
    Input documentOrNone() throws Invalid, Refusal {
        Bytes bytes = bytes(JSON, maxBodyBytes);
        return bytes.isEmpty() ? Input.of(Json.object().build()) : document(bytes);
    }

    /**
     * The body that was sent. A caller who gives no media type, or the one that command-line tools put in by
     * themselves, is taken to mean the right one.
     */
    Bytes bytes(Set<String> mediaTypes, int maxBytes) throws Refusal {
        String given = call.headers().first("Content-Type").orElse("").strip().toLowerCase(Locale.ROOT);
        int semicolon = given.indexOf(';');
        String base = semicolon < 0 ? given : given.substring(0, semicolon).strip();
        if (!base.isEmpty() && !mediaTypes.contains(base)) {
            throw new Refusal(415, "the media type " + base + " is not taken here; taken are "
                    + String.join(", ", mediaTypes.stream().sorted().toList()));
        }
        if (mediaTypes.equals(JSON) && !UTF_8.contains(charset(given))) {
            throw new Refusal(415, "the charset " + charset(given) + " is not taken here; documents are in UTF-8");
        }
        try {
            return call.body(Math.min(maxBytes, maxBodyBytes));
        } catch (BodyRefused refused) {
            throw new Refusal(refused.status(), refused.reason());
        }
    }

    private static String charset(String mediaType) {
        int from = mediaType.indexOf("charset=");
        String rest = from < 0 ? "" : mediaType.substring(from + 8);
        int end = rest.indexOf(';');
        return (end < 0 ? rest : rest.substring(0, end)).replace("\"", "").strip();
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
