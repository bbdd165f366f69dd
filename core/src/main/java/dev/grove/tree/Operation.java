package dev.grove.tree;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What may be done to a device: the common tongue of DM 1.x, DM 2.0 and Windows. A job on the server is a list of
 * operations; each engine translates them, and answers each with an {@link Outcome}.
 */
public sealed interface Operation {

    /** Whether this starts something on the device, itself or inside a group: what is not done twice unasked. */
    default boolean holdsExec() {
        return switch (this) {
            case Exec _ -> true;
            case Atomic(List<Operation> operations) -> operations.stream().anyMatch(Operation::holdsExec);
            case Sequence(List<Operation> operations) -> operations.stream().anyMatch(Operation::holdsExec);
            case Get _,Add _,Replace _,Delete _,Copy _,Interaction _,Service _ -> false;
        };
    }

    /**
     * Reads a leaf, the children of an interior node, a property, or a sub-tree, as the {@link Address} says.
     *
     * @param via how the answer comes; only DM 2.0 has a choice
     */
    record Get(Address target, Via via) implements Operation {

        /** Within the session. */
        public Get(Address target) {
            this(target, Via.SESSION);
        }
    }

    /** How what was read comes to the server. */
    enum Via {
        /** In the session's own messages. */
        SESSION,
        /** Apart from it, to the Data Repository ([DM 2.0 §5.3.2]). */
        REPOSITORY
    }

    /** Creates a node; an interior one if the value's format is {@link Format#NODE}. */
    record Add(Address target, Value value) implements Operation {}

    /**
     * Changes the value of an existing node, or one of its properties. A {@code chr} value without a type leaves format
     * and type as the node has them.
     */
    record Replace(Address target, Value value) implements Operation {}

    /** Removes a node with all below it. */
    record Delete(Address target) implements Operation {}

    /** Copies the value of one leaf over another. */
    record Copy(Address from, Address to) implements Operation {}

    /**
     * Starts what a node stands for.
     *
     * @param argument handed to the node; none if absent
     * @param correlator comes back in the Generic Alert of an asynchronous answer ([DMPRO 1.3 §8.7.1.10])
     */
    record Exec(Address target, @Nullable Value argument, @Nullable String correlator) implements Operation {}

    /** All of the operations, in order, or none. */
    record Atomic(List<Operation> operations) implements Operation {
        public Atomic {
            operations = List.copyOf(operations);
        }
    }

    /** The operations in order. */
    record Sequence(List<Operation> operations) implements Operation {
        public Sequence {
            operations = List.copyOf(operations);
        }
    }

    /** Wants something of the user of the device ([DMPRO 1.3 §10]). */
    sealed interface Interaction extends Operation {

        /** What is shown: the message, the question, or the title of the selection. */
        String text();

        UiOptions options();
    }

    /** Shows a text to the user ([DMPRO 1.3 §10.2.1]). */
    record Display(String text, UiOptions options) implements Interaction {}

    /** Asks the user yes or no ([DMPRO 1.3 §10.2.2]). */
    record Confirm(String text, UiOptions options) implements Interaction {}

    /** Asks the user for a text ([DMPRO 1.3 §10.2.3]). */
    record Input(String text, UiOptions options) implements Interaction {}

    /** Lets the user choose one, or several, of the choices ([DMPRO 1.3 §10.2.4]). */
    record Choose(String text, List<String> choices, boolean multiple, UiOptions options) implements Interaction {
        public Choose {
            choices = List.copyOf(choices);
        }
    }

    /** What only devices of DM 2.0 do ([DM 2.0 §5.3]); to others it can never be sent. */
    sealed interface Service extends Operation {}

    /** Wants to be told of every change at a node or below it ([DM 2.0 §5.3.11]). */
    record Subscribe(Address target) implements Service {}

    /** Wants no more to be told ([DM 2.0 §5.3.12]). */
    record Unsubscribe(Address target) implements Service {}

    /** Opens a page in the user's browser ([DM 2.0 §5.3.7]). */
    record Show(String url) implements Service {}

    /** Names the address from which the device fetches an object that it needs and has not ([DM 2.0 §5.3.10]). */
    record SetDefault(String moid, String url) implements Service {}

    /** Goes on with the session at another address ([DM 2.0 §5.3.8]). */
    record ContinueAt(String url) implements Service {}

    /**
     * Optional parameters of a user interaction ([DMPRO 1.3 §10.3]); every one may be absent.
     *
     * @param minDisplay MINDT, whole seconds on the wire
     * @param maxDisplay MAXDT, whole seconds on the wire
     * @param defaultResponse DR, in the form that the kind of interaction defines
     * @param maxLength MAXLEN, in characters; input only
     * @param inputType IT, one of {@code A N D T P I}; input only
     * @param echoType ET, {@code T} or {@code P}; input only
     */
    record UiOptions(@Nullable Duration minDisplay, @Nullable Duration maxDisplay, @Nullable String defaultResponse,
            @Nullable Integer maxLength, @Nullable String inputType, @Nullable String echoType) {

        /** No parameter given. */
        public static final UiOptions NONE = new UiOptions(null, null, null, null, null, null);
    }
}
