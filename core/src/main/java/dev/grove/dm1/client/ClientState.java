package dev.grove.dm1.client;

import dev.grove.dm1.exchange.Challenger;
import dev.grove.dm1.exchange.LargeObject;
import dev.grove.dm1.exchange.Prover;
import dev.grove.syncml.Command.Status;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Tree;
import dev.grove.wire.Bytes;
import dev.grove.wire.Packet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One management session as the device remembers it between two messages; a value. It holds no secret. It need not
 * survive a restart of the device: a session that is cut ends unannounced ([DMPRO 1.3 §8.1]), and only the tree, the
 * nonces and the alerts matter beyond it.
 *
 * @param trigger why it began
 * @param url where the next message goes: the account's, or the last {@code RespURI}
 * @param msgId of the last message that was sent; 0 before the first
 * @param tree the management tree after the last turn
 * @param proof how far both sides have proved themselves
 * @param peer what is known of the server
 * @param outgoing what waits to be sent
 * @param last the last message sent, and what it was made of
 * @param incoming an object of the server that is not complete yet
 * @param alerts what has been sent of the caller's alerts
 * @param idleTurns how many messages in a row brought nothing new
 * @param isEnded whether the session is over
 */
public record ClientState(Trigger trigger, String url, int msgId, Tree tree, Proof proof, Peer peer,
        Outgoing outgoing, @Nullable Sent last, @Nullable LargeObject incoming, Alerts alerts, int idleTurns,
        boolean isEnded) {

    /**
     * @param prover the device's credentials; absent as long as none have been asked for
     * @param challenger the server's credentials
     * @param clientNonce received and not yet told to the caller, since the server has not proved itself
     * @param isServerTrusted whether the server has proved itself, or need not
     */
    record Proof(@Nullable Prover prover, Challenger challenger, @Nullable Bytes clientNonce,
            boolean isServerTrusted) {}

    /**
     * @param msgId of its last message; the empty string before the first
     * @param reply its last message as it came, to know it again
     * @param maxMsgSizeBytes the longest message it takes
     * @param maxObjSizeBytes the largest object it takes
     * @param isSetUp whether it has taken package 1
     * @param isPackageClosed whether its last message ended its package
     */
    record Peer(String msgId, Bytes reply, long maxMsgSizeBytes, long maxObjSizeBytes, boolean isSetUp,
            boolean isPackageClosed) {

        static final Peer UNKNOWN = new Peer("", Bytes.EMPTY, Long.MAX_VALUE, Long.MAX_VALUE, false, true);
    }

    /**
     * The last message that was sent.
     *
     * @param before what waited when it was composed: to be sent again after a challenge
     * @param opening the Statuses it began with; none in the first message
     * @param isFinal whether it ended the device's package
     */
    record Sent(Packet packet, Outgoing before, List<Status> opening, boolean isFinal) {

        Sent {
            opening = List.copyOf(opening);
        }
    }

    /**
     * @param taken ids of the alerts that this session has taken up
     * @param underWay the alerts that have been sent, by {@code MsgID/CmdID}
     * @param claimed answers that came from the server before it had proved itself, by id
     */
    record Alerts(Set<String> taken, Map<String, String> underWay, Map<String, StatusCode> claimed) {

        static final Alerts NONE = new Alerts(Set.of(), Map.of(), Map.of());

        Alerts {
            taken = Set.copyOf(taken);
            underWay = Map.copyOf(underWay);
            claimed = Map.copyOf(claimed);
        }
    }

    /** This, with the tree as the caller has changed it meanwhile, for instance to store a nonce in it. */
    public ClientState withTree(Tree changed) {
        return new ClientState(trigger, url, msgId, changed, proof, peer, outgoing, last, incoming, alerts, idleTurns,
                isEnded);
    }

    /** Structure only: values may be secret. */
    @Override
    public String toString() {
        return "ClientState[" + trigger.sessionId() + ", message " + msgId + (isEnded ? ", ended]" : "]");
    }
}
