package dev.grove.dm1;

import dev.grove.engine.EngineState;
import dev.grove.engine.Fact.Reason;
import dev.grove.dm1.exchange.Challenger;
import dev.grove.dm1.exchange.LargeObject;
import dev.grove.dm1.exchange.Profile;
import dev.grove.dm1.exchange.Prover;
import dev.grove.syncml.Command.Status;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import dev.grove.wire.Packet;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One management session as the server remembers it between two messages: a value that any node may take up. A session
 * is known by the device and the id together; the id alone never keys it.
 *
 * @param deviceId {@code Source/LocURI} of the device's messages
 * @param sessionId as the device wrote it
 * @param profile what kind of device this is
 * @param startedAt time of the first message
 * @param expiresAt when the session counts as dead if nothing more is heard
 * @param endedBy why nothing more is to be said; absent while the session lives. Repeated messages still get their
 *     reply
 * @param traffic what was received and sent last
 * @param credentials how far both sides have proved themselves
 * @param work what is on its way in either direction
 */
public record SessionState(String deviceId, String sessionId, Profile profile, Instant startedAt, Instant expiresAt,
        @Nullable Reason endedBy, Traffic traffic, Proof credentials, Work work) implements EngineState {

    /**
     * What was received and sent last.
     *
     * @param verDtd in which the device speaks and is answered
     * @param verProto likewise
     * @param clientMsgId the {@code MsgID} of the device's last message
     * @param serverMsgId the {@code MsgID} of the last answer
     * @param firstDigest of the session's first message
     * @param lastDigest of the last message: the same {@code MsgID} and digest make a repeated message
     * @param reply the last answer, for a repeated message
     * @param maxMsgSizeBytes the longest message that the device takes
     * @param maxObjSizeBytes the largest object that the device takes
     */
    record Traffic(String verDtd, String verProto, int clientMsgId, int serverMsgId, Bytes firstDigest,
            Bytes lastDigest, @Nullable Packet reply, long maxMsgSizeBytes, long maxObjSizeBytes) {}

    /**
     * How far both sides have proved themselves.
     *
     * @param hasBegun whether the device has, so that the management phase has begun
     * @param client the server's view of the device
     * @param server how the server proves itself; absent if it has nothing to prove itself with
     * @param rival somebody who wants to begin anew under the name of this session; absent if nobody does
     */
    record Proof(boolean hasBegun, Challenger client, @Nullable Prover server, @Nullable Rival rival) {

        /** Nobody has proved anything. */
        static final Proof NONE = new Proof(false, Challenger.START, null, null);
    }

    /**
     * Whoever begins anew while the session lives: a device that has lost its memory, or somebody else. The session
     * stays as it is until he has proved himself.
     *
     * @param msgId of his last message
     * @param challenger how far he has come
     */
    record Rival(int msgId, Challenger challenger) {}

    /**
     * What is on its way.
     *
     * @param inFlight tasks without complete answers, in the order in which they were sent
     * @param sending a large object that is not all sent; absent if none
     * @param receiving a large object that is not all received; absent if none
     * @param owed Statuses that did not fit in the last answer
     * @param hasFloor whether the device has closed its package and the server has not yet closed the one that answers
     *     it: the device can only ask for more
     * @param operations how many tasks were sent in all
     */
    record Work(List<InFlight> inFlight, @Nullable Sending sending, @Nullable LargeObject receiving, List<Status> owed,
            boolean hasFloor, int operations) {

        static final Work NONE = new Work(List.of(), null, null, List.of(), false, 0);

        Work {
            inFlight = List.copyOf(inFlight);
            owed = List.copyOf(owed);
        }
    }

    /**
     * A large object on its way to the device ([DMPRO 1.3 §7]). Its value is not kept: it is cut from the task turn by
     * turn.
     *
     * @param next where the next chunk begins, in characters of a text or bytes of opaque data
     * @param isComplete whether the last chunk has left
     * @param isRepeated whether this is the second and last attempt
     */
    record Sending(String jobId, int index, int next, boolean isComplete, boolean isRepeated) {

        boolean isOf(String itsJobId, int itsIndex) {
            return index == itsIndex && jobId.equals(itsJobId);
        }

        /** The same object from its beginning. */
        Sending again() {
            return new Sending(jobId, index, 0, false, true);
        }
    }

    /** The same session, with somebody who wants to take its name. */
    SessionState with(Rival rival) {
        Proof proof = new Proof(credentials.hasBegun, credentials.client, credentials.server, rival);
        return new SessionState(deviceId, sessionId, profile, startedAt, expiresAt, endedBy, traffic, proof, work);
    }

    @Override
    public boolean isEnded() {
        return endedBy != null;
    }

    /** How many messages the device has sent. */
    public int messages() {
        return traffic.clientMsgId;
    }

    /** How many operations were sent to the device. */
    public int operations() {
        return work.operations;
    }

    /** The stored form: a version byte first, so that a later Grove can read what an earlier one wrote. */
    @Override
    public Bytes encode() {
        return SessionStateCodec.encode(this);
    }

    /** Reads what {@link #encode} wrote. */
    public static SessionState decode(Bytes stored) throws Malformed {
        return SessionStateCodec.decode(stored);
    }

    /** Names the session only: the state holds nonces and values. */
    @Override
    public String toString() {
        return "SessionState[" + deviceId + ", " + sessionId + ", message " + traffic.clientMsgId
                + (endedBy == null ? "" : ", " + endedBy) + "]";
    }
}
