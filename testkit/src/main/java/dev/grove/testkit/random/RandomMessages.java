package dev.grove.testkit.random;

import dev.grove.syncml.AlertCode;
import dev.grove.syncml.Command;
import dev.grove.syncml.Data;
import dev.grove.syncml.Item;
import dev.grove.syncml.Message;
import dev.grove.syncml.Meta;
import dev.grove.syncml.SyncHdr;
import dev.grove.syncml.SyncHdr.Location;
import dev.grove.tree.StatusCode;
import dev.grove.wire.Bytes;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Messages of every shape that the model can hold: well-formed, of any size, mostly without sense. What is made of text
 * alone means the same in XML and in WBXML; each has something that the other cannot say.
 */
public final class RandomMessages {

    /** What the messages may hold. */
    public enum Kind {
        /** What both spellings can say. */
        PLAIN,
        /** Attributes too: {@code msft:originalerror}. */
        XML,
        /** Opaque bytes too. */
        WBXML
    }

    private final Dice dice;
    private final RandomTexts texts;
    private final Kind kind;

    /** Messages of a kind that follow from {@code luck}. */
    public RandomMessages(RandomGenerator luck, Kind kind) {
        this.dice = new Dice(luck);
        this.texts = new RandomTexts(luck);
        this.kind = kind;
    }

    /** A message with up to a dozen commands. */
    public Message message() {
        return new Message(header(), dice.some(0, 12, () -> command(2)), dice.luck().nextBoolean());
    }

    /** A header. */
    public SyncHdr header() {
        return new SyncHdr(dice.oneOf("1.1", "1.2"), dice.oneOf("DM/1.1", "DM/1.2", "DM/1.3"), texts.word(),
                texts.number(), location(), location(), dice.maybe(texts::word), dice.onceIn(10),
                dice.maybe(this::cred),
                dice.onceIn(2) ? Meta.NONE : limits());
    }

    private Location location() {
        return new Location(texts.word(), dice.maybe(texts::word));
    }

    private SyncHdr.Cred cred() {
        return new SyncHdr.Cred(Meta.of(dice.maybe(() -> "b64"), dice.maybe(texts::word)), texts.word());
    }

    private Meta limits() {
        return new Meta(null, null, null, null, null, dice.maybe(this::size), dice.maybe(this::size), List.of());
    }

    private Long size() {
        return (long) dice.between(1, 1 << 30);
    }

    /**
     * A command.
     *
     * @param depth how deep containers may nest; with 0 it is none
     */
    public Command command(int depth) {
        String id = texts.number();
        return switch (dice.between(0, depth > 0 ? 10 : 8)) {
            case 0 -> new Command.Add(id, meta(), items());
            case 1 -> new Command.Replace(id, meta(), items());
            case 2 -> new Command.Delete(id, meta(), items());
            case 3 -> new Command.Copy(id, meta(), items());
            case 4 -> new Command.Get(id, meta(), items());
            case 5 -> new Command.Exec(id, meta(), dice.maybe(texts::word), items());
            case 6 -> alert(id);
            case 7 -> status(id);
            case 8 -> new Command.Results(id, texts.number(), texts.number(), meta(), dice.maybe(texts::word),
                    dice.maybe(texts::word), items());
            case 9 -> new Command.Atomic(id, meta(), dice.some(1, 4, () -> command(depth - 1)));
            default -> new Command.Sequence(id, meta(), dice.some(1, 4, () -> command(depth - 1)));
        };
    }

    private Command alert(String id) {
        AlertCode code = dice.onceIn(8) ? AlertCode.ABSENT : new AlertCode(dice.between(1100, 1230));
        return new Command.Alert(id, code, dice.maybe(texts::word), dice.some(0, 3, this::item));
    }

    private Command status(String id) {
        Meta challenge = new Meta(dice.maybe(() -> "b64"), texts.word(), null, null, dice.maybe(texts::word), null,
                null, List.of());
        return new Command.Status(id, texts.number(), dice.oneOf("0", texts.number()), texts.word(),
                dice.some(0, 2, texts::word), dice.some(0, 2, texts::word), null, dice.onceIn(4) ? challenge : null,
                new StatusCode(dice.between(100, 599)), kind == Kind.XML && dice.onceIn(4) ? "0x80070002" : null,
                dice.some(0, 2, this::item));
    }

    private List<Item> items() {
        return dice.some(1, 3, this::item);
    }

    /** An item. */
    public Item item() {
        @Nullable
        Data data = dice.maybe(this::textOrBytes);
        return new Item(dice.maybe(this::location), dice.maybe(this::location), dice.maybe(texts::word),
                dice.maybe(texts::word), meta(), data, dice.onceIn(6));
    }

    private Data textOrBytes() {
        return kind == Kind.WBXML && dice.onceIn(3)
                ? new Data.Opaque(Bytes.wrap(dice.octets(dice.between(1, 300))))
                : Data.of(texts.any());
    }

    private Meta meta() {
        return dice.onceIn(3)
                ? Meta.NONE
                : new Meta(dice.maybe(() -> dice.oneOf("chr", "int", "node", "xml", "bool")), dice.maybe(texts::word),
                        dice.onceIn(5) ? "critical" : null, dice.onceIn(5) ? size() : null, null, null, null,
                        List.of());
    }
}
