package dev.grove.dm1.client;

import dev.grove.auth.Scheme;
import dev.grove.dm1.client.ClientFact.Reason;
import dev.grove.dm1.client.ClientState.Alerts;
import dev.grove.dm1.client.ClientState.Peer;
import dev.grove.dm1.client.ClientState.Proof;
import dev.grove.dm1.client.ClientState.Sent;
import dev.grove.dm1.command.AnswerWriter;
import dev.grove.dm1.command.CommandAnswer;
import dev.grove.dm1.exchange.Challenger;
import dev.grove.dm1.exchange.Prover;
import dev.grove.dm1.exchange.Quirk;
import dev.grove.dm1.exchange.Statuses;
import dev.grove.syncml.Command;
import dev.grove.syncml.Command.Status;
import dev.grove.syncml.Message;
import dev.grove.syncml.SyncHdr;
import dev.grove.syncml.SyncmlCodec;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Tree;
import dev.grove.wire.Malformed;
import dev.grove.wire.Packet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The device's side of a DM 1.x management session ([DMPRO 1.3 §6 to §11]): {@link #start} gives the first message,
 * {@link #turn} takes the server's answer and gives the next, until there is none. Pure but for the management objects
 * and the user, which are reached through the ports of the {@link ClientContext} inside a turn.
 *
 * <p>If something in a turn throws, the device is at fault: the caller keeps the state and the tree from before the
 * turn, says {@link #abort}, and reports loudly.
 */
public final class Dm1ClientSession {

    private static final Set<String> DTD_VERSIONS = Set.of("1.1", "1.2");
    private static final Set<String> PROTOCOL_VERSIONS = Set.of("DM/1.1", "DM/1.2", "DM/1.3");

    private Dm1ClientSession() {}

    /**
     * Begins a session with the server of the context's account.
     *
     * @throws IllegalStateException if the tree has no DevInfo, which every session begins with
     */
    public static ClientTurn start(Trigger trigger, Tree tree, ClientContext context) {
        ClientAccount account = context.account();
        Prover prover = null;
        if (account.client() != null && (account.credentialsAtOnce() || trigger.resynchronise())) {
            Scheme preferred = account.clientSchemes().getFirst();
            prover = trigger.resynchronise() ? Prover.startOver(preferred) : Prover.start(preferred);
        }
        Proof proof = new Proof(prover, Challenger.START, null, false);
        Draft draft = new Draft(new ClientState(trigger, account.url(), 0, tree, proof, Peer.UNKNOWN,
                Outgoing.NOTHING, null, null, Alerts.NONE, 0, false), context);
        draft.beginAnew();
        return draft.send(List.of());
    }

    /**
     * Takes the server's answer to the last message. A state that has ended answers nothing: what follows an abort is
     * ignored ([DMPRO 1.3 §8.1.1]).
     */
    public static ClientTurn turn(ClientState state, Packet reply, ClientContext context) {
        if (state.isEnded()) {
            return new ClientTurn(state, null, false, List.of());
        }
        Draft draft = new Draft(state, context);
        if (!reply.body().isEmpty() && reply.body().equals(state.peer().reply())) {
            return draft.repeat(state);
        }
        Message message;
        try {
            message = SyncmlCodec.decode(reply, context.settings().limits());
        } catch (Malformed malformed) {
            return unreadable(draft, String.valueOf(malformed.getMessage()));
        }
        StatusCode version = versionRefusal(message.header());
        if (version != null) {
            return refuseVersion(draft, message, version);
        }
        String misplaced = misplaced(state, message.header());
        if (!misplaced.isEmpty()) {
            return draft.farewell(List.of(), Reason.UNINTELLIGIBLE, misplaced);
        }
        return new ClientExchange(draft, reply, message).run();
    }

    /**
     * Ends a session by Alert 1223 ([DMPRO 1.3 §8.1]): the user, a shutdown, an error. The Statuses of what has been
     * done go with it, as far as they find room.
     *
     * @param wasSent whether the message of the turn that gave {@code state} has been sent; if not, its Statuses go too
     */
    public static ClientTurn abort(ClientState state, boolean wasSent, String why, ClientContext context) {
        if (state.isEnded()) {
            return new ClientTurn(state, null, false, List.of());
        }
        Sent last = state.last();
        if (wasSent || last == null) {
            return new Draft(state, context).farewell(List.of(), Reason.ABORTED_BY_CLIENT, why);
        }
        ClientState unsent = new ClientState(state.trigger(), state.url(), state.msgId() - 1, state.tree(),
                state.proof(), state.peer(), last.before(), last, state.incoming(), state.alerts(), state.idleTurns(),
                false);
        return new Draft(unsent, context).farewell(last.opening(), Reason.ABORTED_BY_CLIENT, why);
    }

    // ---- messages that are none of this session

    /** Windows begins anew, once, and says why; others give up. */
    private static ClientTurn unreadable(Draft draft, String why) {
        Sent last = draft.last();
        boolean hasSaidSo = last != null && !last.opening().isEmpty()
                && last.opening().getFirst().code().equals(StatusCode.COMMAND_FAILED);
        if (!draft.profile().has(Quirk.REPORTS_UNREADABLE_ANSWERS) || hasSaidSo) {
            return draft.farewell(List.of(), Reason.UNINTELLIGIBLE, why);
        }
        draft.facts.add(new ClientFact.Noted("the server's answer cannot be read: " + why));
        draft.peer = new Peer(draft.peer.msgId(), draft.peer.reply(), draft.peer.maxMsgSizeBytes(),
                draft.peer.maxObjSizeBytes(), false, true);
        draft.incoming = null;
        draft.beginAnew();
        return draft.send(List.of(new Status("", "0", Status.OF_HEADER, "SyncHdr", List.of(), List.of(), null, null,
                StatusCode.COMMAND_FAILED, null, List.of())));
    }

    private static @Nullable StatusCode versionRefusal(SyncHdr header) {
        if (!DTD_VERSIONS.contains(header.verDtd())) {
            return StatusCode.DTD_VERSION_NOT_SUPPORTED;
        }
        return PROTOCOL_VERSIONS.contains(header.verProto()) ? null : StatusCode.PROTOCOL_VERSION_NOT_SUPPORTED;
    }

    private static ClientTurn refuseVersion(Draft draft, Message message, StatusCode status) {
        SyncHdr header = message.header();
        Status ofHeader = new Statuses(header).ofHeader(status, null);
        List<CommandAnswer> refusals = message.body().stream()
                .filter(command -> !(command instanceof Status || command instanceof Command.Results))
                .map(command -> CommandAnswer.uniform(command, status)).toList();
        draft.outgoing = Outgoing.NOTHING.plusCommands(
                new AnswerWriter(draft.profile(), draft.settings.encoding(), header.msgId()).write(refusals));
        return draft.farewell(List.of(ofHeader), Reason.VERSION_REFUSED,
                "the server speaks " + header.verProto() + " with DTD " + header.verDtd());
    }

    /** Why the message is not the next one of this session; empty if it is. */
    private static String misplaced(ClientState state, SyncHdr header) {
        String ours = state.trigger().sessionId();
        if (!header.sessionId().equals(ours)) {
            return "SessionID " + header.sessionId() + " is not ours, " + ours + " (DMPRO 8.3)";
        }
        long before = number(state.peer().msgId());
        long now = number(header.msgId());
        boolean isBehind = before >= 0 && now >= 0 && now <= before;
        if (isBehind && state.peer().isSetUp()) {
            return "MsgID " + now + " does not follow " + before + " (REPPRO 6.1)";
        }
        return "";
    }

    private static long number(String msgId) {
        return msgId.matches("[0-9]{1,18}") ? Long.parseLong(msgId) : -1;
    }
}
