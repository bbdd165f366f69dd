package dev.grove.dm1;

import dev.grove.engine.Account;
import dev.grove.engine.Fact;
import dev.grove.engine.Task;
import dev.grove.auth.Scheme;
import dev.grove.auth.Secret;
import dev.grove.dm1.client.ClientAccount;
import dev.grove.dm1.client.ClientAlert;
import dev.grove.dm1.client.ClientContext;
import dev.grove.dm1.client.ClientFact;
import dev.grove.dm1.client.ClientSettings;
import dev.grove.dm1.client.ClientState;
import dev.grove.dm1.client.ClientTurn;
import dev.grove.dm1.client.Dm1ClientSession;
import dev.grove.dm1.client.Trigger;
import dev.grove.dm1.command.UserInterface;
import dev.grove.dm1.exchange.Profile;
import dev.grove.syncml.Encoding;
import dev.grove.syncml.Message;
import dev.grove.syncml.SyncmlCodec;
import dev.grove.tree.Operation;
import dev.grove.tree.Outcome;
import dev.grove.tree.Tree;
import dev.grove.tree.edit.TreeEditor;
import dev.grove.tree.edit.TreeSetup;
import dev.grove.wire.Bytes;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import dev.grove.wire.Packet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Both engines in one process, joined by a wire that may lose and repeat messages, with a store on the server's side
 * and a device that keeps its tree, nonces and alerts. Session states go through their stored form each time.
 */
final class Loopback {

    static final String URL = "http://server.example/dm";
    static final String DEVICE = "IMEI:493005100592800";
    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    /** What the wire does to a message and its answer. */
    enum Mishap {
        NONE, REQUEST_LOST, REQUEST_TWICE, REPLY_LOST, OLD_REPLY_FIRST
    }

    private static final List<Mishap> MISHAPS = List.of(Mishap.REQUEST_LOST, Mishap.REQUEST_TWICE, Mishap.REPLY_LOST,
            Mishap.OLD_REPLY_FIRST);

    // The server
    ServerSettings serverSettings = ServerSettings.DEFAULT;
    Account account;
    final Map<String, Task> work = new LinkedHashMap<>();
    final Map<String, Outcome> outcomes = new LinkedHashMap<>();
    final List<Fact> serverFacts = new ArrayList<>();
    private final Map<String, Bytes> sessions = new LinkedHashMap<>();

    // The device
    ClientSettings clientSettings;
    ClientAccount clientAccount;
    TreeSetup setup;
    Tree tree;
    UserInterface user = UserInterface.NONE;
    List<ClientAlert> alerts = new ArrayList<>();
    final List<ClientFact> clientFacts = new ArrayList<>();

    // The wire
    final Random luck;
    double mishaps;
    int messages;
    int longestRequest;
    int longestReply;
    private @Nullable Packet oldReply;

    /** What a device begins with. */
    record Ground(TreeSetup setup, Tree tree) {}

    Loopback(Profile profile, Encoding encoding, Ground ground, long seed) {
        this.clientSettings = ClientSettings.of(DEVICE, profile, encoding);
        this.clientAccount = ClientAccount.open("server.example", URL);
        this.account = new Account(DEVICE, null, List.of(), null, Scheme.MD5);
        this.setup = ground.setup();
        this.tree = ground.tree();
        this.luck = new Random(seed);
    }

    /** The device proves itself in a scheme, which both sides know; with nonces that both sides know if any. */
    Loopback withClientScheme(Scheme scheme, boolean atOnce, Bytes deviceNonce, Bytes serverNonce) {
        clientAccount = new ClientAccount(clientAccount.serverId(), URL, new Secret("user", "secret", deviceNonce),
                List.of(scheme), atOnce, clientAccount.server(), clientAccount.serverSchemes());
        account = new Account(DEVICE, new Secret("user", "secret", serverNonce), List.of(scheme), account.server(),
                account.serverScheme());
        return this;
    }

    /** The server proves itself in a scheme; the nonces may be out of step. */
    Loopback withServerScheme(Scheme scheme, Bytes deviceNonce, Bytes serverNonce) {
        clientAccount = new ClientAccount(clientAccount.serverId(), URL, clientAccount.client(),
                clientAccount.clientSchemes(), clientAccount.credentialsAtOnce(),
                new Secret("server", "pass", deviceNonce), List.of(scheme));
        account = new Account(DEVICE, account.client(), account.clientSchemes(),
                new Secret("server", "pass", serverNonce), scheme);
        return this;
    }

    Loopback withLimits(int serverMaxMsg, int clientMaxMsg) {
        ServerSettings s = serverSettings;
        serverSettings = new ServerSettings(serverMaxMsg, s.maxObjSizeBytes(), s.maxAttempts(), s.idle(),
                s.sha256Name(), s.acceptDefaultNonce());
        ClientSettings c = clientSettings;
        clientSettings = new ClientSettings(c.deviceId(), c.profile(), c.encoding(), clientMaxMsg,
                c.maxObjSizeBytes(), c.maxAttempts(), c.sha256Name(), c.acceptDefaultNonce());
        return this;
    }

    /** Both sides take the nonce 0x00000000, once, to resynchronise. */
    Loopback withDefaultNonce() {
        ServerSettings s = serverSettings;
        serverSettings = new ServerSettings(s.maxMsgSizeBytes(), s.maxObjSizeBytes(), s.maxAttempts(), s.idle(),
                s.sha256Name(), true);
        ClientSettings c = clientSettings;
        clientSettings = new ClientSettings(c.deviceId(), c.profile(), c.encoding(), c.maxMsgSizeBytes(),
                c.maxObjSizeBytes(), c.maxAttempts(), c.sha256Name(), true);
        return this;
    }

    /** Queues an operation as a job of its own. */
    void queue(String job, Operation operation) {
        work.put(job, new Task(job, 0, operation));
    }

    // ---- a session, from beginning to end

    /** Runs one session; the reason why it ended for the device. */
    ClientFact.Reason session(int number) {
        return session(Trigger.client(number));
    }

    /** Runs one session that begins for this reason. */
    ClientFact.Reason session(Trigger trigger) {
        ClientTurn turn = noted(Dm1ClientSession.start(trigger, tree, context()));
        for (int i = 0; turn.send() != null && i < 5000; i++) {
            Packet reply = exchange(turn.send());
            if (turn.next().isEnded()) {
                break;
            }
            turn = answered(turn.next(), reply);
        }
        return ended();
    }

    /** An old answer that comes late is met by the last message once more. */
    private ClientTurn answered(ClientState state, Packet reply) {
        if (oldReply != null && mishap() == Mishap.OLD_REPLY_FIRST) {
            ClientTurn again = noted(Dm1ClientSession.turn(state, oldReply, context()));
            if (again.send() == null) {
                throw new AssertionError("an old answer ends the session");
            }
            Packet same = exchange(again.send());
            oldReply = same;
            return noted(Dm1ClientSession.turn(again.next(), same, context()));
        }
        oldReply = reply;
        return noted(Dm1ClientSession.turn(state, reply, context()));
    }

    private ClientFact.Reason ended() {
        ClientFact last = clientFacts.getLast();
        if (last instanceof ClientFact.Ended(ClientFact.Reason reason, String remark)) {
            return reason;
        }
        throw new AssertionError("the session has no end: " + last);
    }

    private Mishap mishap() {
        return luck.nextDouble() < mishaps
                ? MISHAPS.get(luck.nextInt(MISHAPS.size()))
                : Mishap.NONE;
    }

    /** Carries a message there and its answer back, however often it takes. */
    private Packet exchange(Packet request) {
        while (true) {
            switch (mishap()) {
                case REQUEST_LOST -> {}
                case REPLY_LOST -> serve(request);
                case REQUEST_TWICE -> {
                    serve(request);
                    return serve(request);
                }
                case NONE, OLD_REPLY_FIRST -> {
                    return serve(request);
                }
            }
        }
    }

    // ---- the device

    private ClientContext context() {
        return new ClientContext(clientSettings, clientAccount, new TreeEditor(setup), user, alerts, false, NOW, luck);
    }

    private ClientTurn noted(ClientTurn turn) {
        tree = turn.next().tree();
        for (ClientFact fact : turn.facts()) {
            clientFacts.add(fact);
            switch (fact) {
                case ClientFact.ClientNonceReceived(Bytes nonce) -> clientAccount = new ClientAccount(
                        clientAccount.serverId(), URL, with(clientAccount.client(), nonce),
                        clientAccount.clientSchemes(), clientAccount.credentialsAtOnce(), clientAccount.server(),
                        clientAccount.serverSchemes());
                case ClientFact.ServerNonceIssued(Bytes nonce) -> clientAccount = new ClientAccount(
                        clientAccount.serverId(), URL, clientAccount.client(), clientAccount.clientSchemes(),
                        clientAccount.credentialsAtOnce(), with(clientAccount.server(), nonce),
                        clientAccount.serverSchemes());
                case ClientFact.AlertAnswered answered -> alerts.removeIf(alert -> alert.id().equals(answered.id()));
                case ClientFact.Accepted _,ClientFact.ServerAuthenticated _,ClientFact.ServerRefused _ -> {
                }
                case ClientFact.Noted _,ClientFact.Ended _ -> {
                }
            }
        }
        return turn;
    }

    private static @Nullable Secret with(@Nullable Secret secret, Bytes nonce) {
        return secret == null ? null : secret.withNonce(nonce);
    }

    // ---- the server

    private Packet serve(Packet request) {
        messages++;
        longestRequest = Math.max(longestRequest, request.body().length());
        try {
            Message message = SyncmlCodec.decode(request, Limits.DEFAULT);
            String session = message.header().source().uri() + " " + message.header().sessionId();
            Bytes stored = sessions.get(session);
            Incoming in = new Incoming(request, message, clientSettings.encoding(), URL, identity());
            Turn turn = Dm1ServerSession.turn(stored == null ? null : SessionState.decode(stored), in,
                    new ServerContext(serverSettings, account, List.copyOf(work.values()), NOW, luck));
            sessions.put(session, turn.next().encode());
            turn.facts().forEach(this::store);
            if (turn.reply() == null) {
                return new Packet(request.mediaType(), Bytes.EMPTY);
            }
            longestReply = Math.max(longestReply, turn.reply().body().length());
            return turn.reply();
        } catch (Malformed malformed) {
            throw new AssertionError("the server cannot read: " + request.body().utf8(), malformed);
        }
    }

    /** Without credentials the transport vouches for the device. */
    private @Nullable String identity() {
        return account.client() == null ? DEVICE : null;
    }

    private void store(Fact fact) {
        serverFacts.add(fact);
        switch (fact) {
            case Fact.Answered(String job, String path, Outcome outcome) -> {
                Outcome before = outcomes.put(job + "/" + path, outcome);
                if (before != null && !before.status().equals(outcome.status())) {
                    throw new AssertionError(job + "/" + path + " answered " + before + " and then " + outcome);
                }
                if (path.indexOf('.') < 0) {
                    work.remove(job);
                }
            }
            case Fact.Unsendable unsendable -> {
                outcomes.put(unsendable.jobId() + "/" + unsendable.index(),
                        Outcome.of(unsendable.status(), unsendable.reason()));
                work.remove(unsendable.jobId());
            }
            case Fact.ClientNonceIssued(Bytes nonce) -> account = new Account(DEVICE, with(account.client(), nonce),
                    account.clientSchemes(), account.server(), account.serverScheme());
            case Fact.ServerNonceReceived(Bytes nonce) -> account = new Account(DEVICE, account.client(),
                    account.clientSchemes(), with(account.server(), nonce), account.serverScheme());
            case Fact.ServerSchemeLearned(Scheme scheme) -> account = new Account(DEVICE, account.client(),
                    account.clientSchemes(), account.server(), scheme);
            default -> {}
        }
    }

    /** What the device answered: {@code job/path}. */
    Outcome outcome(String path) {
        return Objects.requireNonNull(outcomes.get(path), () -> path + " of " + outcomes.keySet());
    }

    /** How the last session ended for the server. */
    Optional<Fact.Ended> serverEnd() {
        return serverFacts.stream().filter(Fact.Ended.class::isInstance).map(Fact.Ended.class::cast)
                .reduce((_, last) -> last);
    }
}
