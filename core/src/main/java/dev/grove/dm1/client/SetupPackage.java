package dev.grove.dm1.client;

import dev.grove.dm1.client.Outgoing.Queued;
import dev.grove.dm1.exchange.Quirk;
import dev.grove.syncml.AlertCode;
import dev.grove.syncml.Command.Alert;
import dev.grove.syncml.Command.Replace;
import dev.grove.syncml.Item;
import dev.grove.syncml.ItemValue;
import dev.grove.syncml.Meta;
import dev.grove.tree.Address;
import dev.grove.tree.Format;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Operation;
import dev.grove.tree.Outcome;
import dev.grove.tree.Tree;
import dev.grove.tree.Value;
import dev.grove.tree.edit.Requester;
import java.util.ArrayList;
import java.util.List;

/**
 * Package 1 ([DMPRO 1.3 §8.3]): why the session begins, what happened on the device, what the device is (DevInfo and,
 * where the notification asked for it, DevDetail), and generic alerts.
 */
record SetupPackage(ClientContext context, Tree tree) {

    private static final NodeUri DEV_INFO = NodeUri.parse("./DevInfo");
    private static final NodeUri DEV_DETAIL = NodeUri.parse("./DevDetail");

    /**
     * The commands, in order.
     *
     * @throws IllegalStateException if the tree has no DevInfo
     */
    List<Queued> commands(Trigger trigger, List<ClientAlert> alerts) {
        List<Queued> commands = new ArrayList<>();
        commands.add(Queued.of(new Alert("", trigger.code(), null, List.of())));
        alerts.stream().filter(alert -> alert.code().equals(AlertCode.CLIENT_EVENT))
                .forEach(event -> commands.add(queued(event, context)));
        commands.add(Queued.of(told(DEV_INFO)));
        if (trigger.wantsDevDetail()) {
            commands.add(Queued.of(told(DEV_DETAIL)));
        }
        alerts.stream().filter(alert -> alert.code().equals(AlertCode.GENERIC))
                .forEach(alert -> commands.add(queued(alert, context)));
        return commands;
    }

    /** An alert of the caller's, ready to be sent. */
    static Queued queued(ClientAlert alert, ClientContext context) {
        return new Queued(alert.command(context.settings().profile(), context.settings().encoding()), alert.id());
    }

    private Replace told(NodeUri object) {
        List<Item> items = new ArrayList<>();
        addLeaves(object, items);
        if (items.isEmpty()) {
            throw new IllegalStateException("the tree has no " + object + " to tell of (DMPRO 8.3)");
        }
        return new Replace("", Meta.NONE, items);
    }

    /** Every leaf at or below a node, as the device itself may read it. */
    private void addLeaves(NodeUri uri, List<Item> items) {
        Outcome read = context.editor()
                .apply(tree, new Operation.Get(Address.of(uri)), Requester.DEVICE, context.now()).outcome();
        for (Outcome.Result result : read.results()) {
            Value value = result.value();
            if (value.format() != Format.NODE) {
                items.add(item(uri, value));
            } else if (!value.data().isEmpty()) {
                for (String child : value.text().split("/", -1)) {
                    addLeaves(uri.child(child), items);
                }
            }
        }
    }

    private Item item(NodeUri uri, Value value) {
        ItemValue written = ItemValue.of(value, context.settings().encoding());
        boolean isSparse = context.settings().profile().has(Quirk.SPARSE_META) && value.format() == Format.CHR;
        return Item.from(uri.toString(), isSparse ? Meta.NONE : written.meta(), written.data());
    }
}
