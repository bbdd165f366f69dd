package dev.grove.server.store.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.server.fleet.Job;
import dev.grove.server.fleet.Job.Result;
import dev.grove.server.fleet.MirrorNode;
import dev.grove.server.fleet.Reach;
import dev.grove.server.fleet.SessionRecord;
import dev.grove.server.fleet.StoredSession;
import dev.grove.server.fleet.TraceEntry;
import dev.grove.tree.Address;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Operation;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Layers that come one over the other: pages move, or are merged, and the newest value counts. */
class LayerTest {

    private static final Instant NOW = Instant.parse("2026-11-22T04:00:00Z");

    private static Layer of(Change... changes) {
        Layer layer = new Layer();
        List.of(changes).forEach(layer::apply);
        return layer;
    }

    private static View seen(Layer... newestFirst) {
        return new View(List.of(newestFirst), new Tables(null, new Cards()), new FirstNumbers());
    }

    private static StoredSession session(String deviceId, long number, long version) {
        SessionRecord record = new SessionRecord(number, deviceId, "s" + number, version, NOW, NOW, NOW.plusSeconds(60),
                null, new SessionRecord.Tally("DM 1.2", true, 1, 0), SessionRecord.Tracing.NONE);
        return new StoredSession(record, Bytes.EMPTY);
    }

    private static Job job(String deviceId, long number) {
        Operation get = new Operation.Get(Address.parse("./A"));
        return Job.of(deviceId, List.of(get), Job.Terms.USUAL, NOW).withNumber(number);
    }

    private static Change results(long job, String path, StatusCode status) {
        return new Change.ResultsPut("a", job, List.of(new Result(path, status, List.of(), null, NOW)));
    }

    private static Change node(String uri, String text) {
        return new Change.NodesPut("a", List.of(new MirrorNode(NodeUri.parse(uri), Value.text(text), NOW)));
    }

    private static NodeUri at(String uri) {
        return NodeUri.parse(uri);
    }

    @Test
    void the_page_of_a_device_that_is_not_known_above_moves_and_its_old_layer_is_of_no_more_use() {
        Layer own = of(new Change.SessionPut(session("a", 1, 1), true), new Change.JobPut(job("a", 7)));
        Layer together = of(new Change.JobPut(job("b", 8)));
        Page page = own.page("a");
        together.absorb(own);
        assertThat(together.page("a")).isSameAs(page);
        assertThat(own.page("a")).isNull();
        assertThatThrownBy(() -> own.apply(new Change.JobPut(job("a", 9))))
                .isInstanceOf(UnsupportedOperationException.class);
        View view = seen(together);
        assertThat(view.sessions().latest("a", "s1")).contains(session("a", 1, 1));
        assertThat(view.jobs().find("a", 7)).contains(job("a", 7));
        assertThat(view.jobs().find("b", 8)).contains(job("b", 8));
    }

    @Test
    void pages_of_one_device_are_merged_and_the_later_value_counts() {
        Layer together = of(new Change.SessionPut(session("a", 1, 1), true), new Change.JobAdded(job("a", 7)),
                results(7, "0", StatusCode.OK), results(7, "1", StatusCode.OK),
                new Change.ReachPut("a", Reach.NONE));
        Job sent = job("a", 7).sent(0, 1, NOW);
        together.absorb(of(new Change.SessionPut(session("a", 1, 2), false), new Change.JobPut(sent),
                new Change.SessionPut(session("a", 2, 1), true), results(7, "1", StatusCode.NOT_FOUND)));
        View view = seen(together);
        assertThat(view.sessions().latest("a", "s1")).contains(session("a", 1, 2));
        assertThat(view.sessions().latest("a", "s2")).contains(session("a", 2, 1));
        assertThat(view.jobs().newest("a")).isEqualTo(7);
        assertThat(view.jobs().inFlight("a", 1)).containsExactly(sent);
        assertThat(view.jobs().results("a", 7)).extracting(Result::status)
                .containsExactly(StatusCode.OK, StatusCode.NOT_FOUND);
        assertThat(view.wakes().reach("a")).isEqualTo(Reach.NONE);
    }

    @Test
    void equal_numbers_of_two_devices_are_two_records() {
        Layer layer = of(new Change.JobAdded(job("a", 7)), new Change.JobAdded(job("b", 7)));
        assertThat(seen(layer).jobs().find("a", 7)).contains(job("a", 7));
        assertThat(seen(layer).jobs().find("b", 7)).contains(job("b", 7));
    }

    @Test
    void the_newest_of_several_layers_tells_and_what_began_below_is_known_to_have_begun() {
        Layer below = of(new Change.SessionPut(session("a", 1, 1), true),
                new Change.SessionPut(session("a", 2, 1), true));
        Layer above = of(new Change.SessionPut(session("a", 1, 5), false));
        View view = seen(new Layer(), above, below);
        assertThat(view.sessions().latest("a", "s1")).contains(session("a", 1, 5));
        assertThat(view.ofDevice(Page::sessions, "a"))
                .containsExactly(session("a", 2, 1), session("a", 1, 5));
        assertThat(view.ofAll(Page::sessions)).containsExactlyInAnyOrder(session("a", 1, 5), session("a", 2, 1));
    }

    @Test
    void what_was_removed_below_and_put_again_above_is_there_and_its_neighbours_are_not() {
        Layer together = of(node("./A/B", "old"), node("./A/C", "old"), node("./D", "old"));
        together.absorb(of(node("./A/E", "too early"), new Change.NodeRemoved("a", at("./A")), node("./A/B", "new")));
        Layer above = of(new Change.NodeRemoved("a", at("./D")));
        for (View view : List.of(seen(above, together), merged(together, above))) {
            assertThat(view.mirror().find("a", at("./A/B")).orElseThrow().value()).isEqualTo(Value.text("new"));
            for (String gone : List.of("./A", "./A/C", "./A/E", "./A/X/Y", "./D")) {
                assertThat(view.mirror().find("a", at(gone))).as(gone).isEmpty();
            }
            assertThatThrownBy(() -> view.mirror().find("a", at("./DD"))).isInstanceOf(Tables.Missing.class);
            assertThatThrownBy(() -> view.mirror().find("b", at("./A/C"))).isInstanceOf(Tables.Missing.class);
        }
    }

    private static View merged(Layer layer, Layer later) {
        layer.absorb(later);
        return seen(layer);
    }

    @Test
    void changes_are_told_in_the_order_in_which_they_came() {
        Change first = new Change.JobPut(job("b", 1));
        Change second = new Change.JobPut(job("a", 2));
        Change third = new Change.JobPut(job("b", 3));
        Layer together = of(first);
        together.absorb(of(second, third));
        assertThat(together.changes()).containsExactly(first, second, third);
    }

    @Test
    void what_is_covered_is_seen_and_counted_and_no_more() {
        Layer growing = of(new Change.JobPut(job("a", 1)));
        Layer durable = of(new Change.JobPut(job("a", 2)), new Change.JobPut(job("a", 3)));
        growing.cover(durable);
        assertThat(growing.size()).isEqualTo(3);
        assertThat(growing.changes()).hasSize(1);
        assertThat(durable.changes()).hasSize(2);
        assertThat(seen(growing).jobs().find("a", 3)).contains(job("a", 3));
    }

    @Test
    void the_trace_of_a_turn_grows_within_a_unit_of_work_and_goes_no_further() {
        Layer together = of(new Change.SessionPut(session("a", 1, 1), true));
        Layer own = new Layer();
        View view = seen(own, together);
        TraceEntry one = new TraceEntry(NOW, TraceEntry.Direction.SENT, "text/plain", Bytes.utf8("one"), List.of());
        view.sessions().trace("a", 1, List.of(one));
        view.sessions().trace("a", 1, List.of(one));
        assertThat(own.changes().getLast()).isEqualTo(new Change.Traced("a", 1, 1, List.of(one, one)));
        together.absorb(own);
        assertThat(together.traced("a", 1, 1)).isEmpty();
    }

    @Test
    void many_records_of_one_device_are_found_as_few_are() {
        Layer growing = new Layer();
        LongStream.rangeClosed(1, 3 * Numbered.FEW).forEach(number -> {
            growing.absorb(of(new Change.JobAdded(job("a", number))));
            growing.absorb(of(new Change.JobPut(job("a", number).cancelled(NOW))));
        });
        growing.absorb(of(LongStream.rangeClosed(1, 4 * Numbered.FEW).mapToObj(number -> job("a", number))
                .map(Change.JobPut::new).toArray(Change[]::new)));
        View view = seen(growing);
        assertThat(view.ofDevice(Page::jobs, "a")).hasSize(4 * Numbered.FEW).doesNotHaveDuplicates();
        assertThat(view.isNew(Page::jobs, "a", 1)).isTrue();
        assertThat(view.isNew(Page::jobs, "a", 3 * Numbered.FEW)).isTrue();
        assertThat(view.isNew(Page::jobs, "a", 3 * Numbered.FEW + 1)).isFalse();
        assertThat(view.jobs().find("a", 20)).contains(job("a", 20));
    }

    @Test
    void the_cards_of_all_devices_of_a_layer_are_thrown_away() {
        Cards cards = new Cards();
        Cards.Card changed = cards.of("a");
        Cards.Card other = cards.of("b");
        cards.forget(of(node("./A", "x")));
        assertThat(cards.of("a")).isNotSameAs(changed);
        assertThat(cards.of("b")).isSameAs(other);
    }

    private static final class FirstNumbers implements Numbers {

        @Override
        public long nextSession(String deviceId) {
            return 1;
        }

        @Override
        public long nextJob(String deviceId) {
            return 1;
        }

        @Override
        public long nextAlert(String deviceId) {
            return 1;
        }

        @Override
        public long nextWake(String deviceId) {
            return 1;
        }
    }
}
