package dev.grove.dm1;

import dev.grove.engine.Task;
import dev.grove.syncml.Command;
import dev.grove.syncml.Command.Container;
import dev.grove.tree.Address;
import dev.grove.tree.Operation;
import dev.grove.tree.Operation.Interaction;
import dev.grove.tree.Outcome.Result;
import dev.grove.tree.StatusCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A task whose commands have left for the device and are not all answered.
 *
 * @param jobId of the task
 * @param index of the task
 * @param commands the commands it became, in document order: a container before those inside it
 */
record InFlight(String jobId, int index, List<Expected> commands) {

    InFlight {
        commands = List.copyOf(commands);
    }

    /** What a task awaits, once its command has its ids. */
    static InFlight of(Task task, Command command, int msgId) {
        String path = Integer.toString(task.index());
        return new InFlight(task.jobId(), task.index(), expected(task.operation(), command, path, msgId));
    }

    /** Whether the device has said what became of it, if not of all that is inside it. */
    boolean isAnswered() {
        return !commands.isEmpty() && commands.getFirst().status() != null;
    }

    private static List<Expected> expected(Operation operation, Command command, String path, int msgId) {
        Expected itself = new Expected(path, msgId, command.cmdId(), command.name(), kind(operation));
        if (!(command instanceof Container container)) {
            return List.of(itself);
        }
        List<Expected> all = new ArrayList<>();
        all.add(itself);
        List<Operation> inner = inside(operation);
        for (int i = 0; i < inner.size(); i++) {
            all.addAll(expected(inner.get(i), container.commands().get(i), path + "." + i, msgId));
        }
        return all;
    }

    private static List<Operation> inside(Operation operation) {
        return switch (operation) {
            case Operation.Atomic(List<Operation> operations) -> operations;
            case Operation.Sequence(List<Operation> operations) -> operations;
            case Operation.Get _,Operation.Add _,Operation.Replace _,Operation.Delete _ -> List.of();
            case Operation.Copy _,Operation.Exec _,Interaction _,Operation.Service _ -> List.of();
        };
    }

    private static Kind kind(Operation operation) {
        return switch (operation) {
            case Operation.Get(Address target, var _) -> isRead(target.part()) ? Kind.READ : Kind.INSPECT;
            case Operation.Atomic _,Operation.Sequence _ -> Kind.CONTAINER;
            case Interaction _ -> Kind.INTERACTION;
            case Operation.Add _,Operation.Replace _,Operation.Delete _,Operation.Copy _,Operation.Exec _ ->
                Kind.PLAIN;
            case Operation.Service service ->
                throw new IllegalStateException("never sent to a device of DM 1.x: " + service);
        };
    }

    private static boolean isRead(Address.Part part) {
        return switch (part) {
            case Address.Itself _ -> true;
            case Address.Property _ -> false;
            case Address.Listing(String form) -> form.toLowerCase(Locale.ROOT).startsWith("structdata");
        };
    }

    boolean isOf(String itsJobId, int itsIndex) {
        return index == itsIndex && jobId.equals(itsJobId);
    }

    InFlight with(List<Expected> others) {
        return new InFlight(jobId, index, others);
    }

    /** What of the answer is told apart. */
    enum Kind {
        /** Status only. */
        PLAIN,
        /** A Get of values: what is read is learned. */
        READ,
        /** A Get of a property or of a structure: what is read is no value of a node. */
        INSPECT,
        /** A user interaction: the items of its Status are the answer. */
        INTERACTION,
        /** An Atomic or a Sequence. */
        CONTAINER,
        /** A chunk of a large object that is not the last: its 213 is no answer. */
        CHUNK;

        boolean isGet() {
            return this == READ || this == INSPECT;
        }
    }

    /**
     * A command that awaits its Status, and for Get its Results.
     *
     * @param path the place of the operation in its job, such as {@code 1.0}
     * @param msgId of the server's message it left in
     * @param cmdId its id there
     * @param verb its name, such as {@code Get}
     * @param status what has come; absent if nothing yet
     * @param results what has come so far
     * @param detail what else the device said; absent if nothing
     */
    record Expected(String path, int msgId, String cmdId, String verb, Kind kind, @Nullable StatusCode status,
            List<Result> results, @Nullable String detail) {

        Expected {
            results = List.copyOf(results);
        }

        /** A command that leaves now. */
        Expected(String path, int msgId, String cmdId, String verb, Kind kind) {
            this(path, msgId, cmdId, verb, kind, null, List.of(), null);
        }

        Expected with(@Nullable StatusCode itsStatus, @Nullable String itsDetail) {
            return new Expected(path, msgId, cmdId, verb, kind, itsStatus, results, itsDetail);
        }

        Expected with(List<Result> more) {
            return new Expected(path, msgId, cmdId, verb, kind, status, more, detail);
        }

        /** Whether nothing more is to come; what belongs to a Get may come until the package ends. */
        boolean isSettled() {
            return status != null && !kind.isGet();
        }
    }
}
