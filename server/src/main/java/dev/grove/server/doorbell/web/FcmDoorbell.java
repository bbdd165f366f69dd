package dev.grove.server.doorbell.web;

import dev.grove.server.doorbell.Doorbell;
import dev.grove.server.doorbell.HttpGateway.Answer;
import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import dev.grove.wire.Json;
import dev.grove.wire.JsonText;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Firebase Cloud Messaging by its HTTP v1 interface: what Google Cloud Messaging was when DM 2.0 was written ([DM 2.0
 * appendix E.2]). The notification travels as base64 under the data key {@code SMS}, at high priority, so that Android
 * wakes the client. An address is the registration id that the device has told.
 */
public final class FcmDoorbell implements Doorbell {

    private static final String SCOPE = "https://www.googleapis.com/auth/firebase.messaging";
    private static final int MAX_ID = 4000;

    /** The service takes messages of so many bytes. */
    private static final int MAX_DATA = 4096;
    private static final long MAX_TTL_SECONDS = Duration.ofDays(28).toSeconds();

    /** What Google asks for where a quota is exceeded and no time is named. */
    private static final Duration QUOTA_PAUSE = Duration.ofMinutes(1);
    private static final Duration DOWN_PAUSE = Duration.ofSeconds(10);

    private final URI messages;
    private final AccessToken token;
    private final PushClient client;
    private final Pace pace;

    /**
     * Where the services are.
     *
     * @param service scheme and host of Firebase
     * @param tokenUri where tokens are given; absent: where the service account says
     * @param serviceAccount the JSON file that Google hands out
     * @param patience for one exchange with a service
     */
    public record Settings(URI service, @Nullable URI tokenUri, Path serviceAccount, Duration patience, Pace pace) {}

    /** @throws IllegalArgumentException if the service account cannot be read */
    public FcmDoorbell(Settings settings, Clock clock) {
        ServiceAccount account = ServiceAccount.read(settings.serviceAccount());
        URI tokenUri = settings.tokenUri() == null ? account.tokenUri() : settings.tokenUri();
        this.client = new PushClient(settings.patience(), clock);
        this.pace = settings.pace();
        this.messages = URI.create(settings.service().toString().replaceAll("/+$", "") + "/v1/projects/"
                + account.project() + "/messages:send");
        this.token = new AccessToken(client, tokenUri,
                now -> Map.of("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion",
                        account.assertion(SCOPE, tokenUri, now)));
    }

    @Override
    public String bearer() {
        return "fcm";
    }

    @Override
    public Pace pace() {
        return pace;
    }

    @Override
    public Optional<String> objection(String address) {
        return isRegistration(address) ? Optional.empty()
                : Optional.of("an address of fcm is the registration id of the device's client: up to " + MAX_ID
                        + " printable characters without spaces");
    }

    /** Whether this can be a registration id. */
    public static boolean isRegistration(String id) {
        return !id.isEmpty() && id.length() <= MAX_ID && id.chars().allMatch(c -> c > ' ' && c < 0x7F);
    }

    @Override
    public Result ring(Ring ring) throws InterruptedException {
        String data = ring.notification().body().base64();
        if (data.length() > MAX_DATA) {
            return new Result.Failed("the notification is longer than Firebase takes", null);
        }
        Bytes body = JsonText.write(message(ring, data));
        try {
            String first = token.current();
            Answer answer = send(body, first);
            if (answer.status() == 401) {
                token.refused(first);
                answer = send(body, token.current());
            }
            return told(answer);
        } catch (Unanswered failed) {
            return failed.asResult();
        }
    }

    private Answer send(Bytes body, String bearerToken) throws Unanswered, InterruptedException {
        return client.post(messages, Headers.of("Content-Type", "application/json; charset=UTF-8")
                .with("Authorization", "Bearer " + bearerToken), body);
    }

    private Json message(Ring ring, String data) {
        long ttl = Math.clamp(Duration.between(client.clock().instant(), ring.goodUntil()).toSeconds(), 0,
                MAX_TTL_SECONDS);
        return Json.object().with("message", Json.object().with("token", ring.address())
                .with("data", Json.object().with("SMS", data).build())
                .with("android", Json.object().with("priority", "HIGH").with("ttl", ttl + "s").build()).build())
                .build();
    }

    private Result told(Answer answer) {
        FcmError error = FcmError.of(AccessToken.object(answer.body()));
        return switch (answer.status()) {
            case 200 -> AccessToken.object(answer.body()).fields().get("name") instanceof Json.Str
                    ? new Result.Taken(null)
                    : answer.failed("200 without the name of a message: this is not Firebase");
            case 404 -> error.is("UNREGISTERED") ? ended("the client has unregistered")
                    : answer.failed("Firebase: 404 " + error.words());
            case 400 -> error.blamesToken() ? ended("this is no registration id")
                    : answer.failed("Firebase: 400 " + error.words());
            case 403 -> error.is("SENDER_ID_MISMATCH") ? ended("the registration belongs to another sender")
                    : answer.failed("Firebase: 403 " + error.words());
            case 429 -> answer.failed("Firebase takes no more for now: " + error.words(), QUOTA_PAUSE);
            case 500, 502, 503, 504 -> answer.failed("Firebase is not up: " + answer.status(), DOWN_PAUSE);
            default -> answer.failed("Firebase: " + answer.status() + " " + error.words());
        };
    }

    private static Result ended(String reason) {
        return new Result.AddressEnded("Firebase: " + reason);
    }

    @Override
    public void close() {
        client.close();
    }
}
