package dev.grove.tools.simulate;

import dev.grove.client.DeviceClient;
import dev.grove.client.store.DeviceState;
import dev.grove.client.store.DeviceStore;
import dev.grove.client.transport.HttpProof;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept of a device while it does not call: what it must not forget, and when it calls. There may be a
 * million of them, so that whatever is equal is shared. Used by one thread at a time.
 */
final class PlayedDevice implements DeviceStore {

    private final Blueprint blueprint;
    private final int number;
    private DeviceState state;
    private @Nullable HttpProof proof;
    private @Nullable Lost lost;
    private int sessions;
    private int failures;
    private int workDone;
    private long phase;

    /**
     * A session that found no answer and may be taken up where it was.
     *
     * @param wasStruck whether something had gone wrong on purpose
     */
    record Lost(DeviceClient client, SessionLine line, boolean wasStruck) {}

    PlayedDevice(Blueprint blueprint, int number, DeviceState state) {
        this.blueprint = blueprint;
        this.number = number;
        this.state = state;
    }

    Blueprint blueprint() {
        return blueprint;
    }

    int number() {
        return number;
    }

    Quirk quirk() {
        return blueprint.quirk(number);
    }

    // ---- what it keeps

    @Override
    public DeviceState state() {
        return state;
    }

    @Override
    public void commit(DeviceState next) {
        state = next;
    }

    @Override
    public void close() {}

    @Nullable
    HttpProof proof() {
        return proof;
    }

    void remember(@Nullable HttpProof shown) {
        proof = shown;
    }

    /** The session that can be taken up, once. */
    @Nullable
    Lost takeLost() {
        Lost taken = lost;
        lost = null;
        return taken;
    }

    void lose(Lost session) {
        lost = session;
    }

    /** How often {@code ./Demo/Work} was executed. */
    int workDone() {
        return workDone;
    }

    int doWork() {
        return ++workDone;
    }

    // ---- when it calls

    /** The number of its next session, from 0. */
    int nextSession() {
        return sessions++;
    }

    /** How many sessions have failed in a row. */
    int failures() {
        return failures;
    }

    void ended(boolean isOk) {
        failures = isOk ? 0 : Math.min(failures + 1, 30);
    }

    /** When its call would be if nothing was left to luck, in milliseconds of the simulation. */
    long phase() {
        return phase;
    }

    void phase(long millis) {
        phase = millis;
    }
}
