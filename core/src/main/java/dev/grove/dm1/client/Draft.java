package dev.grove.dm1.client;

import dev.grove.auth.Scheme;
import dev.grove.auth.Secret;
import dev.grove.auth.SyncmlHmac;
import dev.grove.dm1.client.ClientFact.Reason;
import dev.grove.dm1.client.ClientState.Alerts;
import dev.grove.dm1.client.ClientState.Peer;
import dev.grove.dm1.client.ClientState.Proof;
import dev.grove.dm1.client.ClientState.Sent;
import dev.grove.dm1.client.MessageComposer.Composed;
import dev.grove.dm1.client.MessageComposer.Finality;
import dev.grove.dm1.client.MessageComposer.Frame;
import dev.grove.dm1.client.Outgoing.Queued;
import dev.grove.dm1.exchange.LargeObject;
import dev.grove.dm1.exchange.Profile;
import dev.grove.dm1.exchange.Prover;
import dev.grove.dm1.exchange.Quirk;
import dev.grove.syncml.AlertCode;
import dev.grove.syncml.Command.Alert;
import dev.grove.syncml.Command.Status;
import dev.grove.syncml.Meta;
import dev.grove.syncml.SyncHdr;
import dev.grove.syncml.SyncHdr.Cred;
import dev.grove.syncml.SyncHdr.Location;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Tree;
import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import dev.grove.wire.Packet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The next state of a session in the making, and the ways in which a turn can end: send, say farewell, fall silent. */
final class Draft {

    /** How often in a row the device asks for more, or is asked, without anything new. */
    private static final int MAX_IDLE_TURNS = 5;

    final ClientContext context;
    final ClientSettings settings;
    final List<ClientFact> facts = new ArrayList<>();
    private final Tree treeBefore;
    private final Trigger trigger;
    private final int msgIdBefore;
    String url;
    Tree tree;
    Proof proof;
    Peer peer;
    Outgoing outgoing;
    @Nullable
    LargeObject incoming;
    private @Nullable Sent last;
    private Alerts alerts;
    private int idleTurns;

    Draft(ClientState state, ClientContext context) {
        this.context = context;
        this.settings = context.settings();
        this.treeBefore = state.tree();
        this.trigger = state.trigger();
        this.msgIdBefore = state.msgId();
        this.url = state.url();
        this.tree = state.tree();
        this.proof = state.proof();
        this.peer = state.peer();
        this.outgoing = state.outgoing();
        this.incoming = state.incoming();
        this.last = state.last();
        this.alerts = state.alerts();
        this.idleTurns = state.idleTurns();
    }

    Profile profile() {
        return settings.profile();
    }

    @Nullable
    Sent last() {
        return last;
    }

    /**
     * Takes in what the server says of alerts. It counts when the server has proved itself, and is kept until then.
     */
    void alertsAnswered(List<Status> statuses, boolean isBelieved) {
        Map<String, StatusCode> claimed = new LinkedHashMap<>(alerts.claimed());
        for (Status status : statuses) {
            String id = alerts.underWay().get(status.msgRef() + "/" + status.cmdRef());
            if (id != null && !status.code().equals(StatusCode.CHUNK_ACCEPTED)) {
                claimed.put(id, status.code());
            }
        }
        if (isBelieved) {
            claimed.forEach((id, code) -> facts.add(new ClientFact.AlertAnswered(id, code)));
            claimed.clear();
        }
        alerts = new Alerts(alerts.taken(), alerts.underWay(), claimed);
    }

    /** Whether the server has answered alerts, and is not believed yet. */
    boolean hasClaims() {
        return !alerts.claimed().isEmpty();
    }

    // ---- what waits

    /** Puts package 1 in the place of whatever waits. */
    void beginAnew() {
        List<ClientAlert> news = context.alerts();
        outgoing = Outgoing.NOTHING.plus(new SetupPackage(context, tree).commands(trigger, news));
        alerts = new Alerts(ids(news), Map.of(), Map.of());
    }

    /** Adds alerts that this session has not taken up yet. */
    void takeUpAlerts() {
        List<ClientAlert> news = context.alerts().stream().filter(alert -> !alerts.taken().contains(alert.id()))
                .toList();
        List<Queued> queued = news.stream().map(alert -> SetupPackage.queued(alert, context)).toList();
        outgoing = outgoing.plus(queued);
        Set<String> taken = new HashSet<>(alerts.taken());
        taken.addAll(ids(news));
        alerts = new Alerts(taken, alerts.underWay(), alerts.claimed());
    }

    private static Set<String> ids(List<ClientAlert> news) {
        Set<String> ids = new HashSet<>();
        news.forEach(alert -> ids.add(alert.id()));
        return ids;
    }

    // ---- ways to end a turn

    /** Sends what waits, as much as a message holds. */
    ClientTurn send(List<Status> opening) {
        boolean isClosed = peer.isPackageClosed();
        Alert ending = isClosed ? null : new Alert("", AlertCode.NEXT_MESSAGE, null, List.of());
        Composed composed = MessageComposer.compose(
                frame(opening, ending, isClosed ? Finality.WHEN_DONE : Finality.NEVER), outgoing);
        if (composed.isStuck()) {
            return farewell(opening, Reason.ABORTED_BY_CLIENT, "an answer is longer than the " + peer.maxMsgSizeBytes()
                    + " bytes of MaxMsgSize and cannot be cut (DMPRO 7)");
        }
        // Not by length: of a command with many items, those that are left take the place of all.
        boolean isProgress = !composed.rest().queue().equals(outgoing.queue())
                || composed.rest().begunAt() != outgoing.begunAt();
        idleTurns = isProgress ? 0 : idleTurns + 1;
        if (idleTurns > MAX_IDLE_TURNS) {
            return farewell(opening, Reason.ABORTED_BY_CLIENT, "nothing new in " + idleTurns + " messages");
        }
        return leave(opening, composed, false);
    }

    /** Sends Alert 1223, with the answers that find room ([DMPRO 1.3 §8.1]); the session is over. */
    ClientTurn farewell(List<Status> opening, Reason reason, String remark) {
        outgoing = outgoing.withoutObject();
        Alert abort = new Alert("", AlertCode.SESSION_ABORT, null, List.of());
        Composed composed = MessageComposer.compose(frame(opening, abort, Finality.ALWAYS), outgoing);
        facts.add(new ClientFact.Ended(reason, remark));
        return leave(opening, composed, true);
    }

    /** Sends nothing; the session is over. */
    ClientTurn over(Reason reason, String remark) {
        facts.add(new ClientFact.Ended(reason, remark));
        return new ClientTurn(state(msgIdBefore, true), null, !tree.equals(treeBefore), facts);
    }

    /** Sends the last message once more; nothing has changed. */
    ClientTurn repeat(ClientState unchanged) {
        facts.add(new ClientFact.Noted("the server's message came twice; the answer goes out again"));
        return new ClientTurn(unchanged, last == null ? null : last.packet(), false, facts);
    }

    private ClientTurn leave(List<Status> opening, Composed composed, boolean isLast) {
        int msgId = msgIdBefore + 1;
        Packet packet = new Packet(settings.encoding().mediaType(), composed.body(), headers(composed.body()));
        last = new Sent(packet, outgoing, opening, composed.isFinal());
        outgoing = composed.rest();
        Map<String, String> underWay = new HashMap<>(alerts.underWay());
        composed.alerts().forEach((cmdId, id) -> underWay.put(msgId + "/" + cmdId, id));
        alerts = new Alerts(alerts.taken(), underWay, alerts.claimed());
        return new ClientTurn(state(msgId, isLast), packet, !tree.equals(treeBefore), facts);
    }

    private ClientState state(int msgId, boolean isEnded) {
        return new ClientState(trigger, url, msgId, tree, proof, peer, outgoing, last, incoming, alerts, idleTurns,
                isEnded);
    }

    // ---- the message around the commands

    private Frame frame(List<Status> opening, @Nullable Alert ending, Finality finality) {
        boolean mayChunk = finality != Finality.ALWAYS && !profile().has(Quirk.ABORTS_INSTEAD_OF_CHUNKING);
        return new Frame(header(), settings.encoding(), opening, ending, finality, peer.maxMsgSizeBytes(), mayChunk);
    }

    /** The header of the next message. */
    SyncHdr header() {
        Secret secret = context.account().client();
        Prover prover = proof.prover();
        Cred cred = null;
        String name = null;
        if (secret != null && prover != null && !prover.isAccepted()) {
            cred = prover.cred(secret, settings.sha256Name()).orElse(null);
            name = prover.scheme() == Scheme.BASIC ? null : secret.userName();
        }
        return new SyncHdr(profile().verDtd(), profile().verProto(), trigger.sessionId(),
                Integer.toString(msgIdBefore + 1), new Location(context.account().url()),
                new Location(settings.deviceId(), name), null, false, cred, limits());
    }

    /** The limits hold for the whole session, and are told in its first package ([DMPRO 1.3 §7]). */
    private Meta limits() {
        if (peer.isSetUp() || profile().has(Quirk.SPARSE_META)) {
            return Meta.NONE;
        }
        return new Meta(null, null, null, null, null, (long) settings.maxMsgSizeBytes(),
                (long) settings.maxObjSizeBytes(), List.of());
    }

    private Headers headers(Bytes body) {
        Secret secret = context.account().client();
        Prover prover = proof.prover();
        if (secret == null || prover == null) {
            return Headers.NONE;
        }
        return prover.hmac(secret, body).map(hmac -> Headers.of(SyncmlHmac.HEADER, hmac)).orElse(Headers.NONE);
    }
}
