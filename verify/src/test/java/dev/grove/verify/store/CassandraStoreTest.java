package dev.grove.verify.store;

import static dev.grove.verify.store.Samples.NOW;
import static dev.grove.verify.store.Samples.begin;
import static dev.grove.verify.store.Samples.device;
import static dev.grove.verify.store.Samples.get;
import static dev.grove.verify.store.Samples.proceed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.engine.Fact;
import dev.grove.notify.UiMode;
import dev.grove.server.fleet.Descriptions.Head;
import dev.grove.server.fleet.Device;
import dev.grove.server.fleet.EventLog;
import dev.grove.server.fleet.Events.Event;
import dev.grove.server.fleet.Job;
import dev.grove.server.fleet.Job.Terms;
import dev.grove.server.fleet.MirrorNode;
import dev.grove.server.fleet.SessionCommit;
import dev.grove.server.fleet.SessionDesk;
import dev.grove.server.fleet.SessionRecord;
import dev.grove.server.fleet.Slice;
import dev.grove.server.fleet.Store.Records;
import dev.grove.server.fleet.Store;
import dev.grove.server.fleet.Wake;
import dev.grove.tree.NodeUri;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several nodes over one cluster, and what fades. */
class CassandraStoreTest {

    private Store one;
    private Store other;

    @BeforeEach
    void open() {
        one = CassandraFixture.empty();
        other = CassandraFixture.another();
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
    }

    @Test
    void units_of_work_of_two_nodes_follow_one_another() {
        one.write(r -> r.devices().add(device("counter").withName("0")));
        List<CompletableFuture<?>> all = IntStream.range(0, 60).<CompletableFuture<?>>mapToObj(i -> CompletableFuture
                .runAsync(() -> (i % 2 == 0 ? one : other).write(r -> {
                    Device now = r.devices().find("counter").orElseThrow();
                    return r.devices().put(now.withName(Integer.toString(Integer.parseInt(now.name()) + 1)));
                }), command -> Thread.ofVirtual().start(command))).toList();
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
        assertThat(name(one, "counter")).isEqualTo("60");
        assertThat(name(other, "counter")).isEqualTo("60");
    }

    @Test
    void what_one_node_remembers_never_hides_what_another_has_written() {
        one.write(r -> r.devices().add(device("a").withName("first")));
        assertThat(name(one, "a")).isEqualTo("first");
        other.write(r -> r.devices().put(device("a").withName("second")));
        assertThat(name(one, "a")).isEqualTo("second");
        other.write(r -> r.devices().remove("a"));
        assertThat(one.write(r -> r.devices().put(device("a"))).booleanValue()).isFalse();
        assertThat(one.write(r -> r.devices().add(device("a").withName("third"))).booleanValue()).isTrue();
        assertThat(name(other, "a")).isEqualTo("third");
        assertThat(other.read(r -> r.devices().list("", 9, "")).stream().map(Device::name)).containsExactly("third");
    }

    @Test
    void what_is_refused_for_an_old_guess_is_asked_again() {
        one.write(r -> r.devices().add(device("a").withName("first")));
        other.write(r -> r.devices().put(device("a").withName("second")));
        String seen = one.write(r -> {
            String name = r.devices().find("a").orElseThrow().name();
            if (name.equals("first")) {
                throw new IllegalStateException("this is how it was");
            }
            return name;
        });
        assertThat(seen).isEqualTo("second");
    }

    @Test
    void reads_that_were_overtaken_keep_no_writer_waiting() {
        one.write(r -> r.devices().add(device("a")));
        one.read(r -> r.mirror().find("a", NodeUri.parse("./A")).or(() -> r.mirror().find("a", NodeUri.parse("./B"))));
        CompletableFuture<Boolean> written = CompletableFuture.supplyAsync(() -> one.write(r -> r.devices().put(
                device("a").withName("b"))), command -> Thread.ofVirtual().start(command));
        assertThat(written.orTimeout(30, TimeUnit.SECONDS).join()).isTrue();
    }

    @Test
    void two_messages_of_one_session_at_two_nodes_cannot_both_be_the_next() {
        one.write(r -> r.devices().add(device("d")));
        SessionDesk here = new SessionDesk(one, SessionDesk.Rules.USUAL);
        SessionDesk there = new SessionDesk(other, SessionDesk.Rules.USUAL);
        SessionRecord session = ((SessionCommit.Stored) here.commit(begin("d", "1"))).session();
        List<CompletableFuture<SessionCommit.Result>> both = List.of(here, there).stream()
                .map(desk -> CompletableFuture.supplyAsync(() -> desk.commit(proceed(session)))).toList();
        assertThat(both.stream().map(CompletableFuture::join)
                .filter(result -> result instanceof SessionCommit.Stored)).hasSize(1);
    }

    @Test
    void a_session_goes_on_at_another_node_and_jobs_from_there_are_seen_here() {
        one.write(r -> r.devices().add(device("d")));
        SessionDesk here = new SessionDesk(one, SessionDesk.Rules.USUAL);
        SessionDesk there = new SessionDesk(other, SessionDesk.Rules.USUAL);
        SessionRecord first = ((SessionCommit.Stored) here.commit(begin("d", "1"))).session();
        assertThat(there.load("d", "1", NOW).session()).isNotNull();
        Job job = other.write(r -> r.jobs().add(Job.of("d", List.of(get("./A")), Terms.USUAL, NOW)));
        assertThat(here.load("d", "1", NOW).jobs().live()).containsExactly(job);
        SessionRecord second = ((SessionCommit.Stored) there.commit(proceed(first,
                new Fact.Ended(Fact.Reason.COMPLETED, "")))).session();
        assertThat(second.isLive()).isFalse();
        assertThat(list(one, r -> r.sessions().live("d"))).isEmpty();
        assertThat(one.read(r -> r.sessions().latest("d", "1")).orElseThrow().state().isEmpty()).isFalse();
    }

    @Test
    void what_is_over_fades_and_what_is_known_of_the_tree_stays() {
        try (Store brief = CassandraFixture.forgetful(Duration.ofSeconds(1))) {
            brief.write(r -> r.devices().add(device("d")));
            SessionDesk desk = new SessionDesk(brief, SessionDesk.Rules.USUAL);
            SessionRecord session = ((SessionCommit.Stored) desk.commit(begin("d", "1",
                    new Fact.Ended(Fact.Reason.COMPLETED, "")))).session();
            Job job = brief.write(r -> r.jobs().add(Job.of("d", List.of(get("./A"), get("./B")), Terms.USUAL, NOW))
                    .sent(0, 77, NOW));
            Job living = brief.write(r -> r.jobs().add(Job.of("d", List.of(get("./B")), Terms.USUAL, NOW)));
            Job half = job.moved(0, Job.Progress.ANSWERED, "", NOW);
            answer(brief, half, "0");
            assertThat(list(brief, r -> r.jobs().results("d", job.number()))).hasSize(1);
            answer(brief, half.sent(1, 77, NOW).moved(1, Job.Progress.ANSWERED, "", NOW), "1");
            brief.write(r -> {
                r.mirror().put("d", List.of(new MirrorNode(NodeUri.parse("./A"), Value.text("x"), NOW)));
                return r;
            });
            within(Duration.ofSeconds(30), () -> brief.read(r -> r.jobs().find("d", job.number()).isEmpty()
                    && r.jobs().results("d", job.number()).isEmpty()
                    && r.sessions().find("d", session.number()).isEmpty() && r.sessions().latest("d", "1").isEmpty()
                    && r.sessions().trace("d", session.number()).isEmpty()));
            assertThat(list(brief, r -> r.jobs().list("d", Slice.first(9)))).containsExactly(living);
            assertThat(find(brief, r -> r.mirror().find("d", NodeUri.parse("./A")))).isPresent();
        }
    }

    private static void answer(Store store, Job job, String path) {
        store.write(r -> {
            r.jobs().putResults("d", job.number(), List.of(new Job.Result(path, StatusCode.OK, List.of(), null, NOW)));
            r.jobs().put(job);
            return r;
        });
    }

    @Test
    void finds_what_is_overdue_once_and_again_when_it_was_put_off() {
        one.write(r -> r.devices().add(device("d")));
        Job job = one.write(r -> r.jobs().add(Job.of("d", List.of(get("./A")), new Terms(0, false, NOW.plusSeconds(5)),
                NOW)));
        assertThat(list(other, r -> r.jobs().overdue(NOW.plusSeconds(4), 9))).isEmpty();
        assertThat(list(other, r -> r.jobs().overdue(NOW.plusSeconds(5), 9))).containsExactly(job);
        assertThat(list(one, r -> r.jobs().overdue(NOW.plusSeconds(5), 9))).containsExactly(job);
        one.write(r -> {
            r.jobs().put(job.sent(0, 77, NOW));
            return r;
        });
        assertThat(list(other, r -> r.jobs().overdue(NOW.plusSeconds(6), 9))).isEmpty();
        one.write(r -> {
            r.jobs().put(job);
            return r;
        });
        assertThat(list(other, r -> r.jobs().overdue(NOW.plusSeconds(90), 9))).containsExactly(job);
    }

    @Test
    void a_wake_is_due_at_once_and_other_things_when_their_time_has_settled() {
        try (Store careful = CassandraFixture.careful(Duration.ofSeconds(10))) {
            Wake wake = careful.write(r -> r.wakes().add(asked()));
            Job job = careful.write(r -> r.jobs().add(Job.of("d", List.of(get("./A")), new Terms(0, false, NOW), NOW)));
            assertThat(list(careful, r -> r.wakes().due(NOW, 9))).containsExactly(wake);
            assertThat(list(careful, r -> r.jobs().overdue(NOW, 9))).isEmpty();
            Wake sent = wake.sent(new Wake.Sent("sms", NOW), NOW.plusSeconds(5));
            careful.write(r -> {
                r.wakes().put(sent);
                return r;
            });
            assertThat(list(careful, r -> r.wakes().due(NOW.plusSeconds(4), 9))).isEmpty();
            assertThat(list(careful, r -> r.wakes().due(NOW.plusSeconds(5), 9))).containsExactly(sent);
            assertThat(list(careful, r -> r.wakes().due(NOW.plusSeconds(20), 9))).containsExactly(sent);
            assertThat(list(careful, r -> r.jobs().overdue(NOW.plusSeconds(10), 9))).containsExactly(job);
        }
    }

    @Test
    void a_wake_that_was_seen_to_before_its_hint_settled_is_found_when_it_has() {
        try (Store careful = CassandraFixture.careful(Duration.ofSeconds(10))) {
            Wake wake = careful.write(r -> r.wakes().add(asked()));
            Wake none = wake.due(null);
            put(careful, none);
            assertThat(list(careful, r -> r.wakes().due(NOW.plusSeconds(1), 9))).isEmpty();
            put(careful, wake);
            assertThat(list(careful, r -> r.wakes().due(NOW.plusSeconds(2), 9))).as("looked at already").isEmpty();
            assertThat(list(careful, r -> r.wakes().due(NOW.plusSeconds(10), 9))).containsExactly(wake);
        }
    }

    @Test
    void a_wake_that_has_ended_fades_and_one_that_has_not_stays() {
        try (Store brief = CassandraFixture.forgetful(Duration.ofSeconds(1))) {
            Wake open = brief.write(r -> r.wakes().add(asked()));
            Wake ended = brief.write(r -> r.wakes().add(asked()));
            put(brief, ended.ended(new Wake.End(NOW, Wake.Outcome.EXPIRED, null)));
            within(Duration.ofSeconds(30), () -> brief.read(r -> r.wakes().find("d", ended.number()).isEmpty()));
            assertThat(list(brief, r -> r.wakes().list("d", Slice.first(9)))).containsExactly(open);
        }
    }

    private static Wake asked() {
        return Wake.of("d", new Wake.Asked(UiMode.BACKGROUND, "", Duration.ofHours(1)), 1, NOW);
    }

    private static void put(Store store, Wake wake) {
        store.write(r -> {
            r.wakes().put(wake);
            return r;
        });
    }

    @Test
    void lists_many_devices_in_order_page_by_page() {
        List<String> ids = IntStream.range(0, 300).mapToObj(i -> "device %03d".formatted(i)).toList();
        ids.forEach(id -> one.write(r -> r.devices().add(device(id))));
        List<String> listed = new ArrayList<>();
        List<Device> page = other.read(r -> r.devices().list("", 70, ""));
        while (!page.isEmpty()) {
            page.forEach(device -> listed.add(device.id()));
            String last = listed.getLast();
            page = other.read(r -> r.devices().list(last, 70, ""));
        }
        assertThat(listed).isEqualTo(ids);
    }

    @Test
    void takes_large_documents_and_many_nodes_in_one_unit_of_work() {
        one.write(r -> r.devices().add(device("d")));
        Bytes large = Bytes.wrap(new byte[2_000_000]);
        Head head = new Head("large", "maker", "", large.length(), "0".repeat(64), NOW);
        one.write(r -> {
            r.descriptions().put("d", head, large);
            r.mirror().put("d", IntStream.range(0, 3000).mapToObj(i -> new MirrorNode(NodeUri.parse("./N/" + i), null,
                    NOW)).toList());
            return r;
        });
        assertThat(find(other, r -> r.descriptions().document("d", "large"))).contains(large);
        assertThat(list(other, r -> r.mirror().below("d", NodeUri.parse("./N"), "", 9999))).hasSize(3000);
        one.write(r -> {
            r.mirror().remove("d", NodeUri.parse("./N"));
            return r;
        });
        assertThat(list(other, r -> r.mirror().children("d", NodeUri.ROOT))).isEmpty();
    }

    @Test
    void a_lease_is_held_by_one_node_until_its_term_is_over_or_it_is_given_back() {
        assertThat(one.leases().hold("sweep", Duration.ofMinutes(1))).isTrue();
        assertThat(other.leases().hold("sweep", Duration.ofMinutes(1))).isFalse();
        assertThat(one.leases().hold("sweep", Duration.ofMinutes(1))).isTrue();
        other.leases().release("sweep");
        assertThat(other.leases().hold("sweep", Duration.ofSeconds(1))).isFalse();
        one.leases().release("sweep");
        assertThat(other.leases().hold("sweep", Duration.ofSeconds(1))).isTrue();
        within(Duration.ofSeconds(30), () -> one.leases().hold("sweep", Duration.ofMinutes(1)));
    }

    @Test
    void of_two_secrets_the_first_is_shared() {
        assertThat(one.secret("key", Bytes.hex("01"))).isEqualTo(Bytes.hex("01"));
        assertThat(other.secret("key", Bytes.hex("02"))).isEqualTo(Bytes.hex("01"));
        assertThat(other.secret("other", Bytes.hex("03"))).isEqualTo(Bytes.hex("03"));
    }

    @Test
    void events_of_one_node_reach_the_other_once_and_in_order() {
        EventLog mine = one.eventLog().orElseThrow();
        EventLog theirs = other.eventLog().orElseThrow();
        for (int i = 1; i <= 5; i++) {
            mine.append(new EventLog.Batch("one", i, NOW, List.of(new Event.DeviceAdded("d" + i))));
        }
        theirs.append(new EventLog.Batch("other", 1, NOW, List.of(new Event.DeviceAdded("x"))));
        List<EventLog.Batch> heard = theirs.latest(Map.of("other", 1L, "one", 2L), Duration.ofSeconds(15), 9);
        assertThat(heard).extracting(EventLog.Batch::number).containsExactly(3L, 4L, 5L);
        assertThat(heard.getFirst().events()).containsExactly(new Event.DeviceAdded("d3"));
        assertThat(theirs.latest(Map.of("other", 1L, "one", 5L), Duration.ofSeconds(15), 9)).isEmpty();
    }

    @Test
    void takes_no_more_work_after_closing() {
        one.close();
        one.close();
        assertThatThrownBy(() -> one.write(r -> r.devices().add(device("late")))).isInstanceOf(Store.Failure.class);
    }

    private static <T> List<T> list(Store store, Function<Records, List<T>> work) {
        return store.read(work);
    }

    private static <T> Optional<T> find(Store store, Function<Records, Optional<T>> work) {
        return store.read(work);
    }

    private static String name(Store store, String id) {
        return store.read(r -> r.devices().find(id)).orElseThrow().name();
    }

    /** Asks until it is so: the cluster counts the time here, and nothing tells of it. */
    private static void within(Duration bound, BooleanSupplier condition) {
        long end = System.nanoTime() + bound.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("within " + bound).isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
