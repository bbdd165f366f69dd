package dev.grove.dm1;

import dev.grove.engine.Fact;
import dev.grove.engine.Task;
import dev.grove.engine.Fact.Reason;
import dev.grove.dm1.SessionState.Sending;
import dev.grove.dm1.exchange.Outbox;
import dev.grove.dm1.exchange.Outbox.Part;
import dev.grove.dm1.exchange.Prover;
import dev.grove.dm1.exchange.Translation;
import dev.grove.dm1.exchange.Translation.Translated;
import dev.grove.auth.Scheme;
import dev.grove.auth.Secret;
import dev.grove.auth.SyncmlHmac;
import dev.grove.dm1.InFlight.Expected;
import dev.grove.dm1.InFlight.Kind;
import dev.grove.syncml.AlertCode;
import dev.grove.syncml.Command;
import dev.grove.syncml.Command.Alert;
import dev.grove.syncml.Command.Status;
import dev.grove.syncml.Command.WithItems;
import dev.grove.syncml.Data;
import dev.grove.syncml.Meta;
import dev.grove.syncml.SyncHdr;
import dev.grove.syncml.SyncHdr.Cred;
import dev.grove.syncml.SyncHdr.Location;
import dev.grove.tree.StatusCode;
import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import dev.grove.wire.Packet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the answer of a turn: Statuses first, then what the state of the packages allows ([DMPRO 1.3 §6]). A device
 * that has not finished its package gets the "Next Message" response; one that has gets new commands, as many as fit;
 * a large object gets its next chunk.
 */
final class Reply {

    private final ServerTurn turn;
    private final Outbox outbox;
    private final Translation translation;

    Reply(ServerTurn turn) {
        this.turn = turn;
        this.outbox = new Outbox(header(), turn.in.encoding(), turn.maxMsgSizeBytes());
        this.translation = new Translation(turn.profile, turn.in.encoding(), turn.maxObjSizeBytes());
    }

    /** The turn's end. */
    Turn finish() {
        outbox.put(turn.statuses.ofHeader(turn.headerStatus, turn.chal));
        boolean isFinal = putStatuses() && putRest();
        turn.hasFloor = !isFinal && (turn.hasFloor || turn.in.message().isFinal());
        Bytes body = outbox.close(isFinal);
        return turn.finish(new Packet(turn.in.encoding().mediaType(), body, headers(body)));
    }

    /** @return whether all Statuses are in this message; those that do not fit are owed */
    private boolean putStatuses() {
        List<Status> all = new ArrayList<>(turn.owed);
        all.addAll(turn.answers);
        turn.owed.clear();
        int put = 0;
        while (put < all.size()) {
            boolean isProgress = put == 0;
            if (isProgress && !outbox.fits(all.get(put))) {
                outbox.put(all.get(put));
            } else if (outbox.offer(all.get(put)).isEmpty()) {
                break;
            }
            put++;
        }
        boolean isOver = turn.endedBy != null || !turn.hasBegun;
        if (!isOver) {
            turn.owed.addAll(all.subList(put, all.size()));
        }
        return put == all.size() || isOver;
    }

    /** @return whether the package ends with this message */
    private boolean putRest() {
        if (turn.endedBy == Reason.SERVER_NOT_AUTHENTICATED || turn.endedBy == Reason.ABORTED_BY_SERVER) {
            outbox.put(new Alert("", AlertCode.SESSION_ABORT, null, List.of()));
        }
        if (turn.endedBy != null || !turn.headerStatus.isSuccess()) {
            return true;
        }
        for (Alert alert : turn.alerts) {
            outbox.put(alert);
        }
        if (turn.sending != null) {
            return putNextChunk();
        }
        if (!turn.in.message().isFinal() && !turn.hasFloor) {
            outbox.put(new Alert("", AlertCode.NEXT_MESSAGE, null, List.of()));
            return false;
        }
        return putTasks();
    }

    private boolean putTasks() {
        Set<TaskName> through = through();
        int statuses = outbox.count();
        boolean isFinal = true;
        for (Task task : turn.context.work()) {
            if (through.contains(new TaskName(task.jobId(), task.index()))) {
                continue;
            }
            Fit fit = put(task, outbox.count() == statuses);
            if (fit == Fit.NOT_NOW || fit == Fit.IN_PARTS) {
                isFinal = fit == Fit.NOT_NOW && outbox.count() > statuses;
                break;
            }
            if (outbox.size() > turn.context.settings().maxMsgSizeBytes()) {
                break;
            }
        }
        dropTasksTakenBack();
        if (isFinal && outbox.count() == statuses && turn.alerts.isEmpty()) {
            turn.end(Reason.COMPLETED, "");
        }
        return isFinal;
    }

    /** How a task fared. */
    private enum Fit {
        /** It is in the message. */
        PUT,
        /** Its first chunk is. */
        IN_PARTS,
        /** It fits in another message. */
        NOT_NOW,
        /** It fits in none. */
        NEVER
    }

    private record TaskName(String jobId, int index) {}

    /** The tasks that came to an end in this very turn: the store does not know yet. */
    private Set<TaskName> through() {
        Set<TaskName> through = new HashSet<>();
        for (Fact fact : turn.facts) {
            if (fact instanceof Fact.Answered(String jobId, String path, _) && path.indexOf('.') < 0) {
                through.add(new TaskName(jobId, Integer.parseInt(path)));
            } else if (fact instanceof Fact.Unanswered(String jobId, int index)) {
                through.add(new TaskName(jobId, index));
            }
        }
        return through;
    }

    private Fit put(Task task, boolean isFirst) {
        return switch (translation.translate(task.operation())) {
            case Translated.Refused(StatusCode status, String reason) -> unsendable(task, status, reason);
            case Translated.Ready(Command command) -> {
                Optional<Command> numbered = outbox.offer(command);
                if (numbered.isPresent()) {
                    sent(task, InFlight.of(task, numbered.get(), turn.serverMsgId()));
                    yield Fit.PUT;
                }
                yield isFirst ? putAlone(task, command) : Fit.NOT_NOW;
            }
        };
    }

    /** Nothing but Statuses is in the message, and the command does not fit. */
    private Fit putAlone(Task task, Command command) {
        boolean isCuttable = isCuttable(command);
        if (isCuttable && turn.context.wishes().sendsLargeObjects()) {
            return putFirstChunk(task, (WithItems) command);
        }
        Outbox bare = new Outbox(header(), turn.in.encoding(), turn.maxMsgSizeBytes());
        bare.put(turn.statuses.ofHeader(turn.headerStatus, null));
        bare.put(turn.statuses.of(command, StatusCode.OK));
        return bare.fits(command) ? Fit.NOT_NOW : unsendable(task, StatusCode.REQUEST_ENTITY_TOO_LARGE,
                command.name() + " does not fit in one message: the device's MaxMsgSize is " + turn.maxMsgSizeBytes()
                        + (isCuttable ? " bytes, and it takes no large objects: DevDetail/LrgObj is false (STDOBJ 5)"
                                : " bytes (DMPRO 6.1)"));
    }

    /** Chunks are for the data of a single Add or Replace; a container fits in one message whole ([DMPRO 1.3 §6.1]). */
    private static boolean isCuttable(Command command) {
        return command instanceof WithItems items
                && (command instanceof Command.Add || command instanceof Command.Replace)
                && items.items().getFirst().data() != null;
    }

    private Fit putFirstChunk(Task task, WithItems carrier) {
        Data data = carrier.items().getFirst().data();
        Optional<Part> part = data == null ? Optional.empty() : outbox.offerPart(carrier, data, 0);
        if (part.isEmpty()) {
            return unsendable(task, StatusCode.REQUEST_ENTITY_TOO_LARGE, carrier.name() + " of " + task.operation()
                    .getClass().getSimpleName() + " does not fit even in chunks: the device's MaxMsgSize is "
                    + turn.maxMsgSizeBytes() + " bytes (DMPRO 7)");
        }
        chunkSent(task, part.get(), false);
        return Fit.IN_PARTS;
    }

    /** @return whether that was the last one */
    private boolean putNextChunk() {
        Sending sending = turn.sending;
        Task task = sending == null ? null : taskOf(sending);
        if (sending == null || task == null) {
            turn.note("the operation whose large object was on its way has been taken back");
            turn.sending = null;
            turn.inFlight.replaceAll(other -> other.with(List.of()));
            return putTasks();
        }
        if (!(translation.translate(task.operation()) instanceof Translated.Ready(Command command))
                || !(command instanceof WithItems carrier) || carrier.items().getFirst().data() == null) {
            throw new IllegalStateException("what was sent in part can be sent");
        }
        Data data = carrier.items().getFirst().data();
        Optional<Part> part = data == null ? Optional.empty() : outbox.offerPart(carrier, data, sending.next());
        if (part.isEmpty()) {
            turn.note("no chunk fits beside the Statuses of this message");
            return false;
        }
        chunkSent(task, part.get(), sending.isRepeated());
        return part.get().isLast();
    }

    private void chunkSent(Task task, Part part, boolean isRepeated) {
        turn.sending = new Sending(task.jobId(), task.index(), part.next(), part.isLast(), isRepeated);
        Expected chunk = new Expected(Integer.toString(task.index()), turn.serverMsgId(), part.command().cmdId(),
                part.command().name(), part.isLast() ? Kind.PLAIN : Kind.CHUNK);
        sent(task, new InFlight(task.jobId(), task.index(), List.of(chunk)));
    }

    private @Nullable Task taskOf(Sending sending) {
        for (Task task : turn.context.work()) {
            if (sending.isOf(task.jobId(), task.index())) {
                return task;
            }
        }
        return null;
    }

    /** Sent is told once, also if the task leaves again or in parts. */
    private void sent(Task task, InFlight now) {
        for (int i = 0; i < turn.inFlight.size(); i++) {
            if (turn.inFlight.get(i).isOf(task.jobId(), task.index())) {
                turn.inFlight.set(i, now);
                return;
            }
        }
        turn.inFlight.add(now);
        turn.operations++;
        turn.facts.add(new Fact.Sent(task.jobId(), task.index()));
    }

    private Fit unsendable(Task task, StatusCode status, String reason) {
        turn.facts.add(new Fact.Unsendable(task.jobId(), task.index(), status, reason));
        turn.inFlight.removeIf(other -> other.isOf(task.jobId(), task.index()));
        return Fit.NEVER;
    }

    /** What was to be sent again and is no longer among the work. */
    private void dropTasksTakenBack() {
        turn.inFlight.removeIf(task -> {
            boolean isGone = task.commands().isEmpty() && turn.context.work().stream()
                    .noneMatch(other -> task.isOf(other.jobId(), other.index()));
            if (isGone) {
                turn.facts.add(new Fact.Unanswered(task.jobId(), task.index()));
            }
            return isGone;
        });
    }

    private SyncHdr header() {
        SyncHdr theirs = turn.in.message().header();
        Secret secret = turn.context.account().server();
        Prover prover = turn.prover;
        Cred cred = null;
        String name = null;
        if (secret != null && prover != null && turn.hasBegun && !prover.isAccepted()) {
            cred = prover.cred(secret, turn.context.settings().sha256Name()).orElse(null);
            name = prover.scheme() == Scheme.BASIC ? null : secret.userName();
        }
        ServerSettings settings = turn.context.settings();
        Meta limits = turn.isFirstAnswer()
                ? new Meta(null, null, null, null, null, (long) settings.maxMsgSizeBytes(),
                        (long) settings.maxObjSizeBytes(), List.of())
                : Meta.NONE;
        return new SyncHdr(turn.verDtd(), turn.verProto(), theirs.sessionId(), Integer.toString(turn.serverMsgId()),
                new Location(theirs.source().uri()), new Location(theirs.target().uri(), name), settings.respUri(),
                false, cred, limits);
    }

    private Headers headers(Bytes body) {
        Secret secret = turn.context.account().server();
        Prover prover = turn.prover;
        if (secret == null || prover == null || !turn.hasBegun) {
            return Headers.NONE;
        }
        return prover.hmac(secret, body).map(value -> Headers.of(SyncmlHmac.HEADER, value)).orElse(Headers.NONE);
    }
}
