package dev.grove.dm1;

import dev.grove.auth.Digest;
import dev.grove.engine.Account;
import dev.grove.engine.Fact.Reason;
import dev.grove.syncml.Command;
import dev.grove.syncml.Command.Alert;
import dev.grove.syncml.Message;
import dev.grove.syncml.SyncHdr;
import dev.grove.wire.Bytes;
import dev.grove.wire.Packet;
import org.jspecify.annotations.Nullable;

/** How a message stands to the session that is remembered under its name, judged by {@code MsgID} and content. */
sealed interface Arrival {

    /** Enough to know a message again. */
    int DIGEST_BYTES = 16;

    /**
     * The first message of a session.
     *
     * @param isOrphan whether it goes on with a session that is not known: it is no package 1
     */
    record First(int msgId, Bytes digest, boolean isOrphan) implements Arrival {}

    /** A package 1 under the name of a session that lives: it supersedes it if its sender proves himself. */
    record Anew(First first, SessionState living) implements Arrival {}

    /** The next message of the session. */
    record Next(int msgId, Bytes digest, SessionState session) implements Arrival {}

    /** The last message again: it gets the same answer, and nothing is done twice. */
    record Repeated(SessionState session, Packet reply) implements Arrival {}

    /** A message that is not due, or is no message: nothing of it is done. */
    record Refused(String reason) implements Arrival {}

    static Arrival of(@Nullable SessionState session, Incoming in, ServerContext context) {
        SyncHdr header = in.message().header();
        if (header.verDtd().isEmpty() || header.verProto().isEmpty() || header.sessionId().isEmpty()
                || header.target().uri().isEmpty() || header.source().uri().isEmpty()) {
            return new Refused("a part of SyncHdr is missing (REPPRO 6.2)");
        }
        int msgId = number(header.msgId());
        if (msgId < 1) {
            return new Refused("MsgID is not a positive number (REPPRO 6.1)");
        }
        Bytes digest = Digest.SHA256.of(in.packet().body()).slice(0, DIGEST_BYTES);
        return session == null
                ? new First(msgId, digest, msgId > 1 && !isPackageOne(in.message()))
                : toSession(session, new Next(msgId, digest, session), in, context);
    }

    private static Arrival toSession(SessionState session, Next next, Incoming in, ServerContext context) {
        Message message = in.message();
        SessionState.Traffic traffic = session.traffic();
        boolean isSame = next.msgId == traffic.clientMsgId() && next.digest.equals(traffic.lastDigest());
        Packet reply = traffic.reply();
        if (isSame && reply != null && !isBegunAnew(session, next, context)) {
            return mayHear(in, context)
                    ? new Repeated(session, reply)
                    : new Refused("the same message again, but the transport vouches for nobody");
        }
        boolean isStart = isPackageOne(message);
        if (isStart && isOfRival(session, next)) {
            return new Anew(new First(next.msgId, next.digest, false), session);
        }
        if (next.msgId == traffic.clientMsgId() + 1 && mayGoOn(session)) {
            return next;
        }
        if (session.isEnded() && (isStart || next.msgId == 1)) {
            return new First(next.msgId, next.digest, false);
        }
        if (isStart && !session.credentials().hasBegun() && !session.isEnded()) {
            return next;
        }
        boolean isBack = next.msgId <= traffic.clientMsgId();
        boolean isKnown = next.digest.equals(traffic.firstDigest()) || next.digest.equals(traffic.lastDigest());
        if (isStart && isBack && !isKnown) {
            return new Anew(new First(next.msgId, next.digest, false), session);
        }
        if (session.isEnded()) {
            return new Refused("message " + next.msgId + " of a session that is over (" + session.endedBy() + ")");
        }
        return new Refused("MsgID " + next.msgId + " where " + (traffic.clientMsgId() + 1) + " is due"
                + (next.msgId == traffic.clientMsgId() ? ", and not the same message again" : ""));
    }

    /** A message that proves nothing by itself can be repeated by anybody: its answer is for the device only. */
    private static boolean mayHear(Incoming in, ServerContext context) {
        Account account = context.account();
        return account.client() != null || account.deviceId().equals(in.transportIdentity());
    }

    /** Whoever was challenged when he began anew goes on with the next number. */
    private static boolean isOfRival(SessionState session, Next next) {
        SessionState.Rival rival = session.credentials().rival();
        return rival != null && !session.isEnded() && next.msgId == rival.msgId() + 1;
    }

    /** After a complete session the device may still have something to say; after a broken one it may not. */
    private static boolean mayGoOn(SessionState session) {
        return session.endedBy() == null || session.endedBy() == Reason.COMPLETED;
    }

    /**
     * A session of one message was over at once. If the same message comes again and there is work now, then a device
     * that never changes its SessionID has come back; nothing was executed, so nothing can be executed twice.
     */
    private static boolean isBegunAnew(SessionState session, Next next, ServerContext context) {
        return session.endedBy() == Reason.COMPLETED && session.operations() == 0 && !context.work().isEmpty()
                && next.digest.equals(session.traffic().firstDigest());
    }

    /** Whether the message begins a session: it says 1200 or 1201, or tells DevInfo. */
    static boolean isPackageOne(Message message) {
        for (Command command : message.body()) {
            if (isSetup(command) || command instanceof Command.Replace) {
                return true;
            }
        }
        return false;
    }

    /** Whether the command says who has initiated the session: Alert 1200 or 1201. */
    static boolean isSetup(Command command) {
        return command instanceof Alert alert && (alert.code().code() == 1200 || alert.code().code() == 1201);
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            return -1;
        }
    }
}
