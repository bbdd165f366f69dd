package dev.grove.dm1;

import dev.grove.engine.Fact;
import dev.grove.engine.Fact.Reason;
import dev.grove.dm1.InFlight.Expected;
import dev.grove.dm1.exchange.LargeObject;
import dev.grove.dm1.exchange.LargeObject.Step;
import dev.grove.dm1.exchange.Quirk;
import dev.grove.syncml.Command;
import dev.grove.syncml.Command.Alert;
import dev.grove.syncml.Command.Replace;
import dev.grove.syncml.Command.Results;
import dev.grove.syncml.Command.Status;
import dev.grove.syncml.Command.Unknown;
import dev.grove.syncml.Item;
import dev.grove.syncml.ItemValue;
import dev.grove.syncml.ItemValue.Reading;
import dev.grove.syncml.Meta;
import dev.grove.syncml.SyncHdr.Location;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Outcome.Result;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes in what a device that has proved itself says ([DMPRO 1.3 §8.3, §8.5]). */
final class ClientBody {

    /** Commands of data synchronization, which DM does not have ([REPPRO 1.2 §6]). */
    private static final Set<String> NOT_IN_DM = Set.of("Put", "Search", "Sync", "Map", "Move");

    private final ServerTurn turn;
    private final Answers answers;
    private final Set<String> cmdIds = new HashSet<>();

    /** Whether the device's Status is on the header of a message before our last: it has not seen that one. */
    private boolean isBehind;

    ClientBody(ServerTurn turn) {
        this.turn = turn;
        this.answers = new Answers(turn);
    }

    /** Reads the message; afterwards every command has its Status, and the tasks that are through are told. */
    void read() {
        heedHeaderStatus();
        for (Command command : turn.body()) {
            switch (command) {
                case Status status -> take(status);
                case Results results -> take(results);
                case Alert alert -> {
                    if (hasGoodId(alert)) {
                        new ClientAlerts(turn, this).take(alert);
                    }
                }
                case Replace replace -> {
                    if (hasGoodId(replace)) {
                        take(replace);
                    }
                }
                case Command.Add _,Command.Delete _,Command.Copy _,Command.Get _ -> refuse(command);
                case Command.Exec _,Command.Atomic _,Command.Sequence _ -> refuse(command);
                case Unknown unknown -> refuse(unknown, NOT_IN_DM.contains(unknown.name())
                        ? StatusCode.OPTIONAL_FEATURE_NOT_SUPPORTED
                        : StatusCode.BAD_REQUEST);
            }
        }
        close();
    }

    private void close() {
        boolean isFinal = turn.in.message().isFinal();
        LargeObject open = turn.receiving;
        if (open != null && isFinal) {
            breakOff(open);
        }
        if (turn.isAborted) {
            answers.settle(false);
            answers.giveUp();
            turn.end(Reason.ABORTED_BY_DEVICE, "the device sent Alert 1223");
        } else if (isFinal && turn.refusedWith == null && answers.isUnheard() && (isBehind || isStartedOver())) {
            answers.sendAgainUnanswered(isBehind);
        } else {
            answers.settle(isFinal || turn.refusedWith != null);
        }
    }

    private boolean isStartedOver() {
        return turn.body().stream().anyMatch(Arrival::isSetup);
    }

    /** The Status on our header comes first in meaning: if it refuses the message, the others say nothing new. */
    private void heedHeaderStatus() {
        for (Command command : turn.body()) {
            if (command instanceof Status status && isOfHeader(status)) {
                heed(status);
            }
        }
    }

    private static boolean isOfHeader(Status status) {
        return status.isOfHeader() || (status.cmdRef().isEmpty() && status.cmd().equals("SyncHdr"));
    }

    private void heed(Status status) {
        boolean isUnreadable = status.msgRef().equals("0") && status.code().code() >= 500;
        if (isUnreadable && turn.profile.has(Quirk.REPORTS_UNREADABLE_ANSWERS)) {
            turn.facts.add(new Fact.ReplyUnreadable("the device could not parse the server's last answer (Status "
                    + status.code() + ", MsgRef 0)"));
            turn.refusedWith = status.code();
            return;
        }
        isBehind = status.msgRef().equals(Integer.toString(turn.lastServerMsgId() - 1));
        new ServerAuthentication(turn).heed(status);
        if (turn.refusedWith == null && !status.code().isSuccess()) {
            turn.note("the device refused the server's message with " + status.code() + " "
                    + status.code().text().toLowerCase(Locale.ROOT));
            turn.refusedWith = status.code();
        }
    }

    private void take(Status status) {
        boolean isCovered = turn.refusedWith != null
                && (turn.refusedWith.equals(StatusCode.INVALID_CREDENTIALS)
                        || turn.refusedWith.equals(StatusCode.MISSING_CREDENTIALS));
        if (!isOfHeader(status) && !isCovered) {
            answers.take(status);
        }
    }

    /** Results get a Status only where something is wrong with them, or where they are a chunk ([DMPRO 1.3 §6.1]). */
    private void take(Results results) {
        Expected asked = answers.asked(results.msgRef(), results.cmdRef());
        if (asked == null) {
            turn.note("Results for MsgRef " + results.msgRef() + ", CmdRef " + results.cmdRef()
                    + ", which nobody asked for");
            turn.answer(results, StatusCode.BAD_REQUEST);
            return;
        }
        List<StatusCode> codes = new ArrayList<>();
        Gathering gathering = new Gathering(results);
        for (Item item : results.items()) {
            codes.add(take(gathering, item));
        }
        gathering.putDown();
        for (StatusCode code : codes) {
            if (!code.equals(StatusCode.OK)) {
                turn.answers.addAll(turn.statuses.ofItems(results, codes));
                return;
            }
        }
    }

    /** What one command brings is put to what came before at once: one by one, many take the square of their time. */
    private final class Gathering {

        private final Results results;
        private final List<Result> read = new ArrayList<>();
        private long bytes = answers.bytesKept();

        Gathering(Results results) {
            this.results = results;
        }

        boolean hasRoomFor(Value value) {
            return bytes + value.data().length() <= turn.context.settings().maxObjSizeBytes();
        }

        void add(Result result) {
            read.add(result);
            bytes += result.value().data().length() + result.uri().length();
        }

        void lose(StatusCode status, String reason) {
            putDown();
            answers.lost(results.msgRef(), results.cmdRef(), status, reason);
        }

        void putDown() {
            answers.read(results.msgRef(), results.cmdRef(), read);
            read.clear();
        }
    }

    private StatusCode take(Gathering gathering, Item item) {
        Results results = gathering.results;
        Taken taken = whole("Results", results.cmdRef(), item, results.meta());
        if (taken instanceof Taken.Held(StatusCode code, String reason)) {
            if (!code.isSuccess()) {
                gathering.lose(code, reason);
            }
            return code;
        }
        Item complete = ((Taken.Whole) taken).item();
        Reading reading = ItemValue.read(complete.meta().within(results.meta()), complete.data(), turn.in.encoding());
        return switch (reading) {
            case Reading.Refused(StatusCode status, String reason) -> {
                turn.note("a result that cannot be read: " + reason);
                gathering.lose(status, reason);
                yield status;
            }
            case Reading.Read(var value) -> {
                if (!gathering.hasRoomFor(value)) {
                    gathering.lose(StatusCode.REQUEST_ENTITY_TOO_LARGE,
                            "the results are longer than " + turn.context.settings().maxObjSizeBytes() + " bytes");
                    yield StatusCode.REQUEST_ENTITY_TOO_LARGE;
                }
                gathering.add(new Result(uri(complete, results), value.orDefaultType()));
                yield StatusCode.OK;
            }
        };
    }

    private static String uri(Item item, Results results) {
        if (item.source() != null) {
            return item.source().uri();
        }
        if (item.target() != null) {
            return item.target().uri();
        }
        String ref = results.sourceRef() == null ? results.targetRef() : results.sourceRef();
        return ref == null ? "" : ref;
    }

    /** DevInfo and DevDetail, item by item; the device may tell of nothing else ([DMPRO 1.3 §8]). */
    private void take(Replace replace) {
        List<StatusCode> codes = new ArrayList<>(replace.items().size());
        List<Result> learned = new ArrayList<>(replace.items().size());
        for (Item item : replace.items()) {
            Taken taken = whole("Replace", "", item, replace.meta());
            codes.add(switch (taken) {
                case Taken.Held(StatusCode code, String _) -> code;
                case Taken.Whole(Item complete) -> learn(complete, replace.meta(), learned);
            });
        }
        if (codes.isEmpty()) {
            turn.answer(replace, StatusCode.INCOMPLETE_COMMAND);
            return;
        }
        turn.answers.addAll(turn.statuses.ofItems(replace, codes));
        if (!learned.isEmpty()) {
            turn.facts.add(new Fact.Learned(learned));
        }
    }

    private StatusCode learn(Item item, Meta outer, List<Result> learned) {
        Location location = item.source() == null ? item.target() : item.source();
        if (location == null || location.uri().isEmpty()) {
            return StatusCode.INCOMPLETE_COMMAND;
        }
        String uri = location.uri().startsWith(".") ? location.uri() : "./" + location.uri();
        boolean isReported = false;
        for (String tree : turn.profile.reportedTrees()) {
            isReported |= uri.equals(tree) || uri.startsWith(tree + "/");
        }
        if (!isReported) {
            return StatusCode.COMMAND_NOT_ALLOWED;
        }
        if (!isNode(uri)) {
            return StatusCode.BAD_REQUEST;
        }
        return switch (ItemValue.read(item.meta().within(outer), item.data(), turn.in.encoding())) {
            case Reading.Refused(StatusCode status, String _) -> status;
            case Reading.Read(var value) -> {
                learned.add(new Result(uri, value.orDefaultType()));
                yield StatusCode.OK;
            }
        };
    }

    private static boolean isNode(String uri) {
        try {
            NodeUri.parse(uri);
            return true;
        } catch (IllegalArgumentException broken) {
            return false;
        }
    }

    private void refuse(Command command) {
        refuse(command, StatusCode.COMMAND_NOT_ALLOWED);
    }

    private void refuse(Command command, StatusCode code) {
        if (hasGoodId(command)) {
            turn.note("the device may not send " + command.name() + " (DMPRO 8)");
            turn.answer(command, code);
        }
    }

    /**
     * Each command has an id of its own that is not 0, which means the header ([REPPRO 1.2 §6.1.3]); one that has not
     * gets 400 and is not looked at. A command that is no chunk breaks off a large object.
     */
    private boolean hasGoodId(Command command) {
        boolean isGood = !command.cmdId().isEmpty() && !command.cmdId().equals("0") && cmdIds.add(command.cmdId());
        if (!isGood) {
            turn.note(command.name() + " with CmdID '" + command.cmdId() + "', which is missing, 0 or repeated");
            turn.answer(command, StatusCode.BAD_REQUEST);
            return false;
        }
        LargeObject open = turn.receiving;
        boolean mayContinue = open == null || open.command().equals(command.name())
                || (command instanceof Alert alert && alert.code().code() >= 1222 && alert.code().code() <= 1223);
        if (!mayContinue && open != null) {
            breakOff(open);
        }
        return true;
    }

    private void breakOff(LargeObject open) {
        turn.breakOff(open);
        if (open.command().equals("Results")) {
            answers.lost("", open.cmdRef(), StatusCode.SIZE_MISMATCH,
                    "the device broke its result off before the last chunk");
        }
    }

    /** What an item came to: itself, or a chunk that was taken in and is answered with a code. */
    sealed interface Taken {
        record Whole(Item item) implements Taken {}

        record Held(StatusCode code, String reason) implements Taken {}
    }

    /** Puts the chunks of a large object together; an item that is whole passes as it is. */
    Taken whole(String command, String cmdRef, Item item, Meta commandMeta) {
        LargeObject open = turn.receiving;
        long maxBytes = turn.context.settings().maxObjSizeBytes();
        if (open != null && !open.continuesWith(command, cmdRef, item)) {
            breakOff(open);
            open = null;
        }
        if (open == null && !item.moreData()) {
            return new Taken.Whole(item);
        }
        Step step = open == null
                ? LargeObject.begin(command, cmdRef, LargeObject.within(item, commandMeta), maxBytes)
                : open.accept(item, maxBytes);
        turn.receiving = step instanceof Step.Chunk(LargeObject next, StatusCode _) ? next : null;
        return switch (step) {
            case Step.Chunk(LargeObject _, StatusCode status) ->
                new Taken.Held(status, "longer than " + maxBytes + " bytes");
            case Step.Whole(Item complete) -> new Taken.Whole(complete);
            case Step.Lost(StatusCode status, String reason) -> lost(status, reason);
        };
    }

    private Taken lost(StatusCode status, @Nullable String reason) {
        String why = reason == null ? "" : reason;
        turn.note("a large object was lost: " + why);
        return new Taken.Held(status, why);
    }
}
