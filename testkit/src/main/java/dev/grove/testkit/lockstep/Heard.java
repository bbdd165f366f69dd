package dev.grove.testkit.lockstep;

import dev.grove.syncml.Command;
import dev.grove.syncml.Command.Results;
import dev.grove.syncml.Command.Status;
import dev.grove.syncml.Message;
import dev.grove.syncml.Meta;
import dev.grove.syncml.SyncmlCodec;
import dev.grove.wire.Bytes;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import dev.grove.wire.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a peer under test has said, with checks that fail by {@link LockstepFailure}. Checks return this, so that they
 * can be chained; numbers of messages and commands are texts, as they stand on the wire.
 */
public final class Heard {

    private final int httpStatus;
    private final @Nullable Packet packet;
    private final @Nullable Message asked;
    private final Transcript transcript;

    Heard(Link.Answer answer, @Nullable Message asked, Transcript transcript) {
        this.httpStatus = answer.httpStatus();
        this.packet = answer.packet();
        this.asked = asked;
        this.transcript = transcript;
    }

    /** The HTTP status; 200 over other bearers. */
    public int httpStatus() {
        return httpStatus;
    }

    /** The bytes, if there are any. */
    public Optional<Packet> packet() {
        return Optional.ofNullable(packet);
    }

    /** The message; fails if there is none or it cannot be read. */
    public Message message() {
        if (packet == null) {
            throw failure("there should be a message, but the body is empty (HTTP " + httpStatus + ")");
        }
        try {
            return SyncmlCodec.decode(packet, Limits.DEFAULT);
        } catch (Malformed malformed) {
            throw failure("the answer is no message: " + malformed.getMessage());
        }
    }

    /** Checks the HTTP status. */
    public Heard hasHttpStatus(int expected) {
        if (httpStatus != expected) {
            throw failure("the HTTP status should be " + expected + ", but is " + httpStatus);
        }
        return this;
    }

    /** Checks that a command of the script's last message got this Status; {@code cmdRef} 0 is the header. */
    public Heard hasStatus(String cmdRef, int code) {
        List<Status> found = statuses(cmdRef);
        if (found.isEmpty() || found.stream().anyMatch(status -> status.code().code() != code)) {
            throw failure("CmdRef " + cmdRef + " should have Status " + code + ", but has "
                    + (found.isEmpty() ? "none" : found.stream().map(Status::code).toList()));
        }
        return this;
    }

    /** Checks that nothing is said of a command of the script's last message. */
    public Heard hasNoStatus(String cmdRef) {
        if (!statuses(cmdRef).isEmpty()) {
            throw failure("CmdRef " + cmdRef + " should have no Status");
        }
        return this;
    }

    /** The Status of a command of the script's last message; fails unless there is just one. */
    public Status status(String cmdRef) {
        List<Status> found = statuses(cmdRef);
        if (found.size() != 1) {
            throw failure("CmdRef " + cmdRef + " should have one Status, but has " + found.size());
        }
        return found.getFirst();
    }

    private List<Status> statuses(String cmdRef) {
        String msgRef = asked == null ? null : asked.header().msgId();
        return all(Status.class).stream().filter(status -> status.cmdRef().equals(cmdRef))
                .filter(status -> msgRef == null || status.msgRef().equals(msgRef)).toList();
    }

    /** All commands of a kind, those inside containers too, in document order. */
    public <C extends Command> List<C> all(Class<C> kind) {
        List<C> found = new ArrayList<>();
        collect(message().body(), kind, found);
        return found;
    }

    private static <C extends Command> void collect(List<Command> commands, Class<C> kind, List<C> found) {
        for (Command command : commands) {
            if (kind.isInstance(command)) {
                found.add(kind.cast(command));
            }
            if (command instanceof Command.Container container) {
                collect(container.commands(), kind, found);
            }
        }
    }

    /** The only command of a kind; fails unless there is just one. */
    public <C extends Command> C only(Class<C> kind) {
        List<C> found = all(kind);
        if (found.size() != 1) {
            throw failure("there should be one " + kind.getSimpleName() + ", but there are " + found.size());
        }
        return found.getFirst();
    }

    /** The texts of all items of all Results, in order. */
    public List<String> resultTexts() {
        return all(Results.class).stream().flatMap(results -> results.items().stream())
                .map(item -> item.data() == null ? "" : Objects.requireNonNull(item.data()).text()).toList();
    }

    /** Checks that the message ends its package. */
    public Heard isFinal() {
        if (!message().isFinal()) {
            throw failure("the message should be Final");
        }
        return this;
    }

    /** Checks that the message does not end its package. */
    public Heard isNotFinal() {
        if (message().isFinal()) {
            throw failure("the message should not be Final");
        }
        return this;
    }

    /** Checks that there is nothing but Statuses and Results: for a server's message, the end of the session. */
    public Heard asksNothing() {
        List<String> asking = message().body().stream().filter(c -> !(c instanceof Status || c instanceof Results))
                .map(Command::name).toList();
        if (!asking.isEmpty()) {
            throw failure("nothing should be asked, but there is " + asking);
        }
        return this;
    }

    /** Checks that something is asked: the session goes on. */
    public Heard asksSomething() {
        if (message().body().stream().allMatch(c -> c instanceof Status || c instanceof Results)) {
            throw failure("the session should go on, but nothing is asked");
        }
        return this;
    }

    /** Checks that the script's last message is answered by the rules of {@link AnswerLedger}: all of it, once. */
    public Heard answersAll() {
        if (asked == null) {
            throw failure("bytes that are no message have no commands to answer");
        }
        AnswerLedger ledger = new AnswerLedger();
        List<String> ours = ledger.asks(asked);
        List<String> violations = new ArrayList<>(ledger.answers(message()));
        ledger.open().forEach(open -> violations.add(open + " has no answer"));
        if (!ours.isEmpty() || !violations.isEmpty()) {
            throw failure("the message should be answered once and in full: " + ours + violations);
        }
        return this;
    }

    /** The challenge for the script's last message; fails if there is none. */
    public Meta challenge() {
        return all(Status.class).stream().map(Status::chal).filter(Objects::nonNull).findFirst()
                .orElseThrow(() -> failure("there should be a challenge"));
    }

    /** The nonce of the {@link #challenge}, decoded; fails if there is none. */
    public Bytes nextNonce() {
        String nonce = challenge().nextNonce();
        if (nonce == null) {
            throw failure("the challenge should bring a NextNonce");
        }
        return Bytes.base64(nonce);
    }

    /** A failure that shows the conversation so far; for checks of one's own. */
    public LockstepFailure failure(String what) {
        return new LockstepFailure(what, transcript);
    }
}
