package dev.grove.verify.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.auth.Scheme;
import dev.grove.syncml.Command;
import dev.grove.syncml.Encoding;
import dev.grove.testkit.lockstep.Heard;
import dev.grove.testkit.lockstep.HttpLink;
import dev.grove.testkit.lockstep.Link;
import dev.grove.testkit.lockstep.LockstepDevice;
import dev.grove.testkit.lockstep.MessageDraft;
import dev.grove.wire.Bytes;
import dev.grove.wire.Packet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many at once: devices that call together, and messages of one session that race their own repetitions. */
class ConcurrencyEndToEndTest {

    private static final int PATIENCE_SECONDS = 60;
    private static final int RACERS = 6;
    private static final int DEVICES = 12;
    private static final int JOBS = 3;

    /** Which store is raced against. */
    enum Kept {
        MEMORY, SQLITE
    }

    @TempDir
    Path data;

    private ExecutorService threads;

    @BeforeEach
    void open() {
        threads = Executors.newVirtualThreadPerTaskExecutor();
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    @ParameterizedTest
    @EnumSource
    void devices_that_call_together_do_each_operation_once(Kept kept) throws Exception {
        try (ScriptedFleet fleet = started(kept)) {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < DEVICES; i++) {
                ids.add("together-" + i);
                fleet.knows(ids.get(i), "basic");
                for (int job = 0; job < JOBS; job++) {
                    fleet.job(ids.get(i), "{\"exec\":{\"uri\":\"./Do" + job + "\"}}");
                }
            }
            List<Callable<FieldDevice>> calls = new ArrayList<>();
            for (String id : ids) {
                calls.add(() -> fleet.worksOff(id));
            }
            for (FieldDevice device : atOnce(calls)) {
                assertThat(device.executed()).containsOnlyKeys("./Do0", "./Do1", "./Do2").values()
                        .containsOnly(1);
            }
            for (String id : ids) {
                assertThat(fleet.told(id, "")).doesNotContain("queued", "sent", "failed");
            }
        }
    }

    /** Each message of a session goes over several connections at once; one is heard, the others get its answer. */
    @ParameterizedTest
    @EnumSource
    void repetitions_that_race_their_message_get_its_answer_and_do_nothing_twice(Kept kept) throws Exception {
        try (ScriptedFleet fleet = started(kept)) {
            fleet.knows("racer", "basic");
            String job = fleet.job("racer", "{\"exec\":{\"uri\":\"./A\"}},{\"get\":{\"uri\":\"./B\"}}");
            LockstepDevice device = fleet.device("racer", Encoding.XML);
            Packet first = device.packageOne().proves(Scheme.BASIC, ScriptedFleet.SECRET).packet();
            raced(fleet, first);
            Heard asked = device.sends(first).hasStatus("0", 212);
            assertThat(asked.all(Command.Exec.class)).hasSize(1);

            Packet second = device.answer().results("1", "5", MessageDraft.report("./B", "b")).packet();
            raced(fleet, second);
            device.sends(second).hasStatus("0", 200).asksNothing();
            assertThat(fleet.told("racer", job)).contains("\"state\":\"done\"").containsOnlyOnce("\"value\":\"b\"");
            assertThat(fleet.api().get("/devices/racer/sessions")).containsOnlyOnce("\"outcome\"");
        }
    }

    /** All that is not "busy, come again" is one and the same answer. */
    private void raced(ScriptedFleet fleet, Packet packet) throws Exception {
        List<Callable<Link.Answer>> senders = new ArrayList<>();
        for (int i = 0; i < RACERS; i++) {
            senders.add(() -> {
                try (HttpLink own = new HttpLink(fleet.address())) {
                    return own.carry(packet);
                }
            });
        }
        Set<Bytes> answers = new HashSet<>();
        for (Link.Answer answer : atOnce(senders)) {
            assertThat(answer.httpStatus()).isIn(200, 503);
            if (answer.httpStatus() == 200) {
                answer.body().ifPresent(heard -> answers.add(heard.body()));
            }
        }
        assertThat(answers.stream().map(Bytes::utf8)).hasSize(1);
    }

    private ScriptedFleet started(Kept kept) throws Exception {
        return ScriptedFleet.start(data, Map.of("store", kept.name().toLowerCase(Locale.ROOT)));
    }

    private <T> List<T> atOnce(List<Callable<T>> tasks) throws Exception {
        CyclicBarrier start = new CyclicBarrier(tasks.size());
        List<Future<T>> running = new ArrayList<>();
        for (Callable<T> task : tasks) {
            running.add(threads.submit(() -> {
                start.await();
                return task.call();
            }));
        }
        List<T> done = new ArrayList<>();
        for (Future<T> future : running) {
            done.add(future.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        }
        return done;
    }
}
