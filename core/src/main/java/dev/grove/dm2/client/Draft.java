package dev.grove.dm2.client;

import dev.grove.dm2.ServerUri;
import dev.grove.dm2.device.Dm2Context;
import dev.grove.dm2.device.ObjectView;
import dev.grove.tree.Tree;
import dev.grove.wire.MediaRanges;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a step changes, while it is under way. */
final class Draft {

    final Dm2Context context;
    final List<Dm2Fact> facts = new ArrayList<>();
    String url;
    Tree tree;
    Dm2Memory memory;
    MediaRanges acceptable;
    int packages;

    Draft(Dm2ClientState state, Dm2Context context) {
        this.context = context;
        this.url = state.url();
        this.tree = state.tree();
        this.memory = state.memory();
        this.acceptable = state.acceptable();
        this.packages = state.packages();
    }

    ObjectView view() {
        return new ObjectView(tree, context);
    }

    /** The address with the device's values in it. */
    String resolved(ServerUri uri) {
        return uri.resolve(context.values());
    }

    /** Why the device does not go there; empty if it does. */
    Optional<String> refuse(String address) {
        return context.policy().refuse(address, context.server().url());
    }
}
