package dev.grove.dm1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.auth.Digest;
import dev.grove.auth.Nonce;
import dev.grove.auth.Scheme;
import dev.grove.auth.Secret;
import dev.grove.dm1.client.ClientFact;
import dev.grove.dm1.client.ClientFact.Reason;
import dev.grove.dm1.client.Trigger;
import dev.grove.dm1.exchange.Profile;
import dev.grove.engine.Fact;
import dev.grove.notify.TriggerMessage;
import dev.grove.notify.UiMode;
import dev.grove.syncml.Encoding;
import dev.grove.tree.StatusCode;
import dev.grove.wire.Bytes;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.jspecify.annotations.Nullable;

/**
 * Both sides have lost each other's nonces, and only a notification can bring them together ([DMNOTI 1.2 §5.1]).
 *
 * <pre>
 * device                                           server
 *   |   &lt;- trigger, digest with 0x00000000             |   1, 2
 *   | package 1, credentials with 0x00000000  ->       |   3
 *   |   &lt;- 212 Chal n1, Cred with 0x00000000, Get      |   4
 *   | 212 Chal n2, Status, Results  ->                 |   5
 *   |   &lt;- 200                                         |   6
 * </pre>
 */
class ResynchronisationLockstepTest {

    private static final String SERVER_ID = "server";

    @ParameterizedTest
    @EnumSource(value = Scheme.class, mode = Mode.EXCLUDE, names = "BASIC")
    @Tag("SCR-DM-NOTI-S-004")
    @Tag("SCR-DM-NOTI-C-003")
    void brings_device_and_server_together_in_six_steps_without_a_refusal(Scheme scheme) {
        Loopback loop = apart(scheme).withDefaultNonce();
        loop.queue("first", LoopbackTest.get("./A/B"));

        // 1: the digest with the server's nonce is wrong for the device, and with the default nonce too
        TriggerMessage.Signed usual = trigger(loop, 0x1234, secret(loop.account.server()).nonce());
        assertThat(believes(loop, usual, secret(loop.clientAccount.server()).nonce())).isFalse();
        assertThat(believes(loop, usual, Nonce.DEFAULT)).isFalse();

        // 2: the next one was made with the default nonce
        TriggerMessage.Signed startsOver = trigger(loop, 0x1234, Nonce.DEFAULT);
        assertThat(believes(loop, startsOver, secret(loop.clientAccount.server()).nonce())).isFalse();
        assertThat(believes(loop, startsOver, Nonce.DEFAULT)).isTrue();

        // 3 to 6
        assertThat(loop.session(Trigger.server(0x1234, false, true))).isEqualTo(Reason.COMPLETED);
        assertThat(loop.serverFacts).noneMatch(Fact.AuthenticationRefused.class::isInstance);
        assertThat(loop.clientFacts).noneMatch(ClientFact.ServerRefused.class::isInstance)
                .contains(new ClientFact.Accepted(scheme), new ClientFact.ServerAuthenticated(scheme));
        assertThat(loop.messages).isEqualTo(2);
        assertThat(loop.outcome("first/0").status()).isEqualTo(StatusCode.OK);
        assertThat(loop.serverFacts).contains(new Fact.Began("DM 1.2", true));
        assertInStep(loop);

        // from now on neither needs the default nonce
        TriggerMessage.Signed next = trigger(loop, 0x1235, secret(loop.account.server()).nonce());
        assertThat(believes(loop, next, secret(loop.clientAccount.server()).nonce())).isTrue();
        loop.serverFacts.clear();
        loop.clientFacts.clear();
        loop.queue("second", LoopbackTest.get("./A/B"));
        assertThat(loop.session(Trigger.server(0x1235, false, false))).isEqualTo(Reason.COMPLETED);
        assertThat(loop.serverFacts).noneMatch(Fact.AuthenticationRefused.class::isInstance);
        assertThat(loop.clientFacts).noneMatch(ClientFact.ServerRefused.class::isInstance);
        assertThat(loop.outcome("second/0").status()).isEqualTo(StatusCode.OK);
    }

    @ParameterizedTest
    @EnumSource(value = Scheme.class, mode = Mode.EXCLUDE, names = "BASIC")
    void a_server_that_does_not_permit_it_challenges_and_they_come_together_all_the_same(Scheme scheme) {
        Loopback loop = apart(scheme);
        loop.queue("first", LoopbackTest.get("./A/B"));
        assertThat(loop.session(Trigger.server(0x1234, false, true))).isEqualTo(Reason.COMPLETED);
        assertThat(loop.serverFacts).anyMatch(Fact.AuthenticationRefused.class::isInstance);
        assertThat(loop.outcome("first/0").status()).isEqualTo(StatusCode.OK);
        assertInStep(loop);
    }

    private static void assertInStep(Loopback loop) {
        Bytes client = secret(loop.account.client()).nonce();
        Bytes server = secret(loop.account.server()).nonce();
        assertThat(client).isNotEqualTo(Nonce.DEFAULT).isEqualTo(secret(loop.clientAccount.client()).nonce());
        assertThat(server).isNotEqualTo(Nonce.DEFAULT).isNotEqualTo(client)
                .isEqualTo(secret(loop.clientAccount.server()).nonce());
    }

    private static TriggerMessage.Signed trigger(Loopback loop, int sessionId, Bytes nonce) {
        return TriggerMessage.of(SERVER_ID, sessionId, UiMode.BACKGROUND)
                .sign(hash(secret(loop.account.server())), nonce);
    }

    private static boolean believes(Loopback loop, TriggerMessage.Signed trigger, Bytes nonce) {
        return trigger.isBy(hash(secret(loop.clientAccount.server())), nonce);
    }

    private static String hash(Secret secret) {
        return Digest.MD5.secretHash(SERVER_ID, secret.password());
    }

    private static Secret secret(@Nullable Secret secret) {
        return Objects.requireNonNull(secret);
    }

    private static Loopback apart(Scheme scheme) {
        return LoopbackTest.loop(Profile.DM_1_2, Encoding.XML, 11)
                .withClientScheme(scheme, true, Bytes.utf8("device's of client"), Bytes.utf8("server's of client"))
                .withServerScheme(scheme, Bytes.utf8("device's of server"), Bytes.utf8("server's of server"));
    }
}
