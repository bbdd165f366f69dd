package dev.grove.testkit.simulation;

import dev.grove.auth.Scheme;
import dev.grove.auth.Secret;
import dev.grove.dm1.client.ClientAccount;
import dev.grove.dm1.client.ClientAlert;
import dev.grove.dm1.client.ClientAlert.Told;
import dev.grove.dm1.client.ClientContext;
import dev.grove.dm1.client.ClientFact;
import dev.grove.dm1.client.ClientTurn;
import dev.grove.dm1.client.Dm1ClientSession;
import dev.grove.dm1.client.Trigger;
import dev.grove.dm1.command.UserInterface;
import dev.grove.dm1.command.UserInterface.Answer;
import dev.grove.testkit.random.Dice;
import dev.grove.tree.Operation;
import dev.grove.tree.Tree;
import dev.grove.tree.Value;
import dev.grove.tree.edit.TreeEditor;
import dev.grove.wire.Bytes;
import dev.grove.wire.Packet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A device: the real client engine over a tree of its own. What it commits survives a crash; its session does not.
 */
final class SimulatedDevice {

    private static final UserInterface USER = interaction -> switch (interaction) {
        case Operation.Display _ -> new Answer.Shown();
        case Operation.Confirm _ -> new Answer.Yes();
        case Operation.Input _ -> new Answer.Text("Grove");
        case Operation.Choose _ -> new Answer.Choices(List.of(1));
    };

    private final Model model;
    private final Dice dice;
    private final Supplier<Instant> clock;
    private final Ledger ledger = new Ledger();
    private final TreeEditor editor;
    private final List<Packet> sent = new ArrayList<>();

    // durable
    private Tree tree;
    private ClientAccount account;
    private final List<ClientAlert> alerts = new ArrayList<>();
    private final List<String> noticed = new ArrayList<>();
    private int sessions;
    private int lastAlert;

    // gone with a crash
    private @Nullable Conversation conversation;
    private @Nullable Conversation latest;

    SimulatedDevice(Model model, Dice dice, Supplier<Instant> clock) {
        this.model = model;
        this.dice = dice;
        this.clock = clock;
        this.tree = model.tree(clock.get());
        this.account = model.account();
        LiveObject live = new LiveObject(name -> ledger.done(name, sessions), this::owesAnswer, dice.luck());
        this.editor = new TreeEditor(model.setup(live));
    }

    String id() {
        return model.id();
    }

    Model model() {
        return model;
    }

    Ledger ledger() {
        return ledger;
    }

    Tree tree() {
        return tree;
    }

    TreeEditor editor() {
        return editor;
    }

    /** The session that is under way. */
    @Nullable
    Conversation conversation() {
        return conversation;
    }

    /** The session that it began last, in words. */
    String latestChart() {
        return latest == null ? " never spoke" : latest.chart();
    }

    // ---- what happens to it

    /** Something worth an alert happens. */
    void notices(String what) {
        noticed.add(what);
        alerts.add(ClientAlert.generic("alert-" + ++lastAlert, null,
                new Told("./Sim", "dev.grove.simulation.notice", "informational", Value.text(what))));
    }

    private void owesAnswer(String correlator) {
        noticed.add(correlator);
        alerts.add(ClientAlert.generic("answer-" + ++lastAlert, correlator,
                new Told("./Sim/Live", "dev.grove.simulation.answer", null, Value.text(correlator))));
    }

    /** All that it has ever noticed, and told or wants to tell. */
    List<String> noticed() {
        return noticed;
    }

    /** Begins a session. */
    Conversation calls() {
        Trigger trigger = dice.onceIn(4)
                ? Trigger.server(++sessions, dice.onceIn(2), false)
                : Trigger.client(++sessions);
        Conversation begun = new Conversation(sessions, clock.get(), account, model.settings());
        latest = begun;
        committed(begun, Dm1ClientSession.start(trigger, tree, context(begun)));
        return begun;
    }

    /**
     * Hears the server's answer.
     *
     * @param crash whether the device dies before anything of it is durable
     */
    void hears(Packet answer, boolean crash) {
        Conversation current = running();
        current.received(answer, ledger);
        ClientTurn turn = Dm1ClientSession.turn(current.state(), answer, context(current));
        if (crash) {
            crashes();
            return;
        }
        committed(current, turn);
    }

    /** Loses its session, and all that was not committed. */
    void crashes() {
        conversation = null;
    }

    /** Gives up a session that gets no answers: an unannounced abort ([DMPRO 1.3 §8.1]). */
    void givesUp() {
        conversation = null;
    }

    Conversation running() {
        if (conversation == null) {
            throw new IllegalStateException(id() + " has no session");
        }
        return conversation;
    }

    /** Notes that a message has left. */
    void sends(Packet packet) {
        sent.add(packet);
    }

    /** Some message that has left before, in this session or in one before it. */
    @Nullable
    Packet earlier() {
        return sent.isEmpty() ? null : dice.oneOf(sent);
    }

    private ClientContext context(Conversation current) {
        return new ClientContext(model.settings(), current.account(), editor, USER, alerts, false, clock.get(),
                dice.luck());
    }

    private void committed(Conversation current, ClientTurn turn) {
        tree = turn.next().tree();
        turn.facts().forEach(this::learns);
        current.goesOn(turn);
        conversation = current.pending() == null ? null : current;
    }

    private void learns(ClientFact fact) {
        switch (fact) {
            case ClientFact.ClientNonceReceived(var nonce) -> account = withClient(account, nonce);
            case ClientFact.ServerNonceIssued(var nonce) -> account = withServer(account, nonce);
            case ClientFact.AlertAnswered(String alert, var _) -> alerts.removeIf(a -> a.id().equals(alert));
            case ClientFact.Accepted(Scheme _) -> {
                // every account has one scheme
            }
            case ClientFact.ServerAuthenticated _,ClientFact.ServerRefused _,ClientFact.Noted _,ClientFact.Ended _ -> {
                // stands in the conversation
            }
        }
    }

    private static ClientAccount withClient(ClientAccount account, Bytes nonce) {
        Secret secret = account.client();
        return secret == null
                ? account
                : account.withClient(secret.withNonce(nonce), account.clientSchemes().getFirst(),
                        account.credentialsAtOnce());
    }

    private static ClientAccount withServer(ClientAccount account, Bytes nonce) {
        Secret secret = account.server();
        return secret == null
                ? account
                : account.withServer(secret.withNonce(nonce), account.serverSchemes().getFirst());
    }

    /** What stands in the way of a good night: nothing, if there is no session and nothing to tell. */
    boolean isQuiet() {
        return conversation == null && alerts.isEmpty();
    }
}
