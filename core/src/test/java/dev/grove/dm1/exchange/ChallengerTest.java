package dev.grove.dm1.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.auth.Credentials;
import dev.grove.auth.Digest;
import dev.grove.auth.Nonce;
import dev.grove.auth.Scheme;
import dev.grove.auth.Secret;
import dev.grove.dm1.exchange.Challenger.Offer;
import dev.grove.dm1.exchange.Challenger.Policy;
import dev.grove.dm1.exchange.Challenger.Verdict;
import dev.grove.syncml.Meta;
import dev.grove.syncml.SyncHdr.Cred;
import dev.grove.tree.StatusCode;
import dev.grove.wire.Bytes;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChallengerTest {

    private static final Secret BRUCE = new Secret("Bruce2", "OhBehave", Bytes.utf8("Nonce"));
    private static final Bytes BODY = Bytes.utf8("<SyncML/>");
    private static final Policy MD5 = policy(Scheme.MD5, Scheme.BASIC);
    private static final Policy MAC = policy(Scheme.MAC);

    private final SplittableRandom luck = new SplittableRandom(7);

    @Test
    void asks_with_407_for_missing_and_401_for_wrong_credentials_each_with_a_new_nonce() {
        Verdict missing = judge(Challenger.START, nothing(), MD5);
        assertThat(missing.status()).isEqualTo(StatusCode.MISSING_CREDENTIALS);
        assertThat(missing.isAccepted()).isFalse();
        Verdict wrong = judge(missing.next(), cred(Scheme.MD5, BRUCE), MD5);
        assertThat(wrong.status()).isEqualTo(StatusCode.INVALID_CREDENTIALS);
        assertThat(chal(wrong).type()).isEqualTo("syncml:auth-md5");
        assertThat(chal(wrong).format()).isEqualTo("b64");
        assertThat(chal(wrong).nextNonce()).isNotEqualTo(chal(missing).nextNonce());
        assertThat(wrong.issued()).as("nothing is stored for a stranger").isNull();
    }

    @Test
    void accepts_the_stored_nonce_with_212_and_names_the_next() {
        Verdict verdict = judge(Challenger.START, cred(Scheme.MD5, BRUCE), MD5);
        assertThat(verdict.status()).isEqualTo(StatusCode.AUTHENTICATION_ACCEPTED);
        assertThat(verdict.scheme()).isEqualTo(Scheme.MD5);
        assertThat(verdict.issued()).isNotNull().isEqualTo(verdict.next().nonce());
        assertThat(judge(verdict.next(), nothing(), MD5).status()).as("the session is proved").isEqualTo(StatusCode.OK);
    }

    @Test
    void after_a_challenge_only_its_nonce_counts() {
        Challenger challenged = judge(Challenger.START, nothing(), MD5).next();
        assertThat(judge(challenged, cred(Scheme.MD5, BRUCE), MD5).isAccepted()).isFalse();
        assertThat(judge(challenged, cred(Scheme.MD5, withNonceOf(challenged)), MD5).isAccepted()).isTrue();
    }

    @Test
    void basic_gets_no_nonce() {
        Verdict verdict = judge(Challenger.START, cred(Scheme.BASIC, BRUCE), MD5);
        assertThat(verdict.status()).isEqualTo(StatusCode.AUTHENTICATION_ACCEPTED);
        assertThat(verdict.chal()).isNull();
        assertThat(chal(judge(Challenger.START, nothing(), policy(Scheme.BASIC))).nextNonce()).isNull();
    }

    @Test
    void a_scheme_that_is_not_accepted_is_refused_even_with_right_credentials() {
        Verdict verdict = judge(Challenger.START, cred(Scheme.BASIC, BRUCE), policy(Scheme.MD5));
        assertThat(verdict.status()).isEqualTo(StatusCode.INVALID_CREDENTIALS);
        assertThat(chal(verdict).type()).isEqualTo("syncml:auth-md5");
    }

    @Test
    void ends_after_as_many_wrong_offers_as_are_allowed() {
        Challenger state = judge(Challenger.START, nothing(), MD5).next();
        Secret wrong = new Secret("Bruce2", "wrong", Bytes.EMPTY);
        for (int offer = 1; offer <= 3; offer++) {
            Verdict verdict = judge(state, cred(Scheme.MD5, wrong), MD5);
            assertThat(verdict.isOver()).as("offer " + offer).isEqualTo(offer == 3);
            state = verdict.next();
        }
    }

    @Test
    void ends_with_a_peer_that_never_offers_anything() {
        Challenger state = Challenger.START;
        int messages = 0;
        for (boolean isOver = false; !isOver; messages++) {
            Verdict verdict = judge(state, nothing(), MD5);
            state = verdict.next();
            isOver = verdict.isOver();
        }
        assertThat(messages).isEqualTo(4);
    }

    @Test
    void mac_proves_one_message_at_a_time_with_200_and_a_new_nonce() {
        Verdict first = judge(Challenger.START, mac(BRUCE), MAC);
        assertThat(first.status()).isEqualTo(StatusCode.OK);
        assertThat(chal(first).nextNonce()).isNotNull();
        assertThat(judge(first.next(), mac(BRUCE), MAC).isAccepted()).as("a used nonce").isFalse();
        Verdict second = judge(first.next(), mac(withNonceOf(first.next())), MAC);
        assertThat(second.status()).isEqualTo(StatusCode.OK);
        assertThat(chal(second).nextNonce()).isNotEqualTo(chal(first).nextNonce());
    }

    @Test
    void leaving_mac_out_ends_the_session_even_with_other_valid_credentials() {
        Policy both = policy(Scheme.MAC, Scheme.BASIC);
        Challenger inForce = judge(Challenger.START, mac(BRUCE), both).next();
        assertThat(judge(inForce, nothing(), both).isOver()).isTrue();
        Challenger challenged = judge(Challenger.START, nothing(), both).next();
        Verdict other = judge(challenged, cred(Scheme.BASIC, BRUCE), both);
        assertThat(other.isAccepted()).isFalse();
        assertThat(other.isOver()).isTrue();
    }

    @Test
    void a_header_that_is_no_hmac_is_wrong() {
        assertThat(judge(Challenger.START, new Offer(null, "nonsense", BODY), MAC).status())
                .isEqualTo(StatusCode.INVALID_CREDENTIALS);
    }

    @Test
    void the_digest_schemes_can_prove_every_message_too() {
        Policy policy = new Policy(List.of(Scheme.SHA256), 3, "x-sha", false, true);
        Verdict first = judge(Challenger.START, new Offer(new Cred(Meta.of("b64", "x-sha"),
                Credentials.data(Scheme.SHA256, BRUCE)), null, BODY), policy);
        assertThat(first.status()).isEqualTo(StatusCode.OK);
        assertThat(chal(first).type()).isEqualTo("x-sha");
        assertThat(judge(first.next(), nothing(), policy).status()).isEqualTo(StatusCode.MISSING_CREDENTIALS);
    }

    @Test
    void the_default_nonce_passes_where_permitted_and_only_before_a_challenge() {
        Policy lenient = new Policy(List.of(Scheme.MD5), 3, "", true, false);
        Secret resync = BRUCE.withNonce(Nonce.DEFAULT);
        assertThat(judge(Challenger.START, cred(Scheme.MD5, resync), MD5).isAccepted()).isFalse();
        assertThat(judge(Challenger.START, cred(Scheme.MD5, resync), lenient).isAccepted()).isTrue();
        Challenger challenged = judge(Challenger.START, nothing(), lenient).next();
        assertThat(judge(challenged, cred(Scheme.MD5, resync), lenient).isAccepted()).isFalse();
    }

    @Test
    void another_scheme_is_asked_for_where_the_peer_does_not_know_the_first() {
        Challenger challenged = judge(Challenger.START, nothing(), MD5).next().withoutLastScheme();
        assertThat(chal(judge(challenged, nothing(), MD5)).type()).isEqualTo("syncml:auth-basic");
    }

    /** A stale nonce is healed by a fresh one for the same scheme, wherever it stands in the list. */
    @ParameterizedTest
    @EnumSource(value = Scheme.class, names = {"MD5", "SHA256"})
    void the_challenge_names_the_scheme_that_was_offered(Scheme offered) {
        Policy all = policy(Scheme.BASIC, Scheme.MD5, Scheme.MAC, Scheme.SHA256);
        Verdict stale = judge(Challenger.START, cred(offered, BRUCE.withNonce(Bytes.utf8("stale"))), all);
        assertThat(stale.status()).isEqualTo(StatusCode.INVALID_CREDENTIALS);
        assertThat(chal(stale).type()).isEqualTo(offered.wireName());
        assertThat(judge(stale.next(), cred(offered, withNonceOf(stale.next())), all).isAccepted()).isTrue();
    }

    @Test
    void nobody_is_asked_for_a_password_who_may_show_a_digest() {
        Policy all = policy(Scheme.BASIC, Scheme.MD5, Scheme.MAC);
        assertThat(chal(judge(Challenger.START, nothing(), all)).type()).isEqualTo("syncml:auth-md5");
        Secret wrong = new Secret("Bruce2", "wrong", Bytes.EMPTY);
        assertThat(chal(judge(Challenger.START, cred(Scheme.BASIC, wrong), all)).type()).isEqualTo("syncml:auth-md5");
        assertThat(judge(Challenger.START, cred(Scheme.BASIC, BRUCE), all).isAccepted()).isTrue();
    }

    @Test
    void whoever_the_transport_vouches_for_needs_no_proof() {
        Verdict verdict = judge(Challenger.START.proved(), nothing(), MD5);
        assertThat(verdict.status()).isEqualTo(StatusCode.OK);
        assertThat(verdict.chal()).isNull();
    }

    private Verdict judge(Challenger state, Offer offer, Policy policy) {
        return state.judge(offer, BRUCE, policy, luck);
    }

    private static Policy policy(Scheme... schemes) {
        return new Policy(List.of(schemes), 3, Scheme.SHA256.wireName(), false, false);
    }

    private static Offer nothing() {
        return new Offer(null, null, BODY);
    }

    private static Offer cred(Scheme scheme, Secret secret) {
        return new Offer(new Cred(Meta.of("b64", scheme.wireName()), Credentials.data(scheme, secret)), null, BODY);
    }

    private static Offer mac(Secret secret) {
        return new Offer(null, Credentials.hmac(Digest.MD5, secret, BODY).print(), BODY);
    }

    private static Secret withNonceOf(Challenger challenger) {
        Bytes nonce = challenger.nonce();
        assertThat(nonce).isNotNull();
        return nonce == null ? BRUCE : BRUCE.withNonce(nonce);
    }

    private static Meta chal(Verdict verdict) {
        Meta chal = verdict.chal();
        assertThat(chal).isNotNull();
        return chal == null ? Meta.NONE : chal;
    }
}
