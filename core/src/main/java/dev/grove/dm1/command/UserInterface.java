package dev.grove.dm1.command;

import dev.grove.tree.NodeUri;
import dev.grove.tree.Operation.Interaction;
import java.util.List;

/**
 * The port through which the engine reaches the user of the device ([DMPRO 1.3 §10]). It is called inside a turn, and
 * a call may take as long as the user does; {@link UserAnswer#problem} tells an implementation whether an answer will
 * pass, so that it can ask again.
 */
public interface UserInterface {

    /** Asks the user, and waits. The answer fits the kind of the interaction; see {@link Answer}. */
    Answer ask(Interaction interaction);

    /**
     * A large object has grown ([DMPRO 1.3 §10.2.5]). Called only if the server announced its size.
     *
     * @param target the node that the object is for
     * @param receivedBytes how much is here, {@code totalBytes} at the end
     */
    default void progress(NodeUri target, long receivedBytes, long totalBytes) {}

    /** For a device without a user: every interaction is an unsupported optional feature. */
    UserInterface NONE = _ -> new Answer.Unsupported();

    /** What the user made of it. */
    sealed interface Answer {

        /** The text was shown; to Display only. */
        record Shown() implements Answer {}

        /** To Confirm only. */
        record Yes() implements Answer {}

        /** To Confirm only. */
        record No() implements Answer {}

        /** What the user typed; to Input only. */
        record Text(String text) implements Answer {}

        /** The numbers of what was chosen, from 1; to Choose only. */
        record Choices(List<Integer> numbers) implements Answer {
            public Choices {
                numbers = List.copyOf(numbers);
            }
        }

        /** The user does not want to go on. */
        record Cancelled() implements Answer {}

        /** The user did nothing within MAXDT. */
        record TimedOut() implements Answer {}

        /** This interaction cannot be shown on this device, or not now. */
        record Undisplayable() implements Answer {}

        /** The device has no such interaction at all. */
        record Unsupported() implements Answer {}
    }
}
