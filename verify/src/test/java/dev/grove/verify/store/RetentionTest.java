package dev.grove.verify.store;

import static dev.grove.verify.store.Samples.NOW;
import static dev.grove.verify.store.Samples.begin;
import static dev.grove.verify.store.Samples.device;
import static dev.grove.verify.store.Samples.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.engine.Fact;
import dev.grove.notify.UiMode;
import dev.grove.server.fleet.Job;
import dev.grove.server.fleet.JobDesk;
import dev.grove.server.fleet.SessionDesk;
import dev.grove.server.fleet.SessionRecord;
import dev.grove.server.fleet.Slice;
import dev.grove.server.fleet.Store;
import dev.grove.server.fleet.Wake;
import dev.grove.server.store.sqlite.SqliteStore;
import dev.grove.syncml.AlertCode;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Forgetting on the embedded store: what goes, what stays, and that nobody waits for it. */
class RetentionTest {

    private static final Instant LATER = NOW.plus(Duration.ofDays(400));

    private Store store;

    @TempDir
    Path folder;

    @BeforeEach
    void open() {
        store = SqliteStore.open(folder.resolve("grove.db"), Clock.systemUTC());
        store.write(records -> records.devices().add(device("d")));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void forgets_sessions_traces_jobs_results_and_alerts_and_keeps_the_last_value_of_each_node() {
        long job = ((JobDesk.Submission.Accepted) new JobDesk(store, _ -> {}, 9).submit("d", List.of(get("./A")),
                Job.Terms.USUAL, NOW)).job().number();
        new SessionDesk(store, SessionDesk.Rules.USUAL).commit(begin("d", "1", new Fact.Authenticated(null),
                new Fact.Sent(Long.toString(job), 0),
                new Fact.Answered(Long.toString(job), "0",
                        new Outcome(StatusCode.OK, List.of(new Outcome.Result("./A", Value.text("last"))), null)),
                new Fact.Learned(List.of(new Outcome.Result("./A", Value.text("last")))),
                new Fact.AlertRaised(AlertCode.GENERIC, "t", null, null, null, Value.text("x")),
                new Fact.Ended(Fact.Reason.COMPLETED, "")));
        Wake wake = store.write(records -> records.wakes().add(Wake.of("d",
                new Wake.Asked(UiMode.BACKGROUND, "", Duration.ofHours(1)), 1, NOW)));
        store.write(records -> {
            records.wakes().put(wake.ended(new Wake.End(NOW, Wake.Outcome.EXPIRED, null)));
            return records;
        });
        SessionRecord session = store.read(records -> records.sessions().list("d", Slice.first(9))).getFirst();
        assertThat(tidy(records -> records.sessions().pruneTraces(LATER, 9))).isEqualTo(1);
        assertThat(tidy(records -> records.sessions().forgetStates(LATER, 9))).isEqualTo(1);
        assertThat(tidy(records -> records.sessions().prune(LATER, 9))).isEqualTo(1);
        assertThat(tidy(records -> records.jobs().prune(LATER, 9))).isEqualTo(1);
        assertThat(tidy(records -> records.alerts().prune(LATER, 9))).isEqualTo(1);
        assertThat(tidy(records -> records.wakes().prune(LATER, 9))).isEqualTo(1);
        assertThat(store.read(records -> records.sessions().list("d", Slice.first(9))).isEmpty()).isTrue();
        assertThat(store.read(records -> records.sessions().trace("d", session.number())).isEmpty()).isTrue();
        assertThat(store.read(records -> records.jobs().list("d", Slice.first(9))).isEmpty()).isTrue();
        assertThat(store.read(records -> records.alerts().list("d", Slice.first(9))).isEmpty()).isTrue();
        assertThat(store.read(records -> records.mirror().find("d", NodeUri.parse("./A"))).orElseThrow().value())
                .isEqualTo(Value.text("last"));
    }

    @Test
    void no_message_waits_while_much_is_forgotten() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CompletableFuture<Integer> forgetting = CompletableFuture.supplyAsync(() -> store.tidy(records -> {
            begun.countDown();
            await(go);
            return records.sessions().prune(LATER, 9);
        }));
        await(begun);
        assertThat(new SessionDesk(store, SessionDesk.Rules.USUAL).commit(begin("d", "1"))).as("durable by now")
                .isNotNull();
        assertThat(forgetting).isNotDone();
        go.countDown();
        assertThat(forgetting.get(30, TimeUnit.SECONDS)).isZero();
    }

    /** What was written has come into the tables first. */
    private int tidy(Function<Store.Records, Integer> work) {
        store.read(records -> records.devices().list("", 1, ""));
        return store.tidy(work);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
