package dev.grove.server.doorbell.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.server.doorbell.Doorbell.Pace;
import dev.grove.server.doorbell.Doorbell.Result;
import dev.grove.server.doorbell.web.StandIn.Answer;
import dev.grove.server.doorbell.web.StandIn.Asked;
import dev.grove.wire.Bytes;
import dev.grove.wire.Json;
import dev.grove.wire.JsonText;
import dev.grove.wire.Limits;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a stand-in for Google's two services that checks every field, the signature and the token. */
@Tag("DM-MEC-004-S-O")
class FcmDoorbellTest {

    private static final String REGISTRATION = "fVb3:APA91bH-_x0";
    private static final String SEND = "/v1/projects/acme-fleet/messages:send";
    private static KeyPair key;

    @TempDir
    private Path folder = Path.of("");
    private final Rings rings = new Rings();
    private final AtomicInteger tokens = new AtomicInteger();
    private StandIn google;
    private FcmDoorbell doorbell;

    @BeforeAll
    static void make_a_key() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        key = generator.generateKeyPair();
    }

    @BeforeEach
    void start() throws IOException {
        google = new StandIn(this::answer);
        doorbell = new FcmDoorbell(settings(account(google.uri("/token").toString())), rings);
    }

    @AfterEach
    void stop() {
        doorbell.close();
        google.close();
    }

    @Test
    void the_notification_goes_as_base64_under_sms_at_high_priority() throws Exception {
        assertThat(doorbell.ring(rings.ring(REGISTRATION))).isEqualTo(new Result.Taken(null));

        Asked sent = google.asked(SEND).getFirst();
        assertThat(sent.method()).isEqualTo("POST");
        assertThat(sent.headers()).containsEntry("Authorization", "Bearer token-1")
                .containsEntry("Content-Type", "application/json; charset=UTF-8");
        assertThat(sent.body().utf8()).isEqualTo("{\"message\":{\"token\":\"fVb3:APA91bH-_x0\",\"data\":{\"SMS\":\""
                + Rings.NOTIFICATION.body().base64()
                + "\"},\"android\":{\"priority\":\"HIGH\",\"ttl\":\"3600s\"}}}");
    }

    @Test
    void the_assertion_is_signed_by_the_service_account_for_an_hour() throws Exception {
        doorbell.ring(rings.ring(REGISTRATION));

        Asked asked = google.asked("/token").getFirst();
        assertThat(asked.headers()).containsEntry("Content-Type", "application/x-www-form-urlencoded");
        assertThat(asked.form()).containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer")
                .containsOnlyKeys("grant_type", "assertion");
        String[] parts = Objects.requireNonNull(asked.form().get("assertion")).split("\\.", -1);
        assertThat(parts).hasSize(3);
        assertThat(decoded(parts[0])).isEqualTo("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"key-1\"}");
        Json.Obj claims = (Json.Obj) JsonText.read(Bytes.utf8(decoded(parts[1])), Limits.DEFAULT);
        long now = rings.instant().getEpochSecond();
        assertThat(claims.fields()).containsEntry("iss", Json.of("grove@acme-fleet.iam.gserviceaccount.com"))
                .containsEntry("scope", Json.of("https://www.googleapis.com/auth/firebase.messaging"))
                .containsEntry("aud", Json.of(google.uri("/token").toString()))
                .containsEntry("iat", new Json.Num(BigDecimal.valueOf(now)))
                .containsEntry("exp", new Json.Num(BigDecimal.valueOf(now + 3600)));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(key.getPublic());
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    }

    @Test
    void many_share_one_token_until_shortly_before_it_expires() throws Exception {
        try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Result>> results = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                results.add(many.submit(() -> doorbell.ring(rings.ring(REGISTRATION))));
            }
            for (Future<Result> result : results) {
                assertThat(result.get()).isEqualTo(new Result.Taken(null));
            }
        }
        assertThat(google.asked("/token")).hasSize(1);
        rings.pass(Duration.ofMinutes(57));
        doorbell.ring(rings.ring(REGISTRATION));
        assertThat(google.asked("/token")).hasSize(1);
        rings.pass(Duration.ofMinutes(2));
        doorbell.ring(rings.ring(REGISTRATION));
        assertThat(google.asked("/token")).hasSize(2);
        assertThat(google.asked(SEND).getLast().headers()).containsEntry("Authorization", "Bearer token-2");
    }

    @Test
    void a_token_that_is_refused_is_renewed_once() throws Exception {
        google.answer(asked -> asked.headers().getOrDefault("Authorization", "").equals("Bearer token-1")
                ? Answer.of(401, error(401, "UNAUTHENTICATED", ""))
                : answer(asked));
        assertThat(doorbell.ring(rings.ring(REGISTRATION))).isEqualTo(new Result.Taken(null));
        assertThat(google.asked("/token")).hasSize(2);

        google.answer(asked -> asked.target().equals("/token") ? answer(asked)
                : Answer.of(401, error(401, "UNAUTHENTICATED", "")));
        Rings.assertFailed(doorbell.ring(rings.ring(REGISTRATION)), "401 UNAUTHENTICATED", null);
        assertThat(google.asked("/token")).hasSize(3);
    }

    @Test
    void what_firebase_says_ends_an_address_or_asks_for_patience() throws Exception {
        assertThat(answered(404, error(404, "NOT_FOUND", "UNREGISTERED"))).isInstanceOf(Result.AddressEnded.class);
        assertThat(answered(403, error(403, "PERMISSION_DENIED", "SENDER_ID_MISMATCH")))
                .isInstanceOf(Result.AddressEnded.class);
        assertThat(answered(400, "{\"error\":{\"code\":400,\"status\":\"INVALID_ARGUMENT\",\"details\":[{\"@type\":"
                + "\"type.googleapis.com/google.rpc.BadRequest\",\"fieldViolations\":[{\"field\":\"message.token\","
                + "\"description\":\"Invalid registration token\"}]}]}}")).isInstanceOf(Result.AddressEnded.class);
        Rings.assertFailed(answered(404, error(404, "NOT_FOUND", "")), "404 NOT_FOUND", null);
        Rings.assertFailed(answered(400, error(400, "INVALID_ARGUMENT", "INVALID_ARGUMENT")), "400 INVALID_ARGUMENT",
                null);
        Rings.assertFailed(answered(429, error(429, "RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED"), "Retry-After: 17"),
                "QUOTA_EXCEEDED", Duration.ofSeconds(17));
        Rings.assertFailed(answered(429, ""), "takes no more", Duration.ofMinutes(1));
        Rings.assertFailed(answered(503, "", "Retry-After: Sun, 22 Nov 2026 01:00:30 GMT"), "503",
                Duration.ofSeconds(30));
        Rings.assertFailed(answered(503, "", "Retry-After: 99999999"), "503", Duration.ofHours(1));
        Rings.assertFailed(answered(500, "", "Retry-After: soon"), "500", Duration.ofSeconds(10));
    }

    @Test
    void lies_are_no_success() throws Exception {
        Rings.assertFailed(answered(200, "<html>Welcome to the hotel</html>"), "not Firebase", null);
        Rings.assertFailed(answered(302, "", "Location: " + google.uri("/elsewhere")), "302", null);
        assertThat(google.asked("/elsewhere")).isEmpty();
        Rings.assertFailed(answered(200, "{\"name\":\"" + "x".repeat(100_000) + "\"}"), "no answer of", null);
        assertThat(answered(418, "{\"error\":[],\"error\":7")).isInstanceOf(Result.Failed.class);
    }

    @Test
    void without_a_token_nothing_is_sent_and_the_service_is_left_alone() throws Exception {
        google.answer(asked -> Answer.of(400, "{\"error\":\"invalid_grant\",\"error_description\":\"assertion eyJ\"}"));
        Result failed = doorbell.ring(rings.ring(REGISTRATION));
        assertThat(failed).isInstanceOfSatisfying(Result.Failed.class,
                f -> assertThat(f.reason()).contains("HTTP 400 invalid_grant").doesNotContain("eyJ"));
        assertThat(doorbell.ring(rings.ring(REGISTRATION))).isInstanceOf(Result.Failed.class);
        assertThat(google.asked("/token")).hasSize(1);
        assertThat(google.asked(SEND)).isEmpty();
        rings.pass(Duration.ofSeconds(6));
        google.answer(this::answer);
        assertThat(doorbell.ring(rings.ring(REGISTRATION))).isEqualTo(new Result.Taken(null));
    }

    @Test
    void an_odd_token_is_none() throws Exception {
        for (String answer : List.of("", "[]", "{\"access_token\":7}", "{\"access_token\":\"a\\r\\nX-Evil: 1\"}")) {
            rings.pass(Duration.ofMinutes(1));
            google.answer(asked -> Answer.of(200, answer));
            Rings.assertFailed(doorbell.ring(rings.ring(REGISTRATION)), "holds none", null);
        }
    }

    @Test
    void a_service_that_is_slow_or_down_is_given_up() throws Exception {
        try (ServerSocket mute = new ServerSocket(0);
                FcmDoorbell slow = new FcmDoorbell(settings(account("http://127.0.0.1:" + mute.getLocalPort())),
                        rings)) {
            Rings.assertFailed(slow.ring(rings.ring(REGISTRATION)), "127.0.0.1", null);
        }
        try (FcmDoorbell down = new FcmDoorbell(settings(account("http://127.0.0.1:1/")), rings)) {
            Rings.assertFailed(down.ring(rings.ring(REGISTRATION)), "no answer of 127.0.0.1", null);
        }
    }

    @Test
    void only_what_can_be_a_registration_is_an_address() {
        assertThat(doorbell.objection(REGISTRATION)).isEmpty();
        assertThat(doorbell.objection("")).isPresent();
        assertThat(doorbell.objection("two words")).isPresent();
        assertThat(doorbell.objection("x".repeat(5000))).isPresent();
    }

    @Test
    void the_key_is_never_shown() throws Exception {
        Path file = account("http://127.0.0.1:1/");
        assertThat(ServiceAccount.read(file).toString()).isEqualTo(
                "ServiceAccount[grove@acme-fleet.iam.gserviceaccount.com]");
        Path broken = Files.writeString(folder.resolve("broken.json"),
                Files.readString(file).replace("-----BEGIN PRIVATE KEY-----\\n", "c2VjcmV0!"));
        assertThatThrownBy(() -> ServiceAccount.read(broken)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no RSA key").hasNoCause();
        Path other = Files.writeString(folder.resolve("other.json"), "{\"project_id\":\"p\"}");
        assertThatThrownBy(() -> ServiceAccount.read(other)).hasMessageContaining("has no client_email");
        assertThatThrownBy(() -> ServiceAccount.read(folder.resolve("none.json")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Result answered(int status, String body, String... headers) throws InterruptedException {
        google.answer(asked -> asked.target().equals("/token") ? answer(asked) : Answer.of(status, body, headers));
        return doorbell.ring(rings.ring(REGISTRATION));
    }

    private Answer answer(Asked asked) {
        return asked.target().equals("/token")
                ? Answer.of(200, "{\"access_token\":\"token-" + tokens.incrementAndGet()
                        + "\",\"expires_in\":3599,\"token_type\":\"Bearer\"}")
                : Answer.of(200, "{\"name\":\"projects/acme-fleet/messages/0:1500415314455276%31bd1c9631bd1c96\"}");
    }

    private static String error(int code, String status, String detail) {
        String details = detail.isEmpty() ? ""
                : ",\"details\":[{\"@type\":\"type.googleapis.com/google.firebase.fcm.v1.FcmError\",\"errorCode\":\""
                        + detail + "\"}]";
        return "{\"error\":{\"code\":" + code + ",\"message\":\"…\",\"status\":\"" + status + "\"" + details + "}}";
    }

    private FcmDoorbell.Settings settings(Path account) {
        return new FcmDoorbell.Settings(URI.create(google.uri("/").toString()), null, account, Rings.PATIENCE,
                new Pace(0, 10));
    }

    private Path account(String tokenUri) throws IOException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getPrivate().getEncoded());
        String pem = "-----BEGIN PRIVATE KEY-----\\n" + base64.replace("\n", "\\n")
                + "\\n-----END PRIVATE KEY-----\\n";
        return Files.writeString(folder.resolve("account.json"), """
                {"type": "service_account", "project_id": "acme-fleet", "private_key_id": "key-1",
                 "private_key": "%s", "client_email": "grove@acme-fleet.iam.gserviceaccount.com",
                 "client_id": "1", "token_uri": "%s"}
                """.formatted(pem, tokenUri));
    }

    private static String decoded(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }
}
