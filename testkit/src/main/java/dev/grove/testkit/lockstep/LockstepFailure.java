package dev.grove.testkit.lockstep;

/** The peer under test said something else than the script expects. The message holds the conversation so far. */
public final class LockstepFailure extends AssertionError {

    /**
     * @param what the expectation that was not met, one sentence
     * @param transcript the conversation that led there
     */
    public LockstepFailure(String what, Transcript transcript) {
        super(what + "\nThe conversation:\n" + transcript);
    }
}
