package dev.grove.verify.store;

import static dev.grove.verify.store.Samples.NOW;
import static dev.grove.verify.store.Samples.device;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.notify.Dm2Notification;
import dev.grove.notify.UiMode;
import dev.grove.server.fleet.Reach;
import dev.grove.server.fleet.Slice;
import dev.grove.server.fleet.Store;
import dev.grove.server.fleet.Wake;
import dev.grove.wire.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store does with devices that are to be woken. */
abstract class WakeStoreContract extends ServiceStoreContract {

    private static final Reach REACH = new Reach(
            List.of(new Reach.Line("sms", "+49 151 1"), new Reach.Line("udp", "192.0.2.1:2948", "unreachable ✓")),
            Reach.Format.DM20, 12, "server", new Dm2Notification.Credential(Bytes.hex("00ff10"), Bytes.hex("c3a9")));

    /** One more node over the same records; none if the store is for one. */
    Optional<Store> another() {
        return Optional.empty();
    }

    @Test
    void gives_back_how_a_device_can_be_reached_with_its_secret() {
        write(r -> r.devices().add(device("a")));
        assertThat(reach("a")).isEqualTo(Reach.NONE);
        putReach("a", Reach.NONE.with(new Reach.Line("mqtt", "a")));
        putReach("a", REACH);
        Reach found = reach("a");
        assertThat(found).isEqualTo(REACH);
        assertThat(found.credential()).isEqualTo(REACH.credential());
        assertThat(reach("b")).isEqualTo(Reach.NONE);
        putReach("a", Reach.NONE);
        assertThat(reach("a")).isEqualTo(Reach.NONE);
    }

    @Test
    void gives_back_a_wake_as_it_was_put_last() {
        Wake added = wake("a");
        assertThat(find(r -> r.wakes().find("a", added.number()))).contains(added);
        assertThat(find(r -> r.wakes().find("b", added.number()))).isEmpty();
        assertThat(find(r -> r.wakes().find("a", added.number() + 1))).isEmpty();
        assertThat(added.isOpen()).isTrue();
        Wake failed = put(added.failed("no route", NOW.plusSeconds(3)));
        assertThat(find(r -> r.wakes().find("a", added.number()))).contains(failed);
        Wake sent = put(failed.sent(new Wake.Sent("sms", NOW.plusSeconds(3)), NOW.plusSeconds(33))
                .delivered(NOW.plusSeconds(4)));
        assertThat(find(r -> r.wakes().find("a", added.number()))).contains(sent);
        Wake answered = put(sent.ended(new Wake.End(NOW.plusSeconds(9), Wake.Outcome.ANSWERED, 77L)));
        assertThat(find(r -> r.wakes().find("a", added.number()))).contains(answered);
        Wake expired = put(wake("a").ended(new Wake.End(NOW, Wake.Outcome.EXPIRED, null)));
        assertThat(find(r -> r.wakes().find("a", expired.number()))).contains(expired);
    }

    @Test
    void finds_the_newest_wake_that_has_not_ended() {
        assertThat(find(r -> r.wakes().open("a"))).isEmpty();
        Wake older = wake("a");
        Wake newer = wake("a");
        wake("b");
        assertThat(find(r -> r.wakes().open("a"))).contains(newer);
        put(newer.ended(cancelledAt(NOW)));
        assertThat(find(r -> r.wakes().open("a"))).contains(older);
        put(older.ended(cancelledAt(NOW)));
        assertThat(find(r -> r.wakes().open("a"))).isEmpty();
    }

    @Test
    void lists_wakes_by_number_both_ways_whether_they_have_ended_or_not() {
        List<Wake> all = IntStream.range(0, 5).mapToObj(_ -> wake("a")).toList();
        wake("b");
        Wake ended = put(all.get(1).ended(cancelledAt(NOW)));
        assertThat(all).extracting(Wake::number).isSorted().doesNotHaveDuplicates();
        assertThat(list(r -> r.wakes().list("a", Slice.first(9)))).containsExactly(all.get(0), ended, all.get(2),
                all.get(3), all.get(4));
        assertThat(list(r -> r.wakes().list("a", new Slice(all.get(0).number(), 2, false)))).containsExactly(ended,
                all.get(2));
        assertThat(list(r -> r.wakes().list("a", new Slice(0, 2, true)))).containsExactly(all.get(4), all.get(3));
        assertThat(list(r -> r.wakes().list("a", new Slice(all.get(3).number(), 9, true))))
                .containsExactly(all.get(2), ended, all.get(0));
        assertThat(list(r -> r.wakes().list("c", Slice.first(9)))).isEmpty();
    }

    @Test
    void tells_whose_next_attempt_is_due_the_longest_due_first() {
        Wake late = put(wake("a").due(NOW.plusSeconds(3)));
        Wake later = put(wake("b").due(NOW.plusSeconds(5)));
        Wake now = wake("c");
        put(wake("d").due(null));
        put(wake("e").ended(cancelledAt(NOW)));
        assertThat(due(2, 9)).containsExactly(now);
        assertThat(due(3, 9)).containsExactly(now, late);
        assertThat(due(9, 9)).containsExactly(now, late, later);
        assertThat(due(9, 2)).hasSize(2).isSubsetOf(now, late, later);
        assertThat(due(9, 0)).isEmpty();
        if (findsTheLongestDue()) {
            assertThat(due(9, 2)).containsExactly(now, late);
        }
    }

    /** Whether those that are due longest are found first even if not all are asked for. */
    boolean findsTheLongestDue() {
        return true;
    }

    @Test
    void a_wake_is_due_when_its_last_attempt_says_so_and_once_only() {
        Wake added = wake("a");
        assertThat(due(0, 9)).containsExactly(added);
        Wake later = put(added.sent(new Wake.Sent("udp", NOW), NOW.plusSeconds(30)));
        assertThat(due(29, 9)).isEmpty();
        assertThat(due(30, 9)).containsExactly(later);
        assertThat(due(31, 9)).as("nobody has seen to it").containsExactly(later);
        Wake earlier = put(later.due(NOW.plusSeconds(20)));
        assertThat(due(40, 9)).containsExactly(earlier);
        Wake ended = put(earlier.ended(cancelledAt(NOW)));
        assertThat(due(50, 9)).isEmpty();
        assertThat(ended.dueAt()).isNull();
    }

    @Test
    void forgets_wakes_that_ended_long_ago_and_gives_their_numbers_to_no_other() {
        Wake open = wake("a");
        put(wake("a").ended(cancelledAt(NOW)));
        Wake young = put(wake("a").ended(cancelledAt(NOW.plusSeconds(1))));
        Wake last = put(wake("a").ended(cancelledAt(NOW)));
        if (forgetsWhenTold()) {
            assertThat(pruned(NOW, 9)).isZero();
            assertThat(pruned(NOW.plusMillis(1), 1)).isOne();
            assertThat(pruned(NOW.plusMillis(1), 9)).isOne();
            assertThat(pruned(NOW.plusMillis(1), 9)).isZero();
            assertThat(list(r -> r.wakes().list("a", Slice.first(9)))).containsExactly(open, young);
        }
        assertThat(wake("a").number()).isGreaterThan(last.number());
    }

    @Test
    void forgets_the_wakes_of_a_device_that_is_removed() {
        write(r -> r.devices().add(device("a")));
        write(r -> r.devices().add(device("b")));
        putReach("a", REACH);
        putReach("b", REACH);
        Wake open = wake("a");
        put(wake("a").ended(cancelledAt(NOW)));
        Wake other = wake("b");
        write(r -> r.devices().remove("a"));
        assertThat(reach("a")).isEqualTo(Reach.NONE);
        assertThat(find(r -> r.wakes().find("a", open.number()))).isEmpty();
        assertThat(find(r -> r.wakes().open("a"))).isEmpty();
        assertThat(list(r -> r.wakes().list("a", Slice.first(9)))).isEmpty();
        assertThat(due(9, 9)).containsExactly(other);
        assertThat(reach("b")).isEqualTo(REACH);
        write(r -> r.devices().add(device("a")));
        assertThat(wake("a").number()).as("never given twice").isGreaterThan(open.number());
    }

    @Test
    void a_unit_of_work_that_fails_wakes_nobody() {
        Wake kept = wake("a");
        putReach("a", REACH);
        assertThatThrownBy(() -> write(r -> {
            r.wakes().putReach("a", Reach.NONE);
            r.wakes().put(kept.ended(cancelledAt(NOW)));
            Wake lost = r.wakes().add(asked("a", NOW));
            assertThat(r.wakes().open("a")).as("what it has written itself").contains(lost);
            assertThat(r.wakes().list("a", Slice.first(9))).hasSize(2);
            assertThat(r.wakes().reach("a")).isEqualTo(Reach.NONE);
            throw new IllegalStateException("on purpose");
        })).hasMessage("on purpose");
        assertThat(list(r -> r.wakes().list("a", Slice.first(9)))).containsExactly(kept);
        assertThat(reach("a")).isEqualTo(REACH);
        assertThat(due(0, 9)).containsExactly(kept);
    }

    @Test
    void wakes_that_many_ask_for_at_once_each_get_a_number() {
        List<CompletableFuture<Wake>> all = IntStream.range(0, 50).mapToObj(
                i -> CompletableFuture.supplyAsync(() -> wake(i % 2 == 0 ? "a" : "b"),
                        command -> Thread.ofVirtual().start(command)))
                .toList();
        all.forEach(CompletableFuture::join);
        assertThat(list(r -> r.wakes().list("a", Slice.first(99)))).hasSize(25).extracting(Wake::number)
                .doesNotHaveDuplicates();
        assertThat(due(0, 99)).hasSize(50);
    }

    @Test
    void another_node_sees_at_once_who_is_to_be_woken() {
        Optional<Store> node = another();
        if (node.isEmpty()) {
            assertThat(store.isShared()).isFalse();
            return;
        }
        try (Store other = node.get()) {
            write(r -> r.devices().add(device("a")));
            Wake here = wake("a");
            List<Wake> seen = other.read(r -> r.wakes().due(NOW, 9));
            assertThat(seen).containsExactly(here);
            Wake there = other.write(r -> r.wakes().add(asked("a", NOW)));
            assertThat(there.number()).isGreaterThan(here.number());
            assertThat(find(r -> r.wakes().open("a"))).contains(there);
            other.write(r -> {
                r.wakes().put(here.ended(cancelledAt(NOW)));
                r.wakes().putReach("a", REACH);
                return r;
            });
            assertThat(due(0, 9)).containsExactly(there);
            assertThat(reach("a")).isEqualTo(REACH);
        }
    }

    private static Wake asked(String deviceId, Instant now) {
        return Wake.of(deviceId, new Wake.Asked(UiMode.INFORMATIVE, "wegen Ü", Duration.ofHours(1)), 65_535, now);
    }

    private Wake wake(String deviceId) {
        return write(r -> r.wakes().add(asked(deviceId, NOW)));
    }

    private static Wake.End cancelledAt(Instant at) {
        return new Wake.End(at, Wake.Outcome.CANCELLED, null);
    }

    private Wake put(Wake wake) {
        write(r -> {
            r.wakes().put(wake);
            return r;
        });
        return wake;
    }

    private Reach reach(String deviceId) {
        return read(r -> r.wakes().reach(deviceId));
    }

    private void putReach(String deviceId, Reach reach) {
        write(r -> {
            r.wakes().putReach(deviceId, reach);
            return r;
        });
    }

    private List<Wake> due(int seconds, int limit) {
        return list(r -> r.wakes().due(NOW.plusSeconds(seconds), limit));
    }

    private int pruned(Instant end, int limit) {
        return write(r -> r.wakes().prune(end, limit));
    }
}
