package dev.grove.syncml;

import dev.grove.syncml.SyncHdr.Cred;
import dev.grove.tree.StatusCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command of the message body ([REPPRO 1.2 §6.5]). Ids and references are kept as they came, white space around them
 * removed; an absent {@code CmdID} or {@code CmdRef} is the empty string, an absent {@code MsgRef} too.
 */
public sealed interface Command {

    /** The id of this command in its message; the empty string if the peer left it out. */
    String cmdId();

    /** The name of the element, such as {@code Replace}: what {@code Status/Cmd} echoes. */
    default String name() {
        return this instanceof Unknown unknown ? unknown.element().name() : getClass().getSimpleName();
    }

    /** A command that speaks of items. */
    sealed interface WithItems extends Command {
        Meta meta();

        List<Item> items();
    }

    /** A command that holds commands. */
    sealed interface Container extends Command {
        Meta meta();

        List<Command> commands();
    }

    record Add(String cmdId, Meta meta, List<Item> items) implements WithItems {
        public Add {
            items = List.copyOf(items);
        }
    }

    record Replace(String cmdId, Meta meta, List<Item> items) implements WithItems {
        public Replace {
            items = List.copyOf(items);
        }
    }

    record Delete(String cmdId, Meta meta, List<Item> items) implements WithItems {
        public Delete {
            items = List.copyOf(items);
        }
    }

    record Copy(String cmdId, Meta meta, List<Item> items) implements WithItems {
        public Copy {
            items = List.copyOf(items);
        }
    }

    record Get(String cmdId, Meta meta, List<Item> items) implements WithItems {
        public Get {
            items = List.copyOf(items);
        }
    }

    record Exec(String cmdId, Meta meta, @Nullable String correlator, List<Item> items) implements WithItems {
        public Exec {
            items = List.copyOf(items);
        }
    }

    /** @param code as it came; see {@link AlertCode} */
    record Alert(String cmdId, AlertCode code, @Nullable String correlator, List<Item> items) implements Command {
        public Alert {
            items = List.copyOf(items);
        }
    }

    record Atomic(String cmdId, Meta meta, List<Command> commands) implements Container {
        public Atomic {
            commands = List.copyOf(commands);
        }
    }

    record Sequence(String cmdId, Meta meta, List<Command> commands) implements Container {
        public Sequence {
            commands = List.copyOf(commands);
        }
    }

    record Results(String cmdId, String msgRef, String cmdRef, Meta meta, @Nullable String targetRef,
            @Nullable String sourceRef, List<Item> items) implements WithItems {
        public Results {
            items = List.copyOf(items);
        }
    }

    /**
     * @param cmd name of the command that is answered, or {@code SyncHdr}
     * @param chal the challenge: scheme, format and next nonce
     * @param originalError the HRESULT in the attribute {@code msft:originalerror} of {@code Data}; Windows only
     */
    record Status(String cmdId, String msgRef, String cmdRef, String cmd, List<String> targetRefs,
            List<String> sourceRefs, @Nullable Cred cred, @Nullable Meta chal, StatusCode code,
            @Nullable String originalError, List<Item> items) implements Command {

        /** The {@code CmdRef} that means the peer's {@code SyncHdr}. */
        public static final String OF_HEADER = "0";

        public Status {
            targetRefs = List.copyOf(targetRefs);
            sourceRefs = List.copyOf(sourceRefs);
            items = List.copyOf(items);
        }

        public boolean isOfHeader() {
            return cmdRef.equals(OF_HEADER);
        }
    }

    /** A command that DM does not use (Put, Search, Sync …) or that nobody knows; answered 406 or 400. */
    record Unknown(String cmdId, Element element) implements Command {}
}
