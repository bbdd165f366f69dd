package dev.grove.testkit.simulation;

import dev.grove.dm1.client.ClientAccount;
import dev.grove.dm1.client.ClientFact;
import dev.grove.dm1.client.ClientSettings;
import dev.grove.dm1.client.ClientState;
import dev.grove.dm1.client.ClientTurn;
import dev.grove.dm1.exchange.Profile;
import dev.grove.syncml.Command;
import dev.grove.syncml.Command.Exec;
import dev.grove.syncml.Command.Get;
import dev.grove.syncml.Command.Replace;
import dev.grove.syncml.Command.Results;
import dev.grove.syncml.Command.Status;
import dev.grove.syncml.Item;
import dev.grove.syncml.Message;
import dev.grove.syncml.SyncmlCodec;
import dev.grove.testkit.lockstep.AnswerLedger;
import dev.grove.testkit.lockstep.Chart;
import dev.grove.tree.StatusCode;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import dev.grove.wire.Packet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One session as a device lives through it, with the books of both directions. */
final class Conversation {

    private final int number;
    private final Instant startedAt;
    private final ClientAccount account;
    private final ClientSettings settings;
    private final AnswerLedger asOfDevice = new AnswerLedger();
    private final AnswerLedger asOfServer = new AnswerLedger();
    private final Map<String, String> marked = new HashMap<>();
    private final Map<String, Integer> unacknowledged = new HashMap<>();
    private final Set<String> reported = new LinkedHashSet<>();
    private final List<String> violations = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();
    private @Nullable ClientState state;
    private @Nullable Packet pending;
    private @Nullable Message lastSaid;
    private ClientFact.@Nullable Ended end;
    private int attempts;

    Conversation(int number, Instant startedAt, ClientAccount account, ClientSettings settings) {
        this.number = number;
        this.startedAt = startedAt;
        this.account = account;
        this.settings = settings;
    }

    int number() {
        return number;
    }

    Instant startedAt() {
        return startedAt;
    }

    /** The account as it was when the session began. */
    ClientAccount account() {
        return account;
    }

    ClientState state() {
        if (state == null) {
            throw new IllegalStateException("the session has not begun");
        }
        return state;
    }

    /** The message that waits to be sent, or for its answer; absent if the session is over. */
    @Nullable
    Packet pending() {
        return pending;
    }

    /** How the session ended; absent while it goes on. */
    ClientFact.@Nullable Ended end() {
        return end;
    }

    boolean isOver() {
        return end != null;
    }

    /** Counts an attempt to send the pending message. */
    int attempt() {
        return ++attempts;
    }

    /** A farewell needs no answer. */
    void fallsSilent() {
        pending = null;
    }

    /** What both sides did against the rules. */
    List<String> violations() {
        return violations;
    }

    /** URIs whose values the device has reported. */
    Set<String> reported() {
        return reported;
    }

    /** All messages of both sides, in order. */
    String chart() {
        return messages.stream().map(Chart::of).collect(Collectors.joining("\n", "\n", ""));
    }

    // ---- the device speaks

    void goesOn(ClientTurn turn) {
        state = turn.next();
        pending = turn.send() == null ? null : withUserAgent(turn.send());
        attempts = 0;
        for (ClientFact fact : turn.facts()) {
            if (fact instanceof ClientFact.Ended last) {
                end = last;
            }
        }
        if (pending != null) {
            Message message = decoded(pending);
            messages.add(message);
            lastSaid = message;
            violations.addAll(asOfDevice.asks(message));
            boolean isFarewell = end != null && end.reason() != ClientFact.Reason.COMPLETED;
            if (messages.size() > 1 && !isFarewell) {
                violations.addAll(asOfServer.answers(message));
            }
            message.body().forEach(this::reports);
        }
        if (end != null && end.reason() == ClientFact.Reason.COMPLETED) {
            leftOpen(asOfDevice.open(), "the server has never answered ");
            leftOpen(asOfServer.open().stream().filter(open -> !open.endsWith(" SyncHdr")).toList(),
                    "the device has never answered ");
        }
    }

    /** Windows is known by it ([MS-MDM §2.1]). */
    private Packet withUserAgent(Packet packet) {
        boolean isWindows = settings.profile().name().equals(Profile.WINDOWS.name());
        String agent = isWindows ? "MSFT OMA DM Client/1.2.0.1" : "Grove simulation";
        return new Packet(packet.mediaType(), packet.body(), packet.headers().with("User-Agent", agent));
    }

    private void leftOpen(List<String> open, String what) {
        open.forEach(command -> violations.add(what + command));
    }

    private void reports(Command command) {
        if (command instanceof Status status) {
            String name = marked.get(status.msgRef() + "/" + status.cmdRef());
            int code = status.code().code();
            if (name != null && code != 213 && code != 401 && code != 407) {
                unacknowledged.put(name, code);
            }
        } else if (command instanceof Results results) {
            results.items().forEach(this::reports);
        }
    }

    /** Live nodes that answer to any name are listed nowhere; parts of nodes are not in the mirror. */
    private void reports(Item item) {
        String uri = item.source() == null ? "?" : item.source().uri();
        if (item.data() != null && uri.indexOf('?') < 0 && !uri.contains(LiveObject.ECHO)) {
            reported.add(uri);
        }
    }

    // ---- the server speaks

    void received(Packet answer, Ledger ledger) {
        Message message = decoded(answer);
        messages.add(message);
        violations.addAll(asOfServer.asks(message));
        violations.addAll(asOfDevice.answers(message));
        if (isChallenge(message) && lastSaid != null) {
            asOfServer.takesBack(lastSaid);
        }
        if (!message.body().isEmpty() && message.body().getFirst() instanceof Status first
                && first.code().isSuccess()) {
            unacknowledged.forEach(ledger::acknowledged);
        }
        unacknowledged.clear();
        recognise(message.header().msgId(), message.body());
    }

    /** What a server does not believe was not said; it will be said again. */
    private static boolean isChallenge(Message message) {
        return !message.body().isEmpty() && message.body().getFirst() instanceof Status first
                && (first.code().equals(StatusCode.INVALID_CREDENTIALS)
                        || first.code().equals(StatusCode.MISSING_CREDENTIALS));
    }

    private void recognise(String msgId, List<Command> commands) {
        for (Command command : commands) {
            String name = switch (command) {
                case Replace c -> nameOf(c.items());
                case Exec c -> nameOf(c.items());
                case Get c -> echoOf(c.items());
                case Command.Container container -> {
                    recognise(msgId, container.commands());
                    yield "";
                }
                case Command.Add _,Command.Delete _,Command.Copy _,Results _ -> "";
                case Command.Alert _,Status _,Command.Unknown _ -> "";
            };
            if (!name.isEmpty()) {
                marked.put(msgId + "/" + command.cmdId(), name);
            }
        }
    }

    private static String nameOf(List<Item> items) {
        Item item = items.getFirst();
        boolean isMarked = item.target() != null && RandomJobs.isLive(item.target().uri());
        return item.data() == null || !isMarked ? "" : RandomJobs.name(item.data().text());
    }

    private static String echoOf(List<Item> items) {
        Item item = items.getFirst();
        String uri = item.target() == null ? "" : item.target().uri();
        return RandomJobs.name(uri.substring(uri.lastIndexOf('/') + 1).replace(LiveObject.ECHO, ""));
    }

    static Message decoded(Packet packet) {
        try {
            return SyncmlCodec.decode(packet, Limits.DEFAULT);
        } catch (Malformed malformed) {
            throw new IllegalStateException("a simulated peer wrote what nobody can read", malformed);
        }
    }
}
