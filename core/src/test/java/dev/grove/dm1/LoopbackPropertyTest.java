package dev.grove.dm1;

import dev.grove.engine.Fact;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.auth.Scheme;
import dev.grove.dm1.client.ClientAlert;
import dev.grove.dm1.client.ClientFact;
import dev.grove.dm1.exchange.Profile;
import dev.grove.syncml.Encoding;
import dev.grove.tree.DescriptionNode;
import dev.grove.tree.DescriptionNode.Access;
import dev.grove.tree.Format;
import dev.grove.tree.ManagementObject;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Operation;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import dev.grove.tree.edit.TreeSetup;
import dev.grove.wire.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever the wire loses, repeats or delivers late: every operation is answered, done exactly once, and both sides
 * agree on the tree.
 */
class LoopbackPropertyTest {

    private static final int ROUNDS = 12;

    @ParameterizedTest
    @ValueSource(longs = {1, 20261121, 493005100592800L})
    void nothing_is_lost_and_nothing_done_twice(long seed) {
        Random luck = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            long roundSeed = luck.nextLong();
            oneRound(roundSeed, "seed " + seed + ", round " + round + " (" + roundSeed + ")");
        }
    }

    private static void oneRound(long seed, String where) {
        Random luck = new Random(seed);
        Counter counter = new Counter();
        Loopback loop = loop(luck, counter, seed);
        loop.mishaps = 0.3;
        List<String> added = queue(loop, luck);
        int execs = (int) loop.work.values().stream().filter(task -> task.operation() instanceof Operation.Exec)
                .count();
        int jobs = loop.work.size();
        loop.alerts.add(ClientAlert.event("event", "com.example.event", Value.text("x")));

        assertThat(loop.session(1)).as(() -> where + loop.clientFacts).isEqualTo(ClientFact.Reason.COMPLETED);
        assertThat(loop.work).as(where).isEmpty();
        assertThat(loop.outcomes.keySet().stream().filter(path -> path.endsWith("/0"))).as(where).hasSize(jobs);
        assertThat(loop.outcomes.values()).as(where).allMatch(outcome -> outcome.status().isSuccess());
        assertThat(counter.calls).as(where).hasSize(execs).doesNotHaveDuplicates();
        assertThat(loop.alerts).as(where).isEmpty();
        assertThat(loop.serverFacts.stream().filter(Fact.AlertRaised.class::isInstance)).as(where).hasSize(1);
        for (String uri : added) {
            Bytes there = loop.tree.at(NodeUri.parse(uri)).orElseThrow().data();
            assertThat(loop.outcome("get " + uri + "/0").results().getFirst().value().data()).as(where + uri)
                    .isEqualTo(there);
        }
    }

    private static Loopback loop(Random luck, Counter counter, long seed) {
        Profile profile = oneOf(luck, List.of(Profile.DM_1_1, Profile.DM_1_2, Profile.DM_1_3));
        Encoding encoding = oneOf(luck, List.of(Encoding.values()));
        Loopback loop = LoopbackTest.loop(profile, encoding, seed).withLimits(1200 + luck.nextInt(4000),
                1200 + luck.nextInt(4000));
        TreeSetup setup = loop.setup;
        loop.setup = setup.with(setup.mounts().with(NodeUri.parse("./A/Run"), counter));
        Scheme scheme = oneOf(luck, List.of(Scheme.values()));
        boolean isInStep = luck.nextBoolean();
        loop.withClientScheme(scheme, luck.nextBoolean(), Bytes.EMPTY, isInStep ? Bytes.EMPTY : Bytes.utf8("x"));
        return luck.nextBoolean()
                ? loop.withServerScheme(scheme, Bytes.EMPTY, isInStep ? Bytes.EMPTY : Bytes.utf8("y"))
                : loop;
    }

    private static <T> T oneOf(Random luck, List<T> list) {
        return list.get(luck.nextInt(list.size()));
    }

    /** Adds with reads of what was added, and executions, in any order that makes sense. */
    private static List<String> queue(Loopback loop, Random luck) {
        List<String> added = new ArrayList<>();
        int count = 3 + luck.nextInt(6);
        for (int i = 0; i < count; i++) {
            String uri = "./A/N" + i;
            int kind = luck.nextInt(4);
            if (kind == 0) {
                loop.queue("exec " + i, new Operation.Exec(LoopbackTest.at("./A/Run/Now"),
                        Value.text("call " + i), null));
                continue;
            }
            Operation add = new Operation.Add(LoopbackTest.at(uri), value(luck));
            loop.queue("add " + uri, kind == 1 ? new Operation.Atomic(List.of(small(uri))) : add);
            loop.queue("get " + uri, LoopbackTest.get(uri));
            added.add(uri);
        }
        return added;
    }

    private static Operation small(String uri) {
        return new Operation.Add(LoopbackTest.at(uri), Value.text("small"));
    }

    private static Value value(Random luck) {
        byte[] data = new byte[luck.nextInt(3) == 0 ? luck.nextInt(20_000) : luck.nextInt(50)];
        luck.nextBytes(data);
        return luck.nextBoolean() ? Value.binary(Bytes.wrap(data)) : Value.text(Bytes.wrap(data).base64());
    }

    /** Counts how often its node is executed. */
    private static final class Counter implements ManagementObject {

        final List<String> calls = new ArrayList<>();

        @Override
        public DescriptionNode describe() {
            return DescriptionNode.interior("Run", Access.GET)
                    .withChildren(DescriptionNode.of("Now", Format.NULL, Access.EXEC));
        }

        @Override
        public Optional<Live> read(NodeUri path) {
            return Optional.of(path.isRoot()
                    ? new Live.Interior("", List.of("Now"))
                    : new Live.Leaf(new Value(Format.NULL, "", Bytes.EMPTY)));
        }

        @Override
        public StatusCode check(Change change) {
            return StatusCode.COMMAND_NOT_ALLOWED;
        }

        @Override
        public StatusCode apply(Change change) {
            return StatusCode.COMMAND_NOT_ALLOWED;
        }

        @Override
        public Outcome exec(NodeUri path, @Nullable Value argument, @Nullable String correlator) {
            calls.add(argument == null ? "" : argument.text());
            return Outcome.of(StatusCode.OK);
        }
    }
}
