package dev.grove.server.endpoint;

import dev.grove.engine.Account;
import dev.grove.server.endpoint.HttpAuthentication.Candidate;
import dev.grove.server.endpoint.HttpAuthentication.Verdict;
import dev.grove.server.fleet.Device;
import dev.grove.server.fleet.Store;
import dev.grove.server.http.HttpAnswer;
import dev.grove.server.http.HttpCall;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Finds out which device calls, for everything that devices of DM 2.0 call. The header alone proves nothing. */
public final class Gate {

    /** The header that names the device ([DM 2.0 §5.2.2]). */
    static final String DEVICE_ID = "OMADM-DevID";

    private static final int MAX_ID = 512;

    /** Who calls. */
    sealed interface Who {

        /** The device of this account. */
        record Known(Account account) implements Who {}

        /** Nobody who may; the answer says what to do. */
        record Refused(HttpAnswer.Whole answer) implements Who {}
    }

    private final Store store;
    private final HttpAuthentication authentication;
    private final Newcomers newcomers;
    private final RandomGenerator luck;

    public Gate(Store store, HttpAuthentication authentication, Newcomers newcomers, RandomGenerator luck) {
        this.store = store;
        this.authentication = authentication;
        this.newcomers = newcomers;
        this.luck = luck;
    }

    /** The device that a call names; empty if it names none, or by no name that could be one. */
    static Optional<String> named(HttpCall call) {
        return call.headers().first(DEVICE_ID).map(String::strip).filter(id -> !id.isEmpty()
                && id.length() <= MAX_ID && id.chars().allMatch(c -> c >= ' ' && c != 0x7F));
    }

    /** Whether a call comes from this device. */
    Who ask(HttpCall call, String deviceId) {
        Optional<Device> known = store.read(records -> records.devices().find(deviceId));
        Candidate candidate = Candidate.of(deviceId, known, newcomers, luck);
        return switch (authentication.judge(call, candidate)) {
            case Verdict.Refused(HttpAnswer.Whole answer) -> new Who.Refused(answer);
            case Verdict.Proven _ -> known.isPresent() || newcomers.register()
                    ? new Who.Known(candidate.account())
                    : new Who.Refused(HttpAnswer.text(403, "Nobody knows this device here."));
        };
    }
}
