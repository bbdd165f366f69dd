package dev.grove.dm2.server;

import dev.grove.dm2.Dm2Command;
import dev.grove.dm2.ServerUri;
import dev.grove.dm2.server.Outstanding.Kind;
import dev.grove.engine.Task;
import dev.grove.engine.Ticket;
import dev.grove.engine.Ticket.Purpose;
import dev.grove.tree.Address;
import dev.grove.tree.ClientUri;
import dev.grove.tree.Operation;
import dev.grove.tree.Operation.Interaction;
import dev.grove.tree.Operation.Via;
import dev.grove.tree.Percent;
import dev.grove.tree.StatusCode;
import dev.grove.wire.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns operations into the commands of DM 2.0 ([DM 2.0 §5.3]), or says why they can never be sent. */
final class Translation {

    /** The parameter of the session's address by which an alert says which EXEC it ends. */
    static final String CORRELATOR = "correlator";

    private static final int TICKET_BYTES = 24;
    private static final Duration OPENING = Duration.ofMinutes(1);

    /** What became of a task. */
    sealed interface Translated {

        /** Commands, what is awaited of each, and the addresses that they name. */
        record Ready(List<Dm2Command> commands, List<Outstanding> outstanding, List<Ticket> tickets)
                implements
                    Translated {}

        /** The task can never be sent; {@code reason} names the thing, the limit and the rule. */
        record Refused(StatusCode status, String reason) implements Translated {}
    }

    /** Why an operation cannot be sent: leaves the translation of the task at once. */
    private static final class Unsendable extends Exception {
        private final StatusCode status;

        Unsendable(StatusCode status, String reason) {
            super(reason, null, false, false);
            this.status = status;
        }
    }

    private final Dm2Context context;
    private final Addressing addressing;

    Translation(Dm2Context context) {
        this.context = context;
        this.addressing = new Addressing(context.knowledge());
    }

    Translated translate(Task task) {
        Draft draft = new Draft(task.jobId());
        try {
            if (task.operation() instanceof Operation.Sequence(List<Operation> members)) {
                sequence(draft, Integer.toString(task.index()), members);
            } else {
                draft.add(Integer.toString(task.index()), task.operation());
            }
            return new Translated.Ready(draft.commands, draft.outstanding, draft.tickets);
        } catch (Unsendable refused) {
            return new Translated.Refused(refused.status, String.valueOf(refused.getMessage()));
        }
    }

    private static void sequence(Draft draft, String path, List<Operation> members) throws Unsendable {
        if (members.isEmpty()) {
            throw new Unsendable(StatusCode.INCOMPLETE_COMMAND, "a sequence holds one operation or more");
        }
        for (int i = 0; i < members.size(); i++) {
            Operation member = members.get(i);
            if (member instanceof Operation.Sequence(List<Operation> inner)) {
                sequence(draft, path + "." + i, inner);
            } else if (member instanceof Operation.ContinueAt) {
                throw new Unsendable(StatusCode.COMMAND_NOT_ALLOWED,
                        "continueAt stands alone: the answers of what goes with it would go elsewhere (DM 2.0 5.3.8)");
            } else if (member instanceof Interaction && i < members.size() - 1) {
                throw new Unsendable(StatusCode.OPTIONAL_FEATURE_NOT_SUPPORTED,
                        "a device of DM 2.0 does not wait for its user, so that nothing can follow a user interaction"
                                + " in a sequence (DM 2.0 5.3.7)");
            } else {
                draft.add(path + "." + i, member);
            }
        }
    }

    /** The commands of one task, as they come to be. */
    private final class Draft {

        private final String jobId;
        private final List<Dm2Command> commands = new ArrayList<>();
        private final List<Outstanding> outstanding = new ArrayList<>();
        private final List<Ticket> tickets = new ArrayList<>();

        Draft(String jobId) {
            this.jobId = jobId;
        }

        void add(String path, Operation operation) throws Unsendable {
            switch (operation) {
                case Operation.Get get -> read(path, get);
                case Operation.Add(Address target, var _) -> write(path, target);
                case Operation.Replace(Address target, var _) -> write(path, target);
                case Operation.Delete(Address target) -> {
                    ClientUri node = node(target);
                    put(new Dm2Command.Delete(node), new Outstanding(jobId, path, Kind.PLAIN,
                            Addressing.asked(target), node, null));
                }
                case Operation.Exec exec -> execute(path, exec);
                case Interaction interaction -> page(path, interaction);
                case Operation.Service service -> serve(path, service);
                case Operation.Copy _ -> throw new Unsendable(StatusCode.OPTIONAL_FEATURE_NOT_SUPPORTED,
                        "DM 2.0 has no command that copies: get the value and add it (DM 2.0 5.3)");
                case Operation.Atomic _ -> throw new Unsendable(StatusCode.OPTIONAL_FEATURE_NOT_SUPPORTED,
                        "DM 2.0 has nothing that is done as a whole or not at all (DM 2.0 5.3)");
                case Operation.Sequence _ -> throw new IllegalStateException("a sequence is taken apart before");
            }
        }

        private void read(String path, Operation.Get get) throws Unsendable {
            ClientUri node = node(get.target());
            String asked = Addressing.asked(get.target());
            Optional<String> validator = node.validator() == null && node.level() == null && !node.hasWildcard()
                    ? context.knowledge().validator(node)
                    : Optional.empty();
            ClientUri wanted = validator.isPresent() ? node.with(null, validator.get()) : node;
            if (get.via() == Via.REPOSITORY || context.knowledge().isLarge(node)) {
                Ticket ticket = issue(Purpose.UPLOAD, path, node);
                put(new Dm2Command.Hpost(repository(ticket), List.of(wanted)),
                        new Outstanding(jobId, path, Kind.UPLOAD, asked, wanted, ticket.id()));
            } else {
                put(new Dm2Command.Get(wanted), new Outstanding(jobId, path, Kind.READ, asked, wanted, null));
            }
        }

        /** An instance that is to come into being has no name yet: the device gives it one ([DM 2.0 §5.3.1]). */
        private void write(String path, Address target) throws Unsendable {
            ClientUri node = node(target);
            if (node.hasWildcard()) {
                throw new Unsendable(StatusCode.OPTIONAL_FEATURE_NOT_SUPPORTED,
                        "what is written has one place: " + node + " (DM 2.0 5.3.1)");
            }
            Ticket ticket = issue(Purpose.DOWNLOAD, path, node);
            boolean isNewInstance = node.instance().isEmpty() && node.path().isEmpty();
            put(new Dm2Command.Hget(repository(ticket), isNewInstance ? null : node),
                    new Outstanding(jobId, path, Kind.FETCH, Addressing.asked(target), node, ticket.id()));
        }

        private void execute(String path, Operation.Exec exec) throws Unsendable {
            if (exec.argument() != null) {
                throw new Unsendable(StatusCode.OPTIONAL_FEATURE_NOT_SUPPORTED,
                        "EXEC of DM 2.0 takes no argument (DM 2.0 5.3.5)");
            }
            ClientUri node = node(exec.target());
            String correlator = exec.correlator();
            ServerUri reportTo = correlator == null ? null
                    : new ServerUri(context.doors().session() + "?" + CORRELATOR + "="
                            + Percent.encodeQuery(correlator));
            put(new Dm2Command.Exec(node, reportTo), new Outstanding(jobId, path, Kind.EXEC,
                    Addressing.asked(exec.target()), node, null));
        }

        /** A page that is shown for so long only (MAXDT) may take a while to be opened. */
        private void page(String path, Interaction interaction) {
            Duration shown = interaction.options().maxDisplay();
            Duration life = shown == null ? context.settings().pageLife() : shown.plus(OPENING);
            Ticket ticket = ticket(Purpose.PAGE, path, "", life);
            put(new Dm2Command.Show(new ServerUri(context.doors().pages() + ticket.id())),
                    new Outstanding(jobId, path, Kind.PAGE, "", null, ticket.id()));
        }

        private void serve(String path, Operation.Service service) throws Unsendable {
            switch (service) {
                case Operation.Subscribe(Address target) -> {
                    ClientUri node = node(target);
                    Ticket ticket = ticket(Purpose.SUBSCRIPTION, path, node.toString(), null);
                    put(new Dm2Command.Sub(repository(ticket), node), new Outstanding(jobId, path, Kind.SUBSCRIBE,
                            Addressing.asked(target), node, ticket.id()));
                }
                case Operation.Unsubscribe(Address target) -> {
                    ClientUri node = node(target);
                    put(new Dm2Command.Unsub(node), new Outstanding(jobId, path, Kind.UNSUBSCRIBE,
                            Addressing.asked(target), node, null));
                }
                case Operation.Show(String url) -> put(new Dm2Command.Show(address(url)), plain(path));
                case Operation.SetDefault(String moid, String url) ->
                    put(new Dm2Command.Default(address(url), moid), plain(path));
                case Operation.ContinueAt(String url) -> put(new Dm2Command.Cont(address(url)),
                        new Outstanding(jobId, path, Kind.CONTINUE, "", null, null));
            }
        }

        private Outstanding plain(String path) {
            return new Outstanding(jobId, path, Kind.PLAIN, "", null, null);
        }

        private void put(Dm2Command command, Outstanding awaited) {
            commands.add(command);
            outstanding.add(awaited);
        }

        private Ticket issue(Purpose purpose, String path, ClientUri node) {
            return ticket(purpose, path, node.toString(), context.settings().ticketLife());
        }

        private Ticket ticket(Purpose purpose, String path, String node, @Nullable Duration life) {
            byte[] random = new byte[TICKET_BYTES];
            context.luck().nextBytes(random);
            Instant end = life == null ? null : context.now().plus(life);
            Ticket ticket = new Ticket(Bytes.wrap(random).hex(), purpose, jobId, path, node, end);
            tickets.add(ticket);
            return ticket;
        }
    }

    private ServerUri repository(Ticket ticket) {
        return new ServerUri(context.doors().repository() + ticket.id());
    }

    private static ServerUri address(String url) throws Unsendable {
        try {
            return new ServerUri(url);
        } catch (IllegalArgumentException broken) {
            throw new Unsendable(StatusCode.BAD_REQUEST, String.valueOf(broken.getMessage()));
        }
    }

    private ClientUri node(Address target) throws Unsendable {
        if (target.part() instanceof Address.Property) {
            throw new Unsendable(StatusCode.OPTIONAL_FEATURE_NOT_SUPPORTED,
                    "nodes of DM 2.0 have no properties: " + Addressing.asked(target) + " (DM 2.0 6.4)");
        }
        return addressing.clientUri(target).orElseThrow(() -> new Unsendable(StatusCode.NOT_FOUND,
                "DM 2.0 names nodes by their management object, and of " + Addressing.asked(target)
                        + " none is known: use a ClientURI, or give the device's description (DM 2.0 6.1)"));
    }
}
