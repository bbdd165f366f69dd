package dev.grove.dm1;

import dev.grove.engine.Fact;
import dev.grove.engine.Fact.Reason;
import dev.grove.dm1.SessionState.Proof;
import dev.grove.dm1.SessionState.Rival;
import dev.grove.dm1.SessionState.Traffic;
import dev.grove.dm1.SessionState.Work;
import dev.grove.dm1.exchange.Challenger;
import dev.grove.dm1.exchange.Profile;
import dev.grove.dm1.exchange.Recognition;
import dev.grove.dm1.exchange.Recognition.Version;
import dev.grove.dm1.exchange.Refusal;
import dev.grove.syncml.Command;
import dev.grove.syncml.Command.Results;
import dev.grove.syncml.Command.Status;
import dev.grove.syncml.SyncHdr;
import dev.grove.tree.StatusCode;
import dev.grove.wire.Bytes;
import dev.grove.wire.Packet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of a DM 1.x session ([DMPRO 1.3], [MS-MDM]): a pure function from the session so far and a message
 * to the next session and the answer.
 *
 * <pre>
 * device                                          server
 *   | 1: Alert 1201, DevInfo, credentials  ---->    |  setup
 *   |    <---- 2: Statuses, credentials, commands   |
 *   | 3: Statuses, Results                 ---->    |  management, repeated while there is work
 *   |    <---- 4: Statuses, commands or nothing     |
 * </pre>
 *
 * <p>A turn is: find out how the message stands to the session ({@link Arrival}), who sent it
 * ({@link ServerAuthentication}), what it says ({@link ClientBody}), and what to answer ({@link Reply}).
 */
public final class Dm1ServerSession {

    private Dm1ServerSession() {}

    /**
     * Takes a message in. Pure: given the same again, with the same luck, the turn is the same.
     *
     * @param session what {@link Turn#next} was for the message before, ended sessions included; absent if the device
     *     has no session of that id
     */
    public static Turn turn(@Nullable SessionState session, Incoming in, ServerContext context) {
        return switch (Arrival.of(session, in, context)) {
            case Arrival.Repeated(SessionState same, Packet reply) -> new Turn(same, reply, List.of());
            case Arrival.Refused(String reason) -> refused(session, in, context, reason);
            case Arrival.Next next -> proceed(ServerTurn.next(next, in, context));
            case Arrival.First first -> begin(first, Challenger.START, in, context);
            case Arrival.Anew(Arrival.First first, SessionState living) -> beginAnew(first, living, in, context);
        };
    }

    private static Turn begin(Arrival.First first, Challenger challenger, Incoming in, ServerContext context) {
        return switch (Recognition.version(in.message().header())) {
            case Version.Refused refused -> versionRefused(first, in, context, refused);
            case Version.Known(Profile byVersion) -> {
                Profile profile = Recognition.profile(byVersion, in.packet(), in.message(), in.url());
                ServerTurn turn = ServerTurn.first(profile, first, in, context);
                turn.challenger = challenger;
                yield proceed(turn);
            }
        };
    }

    /**
     * Only who proves himself may supersede a living session; for anybody else it stays as it is. What was in flight
     * ends with the living session; what is answered or must not run twice does not leave again in this turn.
     */
    private static Turn beginAnew(Arrival.First first, SessionState living, Incoming in, ServerContext context) {
        Rival rival = living.credentials().rival();
        int attempts = context.settings().maxAttempts();
        if (rival != null && (rival.challenger().offers() >= attempts || rival.challenger().refusals() > attempts)) {
            return refused(living, in, context,
                    "too many attempts to begin anew under the SessionID of a living session");
        }
        Turn turn = begin(first, rival == null ? Challenger.START : rival.challenger(), in,
                context.after(living.work().inFlight()));
        boolean isProved = turn.next().credentials().hasBegun();
        List<Fact> facts = new ArrayList<>();
        if (isProved) {
            facts.addAll(end(living, Reason.SUPERSEDED, "the device began anew with the same SessionID"));
            facts.addAll(turn.facts());
            return new Turn(turn.next(), turn.reply(), facts);
        }
        for (Fact fact : turn.facts()) {
            if (fact instanceof Fact.AuthenticationRefused) {
                facts.add(fact);
            }
        }
        facts.add(new Fact.Noted("somebody wants to begin anew under this SessionID and has not proved himself"));
        return new Turn(living.with(new Rival(first.msgId(), turn.next().credentials().client())), turn.reply(), facts);
    }

    private static Turn proceed(ServerTurn turn) {
        if (new ServerAuthentication(turn).admits()) {
            if (turn.isOrphan()) {
                refuseOrphan(turn);
            } else {
                new ClientBody(turn).read();
                abortIfAsked(turn);
            }
        }
        return new Reply(turn).finish();
    }

    /** Somebody wants the session ended: what the device has just said counts, and nothing more is sent. */
    private static void abortIfAsked(ServerTurn turn) {
        if (turn.context.wishes().isAbortAsked() && turn.hasBegun && turn.endedBy == null) {
            new Answers(turn).giveUp();
            turn.end(Reason.ABORTED_BY_SERVER, "ended by an operator");
        }
    }

    /** What the device goes on with is not known: nothing it said is taken, and it is told to begin a new session. */
    private static void refuseOrphan(ServerTurn turn) {
        for (Command command : turn.body()) {
            if (!(command instanceof Status) && !(command instanceof Results)) {
                turn.answer(command, StatusCode.BAD_REQUEST);
            }
        }
        turn.headerStatus = StatusCode.BAD_REQUEST;
        turn.end(Reason.ABORTED_BY_SERVER,
                "message " + turn.clientMsgId() + " of a session that is not known any more");
    }

    private static Turn versionRefused(Arrival.First first, Incoming in, ServerContext context,
            Version.Refused refused) {
        Packet reply = refusal(in, context.settings()).packet("1", refused.status());
        SyncHdr header = in.message().header();
        Traffic traffic = new Traffic(header.verDtd(), header.verProto(), first.msgId(), 1, first.digest(),
                first.digest(), reply, Profile.NO_LIMIT, Profile.NO_LIMIT);
        SessionState next = stillborn(in, context, traffic, Reason.VERSION_REFUSED);
        return new Turn(next, reply,
                List.of(new Fact.Opened(), new Fact.Ended(Reason.VERSION_REFUSED, refused.reason())));
    }

    /** The session stays as it was, whoever may have sent this; the sender is told. */
    private static Turn refused(@Nullable SessionState session, Incoming in, ServerContext context, String reason) {
        Refusal refusal = refusal(in, context.settings());
        if (session != null) {
            boolean isBroken = session.isEnded() && session.endedBy() != Reason.COMPLETED;
            StatusCode status = isBroken ? StatusCode.FORBIDDEN : StatusCode.BAD_REQUEST;
            String msgId = Integer.toString(session.traffic().serverMsgId());
            return new Turn(session, refusal.packet(msgId, status), List.of(new Fact.Noted(reason)));
        }
        SyncHdr header = in.message().header();
        Traffic traffic = new Traffic(header.verDtd(), header.verProto(), 0, 1, Bytes.EMPTY, Bytes.EMPTY, null,
                Profile.NO_LIMIT, Profile.NO_LIMIT);
        SessionState over = stillborn(in, context, traffic, Reason.ABORTED_BY_SERVER);
        return new Turn(over, refusal.packet("1", StatusCode.BAD_REQUEST),
                List.of(new Fact.Opened(), new Fact.Ended(Reason.ABORTED_BY_SERVER, reason)));
    }

    /** A session that is over before it has begun. */
    private static SessionState stillborn(Incoming in, ServerContext context, Traffic traffic, Reason reason) {
        SyncHdr header = in.message().header();
        return new SessionState(header.source().uri(), header.sessionId(), Profile.DM_1_2, context.now(),
                context.now().plus(context.settings().idle()), reason, traffic,
                Proof.NONE, Work.NONE);
    }

    private static Refusal refusal(Incoming in, ServerSettings settings) {
        return new Refusal(in.message(), in.encoding(), in.url(), settings.respUri());
    }

    /**
     * An answer of Statuses only, to a message that never reaches a session: its device is not known, the server is
     * busy or shutting down.
     *
     * @param status such as 404, 417 or 503
     */
    public static Packet refuse(Incoming in, ServerSettings settings, StatusCode status) {
        return refusal(in, settings).packet("1", status);
    }

    /**
     * Ends a session of which nothing was heard for too long. What the device has answered is told; the rest stays
     * unanswered. There is no reply.
     */
    public static Turn expire(SessionState session) {
        List<Fact> facts = end(session, Reason.EXPIRED, "nothing was heard of the device");
        SessionState next = new SessionState(session.deviceId(), session.sessionId(), session.profile(),
                session.startedAt(), session.expiresAt(), Reason.EXPIRED, session.traffic(), session.credentials(),
                new Work(List.of(), null, null, List.of(), false, session.operations()));
        return new Turn(next, null, facts);
    }

    private static List<Fact> end(SessionState session, Reason reason, String remark) {
        List<Fact> facts = new ArrayList<>();
        Outcomes outcomes = new Outcomes(facts, null, false);
        for (InFlight task : session.work().inFlight()) {
            outcomes.tellLast(task, session.work().sending());
        }
        facts.add(new Fact.Ended(reason, remark));
        return facts;
    }
}
