package dev.grove.dm1.client;

import dev.grove.auth.Scheme;
import dev.grove.tree.StatusCode;
import dev.grove.wire.Bytes;
import org.jspecify.annotations.Nullable;

/** Something that became known to the device in a turn, to be stored before the turn's message leaves. */
public sealed interface ClientFact {

    /** The server has accepted the device's credentials of this scheme: the one to begin with next time. */
    record Accepted(Scheme scheme) implements ClientFact {}

    /** The server has proved itself; absent scheme: by the transport, or nothing was asked of it. */
    record ServerAuthenticated(@Nullable Scheme scheme) implements ClientFact {}

    /** The server offered no or wrong credentials and is answered with {@code status}; its commands were not done. */
    record ServerRefused(StatusCode status, String reason) implements ClientFact {}

    /** The nonce for the device's next credentials: the account's client nonce from now on. */
    record ClientNonceReceived(Bytes nonce) implements ClientFact {}

    /** The nonce for the server's next credentials: the account's server nonce from now on. */
    record ServerNonceIssued(Bytes nonce) implements ClientFact {}

    /** The server has answered an alert; it is not to be sent again. */
    record AlertAnswered(String id, StatusCode status) implements ClientFact {}

    /** Something odd that the server did and that did no harm: for the log. */
    record Noted(String remark) implements ClientFact {}

    /**
     * The session is over.
     *
     * @param reason why
     * @param remark what a person may want to know; empty if nothing
     */
    record Ended(Reason reason, String remark) implements ClientFact {}

    /** Why a session ended. */
    enum Reason {
        /** Nothing was left to do. */
        COMPLETED,
        /** The server sent Alert 1223. */
        ABORTED_BY_SERVER,
        /** The device sent Alert 1223: the caller wanted it, or an answer could not be sent. */
        ABORTED_BY_CLIENT,
        /** The server does not believe the device. */
        NOT_AUTHENTICATED,
        /** The device does not believe the server. */
        SERVER_NOT_AUTHENTICATED,
        /** One side does not speak the other's version. */
        VERSION_REFUSED,
        /** The server refuses the session for another reason, which the remark names. */
        REFUSED,
        /** What the server sent was no message, or not one of this session. */
        UNINTELLIGIBLE
    }
}
