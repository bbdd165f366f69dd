package dev.grove.verify.server;

import static dev.grove.testkit.lockstep.MessageDraft.report;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.auth.Credentials;
import dev.grove.auth.Scheme;
import dev.grove.syncml.AlertCode;
import dev.grove.syncml.Command;
import dev.grove.syncml.Data;
import dev.grove.syncml.Encoding;
import dev.grove.syncml.Item;
import dev.grove.syncml.Meta;
import dev.grove.syncml.SyncHdr.Cred;
import dev.grove.syncml.SyncHdr.Location;
import dev.grove.testkit.lockstep.Heard;
import dev.grove.testkit.lockstep.LockstepDevice;
import dev.grove.testkit.lockstep.MessageDraft;
import dev.grove.wire.Bytes;
import dev.grove.wire.Packet;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Messages that break the rules, sent to a running server: the Status or Alert that the specification gives them; a
 * session that was open before goes on afterwards, and a new one works.
 */
class BadInputEndToEndTest {

    private static final String READ = "{\"get\":{\"uri\":\"./DevInfo/Mod\"}}";

    @TempDir
    private static Path data;
    private static ScriptedFleet fleet;
    private static int sessions;

    private LockstepDevice open;
    private String id;
    private LockstepDevice device;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        fleet = ScriptedFleet.start(data, Map.of("max-attempts", "2", "max-failures", "5"));
        fleet.knows("bystander", "basic");
        fleet.knows("worker", "basic");
    }

    @AfterAll
    static void stop() {
        fleet.close();
    }

    @BeforeEach
    void openSession() throws IOException, InterruptedException {
        sessions++;
        fleet.job("bystander", READ);
        open = fleet.device("bystander", "b" + sessions);
        open.signsIn(Scheme.BASIC, ScriptedFleet.SECRET).only(Command.Get.class);
        id = "d" + sessions;
        fleet.knows(id, "basic");
        device = fleet.device(id, "1");
    }

    @AfterEach
    void theOthersAreAsTheyWere() throws IOException, InterruptedException {
        open.sends(open.answer()).hasStatus("0", 200).asksNothing().isFinal();
        fleet.manages("worker");
    }

    private Heard signedIn() {
        return device.signsIn(Scheme.BASIC, ScriptedFleet.SECRET);
    }

    // ---- the message as a whole

    @ParameterizedTest
    @ValueSource(strings = {"VerDTD", "VerProto", "SessionID", "MsgID", "Target", "Source"})
    void a_header_without_one_of_its_parts_is_no_message(String part) {
        String whole = device.packageOne().proves(Scheme.BASIC, ScriptedFleet.SECRET).packet().body().utf8();
        Heard heard = device.sendsBytes(Bytes.utf8(whole.replaceFirst("<" + part + ">.*?</" + part + ">", "")));
        assertThat(heard.hasHttpStatus(400).packet().orElseThrow().body().utf8()).contains(part, "offset");
        signedIn().hasStatus("0", 212);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "one", "99999999999"})
    void a_message_id_that_is_no_number_from_1_on_gets_400(String msgId) {
        device.sends(device.packageOne().msgId(msgId).proves(Scheme.BASIC, ScriptedFleet.SECRET))
                .hasStatus("0", 400).asksNothing();
        signedIn().hasStatus("0", 212);
    }

    @ParameterizedTest
    @CsvSource({"9.9, DM/1.2, 505", "1.2, DM/9.9, 513"})
    void another_version_is_refused_by_its_code(String verDtd, String verProto, int status) {
        MessageDraft draft = device.packageOne().proves(Scheme.BASIC, ScriptedFleet.SECRET);
        Packet packet = draft.packet();
        String other = packet.body().utf8().replaceFirst("<VerDTD>[^<]*", "<VerDTD>" + verDtd)
                .replaceFirst("<VerProto>[^<]*", "<VerProto>" + verProto);
        device.sendsBytes(Bytes.utf8(other)).hasStatus("0", status).hasStatus("1", status).asksNothing();
    }

    @Test
    void a_command_id_that_is_zero_or_comes_twice_gets_400() {
        Heard heard = device.sends(device.packageOne().proves(Scheme.BASIC, ScriptedFleet.SECRET)
                .command(new Command.Alert("2", new AlertCode(1222), null, List.of()))
                .command(new Command.Alert("0", new AlertCode(1222), null, List.of())));
        assertThat(heard.all(Command.Status.class)).extracting(s -> s.cmdRef() + " " + s.cmd() + " " + s.code())
                .contains("2 Replace 200", "2 Alert 400", "0 Alert 400");
    }

    @Test
    void answers_to_nothing_and_results_that_nobody_asked_for_change_nothing() throws Exception {
        String job = fleet.job(id, READ);
        signedIn().only(Command.Get.class);
        device.sends(device.message().status("1", "0", "SyncHdr", 200).status("1", "99", "Replace", 200)
                .status("7", "3", "Exec", 200).results("1", "98", report("./DevInfo/Mod", "forged"))
                .status("1", "4", "Get", 200).results("1", "4", report("./DevInfo/Mod", "true")))
                .hasStatus("4", 400).hasStatus("0", 200).asksNothing();
        assertThat(fleet.told(id, job)).contains("\"state\":\"done\"", "\"value\":\"true\"").doesNotContain("forged");
    }

    // ---- large objects

    private static Item chunk(long size, String text, boolean more) {
        Meta meta = size < 0 ? Meta.NONE : new Meta(null, null, null, size, null, null, null, List.of());
        return new Item(null, new Location("./DevInfo/Mod"), null, null, meta, Data.of(text), more);
    }

    @Test
    void an_object_of_another_size_than_announced_gets_424() throws Exception {
        String job = fleet.job(id, READ);
        signedIn();
        device.sends(device.answer().results("1", "4", chunk(10, "12345", true)).notFinal()).hasStatus("3", 213);
        device.sends(device.answer().results("1", "4", chunk(-1, "678", false))).hasStatus("3", 424).asksNothing();
        assertThat(fleet.told(id, job)).contains("\"status\":424");
    }

    @Test
    void an_object_that_something_else_breaks_into_is_lost_by_alert_1225() throws Exception {
        String job = fleet.job(id, READ);
        signedIn();
        device.sends(device.answer().results("1", "4", chunk(10, "12345", true)).notFinal()).hasStatus("3", 213);
        Heard heard = device.sends(device.answer().alert(1226));
        assertThat(heard.all(Command.Alert.class)).extracting(alert -> alert.code().code()).contains(1225);
        device.sends(device.answer());
        assertThat(fleet.told(id, job)).doesNotContain("12345");
    }

    // ---- sessions that get in each other's way

    @Test
    void the_newer_of_two_sessions_of_one_device_goes_on() throws Exception {
        String job = fleet.job(id, "{\"exec\":{\"uri\":\"./X\"}}");
        LockstepDevice newer = fleet.device(id, "2");
        signedIn().only(Command.Exec.class);
        newer.signsIn(Scheme.BASIC, ScriptedFleet.SECRET).hasStatus("0", 212).asksNothing();
        device.sends(device.answer()).hasStatus("0", 407).asksNothing();
        assertThat(fleet.told(id, job)).as("an Exec whose answer nobody heard is not sent twice")
                .contains("\"state\":\"failed\"", "unknown");
        newer.sends(newer.answer().alert(1222)).hasStatus("0", 200);
    }

    @Test
    void the_session_id_of_another_device_opens_nothing() {
        LockstepDevice thief = fleet.device(id, "b" + sessions);
        thief.message();
        thief.sends(thief.message().status("1", "0", "SyncHdr", 200).status("1", "4", "Get", 200)
                .results("1", "4", report("./DevInfo/Mod", "stolen"))).hasStatus("0", 407).asksNothing();
    }

    @Test
    void a_message_out_of_order_is_refused_and_the_session_goes_on() {
        signedIn();
        device.sends(device.answer().msgId("9")).hasStatus("0", 400);
        device.sends(device.answer().msgId("2")).hasStatus("0", 200);
    }

    // ---- credentials

    @Test
    void wrong_credentials_get_401_and_shut_their_sender_out_in_the_end() {
        Cred wrong = new Cred(Meta.of("b64", "syncml:auth-basic"), "d3Jvbmc6d3Jvbmc=");
        device.sends(device.packageOne().proves(wrong)).hasStatus("0", 401).hasStatus("1", 401).asksNothing();
        for (int failures = 2; failures <= 5; failures++) {
            device.sends(device.packageOne().proves(wrong)).hasStatus("0", 401).asksNothing();
        }
        device.sends(device.packageOne().proves(Scheme.BASIC, ScriptedFleet.SECRET)).hasHttpStatus(503);
    }

    @Test
    void credentials_that_are_no_base64_or_of_no_known_kind_get_401_or_407() {
        device.sends(device.packageOne().proves(new Cred(Meta.of("b64", "syncml:auth-basic"), "%%%")))
                .hasStatus("0", 401);
        device.sends(device.packageOne().proves(new Cred(Meta.of("b64", "syncml:auth-telepathy"), "eA==")))
                .hasStatus("0", 401);
    }

    @Test
    void a_stale_nonce_gets_401_with_a_fresh_one_and_what_was_overheard_opens_nothing() throws Exception {
        String md5 = "md5-" + sessions;
        fleet.knows(md5, "md5");
        LockstepDevice first = fleet.device(md5, "1");
        first.signsIn(Scheme.MD5, ScriptedFleet.SECRET).hasStatus("0", 212);
        Cred used = new Cred(Meta.of("b64", Scheme.MD5.wireName()),
                Credentials.data(Scheme.MD5, ScriptedFleet.SECRET.withNonce(Bytes.EMPTY)));

        LockstepDevice second = fleet.device(md5, "2");
        Heard refused = second.sends(second.packageOne().proves(used)).hasStatus("0", 401).asksNothing();
        MessageDraft healed = second.packageOne().proves(Scheme.MD5,
                ScriptedFleet.SECRET.withNonce(refused.nextNonce()));
        second.sends(healed).hasStatus("0", 212);

        LockstepDevice thief = fleet.device(md5, "3");
        thief.sends(thief.packageOne().proves(healed.message().header().cred())).hasStatus("0", 401).asksNothing();
    }

    // ---- addresses

    @ParameterizedTest
    @ValueSource(strings = {"./DevInfo/../Secret", "./DevInfo//Mod", "./DevInfo/./Mod", "./DevInfo/",
            "./DevInfoX/Mod", "http://elsewhere/DevInfo/Mod", "./DevInfo/Mod?prop=ACL"})
    void a_device_that_reports_a_strange_address_leaves_no_trace_of_it_in_its_tree(String uri) throws Exception {
        device.sends(device.packageOne().proves(Scheme.BASIC, ScriptedFleet.SECRET)
                .reports(report(uri, "strange-value"))).hasStatus("0", 212).isFinal();
        assertThat(fleet.api().get("/devices/" + id + "/tree")).doesNotContain("strange-value");
    }

    /** [TND 1.2 §7.4]: an address is taken as it is written; what is encoded in a name stays a name. */
    @ParameterizedTest
    @ValueSource(strings = {"./DevInfo/a%2fb", "./DevInfo/%2e%2e", "./DevInfo/%00"})
    void percent_tricks_lead_nowhere_else(String uri) throws Exception {
        device.sends(device.packageOne().proves(Scheme.BASIC, ScriptedFleet.SECRET).reports(report(uri, "tricky")))
                .hasStatus("0", 212);
        assertThat(fleet.api().get("/devices/" + id + "/tree")).contains("\"uri\":\"" + uri + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"./A/../B", "./A//B", "./A/./B", "", "./A/", "no\\u0000name"})
    void a_job_with_a_broken_address_is_refused_at_once(String uri) throws Exception {
        HttpResponse<String> answer = fleet.api().send("POST", "/devices/" + id + "/jobs",
                "{\"operations\":[{\"get\":{\"uri\":\"" + uri + "\"}}]}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(answer.body()).contains("/operations/0/get/uri");
    }

    @Test
    void an_address_of_a_segment_without_end_is_refused_or_kept_but_breaks_nothing() throws Exception {
        String endless = "./DevInfo/" + "x".repeat(20_000);
        device.sends(device.packageOne().proves(Scheme.BASIC, ScriptedFleet.SECRET).reports(report(endless, "value")))
                .hasHttpStatus(200).hasStatus("0", 212);
    }

    /** The same in the other encoding, where addresses are texts too. */
    @Test
    void wbxml_devices_are_met_alike() {
        LockstepDevice binary = fleet.device(id, Encoding.WBXML);
        binary.sends(binary.packageOne()
                .header(h -> new dev.grove.syncml.SyncHdr("1.2", "DM/1.2", "w" + sessions, "0", h.target(), h.source(),
                        null, false, null, Meta.NONE)))
                .hasStatus("0", 400);
        binary.sends(binary.message().alert(1201)).hasStatus("0", 407);
    }
}
