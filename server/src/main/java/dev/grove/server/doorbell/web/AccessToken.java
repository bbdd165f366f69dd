package dev.grove.server.doorbell.web;

import dev.grove.server.doorbell.HttpGateway.Answer;
import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import dev.grove.wire.Json;
import dev.grove.wire.JsonText;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A bearer token of OAuth 2.0 ([RFC 6749 §4.4, §5.1]) that all attempts share. It is fetched when one is needed and
 * again shortly before it expires, by one of those who need it while the others wait. After a failure nobody asks again
 * for some seconds: the service is not to drown in the questions of a campaign.
 */
final class AccessToken {

    private static final Limits LIMITS = new Limits(64 << 10, 8, 1000, 32 << 10);
    private static final Duration SPARE = Duration.ofMinutes(2);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
    private static final long SHORTEST_SECONDS = 10;
    private static final long UNSAID_SECONDS = 300;
    private static final long LONGEST_SECONDS = Duration.ofDays(1).toSeconds();

    private final PushClient client;
    private final URI endpoint;
    private final Form form;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile @Nullable Held held;
    private volatile @Nullable Trouble trouble;

    /** What is posted for a token: the fields of a form, made anew for each. */
    @FunctionalInterface
    interface Form {
        Map<String, String> at(Instant now);
    }

    private record Held(String token, Instant until) {
        /** Without the token. */
        @Override
        public String toString() {
            return "Held[" + until + "]";
        }
    }

    private record Trouble(Unanswered what, Instant until) {}

    AccessToken(PushClient client, URI endpoint, Form form) {
        this.client = client;
        this.endpoint = endpoint;
        this.form = form;
    }

    /** The token, fetched if need be. */
    String current() throws Unanswered, InterruptedException {
        String good = good();
        if (good != null) {
            return good;
        }
        fetching.lockInterruptibly();
        try {
            String meanwhile = good();
            if (meanwhile != null) {
                return meanwhile;
            }
            Trouble known = trouble;
            if (known != null && client.clock().instant().isBefore(known.until())) {
                throw known.what();
            }
            Held fetched = fetched();
            held = fetched;
            return fetched.token();
        } finally {
            fetching.unlock();
        }
    }

    /** The service did not take this one: nobody gets it any more. */
    void refused(String token) {
        Held now = held;
        if (now != null && now.token().equals(token)) {
            held = null;
        }
    }

    private @Nullable String good() {
        Held now = held;
        return now != null && client.clock().instant().isBefore(now.until()) ? now.token() : null;
    }

    private Held fetched() throws Unanswered, InterruptedException {
        Instant now = client.clock().instant();
        try {
            Answer answer = client.post(endpoint, Headers.of("Content-Type", "application/x-www-form-urlencoded")
                    .with("Accept", "application/json"), Bytes.utf8(body(now)));
            Json.Obj fields = object(answer.body());
            if (answer.status() != 200) {
                throw new Unanswered("no token of " + endpoint.getHost() + ": HTTP " + answer.status()
                        + error(fields), answer.retryAfter());
            }
            if (!(fields.fields().get("access_token") instanceof Json.Str(String token)) || token.isEmpty()
                    || !token.matches("[\\x21-\\x7E]+")) {
                throw new Unanswered("no token of " + endpoint.getHost() + ": its answer holds none", null);
            }
            return new Held(token, now.plus(life(fields)));
        } catch (Unanswered failed) {
            trouble = new Trouble(failed, client.clock().instant().plus(AFTER_FAILURE));
            throw failed;
        }
    }

    /** Until shortly before the end, but never so short that each attempt would ask for one. */
    private static Duration life(Json.Obj fields) {
        long seconds = UNSAID_SECONDS;
        Json said = fields.fields().get("expires_in");
        if (said instanceof Json.Num(BigDecimal number)) {
            seconds = number.min(BigDecimal.valueOf(LONGEST_SECONDS)).longValue();
        } else if (said instanceof Json.Str(String text) && text.matches("[0-9]{1,9}")) {
            seconds = Long.parseLong(text);
        }
        long spare = Math.min(SPARE.toSeconds(), seconds / 2);
        return Duration.ofSeconds(Math.clamp(seconds - spare, SHORTEST_SECONDS, LONGEST_SECONDS));
    }

    private String body(Instant now) {
        return form.at(now).entrySet().stream().map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static Json.Obj object(Bytes body) {
        try {
            return JsonText.read(body, LIMITS) instanceof Json.Obj fields ? fields : Json.object().build();
        } catch (Malformed noJson) {
            return Json.object().build();
        }
    }

    /** The code of the error ([RFC 6749 §5.2]); nothing else, for a description may repeat what was sent. */
    private static String error(Json.Obj fields) {
        return fields.fields().get("error") instanceof Json.Str(String code) && code.matches("[a-z_]{1,60}")
                ? " " + code
                : "";
    }
}
