package dev.grove.dm2.client;

import dev.grove.dm2.Dm2Command;
import dev.grove.tree.NodeUri;
import dev.grove.tree.StatusCode;

/** Something that became known to the device in a step, to be stored before its wish is carried out. */
public sealed interface Dm2Fact {

    /**
     * A command is done, with this status.
     *
     * @param remark what a person may want to know; empty if nothing
     */
    record Done(Dm2Command command, StatusCode status, String remark) implements Dm2Fact {}

    /** The server has taken an alert; it is not to be sent again. */
    record AlertTaken(String id) implements Dm2Fact {}

    /**
     * What an EXEC has started is done already, and its end is to be told by a generic alert all the same
     * ([DM 2.0 §5.4.1]).
     *
     * @param correlator of the pending EXEC in {@link Dm2Memory}
     */
    record ExecEnded(String correlator, NodeUri node, StatusCode status) implements Dm2Fact {}

    /** Something odd that did no harm: for the log. */
    record Noted(String remark) implements Dm2Fact {}

    /**
     * The session is over.
     *
     * @param remark what a person may want to know; empty if nothing
     */
    record Ended(Reason reason, String remark) implements Dm2Fact {}

    /** Why a session ended. */
    enum Reason {
        /** By END ([DM 2.0 §5.3.9]). */
        COMPLETED,
        /** The server does not believe the device: 401 or 403. */
        NOT_AUTHENTICATED,
        /** The server answered with another error ([DM 2.0 §5.6]). */
        REFUSED,
        /** No answer came ([DM 2.0 §5.6]). */
        NO_ANSWER,
        /** What the server sent was no package 2. */
        UNINTELLIGIBLE,
        /** The device does not want to go on: it is stopped, or the session takes too many packages. */
        ABORTED_BY_CLIENT
    }
}
