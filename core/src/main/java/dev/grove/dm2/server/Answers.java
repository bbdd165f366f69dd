package dev.grove.dm2.server;

import dev.grove.dm2.Dm2Package;
import dev.grove.dm2.Dm2Package.CommandStatus;
import dev.grove.engine.Fact;
import dev.grove.tree.ClientUri;
import dev.grove.tree.Outcome;
import dev.grove.tree.Outcome.Result;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import dev.grove.wire.Malformed;
import dev.grove.wire.Packet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the statuses of package 3 mean for the operations behind the commands ([DM 2.0 §5.2.4, App. C, F]). A status
 * that is missing, one too many, data that is missing or belongs to nothing: each harms only what it belongs to.
 */
final class Answers {

    private final Dm2Context context;
    private final List<Fact> facts;

    /** @param facts where it is told */
    Answers(Dm2Context context, List<Fact> facts) {
        this.context = context;
        this.facts = facts;
    }

    void take(List<Outstanding> outstanding, Dm2Package.Response response) {
        noteOddities(outstanding, response);
        Map<String, Group> groups = new LinkedHashMap<>();
        for (int i = 0; i < outstanding.size(); i++) {
            Outstanding command = outstanding.get(i);
            CommandStatus status = i < response.statuses().size() ? response.statuses().get(i) : null;
            boolean isSettled = status == null ? unanswered(command)
                    : answered(command, status, response.data().get(i));
            if (command.isInGroup()) {
                groups.computeIfAbsent(command.jobId() + "/" + command.index(),
                        _ -> new Group(command.jobId(), command.index())).add(command.path(), isSettled);
            }
        }
        groups.values().forEach(group -> group.tell(facts));
    }

    /** What became of the members of a sequence. */
    private static final class Group {
        private final String jobId;
        private final int index;
        private final Set<String> paths = new LinkedHashSet<>();
        private boolean isSettled = true;

        Group(String jobId, int index) {
            this.jobId = jobId;
            this.index = index;
        }

        /** Notes the sequences around a member, the innermost first. */
        void add(String member, boolean settled) {
            isSettled &= settled;
            for (int dot = member.lastIndexOf('.'); dot > 0; dot = member.lastIndexOf('.', dot - 1)) {
                paths.add(member.substring(0, dot));
            }
        }

        void tell(List<Fact> facts) {
            if (!isSettled) {
                facts.add(new Fact.Accepted(jobId, Integer.toString(index), null));
                return;
            }
            paths.stream().sorted((one, other) -> other.length() - one.length())
                    .forEach(path -> facts.add(new Fact.Answered(jobId, path, Outcome.of(StatusCode.OK,
                            "all that is inside it was answered"))));
        }
    }

    private void noteOddities(List<Outstanding> outstanding, Dm2Package.Response response) {
        if (response.statuses().size() != outstanding.size()) {
            facts.add(new Fact.Noted(response.statuses().size() + " statuses came for " + outstanding.size()
                    + " commands (DM 2.0 5.2.4)"));
        }
        response.data().forEach((index, data) -> {
            boolean isWanted = index < outstanding.size() && outstanding.get(index).kind() == Outstanding.Kind.READ
                    && index < response.statuses().size();
            if (!isWanted) {
                facts.add(new Fact.Noted("data came for command " + index + ", which brings none (DM 2.0 F)"));
            }
        });
    }

    private boolean unanswered(Outstanding command) {
        tell(command, Outcome.of(StatusCode.COMMAND_FAILED, "the device sent no status for it"));
        return true;
    }

    /** Whether the operation has its outcome now. */
    private boolean answered(Outstanding command, CommandStatus status, @Nullable Packet data) {
        boolean isDone = status.code().isSuccess();
        return switch (command.kind()) {
            case PLAIN, CONTINUE -> tell(command, Outcome.of(status.code()));
            case READ -> read(command, status.code(), data);
            case FETCH -> tell(command, new Outcome(status.code(), stored(status), null));
            case EXEC -> status.code().equals(StatusCode.ACCEPTED_FOR_PROCESSING) ? accepted(command)
                    : tell(command, Outcome.of(status.code()));
            case UPLOAD, PAGE -> isDone ? accepted(command) : tell(command, Outcome.of(status.code()));
            case SUBSCRIBE -> {
                // What it gave out stays good, for as long as the device tells of changes.
                facts.add(new Fact.Answered(command.jobId(), command.path(), Outcome.of(status.code())));
                String ticket = command.ticket();
                if (!isDone && ticket != null) {
                    facts.add(new Fact.TicketClosed(ticket));
                }
                yield true;
            }
            case UNSUBSCRIBE -> {
                ClientUri node = command.sent();
                if (node != null && (isDone || status.code().equals(StatusCode.NOT_FOUND))) {
                    facts.add(new Fact.Unsubscribed(node.toString()));
                }
                yield tell(command, Outcome.of(status.code()));
            }
        };
    }

    private boolean accepted(Outstanding command) {
        facts.add(new Fact.Accepted(command.jobId(), command.path(), command.ticket()));
        return false;
    }

    private boolean tell(Outstanding command, Outcome outcome) {
        facts.add(new Fact.Answered(command.jobId(), command.path(), outcome));
        String ticket = command.ticket();
        if (ticket != null) {
            facts.add(new Fact.TicketClosed(ticket));
        }
        return true;
    }

    /** Where data came to be, one result an address ([DM 2.0 §5.3.1]). */
    private static List<Result> stored(CommandStatus status) {
        List<Result> stored = new ArrayList<>();
        status.uris().forEach(uri -> stored.add(new Result(uri, Value.interior(""))));
        return stored;
    }

    private boolean read(Outstanding command, StatusCode status, @Nullable Packet data) {
        if (!status.isSuccess() || data == null) {
            boolean isMissing = status.equals(StatusCode.OK) && data == null;
            return tell(command, new Outcome(status, List.of(), isMissing ? "the device sent no data" : null));
        }
        try {
            DeviceReading.Read read = new DeviceReading(context.knowledge()).read(data, command.asked(), sent(command));
            tell(command, new Outcome(status, read.results(), null));
            facts.addAll(read.facts());
        } catch (Malformed broken) {
            facts.add(new Fact.Noted("the data of a GET is not understood: " + broken.getMessage()));
            tell(command, Outcome.of(status, "the data is not understood: " + broken.rule()));
        }
        return true;
    }

    private static ClientUri sent(Outstanding command) {
        ClientUri sent = command.sent();
        if (sent == null) {
            throw new IllegalStateException("a command that reads names a node");
        }
        return sent;
    }
}
