package dev.grove.dm1.exchange;

import dev.grove.syncml.Command;
import dev.grove.syncml.Data;
import dev.grove.syncml.Encoding;
import dev.grove.syncml.Item;
import dev.grove.syncml.ItemValue;
import dev.grove.syncml.Meta;
import dev.grove.syncml.SyncHdr.Location;
import dev.grove.tree.Address;
import dev.grove.tree.Operation;
import dev.grove.tree.Operation.Interaction;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns operations into the commands of a profile ([REPPRO 1.2 §6.5], [DMPRO 1.3 §5, §10]), or says why they can never
 * be sent to such a device.
 *
 * @param profile of the device
 * @param encoding of the session: decides how binary values travel
 * @param maxObjSizeBytes the largest object that the device takes
 */
public record Translation(Profile profile, Encoding encoding, long maxObjSizeBytes) {

    /** What became of an operation. */
    public sealed interface Translated {

        /** A command without ids. */
        record Ready(Command command) implements Translated {}

        /** The operation can never be sent; {@code reason} names the thing, the limit and the rule. */
        record Refused(StatusCode status, String reason) implements Translated {}
    }

    /** Translates an operation with all that is inside it. */
    public Translated translate(Operation operation) {
        return switch (operation) {
            case Operation.Get get -> get(get);
            case Operation.Add(Address target, Value value) -> set("Add", target, value);
            case Operation.Replace(Address target, Value value) -> set("Replace", target, value);
            case Operation.Delete(Address target) -> {
                Translated.Refused refusal = refusalOf("Delete", target);
                yield refusal == null ? new Translated.Ready(new Command.Delete("", Meta.NONE,
                        List.of(item(target, Meta.NONE, null)))) : refusal;
            }
            case Operation.Copy copy -> copy(copy);
            case Operation.Exec exec -> exec(exec);
            case Operation.Atomic(List<Operation> operations) -> container("Atomic", operations);
            case Operation.Sequence(List<Operation> operations) -> container("Sequence", operations);
            case Interaction interaction -> interaction(interaction);
            case Operation.Service service -> notSupported("the command " + service.getClass().getSimpleName()
                    + ", which is of DM 2.0");
        };
    }

    private Translated get(Operation.Get get) {
        Translated.Refused refusal = refusalOf("Get", get.target());
        return refusal == null
                ? new Translated.Ready(new Command.Get("", Meta.NONE, List.of(item(get.target(), Meta.NONE, null))))
                : refusal;
    }

    private Translated set(String verb, Address target, Value value) {
        Translated.Refused refusal = refusalOf(verb, target);
        if (refusal == null) {
            refusal = refusalOf(value);
        }
        if (refusal != null) {
            return refusal;
        }
        ItemValue written = ItemValue.of(value, encoding);
        boolean isNode = target.part() instanceof Address.Itself;
        boolean isExplicit = isNode && (verb.equals("Add") || !value.type().isEmpty());
        List<Item> items = List
                .of(item(target, isExplicit ? explicit(written.meta()) : written.meta(), written.data()));
        refusal = refusalOfSize(verb, items.getFirst());
        if (refusal != null) {
            return refusal;
        }
        return new Translated.Ready(verb.equals("Add")
                ? new Command.Add("", Meta.NONE, items)
                : new Command.Replace("", Meta.NONE, items));
    }

    /**
     * The format of a node is said also where it is the default: Add demands it ([REPPRO 1.2 §6.5.1]). A Replace
     * without
     * a type is one whose sender leaves format and type to the node: saying {@code chr} would be refused by an
     * {@code int}.
     */
    private static Meta explicit(Meta meta) {
        return meta.format() == null ? Meta.of("chr", Value.DEFAULT_TYPE).withSize(meta.size()) : meta;
    }

    private Translated copy(Operation.Copy copy) {
        Translated.Refused refusal = refusalOf("Copy", copy.from());
        if (refusal == null) {
            refusal = refusalOf("Copy", copy.to());
        }
        if (refusal != null) {
            return refusal;
        }
        if (!(copy.from() instanceof Address.Absolute from)) {
            return new Translated.Refused(StatusCode.COMMAND_NOT_ALLOWED,
                    "Copy reads from a full URI: its Source cannot be relative (DMPRO 5.2)");
        }
        Item to = item(copy.to(), Meta.NONE, null);
        Item item = new Item(to.target(), new Location(from.toString()), null, to.targetParent(), Meta.NONE, null,
                false);
        return new Translated.Ready(new Command.Copy("", Meta.NONE, List.of(item)));
    }

    private Translated exec(Operation.Exec exec) {
        Translated.Refused refusal = refusalOf("Exec", exec.target());
        if (refusal == null && exec.correlator() != null && !profile.correlators()) {
            refusal = notSupported("a Correlator");
        }
        Value argument = exec.argument();
        if (refusal == null && argument != null) {
            refusal = refusalOf(argument);
        }
        if (refusal != null) {
            return refusal;
        }
        ItemValue written = argument == null ? new ItemValue(Meta.NONE, null) : ItemValue.of(argument, encoding);
        Item item = item(exec.target(), argument == null ? Meta.NONE : explicit(written.meta()), written.data());
        refusal = refusalOfSize("Exec", item);
        return refusal == null
                ? new Translated.Ready(new Command.Exec("", Meta.NONE, exec.correlator(), List.of(item)))
                : refusal;
    }

    private Translated interaction(Interaction interaction) {
        return profile.commands().contains("Alert")
                ? new Translated.Ready(UserInteraction.alert("", interaction))
                : notSupported("a user interaction");
    }

    private Translated container(String verb, List<Operation> operations) {
        Translated.Refused refusal = refusalOf(verb);
        if (refusal != null) {
            return refusal;
        }
        if (operations.isEmpty()) {
            return new Translated.Refused(StatusCode.INCOMPLETE_COMMAND,
                    verb + " holds one command or more (REPPRO 6.5)");
        }
        List<Command> commands = new ArrayList<>(operations.size());
        for (Operation operation : operations) {
            if (!mayStandIn(verb, operation)) {
                return new Translated.Refused(StatusCode.COMMAND_NOT_ALLOWED,
                        operation.getClass().getSimpleName() + " cannot stand in " + verb + " (REPPRO 6.5)");
            }
            switch (translate(operation)) {
                case Translated.Ready(Command command) -> commands.add(command);
                case Translated.Refused refused -> {
                    return refused;
                }
            }
        }
        return new Translated.Ready(verb.equals("Atomic")
                ? new Command.Atomic("", Meta.NONE, commands)
                : new Command.Sequence("", Meta.NONE, commands));
    }

    private boolean mayStandIn(String verb, Operation operation) {
        boolean inAtomic = verb.equals("Atomic");
        return switch (operation) {
            case Operation.Atomic _,Operation.Sequence _,Operation.Service _ -> false;
            case Operation.Get _ -> !inAtomic;
            case Operation.Exec _ -> !inAtomic || profile.has(Quirk.EXEC_IN_ATOMIC);
            case Operation.Add _,Operation.Replace _,Operation.Delete _,Operation.Copy _,Interaction _ -> true;
        };
    }

    private Translated.@Nullable Refused refusalOf(String verb, Address address) {
        Address target = address;
        if (address instanceof Address.Client client) {
            Optional<Address.Relative> same = client.relative();
            if (same.isEmpty()) {
                return notSupported("wildcards, levels and variables in a path: " + client + " (DM 2.0 §6.1)");
            }
            target = same.get();
        }
        if (target instanceof Address.Relative relative) {
            if (!profile.relativeAddressing()) {
                return notSupported("relative addressing (DMPRO 5.2)");
            }
            if (RelativeUri.target(relative) == null && !verb.equals("Delete") && !verb.equals("Get")) {
                return new Translated.Refused(StatusCode.INCOMPLETE_COMMAND,
                        verb + " needs a path inside the object: part B of the relative URI (DMPRO 5.2)");
            }
        }
        boolean isListing = target.part() instanceof Address.Listing;
        if (isListing && !verb.equals("Get")) {
            return new Translated.Refused(StatusCode.COMMAND_NOT_ALLOWED, "?list= is for Get only (TND 7.6)");
        }
        boolean isProperty = target.part() instanceof Address.Property;
        if (isProperty && !verb.equals("Get") && !verb.equals("Replace")) {
            return new Translated.Refused(StatusCode.COMMAND_NOT_ALLOWED,
                    "a property takes Get and Replace only, not " + verb + " (TND 7.7)");
        }
        return refusalOf(verb);
    }

    private Translated.@Nullable Refused refusalOf(String verb) {
        return profile.commands().contains(verb) ? null : notSupported("the command " + verb);
    }

    private Translated.@Nullable Refused refusalOf(Value value) {
        return profile.formats().contains(value.format())
                ? null
                : new Translated.Refused(StatusCode.UNSUPPORTED_MEDIA_TYPE_OR_FORMAT,
                        profile.name() + " has no format " + value.format().wireName());
    }

    private Translated.@Nullable Refused refusalOfSize(String verb, Item item) {
        Data data = item.data();
        int bytes = data == null ? 0 : data.bytes().length();
        return bytes <= maxObjSizeBytes
                ? null
                : new Translated.Refused(StatusCode.REQUEST_ENTITY_TOO_LARGE, verb + " of " + bytes
                        + " bytes: the device's MaxObjSize is " + maxObjSizeBytes + " (DMPRO 7)");
    }

    private Translated.Refused notSupported(String what) {
        return new Translated.Refused(StatusCode.OPTIONAL_FEATURE_NOT_SUPPORTED,
                profile.name() + " does not have " + what);
    }

    private static Item item(Address target, Meta meta, @Nullable Data data) {
        return switch (target) {
            case Address.Absolute absolute -> Item.at(absolute.toString(), meta, data);
            case Address.Client client -> item(client.relative().orElseThrow(), meta, data);
            case Address.Relative relative -> {
                String partB = RelativeUri.target(relative);
                yield new Item(partB == null ? null : new Location(partB), null, null,
                        RelativeUri.targetParent(relative), meta, data, false);
            }
        };
    }
}
