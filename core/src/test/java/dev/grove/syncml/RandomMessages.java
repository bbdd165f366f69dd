package dev.grove.syncml;

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
import dev.grove.syncml.Element.Child;
import dev.grove.syncml.Element.Content;
import dev.grove.syncml.Element.Text;
import dev.grove.syncml.SyncHdr.Cred;
import dev.grove.syncml.SyncHdr.Location;
import dev.grove.tree.StatusCode;
import dev.grove.wire.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Messages with everything in them that a message can have; some of it nonsense, all of it legal. */
final class RandomMessages {

    private static final String[] WORDS = {"1", "./A/B", "chr", "int", "b64", "text/plain", "Get", "IMEI:1", "a b",
            "ä\u20AC\uD83D\uDC90", "x<y>&z", "]]>", "./DevInfo/DevId", "syncml:auth-md5", "\"'", "a\rb\nc\td"};

    private final SplittableRandom random;

    RandomMessages(SplittableRandom random) {
        this.random = random;
    }

    /** A message that both spellings can carry: no opaque data, no HRESULT. */
    Message message() {
        return message(false);
    }

    /** A message that WBXML can carry. */
    Message messageWithOpaqueData() {
        return message(true);
    }

    private Message message(boolean opaque) {
        SyncHdr header = new SyncHdr(pick("1.1", "1.2"), pick("DM/1.1", "DM/1.2", "DM/1.3"), word(), word(), location(),
                location(), maybe(this::word), random.nextBoolean(), maybe(this::cred), meta());
        return new Message(header, list(5, () -> command(opaque, 0)), random.nextBoolean());
    }

    private Command command(boolean opaque, int depth) {
        Supplier<List<Item>> items = () -> list(3, () -> item(opaque));
        return switch (random.nextInt(depth < 3 ? 12 : 10)) {
            case 0 -> new Add(id(), meta(), items.get());
            case 1 -> new Replace(id(), meta(), items.get());
            case 2 -> new Delete(id(), meta(), items.get());
            case 3 -> new Copy(id(), meta(), items.get());
            case 4 -> new Get(id(), meta(), items.get());
            case 5 -> new Exec(id(), meta(), maybe(this::word), items.get());
            case 6 -> new Alert(id(), random.nextInt(5) == 0 ? AlertCode.ABSENT : new AlertCode(random.nextInt(2000)),
                    maybe(this::word), items.get());
            case 7 -> new Results(id(), id(), id(), meta(), maybe(this::word), maybe(this::word), items.get());
            case 8 -> new Status(id(), id(), id(), pick("", "Get", "SyncHdr"), list(2, this::word), list(2, this::word),
                    maybe(this::cred), maybe(this::meta), new StatusCode(random.nextInt(100, 2000)), null, items.get());
            case 9 -> unknown();
            case 10 -> new Atomic(id(), meta(), list(3, () -> command(opaque, depth + 1)));
            default -> new Sequence(id(), meta(), list(3, () -> command(opaque, depth + 1)));
        };
    }

    private Item item(boolean opaque) {
        return new Item(maybe(this::location), maybe(this::location), maybe(this::word), maybe(this::word), meta(),
                maybe(() -> data(opaque)), random.nextBoolean());
    }

    private Data data(boolean opaque) {
        return switch (random.nextInt(opaque ? 8 : 6)) {
            case 0 -> Data.of("");
            case 1 -> Data.of(" " + word() + "\n");
            case 2 -> new Data.Markup("<MgmtTree xmlns=\"syncml:dmddf1.2\"><VerDTD>1.2</VerDTD><Node><NodeName>"
                    + random.nextInt()
                    + "</NodeName><RTProperties><Format><node/></Format></RTProperties></Node></MgmtTree>");
            case 3 -> Data.of(word().repeat(random.nextInt(300)));
            case 4, 5 -> Data.of(word());
            case 6 -> new Data.Opaque(Bytes.EMPTY);
            default -> {
                byte[] bytes = new byte[random.nextInt(300)];
                random.nextBytes(bytes);
                yield new Data.Opaque(Bytes.wrap(bytes));
            }
        };
    }

    private Unknown unknown() {
        String id = id();
        List<Content> children = new ArrayList<>();
        if (!id.isEmpty()) {
            children.add(new Child(new Element("SYNCML:SYNCML1.2", "CmdID", List.of(new Text(Data.of(id))))));
        }
        children.add(new Child(element(2)));
        return new Unknown(id, new Element("SYNCML:SYNCML1.2", pick("Put", "Sync", "Novelty", "x0-30"), children));
    }

    private Element element(int depth) {
        String name = pick("Item", "Oddity", "x0-3f", "Field");
        List<Content> children = depth > 0 && random.nextBoolean()
                ? list(3, () -> new Child(element(depth - 1)))
                : list(1, () -> new Text(Data.of(word())));
        return new Element("SYNCML:SYNCML1.2", name, children);
    }

    private Meta meta() {
        if (random.nextBoolean()) {
            return Meta.NONE;
        }
        return new Meta(maybe(this::word), maybe(this::word), maybe(this::word), maybe(this::number), maybe(this::word),
                maybe(this::number), maybe(this::number), list(2, () -> new Element("syncml:metinf",
                        pick("EMI", "Mem", "x1-3a", "Elsewhere"), list(1, () -> new Text(Data.of(word()))))));
    }

    private Cred cred() {
        return new Cred(meta(), word());
    }

    private Location location() {
        return new Location(word(), maybe(this::word));
    }

    private String id() {
        return pick("", "1", "17", "4711");
    }

    private Long number() {
        return random.nextLong(1_000_000_000_000L);
    }

    private String word() {
        return pick(WORDS);
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private <T> @Nullable T maybe(Supplier<T> value) {
        return random.nextBoolean() ? value.get() : null;
    }

    private <T> List<T> list(int longest, Supplier<? extends T> element) {
        List<T> list = new ArrayList<>();
        for (int length = random.nextInt(longest + 1); list.size() < length;) {
            list.add(element.get());
        }
        return list;
    }
}
