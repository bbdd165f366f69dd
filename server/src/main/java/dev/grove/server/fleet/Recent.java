package dev.grove.server.fleet;

import dev.grove.tree.Operation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What stood after the last message of sessions that go on, so that the next message need not read it again. Nothing
 * here is relied on: the write after the turn fails if the session or a job has changed meanwhile.
 */
final class Recent {

    // What is heavier has to do with large objects; there is little of it, and it is better read than kept.
    private static final int MAX_STATE_BYTES = 4096;
    private static final int MAX_JOB_BYTES = 8192;
    private static final int OPERATION_BYTES = 200;

    private final int maxSessions;
    private final SequencedMap<Key, Situation> situations = new LinkedHashMap<>(256, 0.75f, true);

    private record Key(String deviceId, String sessionId) {}

    /** @param maxSessions how many are kept; beyond that the one is forgotten that was not heard of for longest */
    Recent(int maxSessions) {
        this.maxSessions = maxSessions;
    }

    synchronized Optional<Situation> find(String deviceId, String sessionId) {
        return Optional.ofNullable(situations.get(new Key(deviceId, sessionId)));
    }

    synchronized void keep(Situation situation) {
        StoredSession session = situation.session();
        if (session == null) {
            return;
        }
        Key key = new Key(session.record().deviceId(), session.record().sessionId());
        boolean isWorthIt = session.record().isLive() && session.state().length() <= MAX_STATE_BYTES
                && situation.jobs().live().stream().mapToLong(job -> bytes(job.operations())).sum() <= MAX_JOB_BYTES;
        if (!isWorthIt) {
            situations.remove(key);
            return;
        }
        situations.put(key, situation);
        if (situations.size() > maxSessions) {
            situations.pollFirstEntry();
        }
    }

    private static long bytes(List<Operation> operations) {
        return operations.stream().mapToLong(Recent::bytes).sum();
    }

    /** About what an operation takes of the heap. */
    private static long bytes(Operation operation) {
        return OPERATION_BYTES + switch (operation) {
            case Operation.Add add -> add.value().data().length();
            case Operation.Replace replace -> replace.value().data().length();
            case Operation.Exec exec -> exec.argument() == null ? 0 : exec.argument().data().length();
            case Operation.Atomic(List<Operation> members) -> bytes(members);
            case Operation.Sequence(List<Operation> members) -> bytes(members);
            case Operation.Get _,Operation.Delete _,Operation.Copy _,Operation.Service _ -> 0;
            case Operation.Interaction asked -> 2L * asked.text().length();
        };
    }

    synchronized void forget(String deviceId, String sessionId) {
        situations.remove(new Key(deviceId, sessionId));
    }
}
