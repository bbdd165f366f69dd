package dev.grove.server.endpoint;

import dev.grove.auth.Digest;
import dev.grove.dm2.Dm2Package;
import dev.grove.dm2.server.Dm2Context;
import dev.grove.dm2.server.Dm2Incoming;
import dev.grove.dm2.server.Dm2ServerSession;
import dev.grove.dm2.server.Dm2SessionState;
import dev.grove.dm2.server.Dm2Turn;
import dev.grove.dm2.server.Knowledge;
import dev.grove.engine.Account;
import dev.grove.engine.Fact;
import dev.grove.engine.Task;
import dev.grove.server.admission.Admission;
import dev.grove.server.fleet.Device;
import dev.grove.server.fleet.Events;
import dev.grove.server.fleet.Job;
import dev.grove.server.fleet.OperationPath;
import dev.grove.server.fleet.SessionCommit;
import dev.grove.server.fleet.SessionCommit.Conflict;
import dev.grove.server.fleet.SessionCommit.Next;
import dev.grove.server.fleet.SessionCommit.Stored;
import dev.grove.server.fleet.SessionDesk;
import dev.grove.server.fleet.SessionRecord;
import dev.grove.server.fleet.Situation;
import dev.grove.server.fleet.Slice;
import dev.grove.server.fleet.Store;
import dev.grove.server.fleet.StoredSession;
import dev.grove.server.fleet.TraceEntry;
import dev.grove.server.fleet.Tracing;
import dev.grove.server.fleet.check.DdfLinks;
import dev.grove.server.fleet.check.DescriptionShelf;
import dev.grove.server.fleet.check.DeviceKnowledge;
import dev.grove.tree.Operation;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import dev.grove.wire.Packet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All conversations with devices of DM 2.0: load what is known, let the engine compute the turn, make it durable, and
 * only then answer. Who the device is has been found out before.
 */
public final class Dm2Conversations {

    /** What the ids of such sessions begin with: DM 2.0 has no session ids, the server gives them. */
    static final String PREFIX = "dm2-";

    private static final Logger LOG = LoggerFactory.getLogger(Dm2Conversations.class);
    private static final int MAX_TRIES = 5;
    private static final Duration TROUBLE = Duration.ofSeconds(10);
    private static final int MAX_AWAITED = 256;
    private static final int ID_BYTES = 8;

    /**
     * @param tracing which packages are kept for people to look at
     * @param admission says whether a session may begin
     */
    public record Rules(Dm2Context.Settings settings, Tracing tracing, Admission admission) {}

    /** What the conversations need of the world. */
    public record World(Store store, DescriptionShelf descriptions, DdfLinks links, Clock clock, RandomGenerator luck,
            Events events) {}

    /** Which package of which session one answers, as the device returned it ({@code Cookie}). */
    public record Strand(String sessionId, int turn) {}

    /**
     * A package from a device that has proved itself.
     *
     * @param account of the device; nobody may have added it yet
     * @param strand absent if the device returned none
     */
    public record Arrived(Account account, Packet packet, Dm2Package content, Dm2Context.Doors doors, String query,
            @Nullable Strand strand) {}

    /** What a conversation has to say to a package. */
    public sealed interface Answer {

        /** Package 2, durable by now. */
        record Sent(Packet packet, Strand strand) implements Answer {}

        /** The package is out of turn. */
        record Refused(String why) implements Answer {}

        /** Not now. */
        record Busy(Duration retryAfter, String why) implements Answer {}
    }

    private final SessionDesk desk;
    private final Rules rules;
    private final World world;
    private final SessionLog log;
    private final Aftermath aftermath;

    public Dm2Conversations(SessionDesk desk, Rules rules, World world, SessionLog log) {
        this.desk = desk;
        this.rules = rules;
        this.world = world;
        this.log = log;
        this.aftermath = new Aftermath(desk, log, world.events());
    }

    /** See {@link Conversations#sweep}, which ends these sessions too. */
    static List<Fact> lastWords(StoredSession session) {
        return revived(session).map(Dm2ServerSession::lastWords).orElse(List.of());
    }

    /**
     * Answers a package; what it says and what became known with it is durable when this returns.
     *
     * @throws Store.Failure if the store fails; nothing is acknowledged then
     */
    public Answer answer(Arrived arrived, Caller caller) {
        Stages stages = new Stages();
        Admission.Visit visit = rules.admission().visit();
        boolean isFirst = arrived.content() instanceof Dm2Package.Initiation && arrived.strand() == null;
        Optional<Answer> early = isFirst ? refused(visit) : Optional.empty();
        if (early.isPresent()) {
            return early.get();
        }
        if (arrived.content() instanceof Dm2Package.Initiation(var objects, var _) && objects != null) {
            world.links().follow(arrived.account().deviceId(), objects.stream()
                    .map(Dm2Package.SupportedObject::ddf).flatMap(Stream::ofNullable).toList());
        }
        String sessionId = sessionId(arrived);
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            stages.reading();
            Situation situation = tries == 0
                    ? desk.load(arrived.account().deviceId(), sessionId, now())
                    : desk.reload(arrived.account().deviceId(), sessionId, now());
            stages.read();
            Optional<Answer> answer = new Exchange(new Come(arrived, caller, visit, stages), sessionId, situation)
                    .run();
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        return new Answer.Busy(Duration.ofSeconds(1), "Other packages of the session are being answered.");
    }

    /** A package, who brings it, whether he has been let in, and how long it takes. */
    private record Come(Arrived arrived, Caller caller, Admission.Visit visit, Stages stages) {}

    private Optional<Answer> refused(Admission.Visit visit) {
        return visit.refusal(log.live()).map(refusal -> new Answer.Busy(refusal.retryAfter(), refusal.why()));
    }

    /**
     * Why a package that begins a session is not even looked at now. Who the device is has not been found out yet.
     */
    Optional<Answer.Busy> closed() {
        return rules.admission().isClosed()
                ? rules.admission().visit().refusal(log.live())
                        .map(refusal -> new Answer.Busy(refusal.retryAfter(), refusal.why()))
                : Optional.empty();
    }

    /** When a device may come again that the store has failed: each is told another time. */
    Duration retryAfterTrouble() {
        return rules.admission().spread(TROUBLE);
    }

    private Instant now() {
        return world.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * The session that a package goes on with: the one that it names, else the newest of the device. Package 1 begins a
     * new one, unless it names one: then it may be a repetition.
     */
    private String sessionId(Arrived arrived) {
        String deviceId = arrived.account().deviceId();
        Strand strand = arrived.strand();
        if (arrived.content() instanceof Dm2Package.Initiation) {
            return strand != null && isFirstOf(strand.sessionId(), arrived) ? strand.sessionId() : newId();
        }
        if (strand != null) {
            return strand.sessionId();
        }
        // The list comes from the tables, which are waited for: it is asked only for a session that is over.
        return newest(world.store().read(records -> records.sessions().live(deviceId)).reversed())
                .or(() -> newest(world.store().read(records -> records.sessions().list(deviceId,
                        new Slice(0, 1, true)))))
                .orElseGet(this::newId);
    }

    private static Optional<String> newest(List<SessionRecord> sessions) {
        return sessions.stream().map(SessionRecord::sessionId).filter(id -> id.startsWith(PREFIX)).findFirst();
    }

    private boolean isFirstOf(String sessionId, Arrived arrived) {
        Bytes digest = Digest.SHA256.of(arrived.packet().body());
        return world.store().read(records -> records.sessions().latest(arrived.account().deviceId(), sessionId))
                .filter(session -> session.record().isLive()).flatMap(Dm2Conversations::revived)
                .filter(state -> state.turns() == 1 && state.lastDigest().equals(digest))
                .isPresent();
    }

    private String newId() {
        byte[] random = new byte[ID_BYTES];
        world.luck().nextBytes(random);
        return PREFIX + Bytes.wrap(random).hex();
    }

    private static Optional<Dm2SessionState> revived(StoredSession session) {
        if (!Dm2SessionState.isStored(session.state())) {
            return Optional.empty();
        }
        try {
            return Optional.of(Dm2SessionState.decode(session.state()));
        } catch (Malformed unknown) {
            LOG.atWarn().addKeyValue("device", session.record().deviceId()).addKeyValue("session",
                    session.record().id()).log("stored state is not understood, the session counts as lost: {}",
                            unknown.getMessage());
            return Optional.empty();
        }
    }

    /** One package, once, from what was loaded for it; empty if somebody else was faster. */
    private final class Exchange {

        private final Arrived arrived;
        private final Caller caller;
        private final Admission.Visit visit;
        private final Stages stages;
        private final String deviceId;
        private final String sessionId;
        private final Situation situation;
        private final @Nullable StoredSession stored;
        private final Instant now = now();

        Exchange(Come come, String sessionId, Situation situation) {
            Arrived arrived = come.arrived();
            this.arrived = arrived;
            this.caller = come.caller();
            this.visit = come.visit();
            this.stages = come.stages();
            this.deviceId = arrived.account().deviceId();
            this.sessionId = sessionId;
            this.situation = situation;
            this.stored = situation.session();
        }

        Optional<Answer> run() {
            Optional<Dm2SessionState> before = continued();
            Optional<Answer> refused = before.isEmpty() ? refused(visit) : Optional.empty();
            if (refused.isPresent()) {
                return refused;
            }
            if (stored != null && stored.record().isLive() && !stored.record().expiresAt().isAfter(now)) {
                aftermath.ended(desk.expire(stored.record(), now, Conversations::lastWords));
                return Optional.empty();
            }
            return switch (turn(before)) {
                case Dm2Turn.OutOfTurn(String reason) -> certain(new Answer.Refused(reason));
                case Dm2Turn.Repeated(Packet reply) ->
                    certain(new Answer.Sent(reply, new Strand(sessionId, before.orElseThrow().turns())));
                case Dm2Turn.Answered answered -> leavesOthers(answered) ? Optional.empty() : commit(answered);
            };
        }

        /** An answer with which nothing is written: it must not be told from a copy. */
        private Optional<Answer> certain(Answer answer) {
            return situation.isCopy() ? Optional.empty() : Optional.of(answer);
        }

        /** The state that this package may go on from: not if the session was ended from outside, or is long dead. */
        private Optional<Dm2SessionState> continued() {
            if (stored == null || !stored.record().expiresAt().isAfter(now)) {
                return Optional.empty();
            }
            boolean isLive = stored.record().isLive();
            return (situation.engine() instanceof Dm2SessionState left ? Optional.of(left) : revived(stored))
                    .filter(state -> isLive || state.isEnded());
        }

        private Dm2Turn turn(Optional<Dm2SessionState> before) {
            Strand strand = arrived.strand();
            Dm2Incoming in = new Dm2Incoming(deviceId, sessionId, arrived.content(),
                    Digest.SHA256.of(arrived.packet().body()), strand == null ? null : strand.turn(), arrived.query());
            List<Task> work = situation.work(now, desk.rules());
            List<Dm2Context.Awaited> awaited = awaited();
            boolean isIdle = work.isEmpty() && awaited.isEmpty()
                    && before.filter(state -> !state.isEnded()).isEmpty();
            Knowledge knowledge = isIdle || situation.device() == null ? Knowledge.NONE
                    : new DeviceKnowledge(world.store(), world.descriptions(), deviceId);
            return Dm2ServerSession.turn(before.orElse(null), in, new Dm2Context(rules.settings(), work, awaited,
                    knowledge, arrived.doors(), now, world.luck(), isAbortAsked()));
        }

        private boolean isAbortAsked() {
            return stored != null && desk.isAbortAsked(stored.record().number());
        }

        /** What runs on the device: alerts are compared with it. */
        private List<Dm2Context.Awaited> awaited() {
            return world.store().read(records -> {
                List<Dm2Context.Awaited> running = new ArrayList<>();
                for (Job job : records.jobs().waiting(deviceId, MAX_AWAITED)) {
                    Set<String> answered = records.jobs().results(deviceId, job.number()).stream().map(Job.Result::path)
                            .collect(Collectors.toSet());
                    for (int index : job.at(Job.Progress.WAITING)) {
                        for (String path : OperationPath.within(index, job.operations().get(index))) {
                            if (!answered.contains(path)
                                    && OperationPath.at(job.operations(), path) instanceof Operation.Exec exec) {
                                running.add(new Dm2Context.Awaited(job.id(), path, exec));
                            }
                        }
                    }
                }
                return running;
            });
        }

        /**
         * Whether the device leaves older sessions behind. They end first, so that what they left unanswered returns to
         * the queue; then the turn is to be computed again.
         */
        private boolean leavesOthers(Dm2Turn.Answered turn) {
            Predicate<SessionRecord> isOlder = other -> !other.sessionId().equals(sessionId);
            boolean begins = Fact.anyIs(Fact.Opened.class, turn.facts());
            if (!begins || !situation.mayHave(isOlder)) {
                return false;
            }
            SessionDesk.Swept older = desk.endOlder(deviceId, isOlder, now, Conversations::lastWords);
            aftermath.ended(older);
            return !older.ended().isEmpty();
        }

        private Optional<Answer> commit(Dm2Turn.Answered turn) {
            Device known = situation.device();
            Device device = known == null ? Device.of(arrived.account(), "", now) : known;
            Dm2SessionState state = turn.next();
            List<TraceEntry> trace = rules.tracing().keeps(device, stored, now)
                    ? Aftermath.trace(new Aftermath.Passed(arrived.packet(), turn.reply(), now), caller, turn.facts())
                    : List.of();
            SessionCommit commit = new SessionCommit(device, known == null, stored == null ? null : stored.record(),
                    situation.jobs(), Next.of(state, turn.facts()), Dm2ServerSession.PROFILE, now, trace);
            stages.computed();
            SessionCommit.Result written = desk.commit(commit);
            rules.admission().written(stages.written());
            return switch (written) {
                case Conflict(String what) -> {
                    LOG.atDebug().addKeyValue("device", deviceId).log("computing the turn again: {}", what);
                    yield Optional.empty();
                }
                case Stored done -> {
                    turn.facts().forEach(this::note);
                    aftermath.turned(commit, done, caller, stages);
                    yield Optional.of(new Answer.Sent(turn.reply(), new Strand(sessionId, state.turns())));
                }
            };
        }

        private void note(Fact fact) {
            if (fact instanceof Fact.Noted(String remark)) {
                LOG.atInfo().addKeyValue("device", deviceId).addKeyValue("session", sessionId).log("noted: {}",
                        remark);
            }
        }
    }
}
