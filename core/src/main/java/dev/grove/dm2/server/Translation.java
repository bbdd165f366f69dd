package dev.grove.dm2.server;

import dev.grove.dm2.Dm2Command;
import dev.grove.dm2.ServerUri;
import dev.grove.dm2.server.Dm2Feasibility.Infeasible;
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

    /** No object is known where an operation aims: leaves the translation of the task at once. */
    private static final class NoObject extends Exception {
        NoObject(Address target) {
            super("DM 2.0 names nodes by their management object, and of " + Addressing.asked(target)
                    + " none is known: use a ClientURI, or give the device's description (DM 2.0 6.1)", null, false,
                    false);
        }
    }

    private final Dm2Context context;
    private final Addressing addressing;

    Translation(Dm2Context context) {
        this.context = context;
        this.addressing = new Addressing(context.knowledge());
    }

    Translated translate(Task task) {
        String path = Integer.toString(task.index());
        List<Infeasible> faults = Dm2Feasibility.faults(path, task.operation());
        if (!faults.isEmpty()) {
            return new Translated.Refused(faults.getFirst().status(), faults.getFirst().reason());
        }
        Draft draft = new Draft(task.jobId());
        try {
            draft.add(path, task.operation());
            return new Translated.Ready(draft.commands, draft.outstanding, draft.tickets);
        } catch (NoObject unknown) {
            return new Translated.Refused(StatusCode.NOT_FOUND, String.valueOf(unknown.getMessage()));
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

        void add(String path, Operation operation) throws NoObject {
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
                case Operation.Sequence(List<Operation> members) -> {
                    for (int i = 0; i < members.size(); i++) {
                        add(path + "." + i, members.get(i));
                    }
                }
                case Operation.Copy _,Operation.Atomic _ ->
                    throw new IllegalStateException("has been found infeasible before");
            }
        }

        private void read(String path, Operation.Get get) throws NoObject {
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
        private void write(String path, Address target) throws NoObject {
            ClientUri node = node(target);
            Ticket ticket = issue(Purpose.DOWNLOAD, path, node);
            boolean isNewInstance = node.instance().isEmpty() && node.path().isEmpty();
            put(new Dm2Command.Hget(repository(ticket), isNewInstance ? null : node),
                    new Outstanding(jobId, path, Kind.FETCH, Addressing.asked(target), node, ticket.id()));
        }

        private void execute(String path, Operation.Exec exec) throws NoObject {
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

        private void serve(String path, Operation.Service service) throws NoObject {
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
                case Operation.Show(String url) -> put(new Dm2Command.Show(new ServerUri(url)), plain(path));
                case Operation.SetDefault(String moid, String url) ->
                    put(new Dm2Command.Default(new ServerUri(url), moid), plain(path));
                case Operation.ContinueAt(String url) -> put(new Dm2Command.Cont(new ServerUri(url)),
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

    private ClientUri node(Address target) throws NoObject {
        return addressing.clientUri(target).orElseThrow(() -> new NoObject(target));
    }
}
