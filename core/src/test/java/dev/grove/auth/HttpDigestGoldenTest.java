package dev.grove.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.auth.HttpDigest.Request;
import dev.grove.auth.HttpDigest.Use;
import dev.grove.wire.Malformed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of the RFCs themselves, and the same input through an independent computation for the other forms. */
class HttpDigestGoldenTest {

    private static final HttpLogin MUFASA = new HttpLogin("Mufasa", "Circle of Life");
    private static final Request INDEX = new Request("GET", "/dir/index.html");
    private static final Use FIRST = new Use("f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", 1);
    private static final String OF_RFC_7616 = """
            Digest realm="http-auth@example.org",
                qop="auth, auth-int",
                algorithm=%s,
                nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
                opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"""";

    @ParameterizedTest
    @CsvSource({
            "SHA-256, 753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
            "MD5, 8ca523f5e9506fed4657c9700eebdbec",
            "SHA-256-sess, 2fd51b3a77ad75bad6afad6003e818d767133c46d9e2749e7f5232ae1ea3efd7",
            "MD5-sess, e783283f46242139c486a698fec7211d"})
    void answers_the_challenge_of_rfc_7616_3_9_1(String algorithm, String response) throws Malformed {
        HttpDigestChallenge challenge = challenge(OF_RFC_7616.formatted(algorithm).replace("\n", " "));

        HttpDigestAnswer answer = HttpDigest.answer(challenge, MUFASA, INDEX, FIRST);

        assertThat(answer.response()).isEqualTo(response);
        assertThat(HttpDigest.matches(answer, MUFASA, "GET")).isTrue();
    }

    @Test
    void reads_the_answer_that_rfc_7616_prints() throws Malformed {
        HttpDigestAnswer answer = HttpDigestAnswer.parse("Digest username=\"Mufasa\", realm=\"http-auth@example.org\","
                + " uri=\"/dir/index.html\", algorithm=MD5,"
                + " nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", nc=00000001,"
                + " cnonce=\"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ\", qop=auth,"
                + " response=\"8ca523f5e9506fed4657c9700eebdbec\","
                + " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"");

        assertThat(HttpDigest.matches(answer, MUFASA, "GET")).isTrue();
        assertThat(HttpDigest.matches(answer, MUFASA, "POST")).isFalse();
        assertThat(HttpDigest.matches(answer, new HttpLogin("Mufasa", "circle of life"), "GET")).isFalse();
        assertThat(answer.use()).isEqualTo(FIRST);
    }

    /** The user of the second example; its algorithm is none of ours, so the proof is computed independently. */
    @Test
    void hides_a_user_name_beyond_ascii_as_rfc_7616_3_9_2_does() throws Malformed {
        HttpLogin jaeson = new HttpLogin("J\u00e4s\u00f8n Doe", "Secret, or not?");
        HttpDigestChallenge challenge = challenge("Digest realm=\"api@example.org\", qop=\"auth\", algorithm=SHA-256,"
                + " nonce=\"5TsQWLVdgBdmrQ0XsxbOwXcN5KdJdyYvmXKI5MbHyf\", charset=UTF-8, userhash=true");

        HttpDigestAnswer answer = HttpDigest.answer(challenge, jaeson, new Request("GET", "/doe.json"),
                new Use("NTg6RKcb9boFIAS3KrFK9BGeh+niz/sm", 1));

        assertThat(answer.response()).isEqualTo("09ae3da5b1b0c26eec2935e5ba112b259b57102b452e3abbe3c7f19f34e157bc");
        assertThat(answer.userName()).isEqualTo("5a1a8a47df5c298551b9b42ba9b05835174a5bd7d511ff7fe9191d8e946fc4e7");
        assertThat(answer.print()).endsWith("userhash=true");
        assertThat(HttpDigest.matches(HttpDigestAnswer.parse(answer.print()), jaeson, "GET")).isTrue();
    }

    @Test
    void answers_the_challenge_of_rfc_2617_3_5() throws Malformed {
        HttpDigestChallenge challenge = challenge("Digest realm=\"testrealm@host.com\", qop=\"auth,auth-int\","
                + " nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"");

        assertThat(HttpDigest.answer(challenge, new HttpLogin("Mufasa", "Circle Of Life"), INDEX,
                new Use("0a4f113b", 1)).response()).isEqualTo("6629fae49393a05397450978507c4ef1");
    }

    /** The response that the RFC prints is wrong; its errata give this one. */
    @Test
    void answers_the_challenge_of_rfc_2069_2_4_without_qop() throws Malformed {
        HttpDigestChallenge challenge = challenge("Digest realm=\"testrealm@host.com\","
                + " nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"");

        HttpDigestAnswer answer = HttpDigest.answer(challenge, new HttpLogin("Mufasa", "CircleOfLife"), INDEX,
                new Use("unused", 1));

        assertThat(answer.response()).isEqualTo("1949323746fe6a43ef61f9606e7febea");
        assertThat(answer.print()).doesNotContain("cnonce").doesNotContain("qop");
    }

    @Test
    void prints_and_reads_the_examples_of_rfc_7617() throws Malformed {
        HttpLogin aladdin = new HttpLogin("Aladdin", "open sesame");
        assertThat(HttpBasic.print(aladdin)).isEqualTo("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        assertThat(HttpBasic.parse("basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")).isEqualTo(aladdin);
        assertThat(HttpBasic.parse("Basic dGVzdDoxMjPCow==")).isEqualTo(new HttpLogin("test", "123\u00a3"));
    }

    private static HttpDigestChallenge challenge(String header) throws Malformed {
        return HttpDigestChallenge.read(HttpChallenge.parseOne(header)).orElseThrow();
    }
}
