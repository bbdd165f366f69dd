package dev.grove.dm1.command;

import dev.grove.dm1.exchange.Profile;
import dev.grove.dm1.exchange.RelativeUri;
import dev.grove.syncml.Command;
import dev.grove.syncml.Encoding;
import dev.grove.syncml.Item;
import dev.grove.syncml.ItemValue;
import dev.grove.syncml.Meta;
import dev.grove.tree.Address;
import dev.grove.tree.Format;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Operation;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what an item of a command wants: an operation on the tree, or why there is none. */
record ItemReader(Profile profile, Encoding encoding) {

    /** What an item turned out to be. */
    sealed interface Reading {

        /** Something to do. */
        record Wanted(Operation operation) implements Reading {}

        /** Nothing that could be done; {@code reason} is for people. */
        record Refused(StatusCode status, String reason) implements Reading {}
    }

    private static final Set<String> SYNC_ONLY = Set.of("Put", "Search", "Sync", "Move", "Map");
    private static final Reading.Refused WITHOUT_TARGET = refused(StatusCode.BAD_REQUEST,
            "the item has no Target (REPPRO 6.4)");

    /**
     * Reads one item.
     *
     * @param meta of the item, completed by what stands around it
     */
    Reading read(Command.WithItems command, Item item, Meta meta) {
        if (!profile.commands().contains(command.name())) {
            return refused(StatusCode.OPTIONAL_FEATURE_NOT_SUPPORTED, command.name() + " in " + profile.name());
        }
        if (item.targetParent() != null && !profile.relativeAddressing()) {
            return refused(StatusCode.OPTIONAL_FEATURE_NOT_SUPPORTED, "no relative addressing in " + profile.name());
        }
        boolean mayLackTarget = command instanceof Command.Delete && item.targetParent() != null;
        if (item.target() == null && !mayLackTarget) {
            return WITHOUT_TARGET;
        }
        try {
            return read(command, item, meta, target(item));
        } catch (IllegalArgumentException broken) {
            return refused(StatusCode.BAD_REQUEST, String.valueOf(broken.getMessage()));
        }
    }

    private static Address target(Item item) {
        String uri = item.target() == null ? null : item.target().uri();
        if (item.targetParent() != null) {
            return RelativeUri.read(item.targetParent(), uri);
        }
        return Address.parse(uri == null ? "" : uri);
    }

    private Reading read(Command.WithItems command, Item item, Meta meta, Address target) {
        return switch (command) {
            case Command.Get _ -> new Reading.Wanted(new Operation.Get(target));
            case Command.Delete _ -> new Reading.Wanted(new Operation.Delete(target));
            case Command.Copy _ -> item.source() == null
                    ? refused(StatusCode.BAD_REQUEST, "a Copy without Source (REPPRO 7.3)")
                    : new Reading.Wanted(new Operation.Copy(Address.parse(item.source().uri()), target));
            case Command.Add _ -> withValue(item, meta, value -> new Operation.Add(target, value));
            case Command.Replace _ -> withValue(item, meta, value -> new Operation.Replace(target, value));
            case Command.Exec exec -> item.data() == null
                    ? new Reading.Wanted(new Operation.Exec(target, null, exec.correlator()))
                    : withValue(item, meta, value -> new Operation.Exec(target, value, exec.correlator()));
            case Command.Results _ -> refused(StatusCode.BAD_REQUEST, "a client asks for no Results (REPPRO 7.9)");
        };
    }

    private Reading withValue(Item item, Meta meta, Function<Value, Operation> operation) {
        String format = meta.format();
        if (format != null && Format.of(format).filter(profile.formats()::contains).isEmpty()) {
            return refused(StatusCode.UNSUPPORTED_MEDIA_TYPE_OR_FORMAT, "format " + format);
        }
        return switch (ItemValue.read(meta, item.data(), encoding)) {
            case ItemValue.Reading.Read(Value value) -> new Reading.Wanted(operation.apply(value));
            case ItemValue.Reading.Refused(StatusCode status, String reason) -> refused(status, reason);
        };
    }

    /** Commands of data synchronization are known, and not supported; others are nonsense ([REPPRO 1.2 §6]). */
    static StatusCode statusOf(Command.Unknown unknown) {
        return SYNC_ONLY.contains(unknown.name())
                ? StatusCode.OPTIONAL_FEATURE_NOT_SUPPORTED
                : StatusCode.BAD_REQUEST;
    }

    /** The node that an item is for, for messages to people; the root if that cannot be told. */
    static NodeUri node(Item item) {
        try {
            return item.target() == null ? NodeUri.ROOT : Address.parse(item.target().uri()).node();
        } catch (IllegalArgumentException illegal) {
            return NodeUri.ROOT;
        }
    }

    private static Reading.Refused refused(StatusCode status, @Nullable String reason) {
        return new Reading.Refused(status, reason == null ? "" : reason);
    }
}
