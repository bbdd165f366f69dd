package dev.grove.server.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.auth.HttpBasic;
import dev.grove.auth.HttpChallenge;
import dev.grove.auth.HttpDigest;
import dev.grove.auth.HttpDigest.Algorithm;
import dev.grove.auth.HttpDigest.Request;
import dev.grove.auth.HttpDigest.Use;
import dev.grove.auth.HttpDigestChallenge;
import dev.grove.auth.HttpLogin;
import dev.grove.auth.Scheme;
import dev.grove.auth.Secret;
import dev.grove.engine.Account;
import dev.grove.server.endpoint.HttpAuthentication.Candidate;
import dev.grove.server.endpoint.HttpAuthentication.Offer;
import dev.grove.server.endpoint.HttpAuthentication.Rules;
import dev.grove.server.endpoint.HttpAuthentication.Verdict;
import dev.grove.server.fleet.Device;
import dev.grove.server.http.FakeCall;
import dev.grove.server.http.HttpAnswer;
import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import dev.grove.wire.Malformed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAuthenticationTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Newcomers LAB = new Newcomers(true, null, null);
    private static final Random LUCK = new Random(1);
    private static final HttpLogin LOGIN = new HttpLogin("phone", "secret");

    private final Device device = Device.of(new Account("IMEI:1", new Secret("phone", "secret", Bytes.EMPTY),
            List.of(Scheme.MD5), null, Scheme.MD5), "", NOW);
    private final HttpAuthentication http = authentication(7, Offer.values());

    @Test
    void a_call_without_credentials_is_challenged_by_every_scheme_in_order() {
        HttpAnswer.Whole answer = refused(http.judge(call(""), known()));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(challenges(answer)).hasSize(3);
        assertThat(challenges(answer).get(0)).startsWith("Digest realm=\"Grove\", qop=\"auth\", algorithm=SHA-256, ");
        assertThat(challenges(answer).get(1)).contains("algorithm=MD5");
        assertThat(challenges(answer).get(2)).isEqualTo("Basic realm=\"Grove\", charset=\"UTF-8\"");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("DM-SEC-002-S-M")
    void digest_proves_a_device_once_for_each_count(Algorithm algorithm) throws Malformed {
        HttpDigestChallenge challenge = challenge(algorithm);
        String first = answer(challenge, LOGIN, 1);

        assertThat(http.judge(call(first), known())).isEqualTo(new Verdict.Proven("HTTP Digest"));
        assertThat(http.judge(call(answer(challenge, LOGIN, 2)), known())).isInstanceOf(Verdict.Proven.class);
        HttpAnswer.Whole replayed = refused(http.judge(call(first), known()));
        assertThat(challenges(replayed).getFirst()).contains("stale=true");
    }

    @Test
    @Tag("DM-SEC-001-S-M")
    void a_device_may_go_by_its_id_instead_of_its_user_name() throws Malformed {
        String basic = HttpBasic.print(LOGIN);
        assertThat(http.judge(call(basic), known())).isEqualTo(new Verdict.Proven("HTTP Basic"));
        Account account = new Account("dev-7", new Secret("phone", "secret", Bytes.EMPTY), List.of(Scheme.MD5), null,
                Scheme.MD5);
        Candidate candidate = Candidate.of("dev-7", Optional.of(Device.of(account, "", NOW)), Newcomers.REFUSED, LUCK);

        assertThat(http.judge(call(answer(challenge(Algorithm.MD5), new HttpLogin("dev-7", "secret"), 1)), candidate))
                .isInstanceOf(Verdict.Proven.class);
        assertThat(http.judge(call(HttpBasic.print(new HttpLogin("dev-8", "secret"))), candidate))
                .isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void an_answer_made_for_another_call_or_realm_proves_nothing() throws Malformed {
        HttpDigestChallenge challenge = challenge(Algorithm.SHA256);
        HttpDigestChallenge elsewhere = new HttpDigestChallenge("other", challenge.nonce(), null, Algorithm.SHA256,
                true, false, false);
        Use use = new Use("c", 1);

        for (String offered : List.of(answer(elsewhere, LOGIN, 1),
                HttpDigest.answer(challenge, LOGIN, new Request("GET", "/dm2?x=1"), use).print(),
                HttpDigest.answer(challenge, LOGIN, new Request("POST", "/dm2"), use).print())) {
            HttpAnswer.Whole answer = refused(http.judge(call(offered), known()));
            assertThat(challenges(answer).getFirst()).doesNotContain("stale");
        }
        assertThat(http.judge(
                call(HttpDigest.answer(challenge, LOGIN, new Request("POST", "http://test/dm2?x=1"), use).print()),
                known())).isInstanceOf(Verdict.Proven.class);
    }

    @Test
    void an_answer_without_counts_passes_once() throws Malformed {
        HttpDigestChallenge offered = challenge(Algorithm.MD5);
        HttpDigestChallenge old = new HttpDigestChallenge(offered.realm(), offered.nonce(), null, Algorithm.MD5, false,
                false, false);
        String answer = answer(old, LOGIN, 1);
        assertThat(http.judge(call(answer), known())).isInstanceOf(Verdict.Proven.class);
        assertThat(challenges(refused(http.judge(call(answer), known()))).getFirst()).contains("stale=true");
    }

    @Test
    void after_a_restart_a_right_password_hears_that_its_nonce_is_stale() throws Malformed {
        String answer = answer(challenge(Algorithm.SHA256), LOGIN, 1);
        HttpAuthentication restarted = new HttpAuthentication(rules(Offer.values()),
                Clock.fixed(NOW.plusSeconds(10), ZoneOffset.UTC), new Random(99), Bytes.hex("ff".repeat(32)));

        assertThat(challenges(refused(restarted.judge(call(answer), known()))).getFirst()).contains("stale=true");
    }

    @Test
    void an_unknown_device_hears_what_a_wrong_password_hears() throws Malformed {
        Candidate unknown = Candidate.of("IMEI:1", Optional.empty(), Newcomers.REFUSED, LUCK);
        for (String offered : List.of(HttpBasic.print(new HttpLogin("phone", "wrong")),
                answer(challenge(Algorithm.SHA256), new HttpLogin("phone", "wrong"), 1), "Digest x", "Basic ***",
                "?")) {
            HttpAnswer.Whole wrong = refused(http.judge(call(offered), known()));
            HttpAnswer.Whole nobody = refused(http.judge(call(offered), unknown));
            assertThat(nobody.status()).isEqualTo(wrong.status()).isEqualTo(401);
            assertThat(nobody.body()).isEqualTo(wrong.body());
            assertThat(withoutNonces(nobody)).isEqualTo(withoutNonces(wrong));
        }
    }

    @Test
    void too_many_failures_are_turned_away_for_a_while() {
        String wrong = HttpBasic.print(new HttpLogin("phone", "wrong"));
        for (int i = 0; i < 20; i++) {
            assertThat(refused(http.judge(call(wrong), known())).status()).isEqualTo(401);
        }
        HttpAnswer.Whole answer = refused(http.judge(call(HttpBasic.print(LOGIN)), known()));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers().first("Retry-After")).contains("60");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DIGEST_SHA256", "DIGEST_MD5", "BASIC"})
    void what_is_not_offered_is_not_taken(String only) throws Malformed {
        HttpAuthentication one = authentication(8, Offer.valueOf(only));
        assertThat(challenges(refused(one.judge(call(""), known())))).hasSize(1);
        HttpDigestChallenge sha = challenge(Algorithm.SHA256);
        HttpDigestChallenge md5 = challenge(Algorithm.MD5);
        assertThat(one.judge(call(HttpBasic.print(LOGIN)), known()) instanceof Verdict.Proven)
                .isEqualTo(only.equals("BASIC"));
        for (HttpDigestChallenge challenge : List.of(sha, md5)) {
            String stale = challenges(refused(one.judge(call(answer(challenge, LOGIN, 1)), known()))).getFirst();
            boolean isOffered = only.equals(challenge.equals(sha) ? "DIGEST_SHA256" : "DIGEST_MD5");
            assertThat(stale.contains("stale=true")).as("password checked, nonce of another").isEqualTo(isOffered);
        }
    }

    @Test
    void a_device_without_a_secret_is_proved_by_nothing_but_the_transport() {
        Account account = new Account("d", null, List.of(Scheme.MD5), null, Scheme.MD5);
        Optional<Device> bare = Optional.of(Device.of(account, "", NOW));
        Candidate candidate = Candidate.of("d", bare, Newcomers.REFUSED, LUCK);

        assertThat(http.judge(call(HttpBasic.print(new HttpLogin("d", ""))), candidate))
                .isInstanceOf(Verdict.Refused.class);
        assertThat(http.judge(call("").vouchedFor("d"), candidate)).isEqualTo(new Verdict.Proven("pre-shared key"));
        assertThat(http.judge(call("").vouchedFor("e"), candidate)).isInstanceOf(Verdict.Refused.class);
        assertThat(http.judge(call(""), Candidate.of("d", bare, LAB, LUCK))).isInstanceOf(Verdict.Proven.class);
        assertThat(http.judge(call(""), Candidate.of("new", Optional.empty(), LAB, LUCK)))
                .isInstanceOf(Verdict.Proven.class);
        assertThat(http.judge(call(""), Candidate.of("IMEI:1", Optional.of(device), LAB, LUCK)))
                .as("who has a password must prove it in the lab too").isInstanceOf(Verdict.Refused.class);
    }

    private HttpDigestChallenge challenge(Algorithm algorithm) throws Malformed {
        for (String offered : challenges(refused(http.judge(call(""), known())))) {
            Optional<HttpDigestChallenge> read = offered.startsWith("Digest")
                    ? HttpDigestChallenge.read(HttpChallenge.parseOne(offered))
                    : Optional.empty();
            if (read.isPresent() && algorithm.token().startsWith(read.get().algorithm().token())) {
                HttpDigestChallenge same = read.get();
                return new HttpDigestChallenge(same.realm(), same.nonce(), same.opaque(), algorithm, true, false,
                        false);
            }
        }
        throw new AssertionError("not offered: " + algorithm);
    }

    private static String answer(HttpDigestChallenge challenge, HttpLogin login, int number) {
        return HttpDigest.answer(challenge, login, new Request("POST", "/dm2?x=1"), new Use("c", number)).print();
    }

    private Candidate known() {
        return Candidate.of("IMEI:1", Optional.of(device), Newcomers.REFUSED, LUCK);
    }

    private static FakeCall call(String authorization) {
        FakeCall call = FakeCall.of("POST", "/dm2?x=1", "");
        return call.with(authorization.isEmpty() ? Headers.NONE : Headers.of("Authorization", authorization));
    }

    private static HttpAnswer.Whole refused(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Refused.class);
        return ((Verdict.Refused) verdict).answer();
    }

    private static List<String> challenges(HttpAnswer.Whole answer) {
        return answer.headers().fields().stream().filter(f -> f.name().equals("WWW-Authenticate"))
                .map(Headers.Field::value).toList();
    }

    private static List<String> withoutNonces(HttpAnswer.Whole answer) {
        return challenges(answer).stream().map(c -> c.replaceAll("nonce=\"[^\"]*\"", "")).toList();
    }

    private static HttpAuthentication authentication(long seed, Offer... offers) {
        return new HttpAuthentication(rules(offers), Clock.fixed(NOW, ZoneOffset.UTC), new Random(seed),
                Bytes.hex("%064x".formatted(seed)));
    }

    private static Rules rules(Offer... offers) {
        return new Rules("Grove", Arrays.asList(offers), 20, Duration.ofMinutes(1));
    }
}
