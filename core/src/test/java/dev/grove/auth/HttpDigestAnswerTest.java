package dev.grove.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.auth.HttpDigest.Algorithm;
import dev.grove.auth.HttpDigest.Request;
import dev.grove.auth.HttpDigest.Use;
import dev.grove.wire.Malformed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDigestAnswerTest {

    private static final HttpLogin LOGIN = new HttpLogin("IMEI-1 \"x\\y\" \u00e4\n", "p:w\u00e4");
    private static final Request REQUEST = new Request("POST", "/dm2?a=\"1\"");
    private static final String WHOLE = "Digest username=u, realm=r, nonce=n, uri=/, response=0, qop=auth, cnonce=c,"
            + " nc=0000000A";

    @ParameterizedTest
    @EnumSource
    void is_read_as_it_was_printed_and_proves_what_it_should(Algorithm algorithm) throws Malformed {
        for (boolean countsUses : new boolean[] {true, false}) {
            HttpDigestChallenge challenge = new HttpDigestChallenge("r \"q\"", "n", "o", algorithm, countsUses, false,
                    false);
            HttpDigestAnswer answer = HttpDigest.answer(challenge, LOGIN, REQUEST, new Use("c", 255));

            HttpDigestAnswer read = HttpDigestAnswer.parse(answer.print());

            assertThat(HttpDigest.matches(read, LOGIN, "POST")).isTrue();
            assertThat(read.userName()).isEqualTo(LOGIN.userName());
            assertThat(read.uri()).isEqualTo(REQUEST.uri());
            assertThat(answer.print().contains("nc=000000ff")).isEqualTo(countsUses);
            assertThat(HttpDigest.matches(read, new HttpLogin(LOGIN.userName(), "p:w"), "POST")).isFalse();
            assertThat(HttpDigest.matches(read, new HttpLogin("other", "p:w\u00e4"), "POST")).isFalse();
        }
    }

    @Test
    void every_part_that_is_hashed_counts() throws Malformed {
        HttpDigestAnswer good = HttpDigest.answer(HttpDigestChallenge.of("r", "n", Algorithm.SHA256, false), LOGIN,
                REQUEST, new Use("c", 1));
        String print = good.print();
        for (String[] change : new String[][] {{"realm=\"r\"", "realm=\"R\""}, {"nonce=\"n\"", "nonce=\"N\""},
                {"nc=00000001", "nc=00000002"}, {"cnonce=\"c\"", "cnonce=\"C\""}, {"/dm2", "/dm3"}}) {
            assertThat(print).contains(change[0]);
            assertThat(HttpDigest.matches(HttpDigestAnswer.parse(print.replace(change[0], change[1])), LOGIN, "POST"))
                    .as(change[1]).isFalse();
        }
    }

    @Test
    void reads_capital_hexadecimal_digits_and_any_quoting() throws Malformed {
        HttpDigestAnswer answer = HttpDigestAnswer.parse(WHOLE.replace("qop=auth", "qop=\"auth\""));
        assertThat(answer.use()).isEqualTo(new Use("c", 10));
        assertThat(answer.algorithm()).isEqualTo(Algorithm.MD5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"username=u, ", "realm=r, ", "nonce=n, ", "uri=/, ", "response=0, ", ", cnonce=c",
            ", nc=0000000A"})
    void refuses_what_lacks_a_part(String part) {
        assertThat(WHOLE).contains(part);
        assertThatThrownBy(() -> HttpDigestAnswer.parse(WHOLE.replace(part, ""))).isInstanceOf(Malformed.class)
                .hasMessageContaining("RFC 7616");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic dTpw", "Digest", WHOLE + ", Basic realm=x", WHOLE + ", algorithm=SHA-512-256",
            WHOLE + ", username*=UTF-8''u", "Digest username=u, realm=r, nonce=n, uri=/, response=0, qop=auth-int",
            "Digest username=u, realm=r, nonce=n, uri=/, response=0, qop=auth, cnonce=c, nc=1",
            "Digest username=u, realm=r, nonce=n, uri=/, response=0, qop=auth, cnonce=c, nc=00000000",
            "Digest username=u, realm=r, nonce=n, uri=/, response=0, qop=auth, cnonce=c, nc=ffffffff",
            "Digest username*=x, realm=r, nonce=n, uri=/, response=0",
            "Digest username*=UTF-8''%C3, realm=r, nonce=n, uri=/, response=0",
            "Digest username*=UTF-8''a%4, realm=r, nonce=n, uri=/, response=0"})
    void refuses_what_is_no_such_answer(String header) {
        assertThatThrownBy(() -> HttpDigestAnswer.parse(header)).isInstanceOf(Malformed.class);
    }

    @Test
    void tells_nothing_of_proof_and_password() {
        HttpDigestAnswer answer = HttpDigest.answer(HttpDigestChallenge.of("r", "n", Algorithm.MD5, false), LOGIN,
                REQUEST, new Use("c", 1));
        assertThat(answer.toString()).doesNotContain(answer.response());
        assertThat(LOGIN.toString()).doesNotContain(LOGIN.password());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Digest x=y", "Basic", "Basic ***", "Basic bm9jb2xvbg==", "Basic YTpiAGM="})
    void refuses_broken_basic_credentials(String header) {
        assertThatThrownBy(() -> HttpBasic.parse(header)).isInstanceOf(Malformed.class)
                .hasMessageContaining("RFC 7617");
    }

    @Test
    void reads_basic_credentials_of_older_clients() throws Malformed {
        assertThat(HttpBasic.parse("Basic ZGV2OnDkc3M=")).isEqualTo(new HttpLogin("dev", "p\u00e4ss"));
        assertThat(HttpBasic.parse(HttpBasic.print(new HttpLogin("u", "a:b:\u20ac"))).password())
                .isEqualTo("a:b:\u20ac");
        assertThat(HttpBasic.challenge("Grove \"DM\""))
                .isEqualTo("Basic realm=\"Grove \\\"DM\\\"\", charset=\"UTF-8\"");
    }
}
