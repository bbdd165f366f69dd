package dev.grove.testkit.lockstep;

import dev.grove.syncml.Command;
import dev.grove.syncml.Command.Results;
import dev.grove.syncml.Command.Status;
import dev.grove.syncml.Message;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The books of one direction of a session: what one side has asked and what the other side owes it. Every command gets
 * one Status, or one for each of its items ([REPPRO 1.2 §6.6.16], [DMPRO 1.3 §6.1]); the Status of the header comes
 * first; Results follow the Status of their Get, and may have a Status of their own: 213 for a part of a large object.
 *
 * <p>Violations are sentences; a conversation without any gives empty lists.
 */
public final class AnswerLedger {

    private final Map<String, String> open = new LinkedHashMap<>();
    private final Map<String, Set<String>> given = new LinkedHashMap<>();

    /** Enters a message of the side that asks. */
    public List<String> asks(Message message) {
        List<String> violations = new ArrayList<>();
        String msgId = message.header().msgId();
        enter(msgId + "/0", "SyncHdr");
        Set<String> ids = new HashSet<>();
        asks(msgId, message.body(), ids, violations);
        return violations;
    }

    private void asks(String msgId, List<Command> commands, Set<String> ids, List<String> violations) {
        for (Command command : commands) {
            String id = command.cmdId();
            if (id.isEmpty() || id.equals("0") || !ids.add(id)) {
                violations.add(command.name() + " of message " + msgId + " has the CmdID '" + id
                        + "', which must be there once and not be 0 (REPPRO 6.1.3)");
            }
            if (command instanceof Results) {
                given.put(msgId + "/" + id, new HashSet<>());
            } else if (!(command instanceof Status)) {
                enter(msgId + "/" + id, command.name());
            }
            if (command instanceof Command.Container container) {
                asks(msgId, container.commands(), ids, violations);
            }
        }
    }

    private void enter(String reference, String name) {
        open.put(reference, name);
        given.put(reference, new HashSet<>());
    }

    /** Enters a message of the side that answers. */
    public List<String> answers(Message message) {
        List<String> violations = new ArrayList<>();
        List<Command> body = message.body();
        if (body.isEmpty() || !(body.getFirst() instanceof Status first) || !first.isOfHeader()) {
            violations.add("message " + message.header().msgId()
                    + " does not begin with the Status of the header that it answers (REPPRO 6.6.16)");
        }
        for (Command command : body) {
            switch (command) {
                case Status status -> answers(status, violations);
                case Results results -> answers(results, violations);
                case Command.WithItems _,Command.Alert _,Command.Container _,Command.Unknown _ -> {
                    // is none of this direction
                }
            }
        }
        return violations;
    }

    /** Strikes out what a message answered: the other side did not believe its sender, and will hear it again. */
    public void takesBack(Message message) {
        for (Command command : message.body()) {
            if (command instanceof Status status) {
                String reference = status.msgRef() + "/" + status.cmdRef();
                Set<String> codes = given.get(reference);
                if (codes != null) {
                    codes.clear();
                    open.put(reference, status.cmd());
                }
            }
        }
    }

    private void answers(Status status, List<String> violations) {
        String reference = status.msgRef() + "/" + status.cmdRef();
        Set<String> codes = given.get(reference);
        if (codes == null) {
            violations.add("Status " + status.code() + " refers to " + reference + ", which nobody has said");
            return;
        }
        open.remove(reference);
        if (!codes.add(status.targetRefs() + " " + status.sourceRefs())) {
            violations.add("Status " + status.code() + " of " + reference + " " + status.cmd()
                    + ": it had its answer before");
        }
    }

    private void answers(Results results, List<String> violations) {
        String reference = (results.msgRef().isEmpty() ? "1" : results.msgRef()) + "/" + results.cmdRef();
        Set<String> codes = given.get(reference);
        if (codes == null) {
            violations.add("Results refer to " + reference + ", which nobody has said");
        } else if (codes.isEmpty()) {
            violations.add("Results of " + reference + " come before its Status (REPPRO 6.6.11)");
        }
    }

    /** What has no answer yet, as {@code MsgID/CmdID name}, in the order in which it was asked. */
    public List<String> open() {
        return open.entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).toList();
    }
}
