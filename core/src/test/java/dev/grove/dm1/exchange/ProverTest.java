package dev.grove.dm1.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.auth.Credentials;
import dev.grove.auth.Nonce;
import dev.grove.auth.Scheme;
import dev.grove.auth.Secret;
import dev.grove.dm1.exchange.Prover.Answer;
import dev.grove.dm1.exchange.Prover.Effect;
import dev.grove.syncml.Command.Status;
import dev.grove.syncml.Meta;
import dev.grove.tree.StatusCode;
import dev.grove.wire.Bytes;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProverTest {

    private static final String SHA = Scheme.SHA256.wireName();
    private static final Secret SECRET = new Secret("srv", "pwd", Bytes.utf8("stored"));
    private static final Bytes FRESH = Bytes.utf8("fresh");

    @Test
    void begins_with_the_stored_nonce_and_stops_at_212() {
        Prover start = Prover.start(Scheme.MD5);
        assertThat(data(start)).isEqualTo(Credentials.data(Scheme.MD5, SECRET));
        Answer answer = start.answered(status(212, chal("syncml:auth-md5", FRESH)), SHA);
        assertThat(answer.effect()).isEqualTo(Effect.GO_ON);
        assertThat(answer.nextNonce()).as("for the next session").isEqualTo(FRESH);
        assertThat(answer.next().cred(SECRET, SHA)).isEmpty();
    }

    @Test
    void proves_each_message_anew_after_200_with_a_nonce() {
        Answer answer = Prover.start(Scheme.MD5).answered(status(200, chal("syncml:auth-md5", FRESH)), SHA);
        assertThat(data(answer.next())).isEqualTo(Credentials.data(Scheme.MD5, SECRET.withNonce(FRESH)));
    }

    @Test
    void repeats_the_same_credentials_after_200_without_a_nonce() {
        Answer answer = Prover.start(Scheme.BASIC).answered(status(200, null), SHA);
        assertThat(data(answer.next())).isEqualTo(Credentials.data(Scheme.BASIC, SECRET));
    }

    @Test
    void meets_a_challenge_with_its_scheme_and_nonce_and_gives_up_at_the_third() {
        Answer first = Prover.start(Scheme.BASIC).answered(status(407, chal("syncml:auth-md5", FRESH)), SHA);
        assertThat(first.effect()).isEqualTo(Effect.AGAIN);
        assertThat(data(first.next())).isEqualTo(Credentials.data(Scheme.MD5, SECRET.withNonce(FRESH)));
        Answer second = first.next().answered(status(401, chal("syncml:auth-md5", FRESH)), SHA);
        assertThat(second.effect()).isEqualTo(Effect.AGAIN);
        assertThat(second.next().answered(status(401, chal("syncml:auth-md5", FRESH)), SHA).effect())
                .isEqualTo(Effect.GIVE_UP);
    }

    @Test
    void gives_up_where_there_is_no_challenge_or_an_unknown_scheme() {
        assertThat(Prover.start(Scheme.MD5).answered(status(401, null), SHA).effect()).isEqualTo(Effect.GIVE_UP);
        Answer unknown = Prover.start(Scheme.MD5).answered(status(401, chal("syncml:auth-X509", FRESH)), SHA);
        assertThat(unknown.effect()).isEqualTo(Effect.GIVE_UP);
        assertThat(unknown.isSchemeUnknown()).isTrue();
    }

    @Test
    void mac_is_a_header_on_every_message() {
        Prover mac = Prover.start(Scheme.MAC);
        Bytes body = Bytes.utf8("<SyncML/>");
        assertThat(mac.cred(SECRET, SHA)).isEmpty();
        assertThat(mac.hmac(SECRET, body))
                .hasValueSatisfying(header -> assertThat(header).contains("username=\"srv\""));
        Answer answer = mac.answered(status(212, chal("syncml:auth-MAC", FRESH)), SHA);
        assertThat(answer.next().hmac(SECRET, body)).as("212 does not end MAC").isPresent()
                .isNotEqualTo(mac.hmac(SECRET, body));
    }

    @Test
    void other_refusals_are_not_about_credentials() {
        Prover start = Prover.start(Scheme.MD5);
        assertThat(start.answered(status(500, null), SHA)).isEqualTo(new Answer(start, Effect.GO_ON, null, false));
    }

    @Test
    void starts_over_with_the_default_nonce() {
        assertThat(data(Prover.startOver(Scheme.MD5)))
                .isEqualTo(Credentials.data(Scheme.MD5, SECRET.withNonce(Nonce.DEFAULT)));
    }

    @Test
    void a_nonce_that_is_not_base64_is_taken_as_text() {
        Meta chal = new Meta("b64", "syncml:auth-md5", null, null, "not base64!", null, null, List.of());
        assertThat(Prover.start(Scheme.MD5).answered(status(212, chal), SHA).nextNonce())
                .isEqualTo(Bytes.utf8("not base64!"));
    }

    private static String data(Prover prover) {
        return prover.cred(SECRET, SHA).orElseThrow().data();
    }

    private static Meta chal(String type, Bytes nonce) {
        return new Meta("b64", type, null, null, nonce.base64(), null, null, List.of());
    }

    private static Status status(int code, @Nullable Meta chal) {
        return new Status("1", "1", "0", "SyncHdr", List.of(), List.of(), null, chal, new StatusCode(code), null,
                List.of());
    }
}
