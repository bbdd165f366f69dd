package dev.grove.server.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.auth.Scheme;
import dev.grove.engine.Account;
import dev.grove.server.fleet.SessionRecord.End;
import dev.grove.server.fleet.SessionRecord.Reason;
import dev.grove.server.fleet.SessionRecord.Tally;
import dev.grove.tree.Address;
import dev.grove.tree.Operation;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecentTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Operation GET = new Operation.Get(Address.parse("./A"));

    private final Recent recent = new Recent(2);

    @Test
    void keeps_a_living_session_until_it_ends() {
        Situation living = situation("d", null, new byte[100], GET);
        recent.keep(living);
        assertThat(recent.find("d", "1")).contains(living);
        assertThat(recent.find("d", "2")).isEmpty();
        assertThat(recent.find("e", "1")).isEmpty();
        recent.keep(situation("d", new End(NOW, Reason.COMPLETED, ""), new byte[100], GET));
        assertThat(recent.find("d", "1")).isEmpty();
    }

    @Test
    void forgets_the_one_that_was_not_heard_of_for_longest() {
        List.of("a", "b").forEach(id -> recent.keep(situation(id, null, new byte[0], GET)));
        assertThat(recent.find("a", "1")).isPresent();
        recent.keep(situation("c", null, new byte[0], GET));
        assertThat(recent.find("a", "1")).isPresent();
        assertThat(recent.find("b", "1")).isEmpty();
        assertThat(recent.find("c", "1")).isPresent();
    }

    @Test
    void keeps_nothing_heavy() {
        recent.keep(situation("state", null, new byte[4097], GET));
        recent.keep(situation("value", null, new byte[0], replace("x".repeat(8192))));
        recent.keep(situation("group", null, new byte[0],
                new Operation.Atomic(List.of(replace("x".repeat(5000)), replace("x".repeat(5000))))));
        recent.keep(situation("many", null, new byte[0], Collections.nCopies(50, GET).toArray(Operation[]::new)));
        assertThat(List.of("state", "value", "group", "many")).allMatch(id -> recent.find(id, "1").isEmpty());
    }

    @Test
    void what_has_become_heavy_is_not_found_as_it_was_before() {
        recent.keep(situation("d", null, new byte[0], GET));
        recent.keep(situation("d", null, new byte[4097], GET));
        assertThat(recent.find("d", "1")).isEmpty();
    }

    private static Operation replace(String value) {
        return new Operation.Replace(Address.parse("./A"), Value.text(value));
    }

    private static Situation situation(String deviceId, @Nullable End end, byte[] state, Operation... operations) {
        Device device = Device.of(new Account(deviceId, null, List.of(), null, Scheme.MD5), "", NOW);
        SessionRecord session = new SessionRecord(1, deviceId, "1", 1, NOW, NOW, NOW.plusSeconds(60), end,
                new Tally("DM 1.2", true, 1, 0), SessionRecord.Tracing.NONE);
        Job job = Job.of(deviceId, List.of(operations), Job.Terms.USUAL, NOW);
        return new Situation(device, new StoredSession(session, Bytes.wrap(state)),
                new Situation.Seen(List.of(job), 1), null, null);
    }
}
