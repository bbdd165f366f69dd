package dev.grove.engine;

import dev.grove.auth.Scheme;
import dev.grove.syncml.AlertCode;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that became known to the server in a turn, to be stored with the session in one transaction. */
public sealed interface Fact {

    /** Whether one of the facts is of a kind. */
    static boolean anyIs(Class<? extends Fact> kind, List<Fact> facts) {
        for (Fact fact : facts) {
            if (kind.isInstance(fact)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The turn leads to a new session and not to the former state continued; always the first fact of the new session,
     * after {@link Ended} of one that it supersedes.
     */
    record Opened() implements Fact {}

    /**
     * The device is authenticated and its session begins; once a session.
     *
     * @param profile name of the variant of the protocol, such as {@code DM 1.2}
     * @param serverInitiated whether the device came because of a notification (Alert 1200)
     */
    record Began(String profile, boolean serverInitiated) implements Fact {}

    /** The device has proved itself; absent scheme: by the transport. */
    record Authenticated(@Nullable Scheme scheme) implements Fact {}

    /** The device offered no or wrong credentials and was answered with {@code status}. */
    record AuthenticationRefused(StatusCode status, String reason) implements Fact {}

    /** Values that the device told of itself (DevInfo, DevDetail) or that were read from it. */
    record Learned(List<Outcome.Result> values) implements Fact {
        public Learned {
            values = List.copyOf(values);
        }
    }

    /** An operation leaves for the device with this turn's reply. */
    record Sent(String jobId, int index) implements Fact {}

    /**
     * The device has answered an operation.
     *
     * @param path the place of the operation in its job: {@code 0}, or {@code 1.0} inside a group
     */
    record Answered(String jobId, String path, Outcome outcome) implements Fact {}

    /**
     * An operation can never be sent to this device; it has its outcome without having been there.
     *
     * @param reason names the thing, the limit and the rule
     */
    record Unsendable(String jobId, int index, StatusCode status, String reason) implements Fact {}

    /**
     * The device raised an alert: Client Event (1224) or Generic Alert (1226), one fact an item.
     *
     * @param type without the prefixes {@code Content-Type:} and {@code Reversed-Domain-Name:}
     * @param mark importance level, {@code informational} if the device gave none; client events have none
     * @param source the management object that the alert speaks of
     */
    record AlertRaised(AlertCode code, String type, @Nullable String mark, @Nullable String correlator,
            @Nullable String source, Value data) implements Fact {}

    /**
     * An operation was in flight when the session ended, and no answer will come: it returns to the queue, or, if it
     * must not run twice, is reported as unknown. Always followed by {@link Ended} in the same turn.
     */
    record Unanswered(String jobId, int index) implements Fact {}

    /**
     * Types of the fatal and critical generic alerts that made the device call, from the header
     * {@code MDM-GenericAlert} ([MS-MDM §2.1]); the alerts themselves follow in the body. Once a session.
     */
    record AlertsAnnounced(List<String> types) implements Fact {
        public AlertsAnnounced {
            types = List.copyOf(types);
        }
    }

    /**
     * The device could not read the server's last answer, in this session or in one before it (Windows: Status 500
     * with {@code MsgRef} and {@code CmdRef} 0). What was in flight then was not executed; whoever sends it again
     * unchanged will see the same.
     */
    record ReplyUnreadable(String remark) implements Fact {}

    /** Something odd that the device did and that did no harm: for the log and the session's trace. */
    record Noted(String remark) implements Fact {}

    /** The nonce that the device is to use next: the account's client nonce from now on. */
    record ClientNonceIssued(Bytes nonce) implements Fact {}

    /** The nonce that the server is to use next with this device: the account's server nonce from now on. */
    record ServerNonceReceived(Bytes nonce) implements Fact {}

    /** The scheme that the device wants of the server. */
    record ServerSchemeLearned(Scheme scheme) implements Fact {}

    /** What only DM 2.0 tells: what goes on beside the session, and what the device has. */
    sealed interface Service extends Fact {}

    /**
     * The device has taken an operation on, and its outcome comes later, outside of this session or apart from it.
     *
     * @param path as in {@link Answered}; for a group, some of what is inside it is still to come
     * @param ticket where the outcome comes in, and may have come in already; absent: by an alert
     */
    record Accepted(String jobId, String path, @Nullable String ticket) implements Service {}

    /** An address that only this device may use is given out. */
    record TicketIssued(Ticket ticket) implements Service {}

    /** An address is of no use any more: what it was for has its outcome. */
    record TicketClosed(String id) implements Service {}

    /** The device does not tell of changes at this node any more. */
    record Unsubscribed(String node) implements Service {}

    /** All management objects that the device has and this server may see. */
    record ObjectsTold(List<KnownObject> objects) implements Service {
        public ObjectsTold {
            objects = List.copyOf(objects);
        }
    }

    /** What was read of an instance, all of it, is what it holds as long as it has this validator ([DM 2.0 §11]). */
    record ValidatorLearned(String moid, String instance, String validator) implements Service {}

    /**
     * The session is over.
     *
     * @param reason why
     * @param remark what a person may want to know; empty if nothing
     */
    record Ended(Reason reason, String remark) implements Fact {}

    /** Why a session ended. */
    enum Reason {
        /** Nothing was left to do. */
        COMPLETED,
        /** The device sent Alert 1223. */
        ABORTED_BY_DEVICE,
        /** The server sent Alert 1223, or had to refuse. */
        ABORTED_BY_SERVER,
        /** The device could not prove itself. */
        NOT_AUTHENTICATED,
        /** The device did not believe the server. */
        SERVER_NOT_AUTHENTICATED,
        /** The device's protocol version is none of ours. */
        VERSION_REFUSED,
        /** The device began anew under the same session id. */
        SUPERSEDED,
        /** Nothing was heard of the device for too long. */
        EXPIRED
    }
}
