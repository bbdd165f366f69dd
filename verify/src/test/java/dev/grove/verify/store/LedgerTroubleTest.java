package dev.grove.verify.store;

import static dev.grove.verify.store.Samples.NOW;
import static dev.grove.verify.store.Samples.device;
import static dev.grove.verify.store.Samples.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.server.fleet.Contact;
import dev.grove.server.fleet.Job.Terms;
import dev.grove.server.fleet.Job;
import dev.grove.server.fleet.MirrorNode;
import dev.grove.server.fleet.Store.Records;
import dev.grove.server.fleet.Store;
import dev.grove.server.store.layer.Change;
import dev.grove.server.store.layer.Known;
import dev.grove.server.store.journal.JournaledStore;
import dev.grove.server.store.journal.Ledger;
import dev.grove.server.store.sqlite.SqliteStore;
import dev.grove.tree.NodeUri;
import dev.grove.wire.Bytes;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tables that do not take what was written: nothing that was acknowledged is lost or hidden. */
class LedgerTroubleTest {

    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    @TempDir
    Path folder;

    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger shortages = new AtomicInteger();

    private Store open() {
        Path file = folder.resolve("grove.db");
        return JournaledStore.over(new Troubled(SqliteStore.tables(file, CLOCK), failures, shortages), file);
    }

    @Test
    void what_was_acknowledged_is_seen_while_the_tables_fail_and_gets_there_when_they_work_again() {
        failures.set(1);
        try (Store store = open()) {
            store.write(records -> records.devices().add(device("a")));
            assertThatThrownBy(() -> store.read(LedgerTroubleTest::listed)).isInstanceOf(Store.Failure.class);
            assertThat(store.read(records -> records.devices().find("a")).isPresent()).isTrue();
            store.write(records -> records.devices().add(device("b")));
            assertThat(store.read(LedgerTroubleTest::listed).intValue()).isEqualTo(2);
        }
    }

    @Test
    void what_never_got_into_the_tables_is_brought_there_at_the_next_start() {
        failures.set(Integer.MAX_VALUE);
        try (Store store = open()) {
            for (String id : List.of("a", "b", "a2")) {
                store.write(records -> records.devices().add(device(id)));
            }
            store.write(records -> records.devices().put(device("a").withName("the newer name")));
        }
        failures.set(0);
        try (Store store = open()) {
            assertThat(store.read(LedgerTroubleTest::listed).intValue()).isEqualTo(3);
            String name = store.read(records -> records.devices().find("a").orElseThrow().name());
            assertThat(name).isEqualTo("the newer name");
        }
        try (Store store = open()) {
            assertThat(store.read(LedgerTroubleTest::listed).intValue()).isEqualTo(3);
        }
    }

    @Test
    void numbers_are_given_without_gaps_whatever_a_unit_had_to_be_run_again_for() {
        try (Store store = open()) {
            store.write(records -> records.devices().add(device("a")));
            for (long expected = 1; expected <= 3; expected++) {
                long number = store.write(records -> {
                    Job job = records.jobs().add(Job.of("a", List.of(get("./A")), Terms.USUAL, NOW));
                    // Asked after the number was given: what follows needs the tables open, or is run on them.
                    records.sessions().live("a");
                    records.devices().list("", 1, "");
                    return job;
                }).number();
                assertThat(number).isEqualTo(expected);
            }
            assertThatThrownBy(() -> store.write(records -> {
                records.jobs().add(Job.of("a", List.of(get("./A")), Terms.USUAL, NOW));
                throw new IllegalStateException("comes to nothing");
            })).hasMessage("comes to nothing");
            long next = store.write(records -> records.jobs().add(Job.of("a", List.of(get("./B")), Terms.USUAL, NOW)))
                    .number();
            assertThat(next).isEqualTo(4);
        }
    }

    @Test
    @Timeout(60)
    void who_asks_the_tables_while_they_fail_is_told_so_and_does_not_wait_for_the_end_of_it() {
        failures.set(Integer.MAX_VALUE);
        try (Store store = open()) {
            store.write(records -> records.devices().add(device("a")));
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> store.read(LedgerTroubleTest::listed)).isInstanceOf(Store.Failure.class);
            }
            failures.set(0);
        }
    }

    @Test
    void goes_on_after_a_moment_without_memory() {
        try (Store store = open()) {
            shortages.set(1);
            assertThatThrownBy(() -> store.write(records -> records.devices().add(device("a"))))
                    .isInstanceOf(Store.Failure.class).hasMessageContaining("memory");
            store.write(records -> records.devices().add(device("b")));
            assertThat(store.read(LedgerTroubleTest::listed).intValue()).isEqualTo(1);
            store.probe();
        }
    }

    private static Integer listed(Records records) {
        return records.devices().list("", 9, "").size();
    }

    /** Tables that fail to take what was written, and lack memory to make it ready, as often as is said. */
    private record Troubled(Ledger ledger, AtomicInteger failures, AtomicInteger shortages) implements Ledger {

        @Override
        public <T> T read(Function<Records, T> work) {
            return ledger.read(work);
        }

        @Override
        public Known contact(Contact.Call call) {
            return ledger.contact(call);
        }

        @Override
        public Optional<MirrorNode> node(String deviceId, NodeUri uri) {
            return ledger.node(deviceId, uri);
        }

        @Override
        public <T> T write(Function<Records, T> work) {
            return ledger.write(work);
        }

        @Override
        public Entry prepare(List<Change> changes) {
            if (shortages.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new OutOfMemoryError("Cannot reserve memory");
            }
            return ledger.prepare(changes);
        }

        @Override
        public void apply(long segment, List<Entry> entries) {
            if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new Store.Failure("no space left on the device", new IllegalStateException());
            }
            ledger.apply(segment, entries);
        }

        @Override
        public void replay(long segment, List<Bytes> entries) {
            ledger.replay(segment, entries);
        }

        @Override
        public Numbers numbers() {
            return ledger.numbers();
        }

        @Override
        public void close() {
            ledger.close();
        }
    }
}
