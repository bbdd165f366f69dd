package dev.grove.verify.store;

import static dev.grove.verify.store.Samples.NOW;
import static dev.grove.verify.store.Samples.at;
import static dev.grove.verify.store.Samples.begin;
import static dev.grove.verify.store.Samples.device;
import static dev.grove.verify.store.Samples.exec;
import static dev.grove.verify.store.Samples.get;
import static dev.grove.verify.store.Samples.proceed;
import static dev.grove.verify.store.Samples.replace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.auth.Scheme;
import dev.grove.auth.Secret;
import dev.grove.engine.Account;
import dev.grove.engine.Fact;
import dev.grove.engine.Task;
import dev.grove.server.fleet.Device;
import dev.grove.server.fleet.Events.Event;
import dev.grove.server.fleet.Job;
import dev.grove.server.fleet.Job.Progress;
import dev.grove.server.fleet.Job.State;
import dev.grove.server.fleet.Job.Terms;
import dev.grove.server.fleet.JobDesk;
import dev.grove.server.fleet.JobDesk.Submission;
import dev.grove.server.fleet.MirrorNode;
import dev.grove.server.fleet.SessionCommit;
import dev.grove.server.fleet.SessionCommit.Conflict;
import dev.grove.server.fleet.SessionCommit.Stored;
import dev.grove.server.fleet.SessionDesk;
import dev.grove.server.fleet.SessionRecord;
import dev.grove.server.fleet.Situation;
import dev.grove.server.fleet.SessionRecord.Reason;
import dev.grove.server.fleet.Slice;
import dev.grove.server.fleet.Store;
import dev.grove.syncml.AlertCode;
import dev.grove.tree.Address;
import dev.grove.tree.Format;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Operation;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens to jobs, sessions and the mirror, on every store. */
abstract class FleetRules {

    private static final Fact AUTHENTICATED = new Fact.Authenticated(Scheme.MD5);
    private static final Fact COMPLETED = new Fact.Ended(Fact.Reason.COMPLETED, "");

    private final List<Event> told = new ArrayList<>();
    private Store store;
    private SessionDesk sessions;
    private JobDesk jobs;

    abstract Store open();

    @BeforeEach
    void openStore() {
        store = open();
        sessions = new SessionDesk(store, new SessionDesk.Rules(3, 2));
        jobs = new JobDesk(store, told::add, 5);
        store.write(r -> r.devices().add(device("d")));
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void a_job_is_queued_then_sent_then_done_whatever_the_device_answers() {
        Job job = submit(Terms.USUAL, get("./A"), get("./B"));
        SessionRecord session = stored(begin("d", "1", AUTHENTICATED, sent(job, 0))).session();
        assertThat(state(job)).isEqualTo(State.SENT);
        session = stored(proceed(session, answered(job, "0", 200), sent(job, 1))).session();
        assertThat(state(job)).isEqualTo(State.SENT);
        Stored last = stored(proceed(session, answered(job, "1", 404), COMPLETED));
        assertThat(state(job)).isEqualTo(State.DONE);
        assertThat(results(job)).containsExactly("0 200", "1 404");
        assertThat(last.session().end()).isEqualTo(new SessionRecord.End(NOW, Reason.COMPLETED, ""));
        assertThat(last.session().tally()).isEqualTo(new SessionRecord.Tally("DM/1.2", true, 3, 2));
        assertThat(last.events()).contains(new Event.JobChanged("d", job.id(), State.DONE, ""));
    }

    @Test
    void work_is_what_is_queued_by_priority_and_what_is_in_flight_here() {
        Job low = submit(Terms.USUAL, get("./A"), get("./B"));
        Job high = submit(new Terms(1, false, null), get("./C"));
        SessionRecord session = stored(begin("d", "1", AUTHENTICATED, sent(high, 0), sent(low, 0))).session();
        stored(proceed(session, answered(high, "0", 200)));
        assertThat(work("1")).containsExactly(task(low, 0), task(low, 1));
    }

    @Test
    void the_next_message_of_a_session_knows_what_has_come_to_the_queue_and_what_has_left_it() {
        Job first = submit(Terms.USUAL, get("./A"), get("./B"));
        SessionRecord session = stored(asLoaded(begin("d", "1", AUTHENTICATED, sent(first, 0)))).session();
        assertThat(work("1")).containsExactly(task(first, 0), task(first, 1));
        Job second = submit(Terms.USUAL, get("./C"));
        assertThat(work("1")).containsExactly(task(first, 0), task(first, 1), task(second, 0));
        session = stored(asLoaded(proceed(session, answered(first, "0", 200)))).session();
        assertThat(work("1")).containsExactly(task(first, 1), task(second, 0));
        jobs.cancel("d", first.number(), NOW);
        SessionRecord before = session;
        assertThat(sessions.commit(asLoaded(proceed(before, sent(first, 1))))).isInstanceOf(Conflict.class);
        assertThat(work("1")).containsExactly(task(second, 0));
    }

    @Test
    void the_next_message_of_a_session_that_was_ended_meanwhile_knows_that() {
        SessionRecord session = stored(asLoaded(begin("d", "1", AUTHENTICATED))).session();
        sessions.sweep(session.expiresAt(), 9, _ -> List.of());
        assertThat(sessions.load("d", "1", NOW).session()).isNotNull()
                .extracting(held -> held.record().isLive()).isEqualTo(false);
    }

    @Test
    void what_an_older_session_left_unanswered_counts_as_queued_but_for_an_exec() {
        Job job = submit(Terms.USUAL, exec("./X"), get("./A"), get("./B"));
        stored(begin("d", "1", AUTHENTICATED, sent(job, 0), sent(job, 1)));
        assertThat(work("2")).containsExactly(task(job, 1), task(job, 2));
        Stored second = stored(begin("d", "2", AUTHENTICATED, sent(job, 1)));
        assertThat(second.ended()).singleElement().extracting(FleetRules::reason).isEqualTo(Reason.SUPERSEDED);
        assertThat(steps(job)).containsExactly(Progress.UNKNOWN, Progress.SENT, Progress.QUEUED);
        assertThat(results(job)).containsExactly("0 unknown");
        stored(proceed(second.session(), answered(job, "1", 200), sent(job, 2), answered(job, "2", 200), COMPLETED));
        assertThat(state(job)).isEqualTo(State.FAILED);
        assertThat(job(job).reason()).contains("operation 0", "unknown");
    }

    @Test
    void an_exec_is_sent_again_where_its_job_allows_it() {
        Job job = submit(new Terms(0, true, null), exec("./X"));
        stored(begin("d", "1", AUTHENTICATED, sent(job, 0), new Fact.Unanswered(job.id(), 0),
                new Fact.Ended(Fact.Reason.ABORTED_BY_DEVICE, "")));
        assertThat(state(job)).isEqualTo(State.QUEUED);
    }

    @Test
    void an_exec_inside_a_group_makes_the_whole_group_unknown() {
        Job job = submit(Terms.USUAL, new Operation.Sequence(List.of(get("./A"), exec("./X"))));
        SessionRecord session = stored(begin("d", "1", AUTHENTICATED, sent(job, 0))).session();
        stored(proceed(session, answered(job, "0.0", 200), COMPLETED));
        assertThat(results(job)).containsExactly("0 unknown", "0.0 200", "0.1 unknown");
        assertThat(state(job)).isEqualTo(State.FAILED);
    }

    @Test
    void a_group_that_was_not_answered_itself_is_sent_again_as_a_whole() {
        Job job = submit(Terms.USUAL, new Operation.Atomic(List.of(replace("./A", "1"), replace("./B", "2"))));
        SessionRecord session = stored(begin("d", "1", AUTHENTICATED, sent(job, 0))).session();
        stored(proceed(session, answered(job, "0.0", 200), COMPLETED));
        assertThat(results(job)).isEmpty();
        assertThat(state(job)).isEqualTo(State.QUEUED);
    }

    @Test
    void nothing_is_sent_for_ever() {
        Job job = submit(Terms.USUAL, get("./A"));
        for (int i = 1; i <= 3; i++) {
            assertThat(work("" + i)).containsExactly(task(job, 0));
            stored(begin("d", "" + i, AUTHENTICATED, sent(job, 0)));
        }
        assertThat(work("4")).isEmpty();
        stored(begin("d", "4", AUTHENTICATED, COMPLETED));
        assertThat(state(job)).isEqualTo(State.FAILED);
        assertThat(job(job).reason()).contains("3 times");
    }

    @Test
    void what_can_never_be_sent_fails_and_lets_the_rest_pass() {
        Job job = submit(Terms.USUAL, get("./A"), get("./B"));
        stored(begin("d", "1", AUTHENTICATED,
                new Fact.Unsendable(job.id(), 0, StatusCode.REQUEST_ENTITY_TOO_LARGE, "MaxObjSize 10 bytes exceeded"),
                sent(job, 1)));
        assertThat(steps(job)).containsExactly(Progress.UNSENDABLE, Progress.SENT);
        assertThat(results(job)).containsExactly("0 413");
        assertThat(job(job).reason()).isEqualTo("operation 0: MaxObjSize 10 bytes exceeded");
    }

    @Test
    void a_job_taken_back_is_never_sent_and_turns_that_meant_to_are_stale() {
        Job job = submit(Terms.USUAL, get("./A"));
        SessionCommit turn = begin("d", "1", AUTHENTICATED, sent(job, 0));
        assertThat(jobs.cancel("d", job.number(), NOW)).map(Job::state).contains(State.CANCELLED);
        assertThat(sessions.commit(turn)).isInstanceOf(Conflict.class);
        assertThat(work("1")).isEmpty();
        assertThat(sessions.load("d", "1", NOW).session()).isNull();
        assertThat(jobs.cancel("other", job.number(), NOW)).isEmpty();
        assertThat(told).contains(new Event.JobChanged("d", job.id(), State.CANCELLED, "cancelled"));
    }

    @Test
    void the_answer_to_a_job_taken_back_too_late_is_still_kept() {
        Job job = submit(Terms.USUAL, get("./A"), get("./B"));
        SessionRecord session = stored(begin("d", "1", AUTHENTICATED, sent(job, 0))).session();
        jobs.cancel("d", job.number(), NOW);
        stored(proceed(session, answered(job, "0", 200), COMPLETED));
        assertThat(state(job)).isEqualTo(State.CANCELLED);
        assertThat(results(job)).containsExactly("0 200");
    }

    @Test
    void a_job_expires_unless_something_of_it_is_in_flight() {
        Terms brief = new Terms(0, false, NOW.plusSeconds(10));
        Job queued = submit(brief, get("./A"));
        Job flying = submit(brief, get("./B"));
        stored(begin("d", "1", AUTHENTICATED, sent(flying, 0)));
        assertThat(jobs.sweep(NOW.plusSeconds(9), 10)).isZero();
        assertThat(jobs.sweep(NOW.plusSeconds(10), 10)).isEqualTo(1);
        assertThat(state(queued)).isEqualTo(State.EXPIRED);
        assertThat(state(flying)).isEqualTo(State.SENT);
    }

    @Test
    void refuses_jobs_for_nobody_and_too_many_jobs() {
        assertThat(jobs.submit("nobody", List.of(get("./A")), Terms.USUAL, NOW))
                .isInstanceOf(Submission.UnknownDevice.class);
        for (int i = 0; i < 5; i++) {
            submit(Terms.USUAL, get("./A"));
        }
        assertThat(jobs.submit("d", List.of(get("./A")), Terms.USUAL, NOW)).isEqualTo(new Submission.TooMany(5));
    }

    @Test
    void two_messages_at_once_cannot_both_be_the_next() {
        SessionRecord session = stored(begin("d", "1")).session();
        stored(proceed(session));
        assertThat(sessions.commit(proceed(session))).isInstanceOf(Conflict.class);
        assertThat(sessions.commit(begin("d", "1"))).isInstanceOf(Conflict.class);
    }

    @Test
    void the_same_session_id_may_begin_anew() {
        Job job = submit(Terms.USUAL, get("./A"));
        SessionRecord old = stored(begin("d", "1", AUTHENTICATED, sent(job, 0))).session();
        Stored anew = stored(Samples.commit(device("d"), "1", old,
                List.of(new Fact.Unanswered(job.id(), 0), new Fact.Ended(Fact.Reason.SUPERSEDED, ""),
                        new Fact.Opened(), AUTHENTICATED, sent(job, 0))));
        assertThat(anew.session().number()).isGreaterThan(old.number());
        assertThat(anew.session().isLive()).isTrue();
        assertThat(anew.ended()).singleElement().extracting(SessionRecord::number).isEqualTo(old.number());
        assertThat(job(job).session()).isEqualTo(anew.session().number());
    }

    @Test
    void unproven_sessions_do_not_pile_up() {
        stored(begin("d", "1"));
        stored(begin("d", "2"));
        assertThat(stored(begin("d", "3")).ended()).singleElement().extracting(SessionRecord::sessionId)
                .isEqualTo("1");
    }

    @Test
    void a_session_of_which_nothing_was_heard_ends_with_its_last_words() {
        Job job = submit(Terms.USUAL, get("./A"), exec("./X"));
        stored(begin("d", "1", AUTHENTICATED, sent(job, 0), sent(job, 1)));
        assertThat(sessions.sweep(NOW.plusSeconds(599), 9, s -> List.of()).ended()).isEmpty();
        SessionDesk.Swept swept = sessions.sweep(NOW.plusSeconds(600), 9,
                s -> List.of(answered(job, "0", 200), new Fact.Ended(Fact.Reason.EXPIRED, "")));
        assertThat(swept.ended()).singleElement().extracting(FleetRules::reason).isEqualTo(Reason.EXPIRED);
        assertThat(results(job)).containsExactly("0 200", "1 unknown");
        assertThat(swept.events()).hasSize(2);
    }

    @Test
    void keeps_the_nonces_and_schemes_of_both_sides_with_the_account() {
        stored(begin("d", "1", AUTHENTICATED, new Fact.ClientNonceIssued(Bytes.hex("0102")),
                new Fact.ServerNonceReceived(Bytes.hex("0304")), new Fact.ServerSchemeLearned(Scheme.BASIC),
                new Fact.Began("DM 1.2", false)));
        Device device = Objects.requireNonNull(sessions.load("d", "1", NOW).device());
        Account account = device.account();
        assertThat(account.client()).isEqualTo(new Secret("user", "pass", Bytes.hex("0102")));
        assertThat(account.server()).isEqualTo(new Secret("grove", "word", Bytes.hex("0304")));
        assertThat(account.serverScheme()).isEqualTo(Scheme.BASIC);
        assertThat(device.profile()).isEqualTo("DM 1.2");
        assertThat(device.seenAt()).isEqualTo(NOW);
    }

    @Test
    void a_device_becomes_known_with_its_first_session() {
        SessionCommit.Next next = new SessionCommit.Next("1", NOW.plusSeconds(60), false, Bytes.EMPTY,
                List.of(new Fact.Opened(), AUTHENTICATED), null);
        Stored first = stored(
                new SessionCommit(device("new"), true, null, Situation.Seen.NONE, next, "DM/1.2", NOW, List.of()));
        assertThat(first.events()).contains(new Event.DeviceAdded("new"));
        assertThat(sessions.load("new", "1", NOW).session()).isNotNull();
        assertThat(sessions.load("nobody", "1", NOW).device()).isNull();
    }

    @Test
    void the_mirror_follows_what_the_device_says_and_does() {
        Operation group = new Operation.Atomic(List.of(replace("./A/B", "group"), replace("./No", "x")));
        Job job = submit(Terms.USUAL, new Operation.Delete(at("./A/C")), new Operation.Copy(at("./A/B"), at("./D")),
                replace("./A/B", "new"), replace("./No", "x"), group);
        stored(begin("d", "1", AUTHENTICATED,
                learned("./A/B", Value.text("old")), learned("./A/C/E", Value.of(Format.INT, "1")),
                learned("./A", new Value(Format.NODE, "", Bytes.utf8("B/C/F"))),
                learned("./A/B?prop=ACL", Value.text("Get=*")), sent(job, 0), sent(job, 1), sent(job, 2),
                sent(job, 3), sent(job, 4), answered(job, "0", 200), answered(job, "1", 200), answered(job, "2", 200),
                answered(job, "3", 405), answered(job, "4.0", 216), answered(job, "4.1", 404),
                answered(job, "4", 507)));
        assertThat(mirror()).containsExactly("./A=", "./A/B=new", "./A/F=?", "./D=old");
    }

    @Test
    void what_the_device_has_not_found_is_gone() {
        Job job = submit(Terms.USUAL, new Operation.Delete(at("./A/B")), new Operation.Get(at("./A/C")),
                replace("./A/D", "x"), new Operation.Copy(at("./No"), at("./A/E")), new Operation.Delete(at("./A/F")));
        stored(begin("d", "1", AUTHENTICATED, learned("./A/B", Value.text("1")), learned("./A/C", Value.text("1")),
                learned("./A/D", Value.text("1")), learned("./A/E", Value.text("1")),
                learned("./A/F", Value.text("1")), sent(job, 0), sent(job, 1), sent(job, 2), sent(job, 3),
                sent(job, 4), answered(job, "0", 404), answered(job, "1", 404), answered(job, "2", 404),
                answered(job, "3", 404), answered(job, "4", 425)));
        assertThat(mirror()).containsExactly("./A/E=1", "./A/F=1");
    }

    @Test
    void what_was_copied_from_an_unknown_node_has_an_unknown_value() {
        Job job = submit(Terms.USUAL, new Operation.Copy(at("./Unknown"), at("./D")));
        stored(begin("d", "1", AUTHENTICATED, learned("./D", Value.text("old")), sent(job, 0),
                answered(job, "0", 200)));
        assertThat(mirror()).containsExactly("./D=?");
    }

    @Test
    void a_listing_says_which_nodes_there_are_and_keeps_the_values_that_are_known() {
        Job job = submit(Terms.USUAL, new Operation.Get(Address.parse("./A?list=Struct")));
        stored(begin("d", "1", AUTHENTICATED, learned("./A/B", Value.of(Format.INT, "1")),
                learned("./A/Gone/C", Value.text("x")), learned("./A/D", Value.text("text")), sent(job, 0),
                listed(job, new Outcome.Result("./A", Value.interior("urn:moi")),
                        new Outcome.Result("./A/B", Value.of(Format.INT, "")),
                        new Outcome.Result("./A/D", Value.of(Format.BOOL, "")),
                        new Outcome.Result("./A/New", Value.text("")))));
        assertThat(mirror()).containsExactly("./A=", "./A/B=1", "./A/D=bool?", "./A/New=chr?");
        assertThat(results(job)).containsExactly("0 200");
    }

    @Test
    void a_document_is_taken_apart_into_its_nodes() {
        Job job = submit(Terms.USUAL, new Operation.Get(Address.parse("./A?list=TNDS")),
                new Operation.Add(at("./N"), tnds("N", "C", "c")),
                new Operation.Replace(at("./A"), tnds("A", "R", "r")));
        stored(begin("d", "1", AUTHENTICATED, learned("./A/Gone", Value.text("x")),
                learned("./N/Stays", Value.text("y")),
                sent(job, 0), listed(job, new Outcome.Result("./A?list=TNDS", tnds("A", "B", "b"))), sent(job, 1),
                answered(job, "1", 200)));
        assertThat(mirror()).containsExactly("./A=", "./A/B=b", "./N=", "./N/C=c", "./N/Stays=y");
        assertThat(store.read(r -> r.mirror().find("d", NodeUri.parse("./A"))).orElseThrow().value())
                .isEqualTo(Value.interior("urn:moi"));
        SessionRecord session = stored(begin("d", "2", AUTHENTICATED, sent(job, 2))).session();
        stored(proceed(session, answered(job, "2", 200)));
        assertThat(mirror()).containsExactly("./A=", "./A/R=r", "./N=", "./N/C=c", "./N/Stays=y");
    }

    @Test
    void what_is_no_document_changes_nothing() {
        Job job = submit(Terms.USUAL, new Operation.Get(Address.parse("./A?list=TNDS")));
        stored(begin("d", "1", AUTHENTICATED, learned("./A/B", Value.text("b")), sent(job, 0),
                listed(job, new Outcome.Result("./A", Value.text("<MgmtTree>")))));
        assertThat(mirror()).containsExactly("./A/B=b");
    }

    @Test
    void whole_sub_trees_are_copied_renamed_and_found_missing() {
        Job job = submit(Terms.USUAL, new Operation.Copy(at("./A"), at("./X/Y")),
                new Operation.Replace(Address.parse("./A?prop=Name"), Value.text("Z")), get("./G"),
                new Operation.Delete(at("./H")), get("./B?prop=ACL"));
        stored(begin("d", "1", AUTHENTICATED, learned("./A", Value.interior("")), learned("./A/B/C", Value.text("c")),
                learned("./G/I", Value.text("g")), learned("./H", Value.text("h")), learned("./B", Value.text("b")),
                sent(job, 0), answered(job, "0", 200), sent(job, 1), answered(job, "1", 200), sent(job, 2),
                answered(job, "2", 404), sent(job, 3), answered(job, "3", 404), sent(job, 4),
                answered(job, "4", 404)));
        assertThat(mirror()).containsExactly("./B=b", "./X/Y=", "./X/Y/B/C=c", "./Z=", "./Z/B/C=c");
    }

    @Test
    void what_an_atomic_did_counts_when_the_atomic_has_succeeded() {
        Operation inner = new Operation.Sequence(List.of(replace("./C", "c")));
        Job job = submit(Terms.USUAL, new Operation.Atomic(List.of(replace("./A", "a"), inner)),
                new Operation.Sequence(List.of(new Operation.Atomic(List.of(replace("./B", "b"))))));
        stored(begin("d", "1", AUTHENTICATED, sent(job, 0), answered(job, "0.0", 200), answered(job, "0.1.0", 200),
                answered(job, "0.1", 200), answered(job, "0", 507), sent(job, 1), answered(job, "1.0.0", 200),
                answered(job, "1.0", 200), answered(job, "1", 200)));
        assertThat(mirror()).containsExactly("./B=b");
    }

    private static Fact listed(Job job, Outcome.Result... results) {
        return new Fact.Answered(job.id(), "0", Outcome.ok(List.of(results)));
    }

    private static Value tnds(String name, String child, String value) {
        return new Value(Format.XML, "application/vnd.syncml.dmtnds+xml", Bytes.utf8("""
                <MgmtTree xmlns="syncml:dmddf1.2"><VerDTD>1.2</VerDTD><Node><NodeName>%s</NodeName><RTProperties>
                <Format><node/></Format><Type><DDFName>urn:moi</DDFName></Type></RTProperties><Node><NodeName>%s
                </NodeName><RTProperties><Format><chr/></Format><Type><MIME>text/plain</MIME></Type></RTProperties>
                <Value>%s</Value></Node></Node></MgmtTree>""".replaceAll(">\\s+<", "><").replaceAll("%s\\s+<", "%s<")
                .formatted(name, child, value)));
    }

    @Test
    void the_children_that_a_device_no_longer_names_are_gone() {
        stored(begin("d", "1", AUTHENTICATED, learned("./A/B/C", Value.text("1")), learned("./A/D", Value.text("2")),
                learned("./A", new Value(Format.NODE, "", Bytes.utf8("D")))));
        assertThat(mirror()).containsExactly("./A=", "./A/D=2");
    }

    @Test
    void keeps_alerts_and_tells_of_them() {
        Fact.AlertRaised raised = new Fact.AlertRaised(AlertCode.GENERIC, "type", "critical", "c", "./A",
                Value.text("data"));
        Stored stored = stored(begin("d", "1", AUTHENTICATED, raised));
        assertThat(stored.events()).filteredOn(e -> e instanceof Event.AlertRaised).hasSize(1);
        assertThat(store.read(r -> r.alerts().list("d", Slice.first(9)).getFirst().what()).type()).isEqualTo("type");
    }

    private static Reason reason(SessionRecord session) {
        return Objects.requireNonNull(session.end()).reason();
    }

    private Stored stored(SessionCommit commit) {
        SessionCommit.Result result = sessions.commit(commit);
        assertThat(result).isInstanceOf(Stored.class);
        return (Stored) result;
    }

    /** The same turn, computed from the jobs as they are when the message comes. */
    private SessionCommit asLoaded(SessionCommit turn) {
        Situation situation = sessions.load(turn.device().id(), turn.next().sessionId(), NOW);
        return new SessionCommit(turn.device(), turn.isNewDevice(), turn.before(), situation.jobs(), turn.next(),
                turn.profile(), turn.now(), turn.trace());
    }

    private Job submit(Terms terms, Operation... operations) {
        return ((Submission.Accepted) jobs.submit("d", List.of(operations), terms, NOW)).job();
    }

    private static Fact sent(Job job, int index) {
        return new Fact.Sent(job.id(), index);
    }

    private static Fact answered(Job job, String path, int status) {
        return new Fact.Answered(job.id(), path, Outcome.of(new StatusCode(status)));
    }

    private static Fact learned(String uri, Value value) {
        return new Fact.Learned(List.of(new Outcome.Result(uri, value)));
    }

    private static Task task(Job job, int index) {
        return new Task(job.id(), index, job.operations().get(index));
    }

    private List<Task> work(String sessionId) {
        return sessions.load("d", sessionId, NOW).work(NOW, sessions.rules());
    }

    private Job job(Job job) {
        return store.read(r -> r.jobs().find(job.deviceId(), job.number()).orElseThrow());
    }

    private State state(Job job) {
        return job(job).state();
    }

    private List<Progress> steps(Job job) {
        return job(job).steps().stream().map(Job.Step::progress).toList();
    }

    private List<String> results(Job job) {
        return store.read(r -> r.jobs().results(job.deviceId(), job.number()).stream()
                .map(x -> x.path() + " " + (x.status() == null ? x.text() : x.status())).toList());
    }

    private List<String> mirror() {
        return store.read(r -> r.mirror().below("d", NodeUri.ROOT, "", 99).stream()
                .map(n -> n.uri() + "=" + shown(n)).toList());
    }

    private static String shown(MirrorNode node) {
        Value value = node.value();
        if (value == null) {
            return "?";
        }
        return node.isRead() ? value.text() : value.format().wireName() + "?";
    }
}
