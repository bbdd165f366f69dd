package dev.grove.dm1;

import dev.grove.engine.Account;
import dev.grove.engine.Fact;
import dev.grove.engine.Task;
import static dev.grove.dm1.Say.alert;
import static dev.grove.dm1.Say.devInfo;
import static dev.grove.dm1.Say.header;
import static dev.grove.dm1.Say.status;
import static dev.grove.dm1.ScriptedDevice.BRUCE;
import static dev.grove.dm1.ScriptedDevice.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.auth.Credentials;
import dev.grove.auth.Match;
import dev.grove.auth.Nonce;
import dev.grove.auth.Scheme;
import dev.grove.auth.Secret;
import dev.grove.auth.SyncmlHmac;
import dev.grove.auth.Verifier;
import dev.grove.engine.Fact.Reason;
import dev.grove.syncml.Command.Status;
import dev.grove.syncml.Meta;
import dev.grove.syncml.SyncHdr.Cred;
import dev.grove.tree.Address;
import dev.grove.tree.Operation;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import dev.grove.wire.Malformed;
import dev.grove.wire.Packet;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** [DMPRO 1.3 §9], [DMSEC 1.2 §5]: who is who, in both directions. */
class AuthenticationLockstepTest {

    private static final Operation GET = new Operation.Get(Address.parse("./DevInfo/Man"));

    /**
     * [DMPRO 1.3 §9.4.1].
     *
     * <pre>
     * device                                     server
     *   | Alert, Replace (no credentials)  ->       |
     *   |   <- 407 Chal basic, one Status each      |
     *   | the same, with Cred  ->                   |
     *   |   <- 212                                  |
     * </pre>
     */
    @Test
    @Tag("DM-PRO-Session-S-002")
    @Tag("DM-PRO-S-010")
    void challenges_for_basic_and_accepts_it() {
        ScriptedDevice device = new ScriptedDevice().with(GET);
        device.account = account(Scheme.BASIC);
        device.sends(alert(1, 1201), devInfo(2));
        assertThat(device.hears()).containsExactly("Status 1/0 SyncHdr 407 Chal syncml:auth-basic",
                "Status 1/1 Alert 407", "Status 1/2 Replace 407", "Final");
        assertThat(device.turn().next().isEnded()).isFalse();
        assertThat(device.allFacts).noneMatch(Fact.Learned.class::isInstance);
        device.basic().sends(header(1, 200), alert(2, 1201), devInfo(3));
        assertThat(device.hears()).containsExactly("Status 2/0 SyncHdr 212", "Status 2/2 Alert 200",
                "Status 2/3 Replace 200", "4 Get ./DevInfo/Man", "Final");
        assertThat(device.facts(Fact.Authenticated.class)).containsExactly(new Fact.Authenticated(Scheme.BASIC));
        device.cred = null;
        device.sends(header(2, 200), status(2, "2/4", "Get", 404));
        assertThat(device.hears()).containsExactly("Status 3/0 SyncHdr 200", "Final");
    }

    /** [DMPRO 1.3 §9.4.2], with the nonce of the next session in the Status 212. */
    @Test
    void accepts_md5_with_the_nonce_of_the_challenge_and_names_the_next() {
        ScriptedDevice device = new ScriptedDevice();
        device.sends(alert(1, 1201), devInfo(2));
        Secret challenged = BRUCE.withNonce(nextNonce(device));
        device.md5(challenged).sends(header(1, 200), alert(2, 1201), devInfo(3));
        assertThat(device.hears().getFirst()).isEqualTo("Status 2/0 SyncHdr 212 Chal syncml:auth-md5");
        Secret stored = device.account.client();
        assertThat(stored).isNotNull();
        assertThat(stored == null ? null : stored.nonce()).isEqualTo(nextNonce(device))
                .isNotEqualTo(challenged.nonce());

        ScriptedDevice nextSession = new ScriptedDevice();
        nextSession.account = device.account;
        nextSession.md5(BRUCE.withNonce(nextNonce(device))).sends(alert(1, 1201), devInfo(2));
        assertThat(nextSession.hears().getFirst()).startsWith("Status 1/0 SyncHdr 212");
        nextSession.sessionId = "2";
        nextSession.session = null;
        nextSession.msgId = 0;
        nextSession.sends(alert(1, 1201), devInfo(2));
        assertThat(nextSession.hears().getFirst()).as("a nonce passes once").startsWith("Status 1/0 SyncHdr 401");
    }

    @Test
    void a_stranger_changes_nothing_that_is_stored_and_is_turned_away_after_three_attempts() {
        ScriptedDevice device = new ScriptedDevice().with(GET);
        Account before = device.account;
        device.md5(new Secret("Bruce2", "guess", Bytes.EMPTY));
        for (int attempt = 1; attempt <= 3; attempt++) {
            device.sends(alert(1, 1201), devInfo(2));
            assertThat(device.hears()).as("attempt " + attempt).containsExactly(
                    "Status " + attempt + "/0 SyncHdr 401 Chal syncml:auth-md5", "Status " + attempt + "/1 Alert 401",
                    "Status " + attempt + "/2 Replace 401", "Final");
        }
        assertThat(device.facts(Fact.Ended.class)).extracting(Fact.Ended::reason)
                .containsExactly(Reason.NOT_AUTHENTICATED);
        assertThat(device.account).isEqualTo(before);
        assertThat(device.allFacts).filteredOn(Fact.AuthenticationRefused.class::isInstance).hasSize(3);
        device.md5(BRUCE).sends(status(1, "3/0", "SyncHdr", 200));
        assertThat(device.hears()).containsExactly("Status 4/0 SyncHdr 403", "Final");
    }

    @Test
    void a_device_without_credentials_here_is_forbidden() {
        ScriptedDevice device = new ScriptedDevice();
        device.account = new Account(ScriptedDevice.ID, null, List.of(), null, Scheme.MD5);
        device.sends(alert(1, 1201), devInfo(2));
        assertThat(device.hears()).containsExactly("Status 1/0 SyncHdr 403", "Status 1/1 Alert 403",
                "Status 1/2 Replace 403", "Final");
        assertThat(device.turn().next().isEnded()).isTrue();
    }

    @Test
    void the_transport_may_vouch_for_the_device_but_not_for_another() {
        ScriptedDevice device = ScriptedDevice.trusted();
        device.sends(alert(1, 1201), devInfo(2));
        assertThat(device.hears().getFirst()).isEqualTo("Status 1/0 SyncHdr 200");
        assertThat(device.facts(Fact.Authenticated.class)).containsExactly(new Fact.Authenticated(null));
        ScriptedDevice other = new ScriptedDevice();
        other.transportIdentity = "IMEI:another";
        other.sends(alert(1, 1201), devInfo(2));
        assertThat(other.hears().getFirst()).startsWith("Status 1/0 SyncHdr 407");
    }

    @Test
    void who_is_vouched_for_may_still_show_credentials_good_or_bad() {
        ScriptedDevice good = ScriptedDevice.trusted().md5(BRUCE);
        good.sends(alert(1, 1201), devInfo(2));
        assertThat(good.hears().getFirst()).isEqualTo("Status 1/0 SyncHdr 212 Chal syncml:auth-md5");
        ScriptedDevice bad = ScriptedDevice.trusted().md5(new Secret("dummy", "dummy", Bytes.EMPTY));
        bad.sends(alert(1, 1201), devInfo(2));
        assertThat(bad.hears().getFirst()).isEqualTo("Status 1/0 SyncHdr 200");
    }

    /**
     * [DMSEC 1.2 §5.3].
     *
     * <pre>
     * device                                     server
     *   | x-syncml-hmac(n0), package 1  ->          |
     *   |   <- 200 Chal MAC n1, Get                 |
     *   | x-syncml-hmac(n1), Status, Results  ->    |
     *   |   <- 200 Chal MAC n2                      |
     * </pre>
     */
    @Test
    void mac_is_proved_in_each_message_with_a_nonce_of_its_own() {
        ScriptedDevice device = new ScriptedDevice().with(GET);
        device.account = account(Scheme.MAC);
        device.macSecret = BRUCE;
        device.sends(alert(1, 1201), devInfo(2));
        assertThat(device.hears()).containsExactly("Status 1/0 SyncHdr 200 Chal syncml:auth-MAC",
                "Status 1/1 Alert 200", "Status 1/2 Replace 200", "4 Get ./DevInfo/Man", "Final");
        device.macSecret = BRUCE.withNonce(nextNonce(device));
        device.sends(header(1, 200), status(2, "1/4", "Get", 404));
        assertThat(device.hears()).containsExactly("Status 2/0 SyncHdr 200 Chal syncml:auth-MAC", "Final");
        assertThat(device.allFacts).filteredOn(Fact.ClientNonceIssued.class::isInstance).hasSize(2);
    }

    @Test
    void leaving_mac_out_ends_the_session_and_nothing_counts_as_answered() {
        ScriptedDevice device = new ScriptedDevice().with(GET);
        device.account = account(Scheme.MAC);
        device.macSecret = BRUCE;
        device.sends(alert(1, 1201), devInfo(2));
        device.macSecret = null;
        device.sends(header(1, 200), status(2, "1/4", "Get", 404));
        assertThat(device.hears()).containsExactly("Status 2/0 SyncHdr 407 Chal syncml:auth-MAC", "Final");
        assertThat(device.outcomes).isEmpty();
        assertThat(device.unanswered).containsExactly("0");
        assertThat(device.facts(Fact.Ended.class)).hasSize(1);
    }

    @Test
    void digests_can_be_asked_for_in_each_message() {
        ScriptedDevice device = new ScriptedDevice().with(GET);
        device.settings = new ServerSettings(5000, 5000, 3, Duration.ofMinutes(1), "x-sha", false, true, null);
        device.account = account(Scheme.SHA256);
        device.cred = new Cred(Meta.of("b64", "x-sha"), Credentials.data(Scheme.SHA256, BRUCE));
        device.sends(alert(1, 1201), devInfo(2));
        assertThat(device.hears().getFirst()).isEqualTo("Status 1/0 SyncHdr 200 Chal x-sha");
        device.cred = null;
        device.sends(header(1, 200), status(2, "1/4", "Get", 404));
        assertThat(device.hears()).containsExactly("Status 2/0 SyncHdr 407 Chal x-sha", "Final");
        assertThat(device.outcomes).as("an unproved message says nothing").isEmpty();
        device.cred = new Cred(Meta.of("b64", "x-sha"),
                Credentials.data(Scheme.SHA256, BRUCE.withNonce(nextNonce(device))));
        device.sends(header(2, 200), status(2, "1/4", "Get", 404));
        assertThat(device.outcomes).containsKey("0");
    }

    @Test
    @Tag("SCR-DM-NOTI-S-004")
    void the_default_nonce_resynchronises_where_it_is_permitted() {
        ScriptedDevice strict = new ScriptedDevice().md5(BRUCE.withNonce(Nonce.DEFAULT));
        strict.sends(alert(1, 1201), devInfo(2));
        assertThat(strict.hears().getFirst()).startsWith("Status 1/0 SyncHdr 401");
        ScriptedDevice lenient = new ScriptedDevice().md5(BRUCE.withNonce(Nonce.DEFAULT));
        lenient.settings = new ServerSettings(5000, 5000, 3, Duration.ofMinutes(1), "x", true);
        lenient.sends(alert(1, 1201), devInfo(2));
        assertThat(lenient.hears().getFirst()).isEqualTo("Status 1/0 SyncHdr 212 Chal syncml:auth-md5");
        assertThat(lenient.facts(Fact.ClientNonceIssued.class)).hasSize(1);
    }

    @Test
    void a_device_that_does_not_know_the_scheme_is_asked_for_another() {
        ScriptedDevice device = new ScriptedDevice();
        device.sends(alert(1, 1201), devInfo(2));
        device.sends(status(1, "1/1", "Status", 406), alert(2, 1201), devInfo(3));
        assertThat(device.hears().getFirst()).isEqualTo("Status 2/0 SyncHdr 407 Chal syncml:auth-basic");
    }

    /**
     * <pre>
     * device                                     server
     *   | package 1  ->                             |
     *   |   <- Cred of the server (n0), Get         |
     *   | 401 Chal md5 n1 on header and Get  ->     |
     *   |   <- Cred (n1), the same Get              |
     *   | 212 Chal n2, Status, Results  ->          |
     *   |   <- no Cred                              |
     * </pre>
     */
    @Test
    void the_server_proves_itself_and_meets_the_devices_challenge() {
        ScriptedDevice device = ScriptedDevice.trusted().with(GET);
        device.account = new Account(ScriptedDevice.ID, null, List.of(), SERVER, Scheme.BASIC);
        device.sends(alert(1, 1201), devInfo(2));
        assertThat(serverCred(device)).isEqualTo(Credentials.data(Scheme.BASIC, SERVER));

        Bytes fresh = Bytes.utf8("fresh nonce");
        device.sends(challenge(1, 401, "syncml:auth-md5", fresh), status(2, "1/4", "Get", 401));
        assertThat(device.hears()).containsExactly("Status 2/0 SyncHdr 200", "2 Get ./DevInfo/Man", "Final");
        assertThat(serverCred(device)).isEqualTo(Credentials.data(Scheme.MD5, SERVER.withNonce(fresh)));
        assertThat(device.answer().header().source().name()).isEqualTo("srv");
        assertThat(device.facts(Fact.ServerNonceReceived.class)).containsExactly(new Fact.ServerNonceReceived(fresh));
        assertThat(device.facts(Fact.ServerSchemeLearned.class))
                .containsExactly(new Fact.ServerSchemeLearned(Scheme.MD5));
        assertThat(device.outcomes).isEmpty();
        assertThat(device.allFacts).as("sent once").filteredOn(Fact.Sent.class::isInstance).hasSize(1);

        device.work.add(new Task("job", 1, GET));
        Bytes nextSession = Bytes.utf8("next session");
        device.sends(challenge(2, 212, "syncml:auth-md5", nextSession), status(2, "2/2", "Get", 404));
        assertThat(serverCred(device)).isNull();
        assertThat(device.outcomes).containsEntry("0", Outcome.of(StatusCode.NOT_FOUND));
        Secret stored = device.account.server();
        assertThat(stored == null ? null : stored.nonce()).isEqualTo(nextSession);
    }

    @Test
    @Tag("DM-PRO-Abort-S-001")
    @Tag("DM-PRO-Abort-S-003")
    @Tag("DM-PRO-Abort-S-004")
    void a_device_that_never_believes_the_server_ends_the_session() {
        ScriptedDevice device = ScriptedDevice.trusted().with(GET);
        device.account = new Account(ScriptedDevice.ID, null, List.of(), SERVER, Scheme.MD5);
        device.sends(alert(1, 1201), devInfo(2));
        for (int i = 1; i <= 3; i++) {
            device.sends(challenge(i, 401, "syncml:auth-md5", Bytes.utf8("n" + i)));
        }
        assertThat(device.hears()).containsExactly("Status 4/0 SyncHdr 200", "2 Alert 1223", "Final");
        assertThat(device.facts(Fact.Ended.class)).extracting(Fact.Ended::reason)
                .containsExactly(Reason.SERVER_NOT_AUTHENTICATED);
        assertThat(device.unanswered).containsExactly("0");
    }

    @Test
    @Tag("DM-PRO-Abort-S-005")
    void what_a_device_answers_to_our_abort_is_ignored() {
        ScriptedDevice device = ScriptedDevice.trusted().with(GET);
        device.sends(alert(1, 1201), devInfo(2));
        device.sends(challenge(1, 407, "syncml:auth-md5", Bytes.EMPTY));
        device.sends(header(2, 200), status(2, "2/2", "Alert", 200), status(3, "1/4", "Get", 200));
        assertThat(device.outcomes).isEmpty();
        assertThat(device.hears()).containsExactly("Status 3/0 SyncHdr 403", "Final");
    }

    @Test
    void a_device_that_wants_credentials_of_a_server_without_any_ends_the_session() {
        ScriptedDevice device = ScriptedDevice.trusted().with(GET);
        device.sends(alert(1, 1201), devInfo(2));
        device.sends(challenge(1, 407, "syncml:auth-md5", Bytes.EMPTY), status(2, "1/4", "Get", 407));
        assertThat(device.facts(Fact.Ended.class)).extracting(Fact.Ended::reason)
                .containsExactly(Reason.SERVER_NOT_AUTHENTICATED);
        assertThat(device.unanswered).containsExactly("0");
    }

    @Test
    void the_server_can_prove_itself_by_mac() throws Malformed {
        ScriptedDevice device = ScriptedDevice.trusted().with(GET);
        device.account = new Account(ScriptedDevice.ID, null, List.of(), SERVER, Scheme.MAC);
        device.sends(alert(1, 1201), devInfo(2));
        assertThat(macOf(device, SERVER)).isEqualTo(Match.CURRENT_NONCE);
        Bytes next = Bytes.utf8("second");
        device.sends(challenge(1, 200, "syncml:auth-MAC", next), status(2, "1/4", "Get", 404));
        assertThat(macOf(device, SERVER.withNonce(next))).isEqualTo(Match.CURRENT_NONCE);
    }

    @Test
    void shows_its_credentials_to_nobody_who_has_not_proved_himself() {
        ScriptedDevice device = new ScriptedDevice();
        device.account = new Account(ScriptedDevice.ID, BRUCE, List.of(Scheme.MD5), SERVER, Scheme.BASIC);
        device.sends(alert(1, 1201), devInfo(2));
        assertThat(serverCred(device)).isNull();
    }

    private static Match macOf(ScriptedDevice device, Secret secret) throws Malformed {
        Packet reply = device.turn().reply();
        Headers headers = reply == null ? Headers.NONE : reply.headers();
        String header = headers.first(SyncmlHmac.HEADER).orElseThrow();
        return new Verifier(secret).check(SyncmlHmac.parse(header), reply == null ? Bytes.EMPTY : reply.body());
    }

    private static Account account(Scheme scheme) {
        return new Account(ScriptedDevice.ID, BRUCE, List.of(scheme), null, Scheme.MD5);
    }

    private static Status challenge(int msgRef, int code, String type, Bytes nonce) {
        Meta chal = new Meta("b64", type, null, null, nonce.base64(), null, null, List.of());
        return new Status("1", Integer.toString(msgRef), "0", "SyncHdr", List.of(), List.of(), null, chal,
                new StatusCode(code), null, List.of());
    }

    private static @Nullable String serverCred(ScriptedDevice device) {
        Cred cred = device.answer().header().cred();
        return cred == null ? null : cred.data();
    }

    private static Bytes nextNonce(ScriptedDevice device) {
        Meta chal = ((Status) device.answer().body().getFirst()).chal();
        String nonce = chal == null ? null : chal.nextNonce();
        return Bytes.base64(nonce == null ? "" : nonce);
    }
}
