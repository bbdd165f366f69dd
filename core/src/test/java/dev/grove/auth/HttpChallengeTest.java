package dev.grove.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.auth.HttpDigest.Algorithm;
import dev.grove.wire.Malformed;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpChallengeTest {

    @Test
    void reads_several_challenges_from_one_header() throws Malformed {
        List<HttpChallenge> all = HttpChallenge.parse(
                "Newauth realm=\"apps\", type=1, title=\"Login to \\\"apps\\\"\", Basic realm=\"simple\"");

        assertThat(all).containsExactly(
                new HttpChallenge("Newauth", "", Map.of("realm", "apps", "type", "1", "title", "Login to \"apps\"")),
                new HttpChallenge("Basic", "", Map.of("realm", "simple")));
    }

    @Test
    void reads_schemes_without_parameters_and_with_an_opaque_text() throws Malformed {
        assertThat(HttpChallenge.parse("Negotiate, Bearer ab/c+d==, ,Digest a=b"))
                .containsExactly(new HttpChallenge("Negotiate", "", Map.of()),
                        new HttpChallenge("Bearer", "ab/c+d==", Map.of()),
                        new HttpChallenge("Digest", "", Map.of("a", "b")));
    }

    @Test
    void reads_blanks_around_the_equals_sign_and_in_place_of_commas() throws Malformed {
        assertThat(HttpChallenge.parse("Digest REALM = \"a, b\"  nonce=x"))
                .containsExactly(new HttpChallenge("Digest", "", Map.of("realm", "a, b", "nonce", "x")));
    }

    @Test
    void takes_octets_for_utf8_where_they_are() throws Malformed {
        assertThat(HttpChallenge.parseOne("Digest username=\"J\u00c3\u00a4s\u00c3\u00b8n\"").parameter("username"))
                .contains("J\u00e4s\u00f8n");
        assertThat(HttpChallenge.parseOne("Digest username=\"J\u00e4son\"").parameter("username"))
                .contains("J\u00e4son");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Digest realm=\"open", "Digest realm=\"x\"nonce=\"y\"", "Digest a=1, A=2", "=x",
            "Digest realm=\"line\nbreak\"", "Digest a=b\"c", "Digest realm=\"x\\", "\u00e4 b=c"})
    void refuses_what_breaks_the_grammar(String header) {
        assertThatThrownBy(() -> HttpChallenge.parse(header)).isInstanceOf(Malformed.class)
                .hasMessageContaining("RFC 9110");
    }

    @Test
    void refuses_endless_headers() {
        assertThatThrownBy(() -> HttpChallenge.parse("x".repeat(20_000))).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> HttpChallenge.parse("a, ".repeat(40))).isInstanceOf(Malformed.class)
                .hasMessageContaining("32");
    }

    @Test
    void the_strongest_digest_that_can_be_answered_is_chosen() throws Malformed {
        List<HttpChallenge> offered = HttpChallenge.parse("Basic realm=a, Digest realm=a, nonce=1,"
                + " Digest realm=a, nonce=2, algorithm=SHA-512-256, Digest realm=a, nonce=3, algorithm=sha-256,"
                + " Digest realm=a, nonce=4, algorithm=SHA-256, qop=auth-int");

        assertThat(HttpDigestChallenge.best(offered)).hasValueSatisfying(best -> {
            assertThat(best.nonce()).isEqualTo("3");
            assertThat(best.algorithm()).isEqualTo(Algorithm.SHA256);
            assertThat(best.countsUses()).isFalse();
        });
        assertThat(HttpDigestChallenge.best(HttpChallenge.parse("Basic realm=a"))).isEmpty();
    }

    @Test
    void a_challenge_is_read_as_it_was_printed() throws Malformed {
        HttpDigestChallenge challenge = new HttpDigestChallenge("a \"b\"", "n=", "o", Algorithm.MD5_SESS, true, true,
                true);
        assertThat(HttpDigestChallenge.read(HttpChallenge.parseOne(challenge.print()))).contains(challenge);
    }

    @ParameterizedTest
    @ValueSource(strings = {"realm=\"x\"", "nonce=\"x\""})
    void a_digest_challenge_has_realm_and_nonce(String parameter) throws Malformed {
        HttpChallenge challenge = HttpChallenge.parseOne("Digest " + parameter);
        assertThatThrownBy(() -> HttpDigestChallenge.read(challenge)).isInstanceOf(Malformed.class)
                .hasMessageContaining("RFC 7616 3.3");
    }
}
