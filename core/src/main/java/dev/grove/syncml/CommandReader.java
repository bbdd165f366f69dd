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
import dev.grove.syncml.SyncHdr.Cred;
import dev.grove.syncml.SyncHdr.Location;
import dev.grove.tree.StatusCode;
import dev.grove.wire.Malformed;
import dev.grove.wire.Tag;
import dev.grove.wire.Tokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the commands of a body, and the parts they share with the header; see {@link MessageReader}. */
final class CommandReader {

    private final Tokens in;
    // Stacks of what was read and has no list yet; a list of items or of contained commands takes its share off the
    // top.
    private Command[] commands = new Command[8];
    private int commandCount;
    private Item[] items = new Item[16];
    private int itemCount;

    CommandReader(Tokens in) {
        this.in = in;
    }

    /** Reads the {@code SyncBody} on whose start the cursor stands; whether it holds a {@code Final}. */
    boolean body() throws Malformed {
        boolean isFinal = false;
        for (int tag; (tag = in.nextTag()) != Tokens.END;) {
            if (tag == Tag.FINAL) {
                isFinal = true;
                in.skip();
            } else {
                push(command(tag));
            }
        }
        return isFinal;
    }

    /** The commands of all bodies read so far. */
    List<Command> all() {
        return commandsFrom(0);
    }

    private Command command(int tag) throws Malformed {
        return switch (tag) {
            case Tag.STATUS -> status();
            case Tag.RESULTS -> results();
            case Tag.ALERT -> alert();
            case Tag.ATOMIC, Tag.SEQUENCE -> container(tag);
            case Tag.ADD, Tag.REPLACE, Tag.DELETE, Tag.COPY, Tag.GET, Tag.EXEC -> withItems(tag);
            default -> unknown();
        };
    }

    private Command withItems(int command) throws Malformed {
        String cmdId = "";
        Meta meta = Meta.NONE;
        String correlator = null;
        int first = itemCount;
        for (int tag; (tag = in.nextTag()) != Tokens.END;) {
            switch (tag) {
                case Tag.CMD_ID -> cmdId = in.leaf();
                case Tag.META -> meta = MetaReader.read(in);
                case Tag.ITEM -> push(item());
                case Tag.CORRELATOR -> correlator = in.leaf();
                default -> in.skip();
            }
        }
        List<Item> own = itemsFrom(first);
        return switch (command) {
            case Tag.ADD -> new Add(cmdId, meta, own);
            case Tag.REPLACE -> new Replace(cmdId, meta, own);
            case Tag.DELETE -> new Delete(cmdId, meta, own);
            case Tag.COPY -> new Copy(cmdId, meta, own);
            case Tag.GET -> new Get(cmdId, meta, own);
            default -> new Exec(cmdId, meta, correlator, own);
        };
    }

    private Command container(int container) throws Malformed {
        String cmdId = "";
        Meta meta = Meta.NONE;
        int first = commandCount;
        for (int tag; (tag = in.nextTag()) != Tokens.END;) {
            switch (tag) {
                case Tag.CMD_ID -> cmdId = in.leaf();
                case Tag.META -> meta = MetaReader.read(in);
                case Tag.NO_RESP -> in.skip();
                default -> push(command(tag));
            }
        }
        List<Command> own = commandsFrom(first);
        return container == Tag.ATOMIC ? new Atomic(cmdId, meta, own) : new Sequence(cmdId, meta, own);
    }

    private Command alert() throws Malformed {
        String cmdId = "";
        AlertCode code = AlertCode.ABSENT;
        String correlator = null;
        int first = itemCount;
        for (int tag; (tag = in.nextTag()) != Tokens.END;) {
            switch (tag) {
                case Tag.CMD_ID -> cmdId = in.leaf();
                case Tag.DATA -> code = new AlertCode(number(in.leaf()));
                case Tag.CORRELATOR -> correlator = in.leaf();
                case Tag.ITEM -> push(item());
                default -> in.skip();
            }
        }
        return new Alert(cmdId, code, correlator, itemsFrom(first));
    }

    private Command results() throws Malformed {
        String cmdId = "";
        String msgRef = "";
        String cmdRef = "";
        Meta meta = Meta.NONE;
        String targetRef = null;
        String sourceRef = null;
        int first = itemCount;
        for (int tag; (tag = in.nextTag()) != Tokens.END;) {
            switch (tag) {
                case Tag.CMD_ID -> cmdId = in.leaf();
                case Tag.MSG_REF -> msgRef = in.leaf();
                case Tag.CMD_REF -> cmdRef = in.leaf();
                case Tag.META -> meta = MetaReader.read(in);
                case Tag.TARGET_REF -> targetRef = in.leaf();
                case Tag.SOURCE_REF -> sourceRef = in.leaf();
                case Tag.ITEM -> push(item());
                default -> in.skip();
            }
        }
        return new Results(cmdId, msgRef, cmdRef, meta, targetRef, sourceRef, itemsFrom(first));
    }

    private Command status() throws Malformed {
        String cmdId = "";
        String msgRef = "";
        String cmdRef = "";
        String cmd = "";
        List<String> targetRefs = List.of();
        List<String> sourceRefs = List.of();
        Cred cred = null;
        Meta chal = null;
        int code = -1;
        String originalError = null;
        int first = itemCount;
        for (int tag; (tag = in.nextTag()) != Tokens.END;) {
            switch (tag) {
                case Tag.CMD_ID -> cmdId = in.leaf();
                case Tag.MSG_REF -> msgRef = in.leaf();
                case Tag.CMD_REF -> cmdRef = in.leaf();
                case Tag.CMD -> cmd = in.leaf();
                case Tag.TARGET_REF -> targetRefs = plus(targetRefs, in.leaf());
                case Tag.SOURCE_REF -> sourceRefs = plus(sourceRefs, in.leaf());
                case Tag.CRED -> cred = cred();
                case Tag.CHAL -> chal = chal();
                case Tag.DATA -> {
                    originalError = in.attribute("originalerror");
                    code = number(in.leaf());
                }
                case Tag.ITEM -> push(item());
                default -> in.skip();
            }
        }
        return new Status(cmdId, msgRef, cmdRef, cmd, targetRefs, sourceRefs, cred, chal, statusCode(code),
                originalError, itemsFrom(first));
    }

    private StatusCode statusCode(int code) throws Malformed {
        if (code < 100 || code > 1999) {
            throw in.malformed("a Status has a code from 100 to 1999 in its Data (REPPRO 6.5.14, 10)");
        }
        return code == 200 ? StatusCode.OK : new StatusCode(code);
    }

    private Meta chal() throws Malformed {
        Meta meta = Meta.NONE;
        for (int tag; (tag = in.nextTag()) != Tokens.END;) {
            if (tag == Tag.META) {
                meta = MetaReader.read(in);
            } else {
                in.skip();
            }
        }
        return meta;
    }

    private Command unknown() throws Malformed {
        Element element = Elements.read(in);
        return new Unknown(element.child("CmdID").map(Element::text).orElse(""), element);
    }

    private Item item() throws Malformed {
        Location target = null;
        Location source = null;
        String sourceParent = null;
        String targetParent = null;
        Meta meta = Meta.NONE;
        Data data = null;
        boolean moreData = false;
        for (int tag; (tag = in.nextTag()) != Tokens.END;) {
            switch (tag) {
                case Tag.TARGET -> target = location();
                case Tag.SOURCE -> source = location();
                case Tag.SOURCE_PARENT -> sourceParent = in.leaf();
                case Tag.TARGET_PARENT -> targetParent = in.leaf();
                case Tag.META -> meta = MetaReader.read(in);
                case Tag.DATA -> data = data();
                case Tag.MORE_DATA -> {
                    moreData = true;
                    in.skip();
                }
                default -> in.skip();
            }
        }
        return new Item(target, source, sourceParent, targetParent, meta, data, moreData);
    }

    private Data data() throws Malformed {
        return switch (in.content()) {
            case OPAQUE -> new Data.Opaque(in.bytes());
            case MARKUP -> new Data.Markup(in.text());
            case START, END, TEXT -> new Data.Text(in.text());
        };
    }

    /** A {@code Target} or {@code Source}; null if it has no {@code LocURI}. */
    @Nullable
    Location location() throws Malformed {
        String uri = null;
        String name = null;
        for (int tag; (tag = in.nextTag()) != Tokens.END;) {
            switch (tag) {
                case Tag.LOC_URI -> uri = in.leaf();
                case Tag.LOC_NAME -> name = in.leaf();
                default -> in.skip();
            }
        }
        return uri == null ? null : new Location(uri, name);
    }

    /** A {@code Cred}. */
    Cred cred() throws Malformed {
        Meta meta = Meta.NONE;
        String data = "";
        for (int tag; (tag = in.nextTag()) != Tokens.END;) {
            switch (tag) {
                case Tag.META -> meta = MetaReader.read(in);
                case Tag.DATA -> data = in.leaf();
                default -> in.skip();
            }
        }
        return new Cred(meta, data);
    }

    private void push(Command command) {
        if (commandCount == commands.length) {
            commands = Arrays.copyOf(commands, commandCount * 2);
        }
        commands[commandCount++] = command;
    }

    private void push(Item item) {
        if (itemCount == items.length) {
            items = Arrays.copyOf(items, itemCount * 2);
        }
        items[itemCount++] = item;
    }

    private List<Command> commandsFrom(int first) {
        int count = commandCount - first;
        commandCount = first;
        return count == 1 ? List.of(commands[first]) : List.of(Arrays.copyOfRange(commands, first, first + count));
    }

    private List<Item> itemsFrom(int first) {
        int count = itemCount - first;
        itemCount = first;
        return switch (count) {
            case 0 -> List.of();
            case 1 -> List.of(items[first]);
            default -> List.of(Arrays.copyOfRange(items, first, first + count));
        };
    }

    private static List<String> plus(List<String> refs, String ref) {
        if (refs.isEmpty()) {
            return List.of(ref);
        }
        List<String> more = refs instanceof ArrayList<String> ? refs : new ArrayList<>(refs);
        more.add(ref);
        return more;
    }

    /** The number that the text is; -1 if it is none, or longer than codes are. */
    private static int number(String text) {
        int number = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9 || i == 6) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return text.isEmpty() ? -1 : number;
    }
}
