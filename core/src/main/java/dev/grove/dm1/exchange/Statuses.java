package dev.grove.dm1.exchange;

import dev.grove.syncml.Command;
import dev.grove.syncml.Command.Alert;
import dev.grove.syncml.Command.Atomic;
import dev.grove.syncml.Command.Sequence;
import dev.grove.syncml.Command.Status;
import dev.grove.syncml.Command.Unknown;
import dev.grove.syncml.Command.WithItems;
import dev.grove.syncml.Item;
import dev.grove.syncml.Meta;
import dev.grove.syncml.SyncHdr;
import dev.grove.tree.StatusCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The Statuses that answer one received message ([REPPRO 1.2 §6.3.2]); {@link Outbox} gives them their ids.
 *
 * @param header of the message that is answered
 */
public record Statuses(SyncHdr header) {

    /** On the header itself: {@code CmdRef} 0, with the addresses of the header, and a challenge if there is one. */
    public Status ofHeader(StatusCode code, @Nullable Meta chal) {
        return new Status("", header.msgId(), Status.OF_HEADER, "SyncHdr", List.of(header.target().uri()),
                List.of(header.source().uri()), null, chal, code, null, List.of());
    }

    /** On a command as a whole: without addresses. */
    public Status of(Command command, StatusCode code) {
        return of(command, code, List.of());
    }

    /** On a command as a whole, with more to tell. */
    public Status of(Command command, StatusCode code, List<Item> items) {
        return new Status("", header.msgId(), command.cmdId(), command.name(), List.of(), List.of(), null, null, code,
                null, items);
    }

    /** On one item of a command, which is named by its addresses. */
    public Status of(Command command, Item item, StatusCode code) {
        SyncHdr.Location target = item.target();
        SyncHdr.Location source = item.source();
        return new Status("", header.msgId(), command.cmdId(), command.name(),
                target == null ? List.of() : List.of(target.uri()), source == null ? List.of() : List.of(source.uri()),
                null, null, code, null, List.of());
    }

    /**
     * On each item of a command: a single Status without addresses if all codes are the same, else one for each item.
     *
     * @param codes one for each item, in their order
     */
    public List<Status> ofItems(Command command, List<StatusCode> codes) {
        List<Item> items = items(command);
        if (items.size() != codes.size()) {
            throw new IllegalStateException(codes.size() + " codes for " + items.size() + " items");
        }
        if (codes.stream().distinct().count() == 1) {
            return List.of(of(command, codes.getFirst()));
        }
        List<Status> statuses = new ArrayList<>(codes.size());
        for (int i = 0; i < codes.size(); i++) {
            statuses.add(of(command, items.get(i), codes.get(i)));
        }
        return statuses;
    }

    private static List<Item> items(Command command) {
        return switch (command) {
            case WithItems c -> c.items();
            case Alert c -> c.items();
            case Atomic _,Sequence _,Status _,Unknown _ -> List.of();
        };
    }
}
