package dev.grove.dm2;

import dev.grove.tree.ClientUri;
import dev.grove.tree.StatusCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a server wants of a device in package 2 ([DM 2.0 §5.3]); done in order, each answered with one status. */
public sealed interface Dm2Command {

    /**
     * Fetches data by HTTP GET and adds or replaces it in the tree ([DM 2.0 §5.3.1]).
     *
     * @param to where the data goes; absent: where the data says, and the device says where it came to be
     */
    record Hget(ServerUri from, @Nullable ClientUri to) implements Dm2Command {}

    /** Sends data by HTTP PUT ([DM 2.0 §5.3.2]). */
    record Hput(ServerUri to, List<ClientUri> from) implements Dm2Command {
        public Hput {
            from = atLeastOne(from);
        }
    }

    /** Sends data by HTTP POST ([DM 2.0 §5.3.3]). */
    record Hpost(ServerUri to, List<ClientUri> from) implements Dm2Command {
        public Hpost {
            from = atLeastOne(from);
        }
    }

    /** Removes a node with all below it ([DM 2.0 §5.3.4]). */
    record Delete(ClientUri node) implements Dm2Command {}

    /**
     * Starts what a node stands for ([DM 2.0 §5.3.5]).
     *
     * @param reportTo where the Generic Alert goes that tells the end of it; absent: the device chooses how it answers
     */
    record Exec(ClientUri node, @Nullable ServerUri reportTo) implements Dm2Command {}

    /** Reads data within the session ([DM 2.0 §5.3.6]). */
    record Get(ClientUri node) implements Dm2Command {}

    /** Opens a page in the user's browser ([DM 2.0 §5.3.7]). */
    record Show(ServerUri page) implements Dm2Command {}

    /** Goes on with the session at another address ([DM 2.0 §5.3.8]). */
    record Cont(ServerUri at) implements Dm2Command {}

    /** Ends the session ([DM 2.0 §5.3.9]); stands last and is not answered. */
    record End() implements Dm2Command {}

    /** Names the address to fetch a missing object from ([DM 2.0 §5.3.10]). */
    record Default(ServerUri from, String moid) implements Dm2Command {}

    /** Wants to be told of changes, by HTTP PUT ([DM 2.0 §5.3.11]). */
    record Sub(ServerUri to, ClientUri node) implements Dm2Command {}

    /** Wants no more to be told ([DM 2.0 §5.3.12]); the address is the one of the {@link Sub}. */
    record Unsub(ClientUri node) implements Dm2Command {}

    /**
     * A command that cannot be done as it stands: unknown (501), or with parameters that are not what it takes (400).
     * The others of its package are none the worse for it.
     *
     * @param name as it came; empty if there was none
     * @param reason the rule that is broken
     */
    record Misshapen(String name, StatusCode status, String reason) implements Dm2Command {}

    /** Its name and its parameters, as they stand in package 2; of what is no command, the name alone. */
    default List<String> words() {
        return PackageWriter.words(this);
    }

    private static List<ClientUri> atLeastOne(List<ClientUri> uris) {
        if (uris.isEmpty()) {
            throw new IllegalArgumentException("HPUT and HPOST name one ClientURI or more (DM 2.0 §5.3.2)");
        }
        return List.copyOf(uris);
    }
}
