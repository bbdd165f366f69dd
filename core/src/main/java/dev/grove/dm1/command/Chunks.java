package dev.grove.dm1.command;

import dev.grove.dm1.exchange.LargeObject;
import dev.grove.dm1.exchange.LargeObject.Step;
import dev.grove.syncml.AlertCode;
import dev.grove.syncml.Command;
import dev.grove.syncml.Command.WithItems;
import dev.grove.syncml.Item;
import dev.grove.syncml.Meta;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The object that the server sends in chunks, as the items of one message pass by ([DMPRO 1.3 §7]). Anything new before
 * its last chunk means that the object is lost.
 */
public final class Chunks {

    private final long maxBytes;
    private final UserInterface user;
    private @Nullable LargeObject open;
    private final List<Item> lost = new ArrayList<>();

    /** @param open what earlier messages have left incomplete; absent if nothing */
    public Chunks(@Nullable LargeObject open, long maxBytes, UserInterface user) {
        this.open = open;
        this.maxBytes = maxBytes;
        this.user = user;
    }

    /** What is incomplete now. */
    @Nullable
    public LargeObject open() {
        return open;
    }

    /** Items for Alert 1225: objects that something else has cut short. */
    public List<Item> lost() {
        return lost;
    }

    /** Takes an item in: a chunk, or an item as it stands. */
    Step take(WithItems command, Item item, Meta meta) {
        LargeObject current = open;
        if (current != null && current.continuesWith(command.name(), "", item)) {
            return keep(current.accept(item, maxBytes));
        }
        interrupt();
        if (!item.moreData()) {
            return new Step.Whole(item);
        }
        return keep(LargeObject.begin(command.name(), "", LargeObject.within(item, meta), maxBytes));
    }

    private Step keep(Step step) {
        LargeObject before = open;
        open = step instanceof Step.Chunk(LargeObject next, var _) ? next : null;
        LargeObject shown = open == null ? before : open;
        if (shown != null && shown.size() != null && shown.refusal() == null) {
            long received = step instanceof Step.Whole ? shown.size() : shown.length();
            user.progress(ItemReader.node(shown.head()), received, shown.size());
        }
        return step;
    }

    /** A command that brings no chunk passes by: only Status, Results and Alert 1222 may stand between chunks. */
    void pass(Command command) {
        boolean isHarmless = command instanceof Command.Status || command instanceof Command.Results
                || (command instanceof Command.Alert alert && alert.code().equals(AlertCode.NEXT_MESSAGE));
        if (!isHarmless) {
            interrupt();
        }
    }

    /** The object will not be completed any more. */
    public void interrupt() {
        if (open != null && open.refusal() == null) {
            lost.add(open.lost());
        }
        open = null;
    }
}
