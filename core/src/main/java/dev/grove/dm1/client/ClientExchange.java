package dev.grove.dm1.client;

import dev.grove.dm1.client.ClientFact.Reason;
import dev.grove.dm1.client.ClientState.Peer;
import dev.grove.dm1.client.ClientState.Sent;
import dev.grove.dm1.command.AnswerWriter;
import dev.grove.dm1.command.Chunks;
import dev.grove.dm1.command.CommandAnswer;
import dev.grove.dm1.command.CommandRunner;
import dev.grove.dm1.command.TreeWork;
import dev.grove.dm1.exchange.Quirk;
import dev.grove.dm1.exchange.Statuses;
import dev.grove.syncml.AlertCode;
import dev.grove.syncml.Command;
import dev.grove.syncml.Command.Alert;
import dev.grove.syncml.Command.Status;
import dev.grove.syncml.Encoding;
import dev.grove.syncml.Item;
import dev.grove.syncml.Message;
import dev.grove.syncml.SyncHdr;
import dev.grove.tree.StatusCode;
import dev.grove.tree.edit.Requester;
import dev.grove.wire.Packet;
import java.util.ArrayList;
import java.util.List;

/**
 * One turn: a message of the server, taken in from top to bottom ([DMPRO 1.3 §8.5]): does it belong here; what does it
 * say of ours; may it give commands; what do they come to; and what goes back.
 */
final class ClientExchange {

    private final Draft draft;
    private final ClientContext context;
    private final Packet packet;
    private final Message message;
    private final List<Status> statuses = new ArrayList<>();
    /** Alerts 1222 and 1225: answered in the very next message, before large objects go on. */
    private final List<Alert> aboutMessages = new ArrayList<>();
    private final List<Command> commands = new ArrayList<>();
    private final List<Alert> lostObjects = new ArrayList<>();
    private boolean isEndMissing;
    private boolean isAborted;

    ClientExchange(Draft draft, Packet packet, Message message) {
        this.draft = draft;
        this.context = draft.context;
        this.packet = packet;
        this.message = message;
        message.body().forEach(this::sort);
    }

    private void sort(Command command) {
        switch (command) {
            case Status status -> statuses.add(status);
            case Command.Results _ -> draft.facts.add(new ClientFact.Noted("the server sent Results: ignored"));
            case Alert alert -> sortAlert(alert);
            case Command.WithItems _,Command.Container _,Command.Unknown _ -> commands.add(command);
        }
    }

    private void sortAlert(Alert alert) {
        isAborted |= alert.code().equals(AlertCode.SESSION_ABORT);
        isEndMissing |= alert.code().equals(AlertCode.NO_END_OF_DATA);
        boolean isAboutMessages = alert.code().equals(AlertCode.NEXT_MESSAGE)
                || alert.code().equals(AlertCode.NO_END_OF_DATA);
        if (isAboutMessages && !alert.cmdId().isEmpty()) {
            aboutMessages.add(alert);
        } else {
            commands.add(alert);
        }
    }

    ClientTurn run() {
        notePeer();
        if (isAborted) {
            return draft.over(Reason.ABORTED_BY_SERVER, "");
        }
        ServerProof server = new ServerProof(draft);
        Sent last = draft.last();
        boolean isAskedOn = last != null && !last.isFinal() && draft.peer.isPackageClosed();
        OwnProof.Effect effect = new OwnProof(draft).take(statuses);
        if (effect instanceof OwnProof.Effect.Over(Reason reason, String remark)) {
            return draft.over(reason, remark);
        }
        server.judge(packet, message.header(), !commands.isEmpty());
        if (effect instanceof OwnProof.Effect.Again again) {
            // A challenge is no part of a package: whether the server's is closed is as before.
            draft.outgoing = last == null ? Outgoing.NOTHING : last.before();
            return answer(server, draft.peer.isPackageClosed(), again.remark());
        }
        takeStatuses(server);
        // What asks a device for the rest of its package has no Final; the server's own is closed (DMPRO 6.1, state 1).
        return answer(server, isAskedOn, List.of());
    }

    /** What the server says of our commands counts only if it is not an impostor. */
    private void takeStatuses(ServerProof server) {
        draft.alertsAnswered(statuses, !server.isRefused());
        if (!server.isRefused()) {
            draft.outgoing = draft.outgoing.answered(statuses, isEndMissing);
        }
    }

    // ---- what goes back

    /** @param staysClosed whether the server's package is closed even if this message does not say so */
    private ClientTurn answer(ServerProof server, boolean staysClosed, List<Status> remarks) {
        AnswerWriter writer = new AnswerWriter(draft.profile(), draft.settings.encoding(), message.header().msgId());
        List<Command> answers = writer.write(server.isRefused() ? refusals(server.status()) : carriedOut(writer));
        draft.outgoing = draft.outgoing.plusCommands(answers).plusCommands(lostObjects);
        boolean isClosed = message.isFinal() || (staysClosed && draft.incoming == null);
        draft.peer = closed(draft.peer, isClosed);
        boolean hasNothing = draft.outgoing.isEmpty() && aboutMessages.isEmpty() && remarks.isEmpty();
        boolean isDoubted = server.isRefused() && draft.hasClaims();
        if (hasNothing && isClosed && !isDoubted) {
            return draft.over(Reason.COMPLETED, "");
        }
        Statuses statusesOf = new Statuses(message.header());
        List<Status> opening = new ArrayList<>();
        opening.add(statusesOf.ofHeader(server.status(), server.challenge()));
        opening.addAll(remarks);
        StatusCode ofNext = server.isRefused() ? server.status() : StatusCode.OK;
        aboutMessages.forEach(alert -> opening.add(statusesOf.of(alert, ofNext)));
        server.announce();
        if (server.isOver()) {
            return draft.farewell(opening, Reason.SERVER_NOT_AUTHENTICATED, server.reason());
        }
        if (draft.peer.isSetUp() && !server.isRefused()) {
            draft.takeUpAlerts();
        }
        return draft.send(opening);
    }

    private List<CommandAnswer> refusals(StatusCode status) {
        return commands.stream().map(command -> CommandAnswer.uniform(command, status)).toList();
    }

    private List<CommandAnswer> carriedOut(AnswerWriter writer) {
        ClientSettings settings = draft.settings;
        Chunks chunks = new Chunks(draft.incoming, settings.maxObjSizeBytes(), context.user());
        TreeWork tree = new TreeWork(context.editor(), draft.tree, Requester.server(context.account().serverId()),
                context.now());
        CommandRunner runner = new CommandRunner(new CommandRunner.Setup(draft.profile(), encodingOfMessage(),
                context.user(), chunks, draft.peer.maxObjSizeBytes(), answer -> fits(writer, answer)), tree);
        List<CommandAnswer> answers = runner.run(commands);
        if (commands.isEmpty() && message.isFinal()) {
            chunks.interrupt();
        }
        draft.tree = tree.tree();
        draft.incoming = chunks.open();
        chunks.lost().forEach(lost -> lostObjects.add(noEndOfData(lost)));
        return answers;
    }

    /** A server may answer in another spelling than ours, and means its data so. */
    private Encoding encodingOfMessage() {
        return Encoding.ofMediaType(packet.baseMediaType()).orElse(draft.settings.encoding());
    }

    private static Alert noEndOfData(Item lost) {
        return new Alert("", AlertCode.NO_END_OF_DATA, null, List.of(lost));
    }

    /** A device that cannot cut its answers must not do what it could not report ([REPPRO 1.2 §6.6.4], 517). */
    private boolean fits(AnswerWriter writer, CommandAnswer answer) {
        if (!draft.profile().has(Quirk.ABORTS_INSTEAD_OF_CHUNKING)) {
            return true;
        }
        return MessageComposer.fitsOneMessage(draft.header(), draft.settings.encoding(),
                writer.write(List.of(answer)), draft.peer.maxMsgSizeBytes());
    }

    // ---- what is known of the server

    private void notePeer() {
        SyncHdr header = message.header();
        Peer known = draft.peer;
        Long maxMsg = header.meta().maxMsgSize();
        Long maxObj = header.meta().maxObjSize();
        draft.peer = new Peer(header.msgId(), packet.body(),
                maxMsg == null || maxMsg < 1 ? known.maxMsgSizeBytes() : maxMsg,
                maxObj == null || maxObj < 1 ? known.maxObjSizeBytes() : maxObj, known.isSetUp(),
                known.isPackageClosed());
        if (header.respUri() != null) {
            draft.url = ResponseUri.resolve(draft.url, header.respUri());
        }
    }

    private static Peer closed(Peer known, boolean isClosed) {
        return new Peer(known.msgId(), known.reply(), known.maxMsgSizeBytes(), known.maxObjSizeBytes(),
                known.isSetUp(), isClosed);
    }
}
