package dev.grove.server.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.grove.auth.Scheme;
import dev.grove.auth.Secret;
import dev.grove.engine.Account;
import dev.grove.dm1.ServerSettings;
import dev.grove.server.admission.Admission;
import dev.grove.server.fleet.Device;
import dev.grove.server.fleet.Job;
import dev.grove.server.fleet.JobDesk;
import dev.grove.server.fleet.JobDesk.Submission;
import dev.grove.server.fleet.MirrorNode;
import dev.grove.server.fleet.SessionDesk;
import dev.grove.server.fleet.SessionRecord;
import dev.grove.server.fleet.Slice;
import dev.grove.server.fleet.Store;
import dev.grove.server.fleet.Tracing;
import dev.grove.server.http.FakeCall;
import dev.grove.server.http.HttpAnswer;
import dev.grove.server.store.memory.MemoryStore;
import dev.grove.syncml.Encoding;
import dev.grove.syncml.Message;
import dev.grove.syncml.SyncmlCodec;
import dev.grove.tree.Address;
import dev.grove.tree.Format;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Operation;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

class DmEndpointTest {

    private static final String XML = "application/vnd.syncml.dm+xml";
    private static final String WBXML = "application/vnd.syncml.dm+wbxml";
    private static final Limits LIMITS = new Limits(4000, 32, 500, 4000);

    private final MemoryStore memory = new MemoryStore();
    private final Ticking clock = new Ticking();
    private Store store = memory;
    private Newcomers newcomers = Newcomers.REFUSED;
    private Authorization authorization = Authorization.IGNORING;
    private int maxSessions = 100;
    private DmEndpoint endpoint = endpoint();

    @Test
    void says_in_http_what_is_no_message() {
        assertText(endpoint.handle(FakeCall.of("POST", "/other", "")), 404, "dm-paths");
        HttpAnswer get = endpoint.handle(FakeCall.of("GET", "/dm", ""));
        assertText(get, 405, "POST");
        assertThat(get.headers().first("Allow")).contains("POST");
        assertText(post("text/plain", "x"), 415, XML);
        assertText(post("", "x"), 415, WBXML);
        assertText(post(XML, ""), 400, "Malformed");
        assertText(post(XML, "<SyncML"), 400, "offset");
        assertText(post(WBXML, "<SyncML"), 400, "Malformed");
        assertText(post(XML, "x".repeat(4001)), 413, "4000");
    }

    @Test
    void answers_in_the_media_type_of_the_message_letter_by_letter() throws Malformed {
        know("d");
        for (String type : List.of(XML, "application/vnd.syncml+xml")) {
            HttpAnswer.Whole answer = post(type + "; charset=utf-8", message("d", type, 1, BASIC));
            assertThat(answer.headers().first("Content-Type")).contains(type);
            assertThat(answer.headers().first("Cache-Control")).contains("no-store");
            assertThat(answer.body().utf8()).contains("<Data>212</Data>");
        }
        Message decoded = SyncmlCodec.decode(Bytes.utf8(message("d", "w", 1, BASIC)), Encoding.XML, LIMITS);
        Bytes wbxml = SyncmlCodec.encode(decoded, Encoding.WBXML);
        for (String type : List.of(WBXML, "application/vnd.syncml+wbxml")) {
            HttpAnswer.Whole answer = post(type, wbxml);
            assertThat(answer.headers().first("Content-Type")).contains(type);
            assertThat(SyncmlCodec.decode(answer.body(), Encoding.WBXML, LIMITS).header().msgId()).isEqualTo("1");
        }
    }

    @ParameterizedTest
    @CsvSource({"'','',DM 1.2", "mode=Maintenance&Platform=WoA,'',Windows", "mode=machine&platform=woa,'',Windows",
            "'',MDM-GenericAlert,Windows", "'',User-Agent,Windows"})
    void knows_windows_by_the_query_and_by_its_header_fields(String query, String field, String profile) {
        know("d");
        Headers headers = Headers.of("Content-Type", XML);
        Bytes body = Bytes.utf8(message("d", "1", 1, BASIC));
        Headers shown = field.isEmpty() ? headers : headers.with(field, "MSFT OMA DM Client/1.2.0.1");
        endpoint.handle(new FakeCall("POST", "/dm", query, shown, body));
        assertThat(sessions("d")).singleElement()
                .satisfies(session -> assertThat(session.tally().profile()).isEqualTo(profile));
    }

    @Test
    void a_repeated_message_gets_the_same_answer_and_does_nothing_twice() {
        know("d");
        Job job = submit("d");
        HttpAnswer.Whole first = post(XML, message("d", "1", 1, BASIC));
        assertThat(first.body().utf8()).contains("<Get>");
        assertThat(post(XML, message("d", "1", 1, BASIC)).body()).isEqualTo(first.body());
        assertThat(
                store.read(r -> r.jobs().find(job.deviceId(), job.number())).orElseThrow().steps().getFirst().sends())
                .isOne();
        assertThat(sessions("d")).hasSize(1);
        String results = message("d", "1", 2, "").replace("<Final/>", STATUS_AND_RESULTS + "<Final/>");
        HttpAnswer.Whole second = post(XML, results);
        assertThat(post(XML, results).body()).isEqualTo(second.body());
        assertThat(store.read(r -> r.jobs().find(job.deviceId(), job.number())).orElseThrow().state())
                .isEqualTo(Job.State.DONE);
    }

    @Test
    void tells_nobody_which_devices_exist() {
        know("known");
        for (String credentials : List.of("", BASIC_WRONG)) {
            for (int message = 1; message <= 3; message++) {
                String known = post(XML, message("known", "s" + credentials.length(), message, credentials)).body()
                        .utf8();
                String unknown = post(XML, message("nobody", "s" + credentials.length(), message, credentials)).body()
                        .utf8();
                assertThat(blind(unknown.replace("nobody", "known"))).isEqualTo(blind(known));
            }
        }
        assertThat(device("nobody")).isEmpty();
    }

    @Test
    void turns_away_whoever_fails_too_often_for_a_while() {
        know("d");
        for (int i = 0; i < 5; i++) {
            assertThat(post(XML, message("d", "" + i, 1, BASIC_WRONG)).status()).isEqualTo(200);
        }
        HttpAnswer shutOut = post(XML, message("d", "9", 1, BASIC));
        assertText(shutOut, 503, "Too many failed attempts");
        assertThat(shutOut.headers().first("Retry-After")).contains("60");
        clock.now = clock.now.plusSeconds(60);
        assertThat(post(XML, message("d", "9", 1, BASIC)).body().utf8()).contains("212");
        assertThat(post(XML, message("d", "10", 1, BASIC_WRONG)).status()).isEqualTo(200);
    }

    @Test
    void a_lab_registers_any_device_that_comes() {
        newcomers = new Newcomers(true, null, null);
        endpoint = endpoint();
        assertThat(post(XML, message("new", "1", 1, "")).status()).isEqualTo(200);
        assertThat(device("new")).isPresent();
        Job job = submit("new");
        assertThat(post(XML, message("new", "2", 1, "")).body().utf8()).contains("<Get>");
        assertThat(store.read(r -> r.jobs().find(job.deviceId(), job.number())).orElseThrow().state())
                .isEqualTo(Job.State.SENT);
    }

    @Test
    void a_lab_may_ask_for_credentials_first() {
        newcomers = new Newcomers(true, new Secret("u", "p", Bytes.EMPTY), null);
        endpoint = endpoint();
        assertThat(post(XML, message("new", "1", 1, "")).body().utf8()).contains("<Data>407</Data>");
        assertThat(post(XML, message("new", "1", 2, BASIC_WRONG)).body().utf8()).contains("<Data>401</Data>");
        assertThat(device("new")).isEmpty();
        assertThat(post(XML, message("new", "1", 3, BASIC)).body().utf8()).contains("<Data>212</Data>");
        assertThat(store.read(r -> r.devices().find("new")).orElseThrow().account().client()).isNotNull();
        assertThat(sessions("new")).singleElement()
                .satisfies(s -> assertThat(s.tally().isAuthenticated()).isTrue());
    }

    @Test
    void has_bearer_tokens_judged() {
        know("d");
        authorization = (in, token) -> token.equals("good") && in.message().header().source().uri().equals("d");
        endpoint = endpoint();
        FakeCall call = FakeCall.of("POST", "/dm", message("d", "1", 1, BASIC));
        assertText(endpoint.handle(call.with(Headers.of("Content-Type", XML))), 401, "token");
        HttpAnswer heard = endpoint
                .handle(call.with(Headers.of("Content-Type", XML).with("authorization", "bearer good")));
        assertThat(heard.status()).isEqualTo(200);
    }

    @Test
    void takes_no_more_sessions_than_it_may() {
        know("a");
        know("b");
        submit("a");
        maxSessions = 1;
        endpoint = endpoint();
        assertThat(post(XML, message("a", "1", 1, BASIC)).status()).isEqualTo(200);
        HttpAnswer busy = post(XML, message("b", "1", 1, BASIC));
        assertText(busy, 503, "Too many sessions");
        assertThat(busy.headers().first("Retry-After")).isPresent();
        assertThat(post(XML, message("a", "1", 2, "")).status()).isEqualTo(200);
    }

    @Test
    void acknowledges_nothing_that_the_store_did_not_keep() {
        know("d");
        store = new Store() {
            @Override
            public <T> T read(Function<Records, T> work) {
                return memory.read(work);
            }

            @Override
            public <T> T write(Function<Records, T> work) {
                throw new Failure("the disk is full", new java.io.IOException("full"));
            }

            @Override
            public void close() {}
        };
        endpoint = endpoint();
        assertText(post(XML, message("d", "1", 1, BASIC)), 503, "store");
    }

    @Test
    void logs_a_line_for_each_session() {
        know("d");
        Logger logger = (Logger) LoggerFactory.getLogger("dev.grove.session");
        Level before = logger.getLevel();
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(lines);
        try {
            post(XML, message("d", "1", 1, BASIC));
            post(XML, message("d", "1", 2, "").replace("<Final/>", STATUS_OF_HEADER + "<Final/>"));
        } finally {
            logger.detachAppender(lines);
            logger.setLevel(before);
        }
        assertThat(lines.list).singleElement()
                .satisfies(line -> assertThat(line.getKeyValuePairs()).map(Object::toString)
                        .contains("device=\"d\"", "profile=\"DM 1.2\"", "outcome=\"COMPLETED\"", "operations=\"0\""));
    }

    @Test
    void a_session_of_which_nothing_is_heard_ends_and_gives_its_work_back() {
        know("d");
        Job job = submit("d");
        Conversations conversations = conversations();
        endpoint = new DmEndpoint(conversations, Set.of("/dm"), LIMITS, Telemetry.NONE);
        post(XML, message("d", "1", 1, BASIC));
        assertThat(conversations.sweep()).isZero();
        clock.now = clock.now.plus(Duration.ofMinutes(11));
        assertThat(conversations.sweep()).isOne();
        assertThat(store.read(r -> r.jobs().find(job.deviceId(), job.number())).orElseThrow().state())
                .isEqualTo(Job.State.QUEUED);
        assertThat(post(XML, message("d", "1", 1, BASIC)).body().utf8()).contains("<Get>");
        assertThat(sessions("d")).hasSize(2);
    }

    /** The device was told 200 for them, though more Results could have come; then it, or its line, went away. */
    @ParameterizedTest
    @CsvSource({"1, 2", "11, 2", "11, 1"})
    void answers_that_an_unfinished_session_has_brought_are_known_when_the_next_begins(int minutes, String next) {
        know("d");
        Job job = submit("d");
        post(XML, message("d", "1", 1, BASIC));
        String results = message("d", "1", 2, "").replace("<Final/>", STATUS_AND_RESULTS);
        assertThat(post(XML, results).body().utf8()).contains("<Data>1222</Data>");
        clock.now = clock.now.plus(Duration.ofMinutes(minutes));
        assertThat(post(XML, message("d", next, 1, BASIC)).body().utf8()).contains("<Data>212</Data>")
                .doesNotContain("<Get>");
        List<Job.Result> known = store.read(r -> r.jobs().results(job.deviceId(), job.number()));
        assertThat(known).singleElement().satisfies(
                result -> assertThat(result.results().getFirst().value().text()).isEqualTo("Acme"));
        assertThat(store.read(r -> r.jobs().find(job.deviceId(), job.number())).orElseThrow().state())
                .isEqualTo(Job.State.DONE);
    }

    @Test
    void ends_a_session_at_an_operators_word_once_the_devices_answers_are_kept() {
        know("d");
        Job job = submit("d");
        SessionDesk desk = new SessionDesk(store, SessionDesk.Rules.USUAL);
        endpoint = new DmEndpoint(conversations(desk), Set.of("/dm"), LIMITS, Telemetry.NONE);
        post(XML, message("d", "1", 1, BASIC));
        SessionRecord session = sessions("d").getFirst();
        assertThat(desk.askAbort("d", session.number())).isPresent();
        submit("d");
        String last = message("d", "1", 2, "").replace("<Final/>", STATUS_AND_RESULTS + "<Final/>");
        HttpAnswer.Whole farewell = post(XML, last);
        assertThat(farewell.body().utf8()).contains("<Data>1223</Data>").doesNotContain("<Get>");
        assertThat(post(XML, last).body()).isEqualTo(farewell.body());
        assertThat(store.read(r -> r.jobs().find(job.deviceId(), job.number())).orElseThrow().state())
                .isEqualTo(Job.State.DONE);
        SessionRecord.End end = sessions("d").getFirst().end();
        assertThat(end).isNotNull().extracting(SessionRecord.End::reason)
                .isEqualTo(SessionRecord.Reason.ABORTED_BY_SERVER);
        assertThat(desk.isAbortAsked(session.number())).isFalse();
    }

    @Test
    void sends_no_large_object_to_a_device_that_takes_none_and_goes_on_with_the_rest() {
        know("d");
        memory.write(r -> {
            r.mirror().put("d", List.of(new MirrorNode(NodeUri.parse("./DevDetail/LrgObj"),
                    Value.of(Format.BOOL, "false"), clock.now)));
            return true;
        });
        Job large = submit("d", new Operation.Replace(Address.parse("./L"), Value.text("x".repeat(5000))));
        Job small = submit("d");
        String limited = message("d", "1", 1, BASIC).replace("</SyncHdr>",
                "<Meta><MaxMsgSize xmlns=\"syncml:metinf\">3000</MaxMsgSize></Meta></SyncHdr>");
        assertThat(post(XML, limited).body().utf8()).contains("<Get>").doesNotContain("xxx", "MoreData");
        assertThat(store.read(r -> r.jobs().find(large.deviceId(), large.number())).orElseThrow().reason())
                .contains("LrgObj is false");
        assertThat(store.read(r -> r.jobs().find(small.deviceId(), small.number())).orElseThrow().state())
                .isEqualTo(Job.State.SENT);
    }

    private static final String BASIC = cred("dTpw");
    private static final String BASIC_WRONG = cred("dTpx");
    private static final String STATUS_OF_HEADER = "<Status><CmdID>90</CmdID><MsgRef>1</MsgRef><CmdRef>0</CmdRef>"
            + "<Cmd>SyncHdr</Cmd><Data>200</Data></Status>";
    private static final String STATUS_AND_RESULTS = STATUS_OF_HEADER + "<Status><CmdID>91</CmdID><MsgRef>1</MsgRef>"
            + "<CmdRef>4</CmdRef><Cmd>Get</Cmd><Data>200</Data></Status><Results><CmdID>92</CmdID><MsgRef>1</MsgRef>"
            + "<CmdRef>4</CmdRef><Item><Source><LocURI>./DevInfo/Man</LocURI></Source><Data>Acme</Data></Item>"
            + "</Results>";

    private static String cred(String data) {
        return "<Cred><Meta><Format xmlns=\"syncml:metinf\">b64</Format><Type xmlns=\"syncml:metinf\">"
                + "syncml:auth-basic</Type></Meta><Data>" + data + "</Data></Cred>";
    }

    /** Package 1 in the first message, and in later ones too as long as nobody has proved himself. */
    private static String message(String device, String session, int msgId, String cred) {
        String packageOne = msgId > 1 && cred.isEmpty()
                ? ""
                : "<Alert><CmdID>1</CmdID><Data>1201</Data></Alert><Replace><CmdID>2</CmdID><Item><Source><LocURI>"
                        + "./DevInfo/DevId</LocURI></Source><Data>" + device + "</Data></Item></Replace>";
        return "<SyncML xmlns=\"SYNCML:SYNCML1.2\"><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto><SessionID>"
                + session + "</SessionID><MsgID>" + msgId + "</MsgID><Target><LocURI>http://test/dm</LocURI></Target>"
                + "<Source><LocURI>" + device + "</LocURI></Source>" + cred + "</SyncHdr><SyncBody>" + packageOne
                + "<Final/></SyncBody></SyncML>";
    }

    /** Nonces differ in any two answers. */
    private static String blind(String answer) {
        return answer.replaceAll("<NextNonce[^>]*>[^<]*<", "<NextNonce><");
    }

    private void know(String id) {
        Account account = new Account(id, new Secret("u", "p", Bytes.EMPTY), Newcomers.SCHEMES, null, Scheme.MD5);
        memory.write(r -> r.devices().add(Device.of(account, "", clock.now)));
    }

    private List<SessionRecord> sessions(String device) {
        return store.read(r -> r.sessions().list(device, Slice.first(9)));
    }

    private Optional<Device> device(String id) {
        return store.read(r -> r.devices().find(id));
    }

    private Job submit(String device) {
        return submit(device, new Operation.Get(Address.parse("./DevInfo/Man")));
    }

    private Job submit(String device, Operation operation) {
        Submission submission = new JobDesk(store, event -> {}, 10).submit(device, List.of(operation),
                Job.Terms.USUAL, clock.now);
        return ((Submission.Accepted) submission).job();
    }

    private HttpAnswer.Whole post(String type, String body) {
        return post(type, Bytes.utf8(body));
    }

    private HttpAnswer.Whole post(String type, Bytes body) {
        return (HttpAnswer.Whole) endpoint
                .handle(new FakeCall("POST", "/dm", "", Headers.of("Content-Type", type), body));
    }

    private static void assertText(HttpAnswer answer, int status, String part) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.headers().first("Content-Type").orElse("")).startsWith("text/plain");
        assertThat(((HttpAnswer.Whole) answer).body().utf8()).contains(part);
    }

    private DmEndpoint endpoint() {
        return new DmEndpoint(conversations(), Set.of("/dm"), LIMITS, Telemetry.NONE);
    }

    private Conversations conversations() {
        return conversations(new SessionDesk(store, SessionDesk.Rules.USUAL));
    }

    private Conversations conversations(SessionDesk desk) {
        return new Conversations(desk,
                new Conversations.Rules(ServerSettings.DEFAULT, newcomers, Tracing.ALL,
                        Admission.upTo(maxSessions, clock, new Random(1)), 5,
                        Duration.ofMinutes(1)),
                new Conversations.World(Engine.DM1, clock, new Random(7), event -> {}, Telemetry.NONE, authorization,
                        (_, tasks) -> tasks),
                new SessionLog(Telemetry.NONE, 0));
    }

    /** A clock that stands until it is moved. */
    private static final class Ticking extends Clock {
        private Instant now = Instant.parse("2026-11-21T12:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
