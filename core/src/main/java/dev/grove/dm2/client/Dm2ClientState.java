package dev.grove.dm2.client;

import dev.grove.dm2.Dm2Command;
import dev.grove.dm2.Dm2Package.CommandStatus;
import dev.grove.dm2.client.Step.Method;
import dev.grove.dm2.device.DataWriter.Wanted;
import dev.grove.tree.Tree;
import dev.grove.wire.MediaRanges;
import dev.grove.wire.Packet;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One session as the device remembers it between two steps; a value. It holds no secret, and need not survive a
 * restart: a session that is cut is aborted ([DM 2.0 §5.6]).
 *
 * @param url where packages go: the trigger's, the account's, or that of the last CONT
 * @param tree the management tree after the last step
 * @param acceptable in which formats the server wants data ({@code OMADM-Accept} of its last package)
 * @param work the commands that are being done
 * @param alertsUnderWay ids of those in the package that was sent last
 * @param packages how many were sent
 */
public record Dm2ClientState(Dm2Trigger trigger, String url, Tree tree, Dm2Memory memory, MediaRanges acceptable,
        Work work, Set<String> alertsUnderWay, int packages, boolean isEnded) {

    /**
     * A package 2 while it is worked on.
     *
     * @param statuses of the commands that are done
     * @param data what was read, by the place of the command
     * @param pending what the next command waits for; absent: for nothing
     */
    record Work(List<Dm2Command> commands, List<CommandStatus> statuses, Map<Integer, Packet> data,
            @Nullable Pending pending) {

        static final Work NONE = new Work(List.of(), List.of(), Map.of(), null);

        Work {
            commands = List.copyOf(commands);
            statuses = List.copyOf(statuses);
            data = Collections.unmodifiableMap(new TreeMap<>(data));
        }

        Dm2Command current() {
            return commands.get(statuses.size());
        }
    }

    /** What a command waits for. */
    sealed interface Pending {

        /** An HGET, for its data. */
        record Fetching() implements Pending {}

        /**
         * An HPUT or HPOST, for the answer of the repository.
         *
         * @param nodes what was found, to write it in another format if it must be
         * @param tried the formats that it was written in
         */
        record Delivering(Method method, String url, List<Wanted> nodes, List<String> tried) implements Pending {
            public Delivering {
                nodes = List.copyOf(nodes);
                tried = List.copyOf(tried);
            }
        }

        /** A SHOW, for the browser. */
        record Browsing() implements Pending {}
    }

    public Dm2ClientState {
        alertsUnderWay = Collections.unmodifiableSet(new HashSet<>(alertsUnderWay));
    }

    /** This, with the tree as the device has changed it meanwhile. */
    public Dm2ClientState withTree(Tree changed) {
        return new Dm2ClientState(trigger, url, changed, memory, acceptable, work, alertsUnderWay, packages, isEnded);
    }

    /** This, with what the device remembers as it has changed meanwhile. */
    public Dm2ClientState withMemory(Dm2Memory changed) {
        return new Dm2ClientState(trigger, url, tree, changed, acceptable, work, alertsUnderWay, packages, isEnded);
    }

    /** Structure only: values may be secret. */
    @Override
    public String toString() {
        return "Dm2ClientState[" + trigger.why() + ", package " + packages + (isEnded ? ", ended]" : "]");
    }
}
