package dev.grove.dm1.exchange;

import dev.grove.syncml.Command;
import dev.grove.syncml.Command.Add;
import dev.grove.syncml.Command.Alert;
import dev.grove.syncml.Command.Atomic;
import dev.grove.syncml.Command.Copy;
import dev.grove.syncml.Command.Delete;
import dev.grove.syncml.Command.Exec;
import dev.grove.syncml.Command.Get;
import dev.grove.syncml.Command.Replace;
import dev.grove.syncml.Command.Results;
import dev.grove.syncml.Command.Sequence;
import dev.grove.syncml.Command.Status;
import dev.grove.syncml.Command.Unknown;
import dev.grove.syncml.Command.WithItems;
import dev.grove.syncml.Data;
import dev.grove.syncml.Encoding;
import dev.grove.syncml.Item;
import dev.grove.syncml.MessageEncoder;
import dev.grove.syncml.Meta;
import dev.grove.syncml.Spelling;
import dev.grove.syncml.SyncHdr;
import dev.grove.wire.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One message in the making: numbers its commands, keeps the peer's {@code MaxMsgSize} to the byte, and cuts large
 * objects ([DMPRO 1.3 §6, §7], [REPPRO 1.2 §6]). The order of a message is the order of the calls: the Status of the
 * peer's {@code SyncHdr}, the other Statuses, each followed by its Results, then Alerts and commands.
 */
public final class Outbox {

    private final MessageEncoder encoder;
    private final long maxBytes;
    private int lastCmdId;

    /**
     * @param header of this message, credentials included
     * @param maxBytes the longest message that the peer takes; {@link Profile#NO_LIMIT} if it named none
     */
    public Outbox(SyncHdr header, Encoding encoding, long maxBytes) {
        this.encoder = new MessageEncoder(header, Spelling.of(encoding));
        this.maxBytes = maxBytes;
    }

    /** How many commands stand in the message, those inside containers included. */
    public int count() {
        return lastCmdId;
    }

    /** The bytes of the message if it were closed now. */
    public int size() {
        return encoder.size();
    }

    /** Adds a command whatever its size, and returns it with its ids. For what must be said in any case. */
    public Command put(Command command) {
        Command numbered = numbered(command);
        encoder.add(numbered);
        return numbered;
    }

    /** Adds a command if the message stays short enough, and returns it with its ids; else changes nothing. */
    public Optional<Command> offer(Command command) {
        int before = lastCmdId;
        Command numbered = numbered(command);
        if (maxBytes == Profile.NO_LIMIT) {
            encoder.add(numbered);
            return Optional.of(numbered);
        }
        if (encoder.tryAdd(numbered, maxBytes)) {
            return Optional.of(numbered);
        }
        lastCmdId = before;
        return Optional.empty();
    }

    /** Whether the command would fit now. */
    public boolean fits(Command command) {
        int before = lastCmdId;
        boolean fits = maxBytes == Profile.NO_LIMIT || encoder.size() + encoder.sizeOf(numbered(command)) <= maxBytes;
        lastCmdId = before;
        return fits;
    }

    /**
     * A part of a large object that was put in the message.
     *
     * @param command the command that carries it, with its id
     * @param next where the next part begins: in characters of a text, in bytes of opaque data
     * @param isLast whether nothing is left
     */
    public record Part(Command command, int next, boolean isLast) {}

    /**
     * Adds as much of a large object as fits. {@code Size} goes with the first part only, {@code MoreData} with all but
     * the last; the other meta and the addresses are repeated ([DMPRO 1.3 §7]).
     *
     * @param carrier a command with one item, an Alert included; its own data does not count
     * @param whole the object
     * @param from where this part begins; 0, or {@link Part#next}
     * @return empty if nothing of it fits
     */
    public Optional<Part> offerPart(Command carrier, Data whole, int from) {
        Data rest = rest(whole, from);
        int restLength = length(rest);
        Long size = from == 0 ? Long.valueOf(whole.bytes().length()) : null;
        // A character takes a byte or more: what is longer than the room need not be tried.
        boolean mayFit = maxBytes == Profile.NO_LIMIT || restLength < maxBytes - encoder.size();
        Optional<Command> all = mayFit ? offer(carrying(carrier, size, rest, false)) : Optional.empty();
        if (all.isPresent()) {
            return Optional.of(new Part(all.get(), from + restLength, true));
        }
        Command empty = carrying(carrier, size, Data.of(""), true);
        int before = lastCmdId;
        int fitting = Math.min(encoder.fitting(numbered(empty), rest, maxBytes), restLength);
        lastCmdId = before;
        if (fitting < 1) {
            return Optional.empty();
        }
        return offer(carrying(carrier, size, first(rest, fitting), true))
                .map(command -> new Part(command, from + fitting, false));
    }

    private static Item itemOf(Command carrier) {
        return switch (carrier) {
            case WithItems with -> with.items().getLast();
            case Alert alert -> alert.items().getLast();
            case Command.Container _,Status _,Unknown _ ->
                throw new IllegalStateException(carrier.name() + " carries no large object (DMPRO 7)");
        };
    }

    private static Command carrying(Command carrier, @Nullable Long size, Data data, boolean moreData) {
        Item item = itemOf(carrier);
        Meta meta = size != null && !moreData ? item.meta() : item.meta().withSize(size);
        Item part = new Item(item.target(), item.source(), item.sourceParent(), item.targetParent(), meta, data,
                moreData);
        return withItems(carrier, List.of(part));
    }

    private static Command withItems(Command carrier, List<Item> items) {
        return switch (carrier) {
            case Alert c -> new Alert("", c.code(), c.correlator(), items);
            case Command.Container _,Status _,Unknown _ ->
                throw new IllegalStateException(carrier.name() + " carries no large object (DMPRO 7)");
            case Add c -> new Add("", c.meta(), items);
            case Replace c -> new Replace("", c.meta(), items);
            case Delete c -> new Delete("", c.meta(), items);
            case Copy c -> new Copy("", c.meta(), items);
            case Get c -> new Get("", c.meta(), items);
            case Exec c -> new Exec("", c.meta(), c.correlator(), items);
            case Results c -> new Results("", c.msgRef(), c.cmdRef(), c.meta(), c.targetRef(), c.sourceRef(), items);
        };
    }

    /** How far a large object can be counted: characters of a text, bytes of opaque data. */
    private static int length(Data data) {
        return switch (data) {
            case Data.Text(String text) -> text.length();
            case Data.Markup(String xml) -> xml.length();
            case Data.Opaque(Bytes bytes) -> bytes.length();
        };
    }

    private static Data rest(Data whole, int from) {
        return switch (whole) {
            case Data.Text(String text) -> new Data.Text(text.substring(from));
            case Data.Markup(String xml) -> new Data.Text(xml.substring(from));
            case Data.Opaque(Bytes bytes) -> new Data.Opaque(bytes.slice(from, bytes.length()));
        };
    }

    private static Data first(Data rest, int length) {
        return switch (rest) {
            case Data.Text(String text) -> new Data.Text(text.substring(0, length));
            case Data.Markup(String xml) -> new Data.Text(xml.substring(0, length));
            case Data.Opaque(Bytes bytes) -> new Data.Opaque(bytes.slice(0, length));
        };
    }

    /** Closes the message. */
    public Bytes close(boolean isFinal) {
        return encoder.close(isFinal);
    }

    private Command numbered(Command command) {
        String id = Integer.toString(++lastCmdId);
        return switch (command) {
            case Add c -> new Add(id, c.meta(), c.items());
            case Replace c -> new Replace(id, c.meta(), c.items());
            case Delete c -> new Delete(id, c.meta(), c.items());
            case Copy c -> new Copy(id, c.meta(), c.items());
            case Get c -> new Get(id, c.meta(), c.items());
            case Exec c -> new Exec(id, c.meta(), c.correlator(), c.items());
            case Alert c -> new Alert(id, c.code(), c.correlator(), c.items());
            case Atomic c -> new Atomic(id, c.meta(), numbered(c.commands()));
            case Sequence c -> new Sequence(id, c.meta(), numbered(c.commands()));
            case Results c -> new Results(id, c.msgRef(), c.cmdRef(), c.meta(), c.targetRef(), c.sourceRef(),
                    c.items());
            case Status c -> new Status(id, c.msgRef(), c.cmdRef(), c.cmd(), c.targetRefs(), c.sourceRefs(), c.cred(),
                    c.chal(), c.code(), c.originalError(), c.items());
            case Unknown c -> new Unknown(id, c.element());
        };
    }

    private List<Command> numbered(List<Command> commands) {
        List<Command> numbered = new ArrayList<>(commands.size());
        for (Command command : commands) {
            numbered.add(numbered(command));
        }
        return numbered;
    }
}
