package dev.grove.server.endpoint;

import dev.grove.engine.Account;
import dev.grove.dm1.Dm1ServerSession;
import dev.grove.engine.Fact;
import dev.grove.dm1.Incoming;
import dev.grove.dm1.ServerContext;
import dev.grove.dm1.ServerSettings;
import dev.grove.dm1.SessionState;
import dev.grove.engine.Task;
import dev.grove.dm1.Turn;
import dev.grove.dm2.server.Dm2SessionState;
import dev.grove.server.admission.Admission;
import dev.grove.server.fleet.Device;
import dev.grove.server.fleet.Events;
import dev.grove.server.fleet.SessionCommit;
import dev.grove.server.fleet.SessionCommit.Conflict;
import dev.grove.server.fleet.SessionCommit.Next;
import dev.grove.server.fleet.SessionCommit.Stored;
import dev.grove.server.fleet.SessionDesk;
import dev.grove.server.fleet.SessionRecord;
import dev.grove.server.fleet.Situation;
import dev.grove.server.fleet.StoredSession;
import dev.grove.server.fleet.TraceEntry;
import dev.grove.server.fleet.Tracing;
import dev.grove.syncml.Encoding;
import dev.grove.syncml.Message;
import dev.grove.syncml.SyncHdr;
import dev.grove.syncml.SyncmlCodec;
import dev.grove.tree.Operation;
import dev.grove.tree.Value;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import dev.grove.wire.Packet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All conversations with devices: load what is known, let the engine compute the turn, make it durable, and only then
 * answer. Of two messages at once in a session one wins; the other is computed again from what is then known.
 */
public final class Conversations {

    private static final Logger LOG = LoggerFactory.getLogger(Conversations.class);
    private static final int MAX_TRIES = 5;
    private static final Duration TROUBLE = Duration.ofSeconds(10);

    /** What fits in any message: nobody need ask whether the device takes large objects. */
    private static final int SMALL_BYTES = 512;

    /**
     * @param tracing which messages are kept for people to look at
     * @param admission says whether a session may begin
     * @param maxFailures wrong credentials for a device from one address, within the window
     */
    public record Rules(ServerSettings settings, Newcomers newcomers, Tracing tracing, Admission admission,
            int maxFailures, Duration failureWindow) {}

    /**
     * What the conversations need of the world.
     *
     * @param places puts places in the tree for what tasks name by its object, where the device needs that
     */
    public record World(Engine engine, Clock clock, RandomGenerator luck, Events events, Telemetry telemetry,
            Authorization authorization, BiFunction<Situation, List<Task>, List<Task>> places) {}

    private final SessionDesk desk;
    private final Rules rules;
    private final World world;
    private final SessionLog log;
    private final Aftermath aftermath;
    private final Strangers strangers = new Strangers();
    private final FailedAttempts failures;

    public Conversations(SessionDesk desk, Rules rules, World world, SessionLog log) {
        this.desk = desk;
        this.rules = rules;
        this.world = world;
        this.log = log;
        this.aftermath = new Aftermath(desk, log, world.events());
        this.failures = new FailedAttempts(rules.maxFailures(), rules.failureWindow());
    }

    /** Ends sessions of which nothing was heard in time. To be called now and then. Returns how many ended. */
    public int sweep() {
        int inOneGo = 500;
        SessionDesk.Swept swept = desk.sweep(now(), inOneGo, Conversations::lastWords);
        aftermath.ended(swept);
        return swept.ended().size();
    }

    /** Counts the living sessions, which other nodes begin and end too. To be called now and then. */
    public void count() {
        log.counted(desk.countLive());
    }

    /** What a session that dies still has to say: answers that its device has given, and been told are known. */
    static List<Fact> lastWords(StoredSession session) {
        return Dm2SessionState.isStored(session.state())
                ? Dm2Conversations.lastWords(session)
                : revived(session).map(state -> Dm1ServerSession.expire(state).facts()).orElse(List.of());
    }

    /**
     * Answers a packet as it came over any bearer.
     *
     * @param url where it was sent
     * @param transportIdentity the device that the bearer has authenticated; absent if it has not
     * @throws Malformed if it is no SyncML message
     * @throws dev.grove.server.fleet.Store.Failure if the store fails; nothing is acknowledged then
     */
    public Reply answer(Packet packet, String url, @Nullable String transportIdentity) throws Malformed {
        Encoding encoding = Encoding.ofMediaType(packet.baseMediaType())
                .orElseThrow(() -> new Malformed(-1, "", "the media type is none of SyncML (REPPRO 5)"));
        Message message = SyncmlCodec.decode(packet.body(), encoding, Limits.DEFAULT);
        return answer(new Incoming(packet, message, encoding, url, transportIdentity), Caller.at(""));
    }

    /**
     * Answers a message; what it says and what became known with it is durable when this returns.
     *
     * @throws dev.grove.server.fleet.Store.Failure if the store fails; nothing is acknowledged then
     */
    public Reply answer(Incoming received, Caller caller) {
        if (!world.authorization().admits(received, caller.bearerToken())) {
            return new Reply.Unauthorized();
        }
        SyncHdr header = received.message().header();
        Optional<Duration> shutOut = failures.shutOut(header.source().uri(), caller.remote(), now());
        if (shutOut.isPresent()) {
            return new Reply.Busy(shutOut.get(), "Too many failed attempts.");
        }
        Stages stages = new Stages();
        Admission.Visit visit = rules.admission().visit();
        Optional<Reply> early = isSurelyFirst(header) ? refused(visit) : Optional.empty();
        if (early.isPresent()) {
            return early.get();
        }
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            stages.reading();
            Situation situation = tries == 0
                    ? desk.load(header.source().uri(), header.sessionId(), now())
                    : desk.reload(header.source().uri(), header.sessionId(), now());
            stages.read();
            Optional<Reply> reply = new Exchange(new Come(received, caller, visit, stages), situation).run();
            if (reply.isPresent()) {
                return reply.get();
            }
        }
        return new Reply.Busy(Duration.ofSeconds(1), "Other messages of the session are being answered.");
    }

    /** A message, who brings it, whether he has been let in, and how long it takes. */
    private record Come(Incoming received, Caller caller, Admission.Visit visit, Stages stages) {}

    /** Whether a message begins a session, as far as can be told without asking the store. */
    private boolean isSurelyFirst(SyncHdr header) {
        return header.msgId().equals("1") && !desk.isRecent(header.source().uri(), header.sessionId());
    }

    private Optional<Reply> refused(Admission.Visit visit) {
        return visit.refusal(log.live()).map(refusal -> new Reply.Busy(refusal.retryAfter(), refusal.why()));
    }

    /** When a device may come again that the store has failed: each is told another time. */
    Duration retryAfterTrouble() {
        return rules.admission().spread(TROUBLE);
    }

    private Instant now() {
        return world.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** The engine's state of a session; empty if it was forgotten, or written by a program that is not understood. */
    private static Optional<SessionState> revived(StoredSession session) {
        if (session.state().isEmpty() || Dm2SessionState.isStored(session.state())) {
            return Optional.empty();
        }
        try {
            return Optional.of(SessionState.decode(session.state()));
        } catch (Malformed unknown) {
            LOG.atWarn().addKeyValue("device", session.record().deviceId()).addKeyValue("session",
                    session.record().id()).log("stored state is not understood, the session counts as lost: {}",
                            unknown.getMessage());
            return Optional.empty();
        }
    }

    /** One message, once, from what was loaded for it; empty if somebody else was faster. */
    private final class Exchange {

        private final Incoming received;
        private final Caller caller;
        private final Admission.Visit visit;
        private final Stages stages;
        private final @Nullable Device known;
        private final @Nullable StoredSession stored;
        private final Situation situation;
        private final List<Task> work;
        private final Instant now = now();
        private final String deviceId;
        private final String sessionId;

        Exchange(Come come, Situation situation) {
            this.received = come.received();
            this.caller = come.caller();
            this.visit = come.visit();
            this.stages = come.stages();
            this.known = situation.device();
            this.stored = situation.session();
            this.situation = situation;
            this.work = world.places().apply(situation, situation.work(now, desk.rules()));
            this.deviceId = come.received().message().header().source().uri();
            this.sessionId = come.received().message().header().sessionId();
        }

        Optional<Reply> run() {
            return known == null ? withStranger() : withDevice(known);
        }

        private Optional<Reply> withDevice(Device device) {
            Optional<SessionState> before = continued();
            Optional<Reply> refused = before.isEmpty() ? refused(visit) : Optional.empty();
            if (refused.isPresent()) {
                return refused;
            }
            if (stored != null && stored.record().isLive() && !stored.record().expiresAt().isAfter(now)) {
                aftermath.ended(desk.expire(stored.record(), now, Conversations::lastWords));
                return Optional.empty();
            }
            Turn turn = turn(before.orElse(null), device.account(), vouchedFor(device));
            boolean isRepeated = before.isPresent() && turn.next().equals(before.get());
            if (isRepeated && situation.isCopy()) {
                return Optional.empty();
            }
            if (isRepeated) {
                turn.facts().forEach(this::note);
                return Optional.of(reply(turn));
            }
            return leavesOthers(turn) ? Optional.empty() : commit(device, false, turn, turn.facts())
                    .map(done -> reply(turn));
        }

        /**
         * Whether the device has proved itself and left older sessions behind. They end first, so that what was
         * answered in them is known, and is not sent again; then the turn is to be computed again. A session of the
         * same id is none of them: a repetition of this message may just have begun it.
         */
        private boolean leavesOthers(Turn turn) {
            if (!Fact.anyIs(Fact.Authenticated.class, turn.facts())) {
                return false;
            }
            boolean begins = Fact.anyIs(Fact.Opened.class, turn.facts());
            long number = stored == null ? 0 : stored.record().number();
            Predicate<SessionRecord> isOlder = other -> !other.sessionId().equals(sessionId)
                    && (begins || other.number() < number);
            if (!situation.mayHave(isOlder)) {
                return false;
            }
            SessionDesk.Swept older = desk.endOlder(deviceId, isOlder, now, Conversations::lastWords);
            aftermath.ended(older);
            return !older.ended().isEmpty();
        }

        private Optional<Reply> withStranger() {
            Newcomers newcomers = rules.newcomers();
            Optional<SessionState> before = strangers.find(deviceId, sessionId, now);
            Account account = newcomers.account(deviceId, world.luck());
            Turn turn = turn(before.orElse(null), account, newcomers.believesAnyone() ? deviceId : null);
            boolean isProven = Fact.anyIs(Fact.Authenticated.class, turn.facts());
            if (isProven && newcomers.register()) {
                List<Fact> facts = new ArrayList<>(turn.facts());
                if (before.isPresent() && !Fact.anyIs(Fact.Opened.class, facts)) {
                    facts.addFirst(new Fact.Opened());
                }
                Device device = Device.of(account, "", now);
                return commit(device, true, turn, facts).map(done -> {
                    before.ifPresent(strangers::forget);
                    return reply(turn);
                });
            }
            turn.facts().forEach(this::note);
            if (before.isPresent() && turn.next().equals(before.get())) {
                return Optional.of(reply(turn));
            }
            return strangers.replace(before, turn.next()) ? Optional.of(reply(turn)) : Optional.empty();
        }

        /** The state that this message may go on from: not if the session was ended from outside, or is long dead. */
        private Optional<SessionState> continued() {
            if (stored == null || !stored.record().expiresAt().isAfter(now)) {
                return Optional.empty();
            }
            boolean isLive = stored.record().isLive();
            return (situation.engine() instanceof SessionState left ? Optional.of(left) : revived(stored))
                    .filter(state -> isLive || state.isEnded());
        }

        private Turn turn(@Nullable SessionState before, Account account, @Nullable String voucher) {
            Incoming in = new Incoming(received.packet(), received.message(), received.encoding(), received.url(),
                    voucher);
            return world.engine().turn(before, in,
                    new ServerContext(rules.settings(), account, work, now, world.luck(), wishes()));
        }

        private ServerContext.Wishes wishes() {
            boolean isAbortAsked = stored != null && desk.isAbortAsked(stored.record().number());
            return new ServerContext.Wishes(!hasLargeWork() || !desk.refusesLargeObjects(deviceId), isAbortAsked);
        }

        private boolean hasLargeWork() {
            for (Task task : work) {
                if (isLarge(task.operation())) {
                    return true;
                }
            }
            return false;
        }

        private static boolean isLarge(Operation operation) {
            Value value = operation instanceof Operation.Add add ? add.value()
                    : operation instanceof Operation.Replace replace ? replace.value() : null;
            return value != null && value.data().length() > SMALL_BYTES;
        }

        private @Nullable String vouchedFor(Device device) {
            boolean isVouched = caller.certificate().filter(c -> Certificates.vouches(c, device)).isPresent();
            if (received.transportIdentity() != null) {
                return received.transportIdentity();
            }
            boolean isBelieved = rules.newcomers().believesAnyone() && device.account().client() == null;
            return isVouched || isBelieved ? deviceId : null;
        }

        private Optional<Stored> commit(Device device, boolean isNew, Turn turn, List<Fact> facts) {
            SessionCommit commit = new SessionCommit(device, isNew, stored == null ? null : stored.record(),
                    situation.jobs(), Next.of(turn.next(), facts), received.message().header().verProto(), now,
                    trace(device, turn.reply(), facts));
            stages.computed();
            SessionCommit.Result written = desk.commit(commit);
            rules.admission().written(stages.written());
            return switch (written) {
                case Conflict(String what) -> {
                    LOG.atDebug().addKeyValue("device", deviceId).log("computing the turn again: {}", what);
                    yield Optional.empty();
                }
                case Stored done -> {
                    facts.forEach(this::note);
                    aftermath.turned(commit, done, caller, stages);
                    yield Optional.of(done);
                }
            };
        }

        private List<TraceEntry> trace(Device device, @Nullable Packet reply, List<Fact> facts) {
            return rules.tracing().keeps(device, stored, now)
                    ? Aftermath.trace(new Aftermath.Passed(received.packet(), reply, now), caller, facts)
                    : List.of();
        }

        private Reply reply(Turn turn) {
            Packet packet = turn.reply();
            return packet == null ? new Reply.Silence() : new Reply.Answer(packet);
        }

        /** What a person should hear of at once, and what counts against the caller. */
        private void note(Fact fact) {
            if (fact instanceof Fact.AuthenticationRefused(var status, String reason)) {
                boolean isWrong = status.code() == 401;
                int count = isWrong ? failures.failed(deviceId, caller.remote(), now) : 0;
                (isWrong ? LOG.atWarn() : LOG.atDebug()).addKeyValue("device", deviceId)
                        .addKeyValue("known", known != null).addKeyValue("remote", caller.remote())
                        .addKeyValue("failures", count).log("device not authenticated ({}): {}", status, reason);
                if (count == rules.maxFailures()) {
                    LOG.atWarn().addKeyValue("device", deviceId).addKeyValue("remote", caller.remote()).log(
                            "too many failed attempts: not heard from there for up to {}", rules.failureWindow());
                }
            } else if (fact instanceof Fact.Authenticated) {
                failures.succeeded(deviceId, caller.remote());
            } else if (fact instanceof Fact.ReplyUnreadable(String remark)) {
                LOG.atWarn().addKeyValue("device", deviceId).log("the device could not read the last answer: {}",
                        remark);
            } else if (fact instanceof Fact.Noted(String remark)) {
                LOG.atInfo().addKeyValue("device", deviceId).addKeyValue("session", sessionId).log("noted: {}",
                        remark);
            }
        }
    }
}
