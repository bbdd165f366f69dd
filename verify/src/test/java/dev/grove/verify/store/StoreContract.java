package dev.grove.verify.store;

import static dev.grove.verify.store.Samples.NOW;
import static dev.grove.verify.store.Samples.device;
import static dev.grove.verify.store.Samples.everyOperation;
import static dev.grove.verify.store.Samples.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.auth.PreSharedKey;
import dev.grove.engine.Fact;
import dev.grove.server.fleet.Alert;
import dev.grove.server.fleet.Descriptions;
import dev.grove.server.fleet.Contact;
import dev.grove.server.fleet.Device;
import dev.grove.server.fleet.Job;
import dev.grove.server.fleet.Job.Terms;
import dev.grove.server.fleet.MirrorNode;
import dev.grove.server.fleet.SessionRecord;
import dev.grove.server.fleet.SessionRecord.Tally;
import dev.grove.server.fleet.Slice;
import dev.grove.server.fleet.Store.Records;
import dev.grove.server.fleet.Store;
import dev.grove.server.fleet.StoredSession;
import dev.grove.server.fleet.TraceEntry;
import dev.grove.syncml.AlertCode;
import dev.grove.tree.Format;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a store keeps and gives back. */
abstract class StoreContract extends MirrorStoreContract {

    @Test
    void gives_back_a_device_as_it_was_added() {
        Device full = device("IMEI:1").withCertificate("ab".repeat(32)).seen(NOW.plusMillis(7), "DM 1.2")
                .withTracing(NOW.plusSeconds(3600));
        assertThat(did(r -> r.devices().add(full))).isTrue();
        assertThat(did(r -> r.devices().add(device("IMEI:1")))).isFalse();
        assertThat(find(r -> r.devices().find("IMEI:1"))).contains(full);
        assertThat(find(r -> r.devices().find("imei:1"))).isEmpty();
        Secrets.assertSame(read(r -> r.devices().find("IMEI:1")).orElseThrow(), full);
    }

    @Test
    void finds_a_device_by_the_identity_of_its_pre_shared_key() {
        PreSharedKey key = new PreSharedKey("Gerät ✓", Bytes.hex("00112233445566778899aabbccddeeff"));
        write(r -> r.devices().add(device("a").withPsk(key)));
        write(r -> r.devices().add(device("b")));
        assertThat(find(r -> r.devices().findByPsk("Gerät ✓"))).contains(device("a").withPsk(key));
        assertThat(find(r -> r.devices().findByPsk("gerät ✓"))).isEmpty();
        assertThat(find(r -> r.devices().findByPsk("a"))).isEmpty();
        write(r -> r.devices().put(device("a")));
        assertThat(find(r -> r.devices().findByPsk("Gerät ✓"))).isEmpty();
        assertThat(find(r -> r.devices().find("a"))).contains(device("a"));
    }

    @Test
    void replaces_only_a_device_that_is_there() {
        assertThat(did(r -> r.devices().put(device("a")))).isFalse();
        write(r -> r.devices().add(device("a")));
        assertThat(did(r -> r.devices().put(device("a").withName("new")))).isTrue();
        assertThat(read(r -> r.devices().find("a")).orElseThrow().name()).isEqualTo("new");
    }

    @Test
    void lists_devices_by_id_page_by_page_and_by_what_their_id_or_name_holds() {
        List.of("c", "a/b", "b", "urn:IMEI:7").forEach(id -> write(r -> r.devices().add(device(id))));
        write(r -> r.devices().put(device("b").withName("Büro")));
        assertThat(ids(read(r -> r.devices().list("", 2, "")))).containsExactly("a/b", "b");
        assertThat(ids(read(r -> r.devices().list("b", 9, "")))).containsExactly("c", "urn:IMEI:7");
        if (!searches()) {
            assertThatThrownBy(() -> read(r -> r.devices().list("", 9, "imei"))).isInstanceOf(Store.Unsupported.class);
            return;
        }
        assertThat(ids(read(r -> r.devices().list("", 9, "imei")))).containsExactly("urn:IMEI:7");
        assertThat(ids(read(r -> r.devices().list("", 9, "DEVICE")))).containsExactly("a/b", "c", "urn:IMEI:7");
        assertThat(ids(read(r -> r.devices().list("", 9, "%")))).isEmpty();
    }

    @Test
    void forgets_a_removed_device_with_all_that_hangs_on_it() {
        write(r -> r.devices().add(device("a")));
        Job job = write(r -> r.jobs().add(Job.of("a", everyOperation(), Terms.USUAL, NOW)));
        StoredSession session = write(r -> r.sessions().open(session("a", "1")));
        write(r -> {
            r.sessions().trace("a", session.record().number(), List.of(entry("x")));
            r.mirror().put("a", List.of(new MirrorNode(NodeUri.parse("./A"), null, NOW)));
            return r.alerts().add(alert("a", "t"));
        });
        assertThat(did(r -> r.devices().remove("a"))).isTrue();
        assertThat(did(r -> r.devices().remove("a"))).isFalse();
        assertThat(find(r -> r.jobs().find("a", job.number()))).isEmpty();
        assertThat(find(r -> r.sessions().latest("a", "1"))).isEmpty();
        assertThat(list(r -> r.sessions().trace("a", session.record().number()))).isEmpty();
        assertThat(list(r -> r.mirror().below("a", NodeUri.ROOT, "", 9))).isEmpty();
        assertThat(list(r -> r.alerts().list("a", Slice.first(9)))).isEmpty();
    }

    @Test
    void a_unit_of_work_that_fails_leaves_nothing_behind() {
        write(r -> r.devices().add(device("kept")));
        assertThatThrownBy(() -> write(r -> {
            r.devices().add(device("lost"));
            r.devices().put(device("kept").withName("lost"));
            r.devices().remove("kept");
            throw new IllegalStateException("on purpose");
        })).hasMessage("on purpose");
        assertThat(find(r -> r.devices().find("lost"))).isEmpty();
        assertThat(find(r -> r.devices().find("kept"))).contains(device("kept"));
    }

    @Test
    void units_of_work_follow_one_another_even_if_many_come_at_once() {
        write(r -> r.devices().add(device("counter").withName("0")));
        List<CompletableFuture<?>> all = IntStream.range(0, 200).<CompletableFuture<?>>mapToObj(i -> CompletableFuture
                .runAsync(() -> write(r -> {
                    Device now = r.devices().find("counter").orElseThrow();
                    boolean fails = i % 10 == 0;
                    r.devices().put(now.withName(Integer.toString(Integer.parseInt(now.name()) + 1)));
                    if (fails) {
                        throw new IllegalStateException("on purpose");
                    }
                    return true;
                }), command -> Thread.ofVirtual().start(command)).exceptionally(e -> null)).toList();
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
        assertThat(read(r -> r.devices().find("counter")).orElseThrow().name()).isEqualTo("180");
    }

    @Test
    void gives_back_operations_of_every_kind() {
        Terms terms = new Terms(-3, true, NOW.plusSeconds(60));
        Job job = write(r -> r.jobs().add(Job.of("a", everyOperation(), terms, NOW)));
        assertThat(find(r -> r.jobs().find("a", job.number()))).contains(job);
        assertThat(find(r -> r.jobs().find("a", job.number() + 1))).isEmpty();
        assertThat(find(r -> r.jobs().find("b", job.number()))).isEmpty();
    }

    @Test
    void hands_out_jobs_by_priority_then_submission() {
        long low = submit(new Terms(0, false, null));
        long high = submit(new Terms(5, false, null));
        long alsoLow = submit(new Terms(0, false, null));
        submit(new Terms(9, false, NOW));
        assertThat(numbers(read(r -> r.jobs().live("a", NOW, 9)))).containsExactly(high, low, alsoLow);
        assertThat(numbers(read(r -> r.jobs().live("a", NOW, 1)))).containsExactly(high);
        assertThat(list(r -> r.jobs().live("b", NOW, 9))).isEmpty();
        assertThat(count(r -> r.jobs().countLive("a"))).isEqualTo(4);
    }

    @Test
    void finds_jobs_in_flight_and_jobs_whose_time_has_passed() {
        long number = submit(new Terms(0, false, NOW));
        assertThat(numbers(read(r -> r.jobs().overdue(NOW, 9)))).containsExactly(number);
        assertThat(list(r -> r.jobs().overdue(NOW.minusMillis(1), 9))).isEmpty();
        write(r -> {
            r.jobs().put(r.jobs().find("a", number).orElseThrow().sent(0, 77, NOW));
            return true;
        });
        assertThat(numbers(read(r -> r.jobs().inFlight("a", 77)))).containsExactly(number);
        assertThat(list(r -> r.jobs().overdue(NOW, 9))).isEmpty();
        assertThat(numbers(read(r -> r.jobs().live("a", NOW, 9)))).containsExactly(number);
    }

    @Test
    void replaces_a_job_only_as_it_was() {
        long number = submit(Terms.USUAL);
        Job queued = read(r -> r.jobs().find("a", number)).orElseThrow();
        Job sent = queued.sent(0, 77, NOW);
        assertThat(write(r -> r.jobs().replace(queued, sent)).booleanValue()).isTrue();
        assertThat(write(r -> r.jobs().replace(queued, queued.cancelled(NOW))).booleanValue()).isFalse();
        assertThat(find(r -> r.jobs().find("a", number))).contains(sent);
    }

    @Test
    void keeps_many_nodes_at_once_the_last_of_each_uri() {
        List<MirrorNode> nodes = IntStream.range(0, 100).mapToObj(i -> new MirrorNode(
                NodeUri.parse("./N/" + i % 70), Value.of(Format.INT, Integer.toString(i)), NOW)).toList();
        write(r -> {
            r.mirror().put("a", nodes);
            return true;
        });
        assertThat(uris("./N", "")).hasSize(70);
        assertThat(find(r -> r.mirror().find("a", NodeUri.parse("./N/29")))).contains(nodes.get(99));
        assertThat(find(r -> r.mirror().find("a", NodeUri.parse("./N/30")))).contains(nodes.get(30));
    }

    @Test
    void keeps_the_latest_result_of_each_path_in_the_order_of_the_paths() {
        long job = submit(Terms.USUAL);
        Job.Result read = new Job.Result("10", StatusCode.OK,
                List.of(new Outcome.Result("./A", Value.binary(Bytes.hex("00ff")))), "detail", NOW);
        Job.Result unknown = new Job.Result("2.1", null, List.of(), null, NOW);
        for (Job.Result result : List.of(new Job.Result("10", StatusCode.NOT_FOUND, List.of(), null, NOW), read,
                unknown, new Job.Result("2", new StatusCode(299), List.of(), null, NOW))) {
            write(r -> {
                r.jobs().putResults("a", job, List.of(result));
                return true;
            });
        }
        assertThat(list(r -> r.jobs().results("a", job))).extracting(Job.Result::path).containsExactly("2", "2.1",
                "10");
        assertThat(list(r -> r.jobs().results("a", job))).contains(read, unknown);
        write(r -> {
            r.jobs().forgetResults("a", job, 2);
            r.jobs().forgetResults("a", job, 1);
            return true;
        });
        assertThat(list(r -> r.jobs().results("a", job))).containsExactly(read);
    }

    @Test
    void lists_and_forgets_jobs() {
        List<Long> all = List.of(submit(Terms.USUAL), submit(Terms.USUAL), submit(Terms.USUAL));
        assertThat(numbers(read(r -> r.jobs().list("a", new Slice(0, 2, false))))).isEqualTo(all.subList(0, 2));
        assertThat(numbers(read(r -> r.jobs().list("a", new Slice(all.get(1), 2, false)))))
                .containsExactly(all.get(2));
        assertThat(numbers(read(r -> r.jobs().list("a", new Slice(all.get(2), 2, true)))))
                .containsExactly(all.get(1), all.get(0));
        write(r -> {
            r.jobs().put(r.jobs().find("a", all.get(0)).orElseThrow().cancelled(NOW));
            return true;
        });
        if (forgetsWhenTold()) {
            assertThat(count(r -> r.jobs().prune(NOW.plusMillis(1), 9))).isEqualTo(1);
            assertThat(numbers(read(r -> r.jobs().list("a", Slice.first(9))))).isEqualTo(all.subList(1, 3));
        }
        assertThat(submit(Terms.USUAL)).isGreaterThan(all.get(2));
    }

    @Test
    void knows_the_newest_session_of_an_id_and_lets_nobody_overtake() {
        StoredSession older = write(r -> r.sessions().open(session("a", "7")));
        StoredSession newer = write(r -> r.sessions().open(session("a", "7")));
        write(r -> r.sessions().open(session("b", "7")));
        assertThat(find(r -> r.sessions().latest("a", "7"))).contains(newer);
        assertThat(newer.record().number()).isGreaterThan(older.record().number());
        Tally tally = new Tally("Windows", true, 2, 5);
        StoredSession next = new StoredSession(
                newer.record().turned(NOW.plusSeconds(1), NOW.plusSeconds(700), null, tally),
                Bytes.hex("beef"));
        long version = newer.record().version();
        assertThat(did(r -> r.sessions().replace(next, version + 1))).isFalse();
        assertThat(did(r -> r.sessions().replace(next, version))).isTrue();
        assertThat(did(r -> r.sessions().replace(next, version))).isFalse();
        assertThat(find(r -> r.sessions().latest("a", "7"))).contains(next);
        assertThat(read(r -> r.sessions().latestNumber("a", "7")).longValue()).isEqualTo(next.record().number());
        assertThat(read(r -> r.sessions().latestNumber("a", "8")).longValue()).isZero();
    }

    @Test
    void tells_in_one_go_what_a_first_message_asks_for() {
        Contact.Call call = new Contact.Call("a", "1", NOW, 2);
        Contact unknown = read(r -> r.contact(call));
        assertThat(unknown).isEqualTo(new Contact(Optional.empty(), Optional.empty(), List.of(), List.of(), 0));
        write(r -> r.devices().add(device("a")));
        write(r -> r.devices().add(device("b")));
        SessionRecord ended = write(r -> r.sessions().open(session("a", "1"))).record();
        StoredSession live = write(r -> r.sessions().open(session("a", "2")));
        write(r -> r.sessions().open(session("b", "1")));
        write(r -> {
            r.sessions().end(ended.ended(NOW, SessionRecord.Reason.COMPLETED, "why"));
            return true;
        });
        long low = submit(new Terms(0, false, null));
        long high = submit(new Terms(5, false, null));
        long newest = submit(new Terms(-1, false, null));
        Contact contact = read(r -> r.contact(call));
        Contact oneByOne = read(r -> new Contact(r.devices().find("a"), r.sessions().latest("a", "1"),
                r.sessions().live("a"), r.jobs().live("a", NOW, 2), r.jobs().newest("a")));
        assertThat(contact).isEqualTo(oneByOne);
        assertThat(contact.device()).contains(device("a"));
        assertThat(contact.session().map(s -> s.record().number())).contains(ended.number());
        assertThat(contact.live()).containsExactly(live.record());
        assertThat(numbers(contact.jobs())).containsExactly(high, low);
        assertThat(contact.newestJob()).isEqualTo(newest);
        assertThat(read(r -> r.contact(new Contact.Call("a", "2", NOW, 9))).session()).contains(live);
    }

    @Test
    void tells_living_sessions_from_ended_ones() {
        SessionRecord one = write(r -> r.sessions().open(session("a", "1"))).record();
        SessionRecord two = write(r -> r.sessions().open(session("a", "2"))).record();
        assertThat(list(r -> r.sessions().live("a"))).containsExactly(one, two);
        assertThat(list(r -> r.sessions().overdue(one.expiresAt(), 9).stream().map(StoredSession::record)
                .toList())).containsExactly(one, two);
        assertThat(list(r -> r.sessions().overdue(one.expiresAt().minusMillis(1), 9))).isEmpty();
        SessionRecord dead = one.ended(NOW, SessionRecord.Reason.SUPERSEDED, "why");
        write(r -> {
            r.sessions().end(dead);
            return true;
        });
        assertThat(list(r -> r.sessions().live("a"))).containsExactly(two);
        assertThat(count(r -> r.sessions().countLive())).isEqualTo(1);
        assertThat(find(r -> r.sessions().find("a", one.number()))).contains(dead);
        assertThat(find(r -> r.sessions().find("b", one.number()))).isEmpty();
        assertThat(list(r -> r.sessions().list("a", new Slice(0, 9, true)))).containsExactly(two, dead);
        assertThat(list(r -> r.sessions().list("a", new Slice(one.number(), 9, false)))).containsExactly(two);
    }

    @Test
    void keeps_traces_and_forgets_them_before_the_sessions() {
        SessionRecord session = write(r -> r.sessions().open(session("a", "1"))).record();
        long number = session.number();
        write(r -> {
            r.sessions().trace("a", number, List.of(entry("in"), entry("out")));
            r.sessions().trace("a", number, List.of(entry("in again")));
            return true;
        });
        assertThat(list(r -> r.sessions().trace("a", number))).containsExactly(entry("in"), entry("out"),
                entry("in again"));
        Instant later = session.expiresAt().plusSeconds(1);
        assertThat(count(r -> r.sessions().prune(later, 9))).isZero();
        write(r -> {
            r.sessions().end(session.ended(NOW, SessionRecord.Reason.COMPLETED, ""));
            return true;
        });
        if (forgetsWhenTold()) {
            forgetsSession(number, later);
        }
    }

    private void forgetsSession(long number, Instant later) {
        assertThat(count(r -> r.sessions().forgetStates(later, 9))).isEqualTo(1);
        assertThat(count(r -> r.sessions().forgetStates(later, 9))).isZero();
        assertThat(read(r -> r.sessions().latest("a", "1")).orElseThrow().state().isEmpty()).isTrue();
        assertThat(count(r -> r.sessions().pruneTraces(later, 9))).isEqualTo(1);
        assertThat(list(r -> r.sessions().trace("a", number))).isEmpty();
        assertThat(count(r -> r.sessions().pruneTraces(later, 9))).isZero();
        assertThat(read(r -> r.sessions().find("a", number)).orElseThrow().tracing())
                .isEqualTo(SessionRecord.Tracing.NONE);
        assertThat(count(r -> r.sessions().prune(later, 9))).isEqualTo(1);
        assertThat(find(r -> r.sessions().find("a", number))).isEmpty();
    }

    @Test
    void mirrors_a_tree_node_by_node() {
        for (String uri : List.of(".", "./A", "./A/B", "./A/B/C", "./AB", "./A-B", "./A0")) {
            node(uri, Value.of(Format.INT, "1"));
        }
        node("./A/B", Value.binary(Bytes.hex("00")));
        node("./A/D", null);
        assertThat(uris("./A", "")).containsExactly("./A", "./A/B", "./A/B/C", "./A/D");
        assertThat(uris("./A", "./A/B")).containsExactly("./A/B/C", "./A/D");
        assertThat(uris(".", "")).hasSize(8);
        assertThat(list(r -> r.mirror().children("a", NodeUri.parse("./A")))).containsExactlyInAnyOrder("B", "D");
        assertThat(list(r -> r.mirror().children("a", NodeUri.ROOT))).containsExactlyInAnyOrder("A", "AB", "A-B",
                "A0");
        assertThat(read(r -> r.mirror().find("a", NodeUri.parse("./A/B"))).orElseThrow().value())
                .isEqualTo(Value.binary(Bytes.hex("00")));
        assertThat(read(r -> r.mirror().find("a", NodeUri.parse("./A/D"))).orElseThrow().value()).isNull();
        write(r -> {
            r.mirror().remove("a", NodeUri.parse("./A"));
            return true;
        });
        assertThat(uris(".", "")).containsExactly(".", "./A-B", "./A0", "./AB");
    }

    @Test
    void tells_an_empty_value_from_one_that_was_never_read() {
        MirrorNode empty = new MirrorNode(NodeUri.parse("./E"), Value.text(""), NOW);
        MirrorNode unread = new MirrorNode(NodeUri.parse("./U"), Value.of(Format.INT, ""), false, NOW);
        MirrorNode bare = new MirrorNode(NodeUri.parse("./X"), null, NOW);
        write(r -> {
            r.mirror().put("a", List.of(empty, unread, bare));
            return true;
        });
        assertThat(list(r -> r.mirror().below("a", NodeUri.ROOT, "", 9))).containsExactly(empty, unread, bare);
    }

    @Test
    void keeps_descriptions_by_name_and_forgets_them_with_their_device() {
        write(r -> r.devices().add(device("a")));
        Descriptions.Head wifi = describe("a", "wifi", "00ff");
        Descriptions.Head audio = describe("a", "audio", "01");
        describe("b", "wifi", "02");
        assertThat(list(r -> r.descriptions().list("a"))).containsExactly(audio, wifi);
        assertThat(find(r -> r.descriptions().document("a", "wifi"))).contains(Bytes.hex("00ff"));
        Descriptions.Head changed = describe("a", "wifi", "0304");
        assertThat(find(r -> r.descriptions().find("a", "wifi"))).contains(changed);
        assertThat(find(r -> r.descriptions().document("a", "wifi"))).contains(Bytes.hex("0304"));
        assertThat(find(r -> r.descriptions().find("a", "WiFi"))).isEmpty();
        assertThat(did(r -> r.descriptions().remove("a", "audio"))).isTrue();
        assertThat(did(r -> r.descriptions().remove("a", "audio"))).isFalse();
        assertThat(did(r -> r.devices().remove("a"))).isTrue();
        assertThat(list(r -> r.descriptions().list("a"))).isEmpty();
        assertThat(list(r -> r.descriptions().list("b"))).hasSize(1);
    }

    private Descriptions.Head describe(String device, String name, String hex) {
        Descriptions.Head head = new Descriptions.Head(name, "maker", "", hex.length() / 2, hex.repeat(16), NOW);
        return write(r -> {
            r.descriptions().put(device, head, Bytes.hex(hex));
            return head;
        });
    }

    @Test
    void keeps_alerts_in_the_order_in_which_they_came() {
        Alert first = write(r -> r.alerts().add(alert("a", "first")));
        Alert second = write(r -> r.alerts().add(alert("a", "second")));
        write(r -> r.alerts().add(alert("b", "other")));
        assertThat(list(r -> r.alerts().list("a", Slice.first(9)))).containsExactly(first, second);
        assertThat(list(r -> r.alerts().list("a", new Slice(0, 1, true)))).containsExactly(second);
        assertThat(list(r -> r.alerts().list("a", new Slice(first.number(), 9, false)))).containsExactly(second);
        assertThat(count(r -> r.alerts().prune(NOW, 9))).isZero();
        if (forgetsWhenTold()) {
            assertThat(count(r -> r.alerts().prune(NOW.plusMillis(1), 2))).isEqualTo(2);
        }
        assertThat(list(r -> r.alerts().list("b", Slice.first(9)))).hasSize(1);
    }

    private boolean did(Function<Records, Boolean> work) {
        return write(work);
    }

    private int count(Function<Records, Integer> work) {
        return write(work);
    }

    private long submit(Terms terms) {
        return write(r -> r.jobs().add(Job.of("a", List.of(get("./A")), terms, NOW))).number();
    }

    private void node(String uri, @Nullable Value value) {
        write(r -> {
            r.mirror().put("a", List.of(new MirrorNode(NodeUri.parse(uri), value, NOW)));
            return true;
        });
    }

    private List<String> uris(String start, String after) {
        return read(r -> r.mirror().below("a", NodeUri.parse(start), after, 99)).stream()
                .map(n -> n.uri().toString()).toList();
    }

    private static List<String> ids(List<Device> devices) {
        return devices.stream().map(Device::id).toList();
    }

    private static List<Long> numbers(List<Job> jobs) {
        return jobs.stream().map(Job::number).toList();
    }

    static StoredSession session(String device, String id) {
        return new StoredSession(new SessionRecord(0, device, id, 1, NOW, NOW.plusMillis(5), NOW.plusSeconds(600),
                null, new Tally("DM/1.2", false, 1, 0), SessionRecord.Tracing.KEPT), Bytes.hex("00cafe"));
    }

    private static TraceEntry entry(String text) {
        return new TraceEntry(NOW, TraceEntry.Direction.SENT, "application/vnd.syncml.dm+wbxml", Bytes.utf8(text),
                List.of());
    }

    private static Alert alert(String device, String type) {
        return new Alert(0, device, 3, NOW, new Fact.AlertRaised(AlertCode.GENERIC, type, "critical", null, "./A",
                Value.text("data")));
    }

    /** Secrets do not take part in printing, so a test compares them on their own. */
    private static final class Secrets {
        static void assertSame(Device one, Device other) {
            assertThat(one.account().client()).isEqualTo(other.account().client());
            assertThat(one.account().server()).isEqualTo(other.account().server());
        }
    }
}
