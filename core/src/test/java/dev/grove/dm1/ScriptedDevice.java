package dev.grove.dm1;

import dev.grove.engine.Account;
import dev.grove.engine.Fact;
import dev.grove.engine.Task;
import dev.grove.auth.Credentials;
import dev.grove.auth.Digest;
import dev.grove.auth.Scheme;
import dev.grove.auth.Secret;
import dev.grove.auth.SyncmlHmac;
import dev.grove.syncml.Command;
import dev.grove.syncml.Encoding;
import dev.grove.syncml.Message;
import dev.grove.syncml.Meta;
import dev.grove.syncml.SyncHdr;
import dev.grove.syncml.SyncHdr.Cred;
import dev.grove.syncml.SyncHdr.Location;
import dev.grove.syncml.SyncmlCodec;
import dev.grove.tree.Operation;
import dev.grove.tree.Outcome;
import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import dev.grove.wire.Packet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A device that says exactly what a test tells it to, and the store of a server around the engine. In every turn what
 * the device sends passes through the codec, and the session through its stored form.
 */
final class ScriptedDevice {

    static final String ID = "IMEI:493005100592800";
    static final String URL = "http://www.syncml.org/mgmt-server";
    static final Secret BRUCE = new Secret("Bruce2", "OhBehave", Bytes.utf8("Nonce"));
    static final Secret SERVER = new Secret("srv", "srvpwd", Bytes.utf8("SrvNonce"));

    Encoding encoding = Encoding.XML;
    String verDtd = "1.2";
    String verProto = "DM/1.2";
    String sessionId = "1";
    String url = URL;
    int msgId;
    Meta headerMeta = Meta.NONE;
    Headers headers = Headers.NONE;
    @Nullable
    String transportIdentity;
    @Nullable
    Cred cred;
    @Nullable
    Secret macSecret;
    ServerSettings settings = ServerSettings.DEFAULT;
    ServerContext.Wishes wishes = ServerContext.Wishes.NONE;
    Account account = new Account(ID, BRUCE, List.of(Scheme.MD5, Scheme.BASIC), null, Scheme.MD5);
    Instant now = Instant.parse("2026-11-21T12:00:00Z");

    final List<Task> work = new ArrayList<>();
    final Map<String, Outcome> outcomes = new LinkedHashMap<>();
    final List<String> unanswered = new ArrayList<>();
    final List<Fact> allFacts = new ArrayList<>();

    @Nullable
    SessionState session;
    @Nullable
    Packet lastPacket;
    private @Nullable Turn turn;
    private final SplittableRandom luck = new SplittableRandom(42);
    private int nextIndex;

    /** A device that the transport has authenticated. */
    static ScriptedDevice trusted() {
        ScriptedDevice device = new ScriptedDevice();
        device.transportIdentity = ID;
        return device;
    }

    ScriptedDevice with(Operation... operations) {
        for (Operation operation : operations) {
            work.add(new Task("job", nextIndex++, operation));
        }
        return this;
    }

    ScriptedDevice maxMsgSize(int bytes) {
        headerMeta = new Meta(null, null, null, null, null, (long) bytes, null, List.of());
        return this;
    }

    ScriptedDevice basic() {
        cred = new Cred(Meta.of("b64", "syncml:auth-basic"), Credentials.data(Scheme.BASIC, BRUCE));
        return this;
    }

    ScriptedDevice md5(Secret secret) {
        cred = new Cred(Meta.of("b64", "syncml:auth-md5"), Credentials.data(Scheme.MD5, secret));
        return this;
    }

    /** Sends the next message, the last of its package. */
    ScriptedDevice sends(Command... body) {
        return sends(true, body);
    }

    /** Sends the next message, and its package goes on. */
    ScriptedDevice sendsMore(Command... body) {
        return sends(false, body);
    }

    private ScriptedDevice sends(boolean isFinal, Command... body) {
        msgId++;
        SyncHdr header = new SyncHdr(verDtd, verProto, sessionId, Integer.toString(msgId), new Location(URL),
                new Location(ID, cred == null ? null : BRUCE.userName()), null, false, cred, headerMeta);
        Bytes bytes = SyncmlCodec.encode(new Message(header, List.of(body), isFinal), encoding);
        Headers fields = macSecret == null
                ? headers
                : headers.with(SyncmlHmac.HEADER, Credentials.hmac(Digest.MD5, macSecret, bytes).print());
        Packet packet = new Packet(encoding.mediaType(), bytes, fields);
        lastPacket = packet;
        return delivers(packet);
    }

    /** Sends the last message again. */
    ScriptedDevice repeats() {
        return lastPacket == null ? this : delivers(lastPacket);
    }

    ScriptedDevice delivers(Packet packet) {
        try {
            Message message = SyncmlCodec.decode(packet, Limits.DEFAULT);
            SessionState stored = session == null ? null : SessionState.decode(session.encode());
            turn = Dm1ServerSession.turn(stored, new Incoming(packet, message, encoding, url, transportIdentity),
                    new ServerContext(settings, account, work, now, luck, wishes));
            session = turn.next();
            turn.facts().forEach(this::store);
            return this;
        } catch (Malformed impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void store(Fact fact) {
        allFacts.add(fact);
        switch (fact) {
            case Fact.Answered(String _, String path, Outcome outcome) -> {
                if (outcomes.put(path, outcome) != null) {
                    throw new IllegalStateException("answered twice: " + path);
                }
                if (path.indexOf('.') < 0) {
                    through(Integer.parseInt(path));
                }
            }
            case Fact.Unsendable(String _, int index, var status, String reason) -> {
                outcomes.put(Integer.toString(index), Outcome.of(status, reason));
                through(index);
            }
            case Fact.Unanswered(String _, int index) -> unanswered.add(Integer.toString(index));
            case Fact.ClientNonceIssued(Bytes nonce) -> account = new Account(account.deviceId(),
                    account.client() == null ? null : account.client().withNonce(nonce), account.clientSchemes(),
                    account.server(), account.serverScheme());
            case Fact.ServerNonceReceived(Bytes nonce) -> account = new Account(account.deviceId(), account.client(),
                    account.clientSchemes(), account.server() == null ? null : account.server().withNonce(nonce),
                    account.serverScheme());
            case Fact.ServerSchemeLearned(Scheme scheme) -> account = new Account(account.deviceId(),
                    account.client(), account.clientSchemes(), account.server(), scheme);
            case Fact.Opened _,Fact.Began _,Fact.Authenticated _,Fact.AuthenticationRefused _,Fact.Learned _ -> {
            }
            case Fact.Sent _,Fact.AlertRaised _,Fact.AlertsAnnounced _,Fact.ReplyUnreadable _ -> {
            }
            case Fact.Noted _,Fact.Service _,Fact.Ended _ -> {
                // nothing to keep
            }
        }
    }

    private void through(int index) {
        if (!work.removeIf(task -> task.index() == index)) {
            throw new IllegalStateException("not in the queue: " + index);
        }
    }

    /** What became of an operation. */
    Outcome outcome(String path) {
        Outcome outcome = outcomes.get(path);
        if (outcome == null) {
            throw new AssertionError("no outcome of " + path + " among " + outcomes);
        }
        return outcome;
    }

    /** What came back. */
    Message answer() {
        try {
            Packet reply = turn().reply();
            if (reply == null) {
                throw new IllegalStateException("no reply");
            }
            return SyncmlCodec.decode(reply, Limits.DEFAULT);
        } catch (Malformed impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** What came back, one line a command; {@code Final} at the end if it stood there. */
    List<String> hears() {
        Message answer = answer();
        List<String> lines = new ArrayList<>();
        answer.body().forEach(command -> lines.add(Say.line(command)));
        if (answer.isFinal()) {
            lines.add("Final");
        }
        return lines;
    }

    Turn turn() {
        if (turn == null) {
            throw new IllegalStateException("nothing was sent yet");
        }
        return turn;
    }

    /** The facts of the last turn, of one kind. */
    <F extends Fact> List<F> facts(Class<F> kind) {
        return turn().facts().stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
