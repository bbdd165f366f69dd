package dev.grove.dm1;

import dev.grove.engine.Fact;
import dev.grove.engine.Fact.Reason;
import dev.grove.dm1.SessionState.Proof;
import dev.grove.dm1.SessionState.Rival;
import dev.grove.dm1.SessionState.Sending;
import dev.grove.dm1.SessionState.Traffic;
import dev.grove.dm1.SessionState.Work;
import dev.grove.dm1.exchange.Challenger;
import dev.grove.dm1.exchange.LargeObject;
import dev.grove.dm1.exchange.Profile;
import dev.grove.dm1.exchange.Prover;
import dev.grove.dm1.exchange.Quirk;
import dev.grove.dm1.exchange.Statuses;
import dev.grove.syncml.AlertCode;
import dev.grove.syncml.Command;
import dev.grove.syncml.Command.Alert;
import dev.grove.syncml.Command.Status;
import dev.grove.syncml.Meta;
import dev.grove.syncml.SyncHdr;
import dev.grove.tree.StatusCode;
import dev.grove.wire.Bytes;
import dev.grove.wire.Packet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The working memory of one turn of the server: what was given, what has been found out, and what will be the next
 * state. Lives no longer than the turn.
 */
final class ServerTurn {

    final Incoming in;
    final ServerContext context;
    final Profile profile;
    final Statuses statuses;

    /** What has become known, in order. */
    final List<Fact> facts = new ArrayList<>();

    /** Statuses on the device's commands, in their order; the one on the header is kept apart. */
    final List<Status> answers = new ArrayList<>();

    /** Alerts of ours that are due: 1225. */
    final List<Alert> alerts = new ArrayList<>();

    StatusCode headerStatus = StatusCode.OK;
    @Nullable
    Meta chal;

    /** The code with which the device refused our last message as a whole; absent if it did not. */
    @Nullable
    StatusCode refusedWith;

    /** Whether the device has sent Alert 1223. */
    boolean isAborted;

    Challenger challenger;
    @Nullable
    Prover prover;
    boolean hasBegun;
    private final @Nullable Rival rival;
    final List<InFlight> inFlight;
    @Nullable
    Sending sending;
    @Nullable
    LargeObject receiving;
    final List<Status> owed;
    boolean hasFloor;
    int operations;
    @Nullable
    Reason endedBy;

    private final SessionState before;
    private final int clientMsgId;
    private final Bytes digest;
    private final long maxMsgSizeBytes;
    private final long maxObjSizeBytes;

    private ServerTurn(SessionState before, int clientMsgId, Bytes digest, Incoming in, ServerContext context) {
        this.in = in;
        this.context = context;
        this.before = before;
        this.profile = before.profile();
        this.statuses = new Statuses(in.message().header());
        this.clientMsgId = clientMsgId;
        this.digest = digest;
        Proof proof = before.credentials();
        this.challenger = proof.client();
        this.prover = proof.server();
        this.hasBegun = proof.hasBegun();
        this.rival = proof.rival();
        Work work = before.work();
        this.inFlight = new ArrayList<>(work.inFlight());
        this.sending = work.sending();
        this.receiving = work.receiving();
        this.owed = new ArrayList<>(work.owed());
        this.hasFloor = work.hasFloor();
        this.operations = work.operations();
        Meta meta = in.message().header().meta();
        this.maxMsgSizeBytes = announced(meta.maxMsgSize(), before.traffic().maxMsgSizeBytes());
        this.maxObjSizeBytes = announced(meta.maxObjSize(), before.traffic().maxObjSizeBytes());
    }

    /** A limit stays in force until another is announced ([DMPRO 1.3 §7]). */
    private static long announced(@Nullable Long now, long before) {
        return now == null || now <= 0 ? before : now;
    }

    /** Opens a new session. */
    static ServerTurn first(Profile profile, Arrival.First arrival, Incoming in, ServerContext context) {
        SyncHdr header = in.message().header();
        // a device that goes on with a lost session would take a lower MsgID amiss
        int serverMsgId = arrival.isOrphan() ? arrival.msgId() - 1 : 0;
        Traffic traffic = new Traffic(header.verDtd(), header.verProto(), 0, serverMsgId,
                arrival.digest(), arrival.digest(), null, profile.assumedMaxMsgSizeBytes(), Profile.NO_LIMIT);
        Prover prover = context.account().server() == null ? null : Prover.start(context.account().serverScheme());
        SessionState fresh = new SessionState(header.source().uri(), header.sessionId(), profile, context.now(),
                context.now(), null, traffic, new Proof(false, Challenger.START, prover, null), Work.NONE);
        ServerTurn turn = new ServerTurn(fresh, arrival.msgId(), arrival.digest(), in, context);
        turn.facts.add(new Fact.Opened());
        return turn;
    }

    /** Continues a session. */
    static ServerTurn next(Arrival.Next arrival, Incoming in, ServerContext context) {
        return new ServerTurn(arrival.session(), arrival.msgId(), arrival.digest(), in, context);
    }

    List<Command> body() {
        return in.message().body();
    }

    void note(String remark) {
        facts.add(new Fact.Noted(remark));
    }

    void answer(Command command, StatusCode code) {
        answers.add(statuses.of(command, code));
    }

    /** Ends the session. */
    void end(Reason reason, String remark) {
        endedBy = reason;
        facts.add(new Fact.Ended(reason, remark));
    }

    /** The large object that is coming in has broken off: Alert 1225 with its address ([DMPRO 1.3 §7]). */
    void breakOff(LargeObject object) {
        alerts.add(new Alert("", AlertCode.NO_END_OF_DATA, null, List.of(object.lost())));
        note("a large object broke off before its last chunk (DMPRO 7)");
        receiving = null;
    }

    /** Whether this is the first answer of the session, or of its management phase: it announces the limits. */
    boolean isFirstAnswer() {
        return before.traffic().clientMsgId() == 0 || (hasBegun && !before.credentials().hasBegun());
    }

    int clientMsgId() {
        return clientMsgId;
    }

    /**
     * Whether nothing is known of what this message goes on with: no package 1 has been accepted here, and it is none.
     * What was challenged may have been an old package 1 that somebody has repeated.
     */
    boolean isOrphan() {
        return !before.credentials().hasBegun() && clientMsgId > 1 && !Arrival.isPackageOne(in.message());
    }

    /** The {@code MsgID} of our last message; 0 if there was none. */
    int lastServerMsgId() {
        return before.traffic().serverMsgId();
    }

    /** The {@code MsgID} of the answer. */
    int serverMsgId() {
        return profile.has(Quirk.ECHOES_MSG_ID) ? clientMsgId : before.traffic().serverMsgId() + 1;
    }

    String verDtd() {
        return before.traffic().verDtd();
    }

    String verProto() {
        return before.traffic().verProto();
    }

    long maxMsgSizeBytes() {
        return maxMsgSizeBytes;
    }

    long maxObjSizeBytes() {
        return maxObjSizeBytes;
    }

    /** The turn as a whole, with the reply that has been made. */
    Turn finish(Packet reply) {
        Instant expiresAt = context.now().plus(context.settings().idle());
        Traffic traffic = new Traffic(verDtd(), verProto(), clientMsgId, serverMsgId(),
                before.traffic().firstDigest(),
                digest, reply, maxMsgSizeBytes, maxObjSizeBytes);
        SessionState next = new SessionState(before.deviceId(), before.sessionId(), profile, before.startedAt(),
                expiresAt, endedBy, traffic, new Proof(hasBegun, challenger, prover, rival),
                new Work(inFlight, sending, receiving, owed, hasFloor, operations));
        return new Turn(next, reply, facts);
    }
}
