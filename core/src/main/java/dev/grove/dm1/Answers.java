package dev.grove.dm1;

import dev.grove.engine.Fact;
import dev.grove.dm1.InFlight.Expected;
import dev.grove.dm1.InFlight.Kind;
import dev.grove.dm1.SessionState.Sending;
import dev.grove.dm1.exchange.Quirk;
import dev.grove.dm1.exchange.UserInteraction;
import dev.grove.syncml.Command.Status;
import dev.grove.syncml.Item;
import dev.grove.tree.Outcome.Result;
import dev.grove.tree.StatusCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The device's answers to the server's commands: which command each belongs to, and when a task is through. */
final class Answers {

    private final ServerTurn turn;

    Answers(ServerTurn turn) {
        this.turn = turn;
    }

    /** A command that is in flight. */
    private record Place(int task, int command) {}

    /** Takes in a Status on one of our commands. */
    void take(Status status) {
        Place place = find(status.msgRef(), status.cmdRef(), status.cmd());
        if (place == null) {
            if (!status.cmd().equals("Alert") && !status.cmd().equals("Results") && !status.cmd().equals("Status")) {
                turn.note("a Status on " + status.cmd() + ", MsgRef " + status.msgRef() + ", CmdRef "
                        + status.cmdRef() + ", where nothing is awaited");
            }
            return;
        }
        InFlight task = turn.inFlight.get(place.task);
        Expected expected = task.commands().get(place.command);
        if (expected.kind() == Kind.CHUNK || isLastChunk(task)) {
            takeOfChunk(place, status);
        } else if (!status.code().equals(StatusCode.IN_PROGRESS)) {
            replace(place, answered(expected, status));
        }
    }

    /** Where one command gets several Statuses, the first that is no success tells. */
    private static Expected answered(Expected expected, Status status) {
        StatusCode known = expected.status();
        StatusCode code = known != null && !known.isSuccess() ? known : status.code();
        String detail = join(expected.detail(), detail(expected, status));
        Expected next = expected.with(code, detail);
        if (expected.kind() != Kind.INTERACTION) {
            return next;
        }
        return next.with(UserInteraction.outcome(status.code(), status.items()).results());
    }

    private static @Nullable String detail(Expected expected, Status status) {
        String detail = status.originalError();
        if (expected.kind() == Kind.INTERACTION) {
            return detail;
        }
        for (Item item : status.items()) {
            if (item.data() != null && !item.data().text().isBlank()) {
                detail = join(detail, item.data().text());
            }
            if (item.target() != null) {
                detail = join(detail, item.target().uri());
            } else if (item.source() != null) {
                detail = join(detail, item.source().uri());
            }
        }
        return detail;
    }

    private static @Nullable String join(@Nullable String first, @Nullable String second) {
        return first == null ? second : second == null ? first : first + "; " + second;
    }

    private boolean isLastChunk(InFlight task) {
        Sending sending = turn.sending;
        return sending != null && sending.isOf(task.jobId(), task.index());
    }

    /** 213 asks for the next chunk; 424 on the whole allows one more attempt ([DMPRO 1.3 §7]). */
    private void takeOfChunk(Place place, Status status) {
        Sending sending = turn.sending;
        if (sending == null) {
            return;
        }
        if (!sending.isComplete() && status.code().isSuccess()) {
            replace(place, turn.inFlight.get(place.task).commands().get(place.command).with(status.code(), null));
            return;
        }
        if (status.code().equals(StatusCode.SIZE_MISMATCH) && !sending.isRepeated()) {
            startOver();
            return;
        }
        turn.sending = null;
        Expected expected = turn.inFlight.get(place.task).commands().get(place.command);
        replace(place, answered(new Expected(expected.path(), expected.msgId(), expected.cmdId(), expected.verb(),
                Kind.PLAIN), status));
    }

    /** The device says that our large object broke off (Alert 1225): one more attempt. */
    void takeNoEndOfData() {
        Sending sending = turn.sending;
        if (sending == null) {
            turn.note("Alert 1225, but no large object is on its way");
        } else if (sending.isRepeated()) {
            turn.sending = null;
            for (int i = 0; i < turn.inFlight.size(); i++) {
                InFlight task = turn.inFlight.get(i);
                if (sending.isOf(task.jobId(), task.index()) && !task.commands().isEmpty()) {
                    Expected chunk = task.commands().getFirst();
                    turn.inFlight.set(i, task.with(List.of(new Expected(chunk.path(), chunk.msgId(), chunk.cmdId(),
                            chunk.verb(), Kind.PLAIN).with(StatusCode.SIZE_MISMATCH,
                                    "the device did not get the end of the object, twice (Alert 1225)"))));
                }
            }
        } else {
            startOver();
        }
    }

    private void startOver() {
        Sending sending = turn.sending;
        if (sending != null) {
            turn.note("the large object of job " + sending.jobId() + " did not arrive whole and is sent once more");
            turn.sending = sending.again();
        }
    }

    /** The command that Results belong to, if it is a Get. */
    @Nullable
    Expected asked(String msgRef, String cmdRef) {
        Place place = find(msgRef, cmdRef, "Get");
        Expected expected = place == null ? null : at(place);
        return expected != null && expected.kind().isGet() ? expected : null;
    }

    /** Adds what was read; the same thing twice counts once where devices are known to repeat themselves. */
    void read(String msgRef, String cmdRef, List<Result> results) {
        Place place = results.isEmpty() ? null : find(msgRef, cmdRef, "Get");
        if (place == null) {
            return;
        }
        Expected expected = at(place);
        List<Result> all = new ArrayList<>(expected.results());
        Set<Object> known = new HashSet<>();
        all.forEach(result -> known.add(sameness(result)));
        for (Result result : results) {
            if (known.add(sameness(result))) {
                all.add(result);
            }
        }
        if (all.size() > expected.results().size()) {
            StatusCode status = expected.status();
            boolean wasLost = status != null && (status.equals(StatusCode.SIZE_MISMATCH)
                    || status.equals(StatusCode.REQUEST_ENTITY_TOO_LARGE));
            replace(place, (wasLost ? expected.with(StatusCode.OK, null) : expected).with(all));
        }
    }

    private Object sameness(Result result) {
        return turn.profile.has(Quirk.REPEATS_RESULTS) ? result.uri() : result;
    }

    /** What was to be read cannot be used. */
    void lost(String msgRef, String cmdRef, StatusCode status, String reason) {
        Place place = find(msgRef, cmdRef, "Get");
        if (place != null) {
            replace(place, at(place).with(status, reason));
        }
    }

    /** How much of what was read is being kept, in bytes. */
    long bytesKept() {
        long bytes = 0;
        for (InFlight task : turn.inFlight) {
            for (Expected expected : task.commands()) {
                for (Result result : expected.results()) {
                    bytes += result.value().data().length() + result.uri().length();
                }
            }
        }
        return bytes;
    }

    private Expected at(Place place) {
        return turn.inFlight.get(place.task).commands().get(place.command);
    }

    private void replace(Place place, Expected expected) {
        InFlight task = turn.inFlight.get(place.task);
        List<Expected> commands = new ArrayList<>(task.commands());
        commands.set(place.command, expected);
        turn.inFlight.set(place.task, task.with(commands));
    }

    /**
     * Finds what an answer refers to. The references should be exact; but devices leave {@code MsgRef} out or count it
     * wrongly (so do the examples of [DMPRO 1.3 §9.4.2, §11.2.5]), and some leave {@code CmdRef} out. As only one
     * package is outstanding, {@code CmdRef} and the name of the command tell enough.
     */
    private @Nullable Place find(String msgRef, String cmdRef, String verb) {
        Place byRefAndName = null;
        Place byName = null;
        int ofThatName = 0;
        for (int t = 0; t < turn.inFlight.size(); t++) {
            List<Expected> commands = turn.inFlight.get(t).commands();
            for (int c = 0; c < commands.size(); c++) {
                Expected expected = commands.get(c);
                boolean isMeant = expected.cmdId().equals(cmdRef);
                if (isMeant && Integer.toString(expected.msgId()).equals(msgRef)) {
                    return new Place(t, c);
                }
                if (isMeant && isNamed(expected, verb)) {
                    byRefAndName = new Place(t, c);
                }
                if (cmdRef.isEmpty() && expected.status() == null && isNamed(expected, verb)) {
                    byName = new Place(t, c);
                    ofThatName++;
                }
            }
        }
        return byRefAndName != null ? byRefAndName : ofThatName == 1 ? byName : null;
    }

    private static boolean isNamed(Expected expected, String verb) {
        return verb.isEmpty() || expected.verb().toLowerCase(Locale.ROOT).equals(verb.toLowerCase(Locale.ROOT));
    }

    /**
     * Tells of the tasks that are through: all that are answered, or, if the device's package is complete, all. What
     * comes after a task that still gets Results waits for it: what was read before something was deleted must not be
     * told after it.
     */
    void settle(boolean isPackageComplete) {
        List<InFlight> open = new ArrayList<>();
        boolean isHeld = false;
        for (InFlight task : turn.inFlight) {
            boolean isThrough = isPackageComplete || (isSettled(task) && !isHeld);
            boolean isOpen = isUnderWay(task) || task.commands().isEmpty() || !isThrough;
            isHeld |= isOpen && isPartlyAnswered(task);
            if (isOpen) {
                open.add(task);
            } else {
                new Outcomes(turn.facts, turn.refusedWith, false).tell(task);
            }
        }
        turn.inFlight.clear();
        turn.inFlight.addAll(open);
    }

    private boolean isUnderWay(InFlight task) {
        Sending sending = turn.sending;
        boolean isOfTask = sending != null && sending.isOf(task.jobId(), task.index());
        if (isOfTask && sending != null && sending.isComplete()) {
            turn.sending = null;
            return false;
        }
        return isOfTask;
    }

    private static boolean isSettled(InFlight task) {
        for (Expected expected : task.commands()) {
            if (!expected.isSettled()) {
                return false;
            }
        }
        return true;
    }

    /** The message in which the commands left was refused for want of credentials: they are to leave again. */
    void sendAgain() {
        turn.sending = null;
        turn.inFlight.replaceAll(task -> task.with(List.of()));
    }

    /**
     * The device has never seen our last message, or starts over without having answered it: the commands are to leave
     * again. Unless it is certain that they were not executed, an Exec is left to whoever knows whether it may run
     * twice.
     */
    void sendAgainUnanswered(boolean isCertain) {
        turn.note("the device has not answered the last message: its commands are sent again");
        turn.sending = null;
        for (InFlight task : turn.inFlight) {
            if (!isCertain && hasExec(task)) {
                turn.facts.add(new Fact.Unanswered(task.jobId(), task.index()));
            }
        }
        turn.inFlight.removeIf(task -> !isCertain && hasExec(task));
        turn.inFlight.replaceAll(task -> task.with(List.of()));
    }

    private static boolean hasExec(InFlight task) {
        for (Expected expected : task.commands()) {
            if (expected.verb().equals("Exec")) {
                return true;
            }
        }
        return false;
    }

    /** Whether nothing at all has been answered of what is in flight. */
    boolean isUnheard() {
        return !turn.inFlight.isEmpty() && turn.inFlight.stream().noneMatch(Answers::isPartlyAnswered);
    }

    private static boolean isPartlyAnswered(InFlight task) {
        for (Expected expected : task.commands()) {
            if (expected.status() != null || !expected.results().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** The session is over: what has its answer is told, the rest stays unanswered. */
    void giveUp() {
        boolean isTooLongToSend = turn.isAborted && turn.profile.has(Quirk.ABORTS_INSTEAD_OF_CHUNKING);
        Outcomes outcomes = new Outcomes(turn.facts, turn.refusedWith, isTooLongToSend);
        for (InFlight task : turn.inFlight) {
            outcomes.tellLast(task, turn.sending);
        }
        turn.inFlight.clear();
        turn.sending = null;
        turn.receiving = null;
    }
}
