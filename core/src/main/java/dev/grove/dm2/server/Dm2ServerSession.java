package dev.grove.dm2.server;

import dev.grove.dm2.Dm2Codec;
import dev.grove.dm2.Dm2Command;
import dev.grove.dm2.Dm2Package;
import dev.grove.dm2.server.Outstanding.Kind;
import dev.grove.dm2.server.Translation.Translated;
import dev.grove.engine.Fact;
import dev.grove.engine.Fact.Reason;
import dev.grove.engine.KnownObject;
import dev.grove.engine.Task;
import dev.grove.tree.Operation;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.wire.Packet;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of a DM 2.0 session ([DM 2.0 §5.2]): a pure function from the session so far and a package to the
 * next session and the answer.
 *
 * <pre>
 * device                                     server
 *   | 1: objects, alerts              ---->    |
 *   |    <---- 2: commands                     |
 *   | 3: statuses, data, alerts       ---->    |  repeated while there is work
 *   |    <---- 2: commands, or END             |
 * </pre>
 *
 * <p>Who the device is has been found out before ([DM 2.0 §9.2]). Every command gets its status, so END comes alone,
 * when nothing is left to do.
 */
public final class Dm2ServerSession {

    /** The name of this variant of the protocol. */
    public static final String PROFILE = "DM 2.0";

    private Dm2ServerSession() {}

    /**
     * Takes a package in. Pure: given the same again, with the same luck, the turn is the same.
     *
     * @param session the session that the package goes on with, ended ones included; absent if there is none
     */
    public static Dm2Turn turn(@Nullable Dm2SessionState session, Dm2Incoming in, Dm2Context context) {
        return switch (in.content()) {
            case Dm2Package.Initiation initiation -> session != null && isFirstAgain(session, in)
                    ? new Dm2Turn.Repeated(session.reply())
                    : begin(in, initiation, context);
            case Dm2Package.Response response -> session == null
                    ? new Dm2Turn.OutOfTurn("package 3 comes in a session, and there is none (DM 2.0 5.2)")
                    : proceed(session, in, response, context);
            case Dm2Package.Request _ ->
                new Dm2Turn.OutOfTurn("package 2 is for devices (DM 2.0 5.2.3)");
        };
    }

    private static boolean isFirstAgain(Dm2SessionState session, Dm2Incoming in) {
        return session.turns() == 1 && session.lastDigest().equals(in.digest());
    }

    private static Dm2Turn begin(Dm2Incoming in, Dm2Package.Initiation initiation, Dm2Context context) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact.Opened());
        facts.add(new Fact.Authenticated(null));
        facts.add(new Fact.Began(PROFILE, Alerts.isCalled(initiation.alerts())));
        List<Dm2Package.SupportedObject> objects = initiation.objects();
        if (objects != null) {
            facts.add(new Fact.ObjectsTold(objects.stream().filter(object -> object.moid() != null)
                    .map(object -> new KnownObject(String.valueOf(object.moid()), object.ddf(), object.instances()))
                    .toList()));
        }
        new Alerts(context, facts).take(initiation.alerts(), correlator(in.query()));
        return next(new Before(0, 0, context.now()), in, context, facts);
    }

    private static Dm2Turn proceed(Dm2SessionState session, Dm2Incoming in, Dm2Package.Response response,
            Dm2Context context) {
        if (isRepeated(session, in, response)) {
            return new Dm2Turn.Repeated(session.reply());
        }
        if (session.isEnded()) {
            return new Dm2Turn.OutOfTurn("the session is over: nothing is to be answered after END (DM 2.0 5.3.9)");
        }
        Integer after = in.after();
        if (after != null && after != session.turns()) {
            return new Dm2Turn.OutOfTurn("this answers package 2 number " + after + ", and the last one was number "
                    + session.turns());
        }
        List<Fact> facts = new ArrayList<>();
        new Answers(context, facts).take(session.outstanding(), response);
        new Alerts(context, facts).take(response.alerts(), correlator(in.query()));
        return next(new Before(session.turns(), session.operations(), session.startedAt()), in, context, facts);
    }

    /**
     * Whether a package has come before. Two packages can be the same, byte by byte, one after the other; where the
     * bearer does not tell them apart, one that fits what is outstanding is taken for an answer to that.
     */
    private static boolean isRepeated(Dm2SessionState session, Dm2Incoming in, Dm2Package.Response response) {
        if (!session.lastDigest().equals(in.digest()) || session.turns() < 2) {
            return false;
        }
        Integer after = in.after();
        boolean fits = !session.isEnded() && response.statuses().size() == session.outstanding().size();
        return after == null ? !fits : after == session.turns() - 1 || session.isEnded();
    }

    /** What was before this turn. */
    private record Before(int turns, int operations, Instant startedAt) {}

    private static Dm2Turn next(Before before, Dm2Incoming in, Dm2Context context, List<Fact> facts) {
        Composition sent = new Composition();
        Reason end = null;
        if (context.isAbortAsked()) {
            end = Reason.ABORTED_BY_SERVER;
            facts.add(new Fact.Ended(end, "ended by an operator"));
        } else {
            sent.compose(context, settled(facts), facts);
            if (sent.commands.isEmpty()) {
                end = Reason.COMPLETED;
                facts.add(new Fact.Ended(end, ""));
            }
        }
        if (end != null) {
            sent.commands.add(new Dm2Command.End());
        }
        Packet reply = Dm2Codec.encode(new Dm2Package.Request(sent.commands));
        Dm2SessionState state = new Dm2SessionState(in.deviceId(), in.sessionId(), before.startedAt(),
                context.now().plus(context.settings().idle()), end, before.turns() + 1, in.digest(), reply,
                sent.outstanding, before.operations() + sent.tasks);
        return new Dm2Turn.Answered(state, reply, facts);
    }

    private record Place(String jobId, int index) {}

    /** The tasks that have come to something with this turn's facts. */
    private static Set<Place> settled(List<Fact> facts) {
        Set<Place> settled = new HashSet<>();
        for (Fact fact : facts) {
            if (fact instanceof Fact.Answered(String jobId, String path, var _)) {
                settled.add(place(jobId, path));
            } else if (fact instanceof Fact.Accepted(String jobId, String path, var _)) {
                settled.add(place(jobId, path));
            }
        }
        return settled;
    }

    private static Place place(String jobId, String path) {
        int dot = path.indexOf('.');
        return new Place(jobId, Integer.parseInt(dot < 0 ? path : path.substring(0, dot)));
    }

    /** Package 2 as it comes to be. */
    private static final class Composition {

        private final List<Dm2Command> commands = new ArrayList<>();
        private final List<Outstanding> outstanding = new ArrayList<>();
        private int tasks;

        void compose(Dm2Context context, Set<Place> settled, List<Fact> facts) {
            Translation translation = new Translation(context);
            for (Task task : context.work()) {
                if (settled.contains(new Place(task.jobId(), task.index()))) {
                    continue;
                }
                boolean standsAlone = task.operation() instanceof Operation.ContinueAt;
                if (!commands.isEmpty() && (standsAlone || commands.size() >= context.settings().maxCommands())) {
                    return;
                }
                switch (translation.translate(task)) {
                    case Translated.Refused(StatusCode status, String reason) ->
                        facts.add(new Fact.Unsendable(task.jobId(), task.index(), status, reason));
                    case Translated.Ready ready -> {
                        put(task, ready, facts);
                        if (standsAlone) {
                            return;
                        }
                    }
                }
            }
        }

        private void put(Task task, Translated.Ready ready, List<Fact> facts) {
            commands.addAll(ready.commands());
            outstanding.addAll(ready.outstanding());
            tasks++;
            facts.add(new Fact.Sent(task.jobId(), task.index()));
            ready.tickets().forEach(ticket -> facts.add(new Fact.TicketIssued(ticket)));
        }
    }

    private static @Nullable String correlator(String query) {
        for (String field : query.split("&", -1)) {
            if (field.startsWith(Translation.CORRELATOR + "=")) {
                try {
                    return URLDecoder.decode(field.substring(Translation.CORRELATOR.length() + 1),
                            StandardCharsets.UTF_8);
                } catch (IllegalArgumentException broken) {
                    return null;
                }
            }
        }
        return null;
    }

    /**
     * What a session has to say that dies unanswered: a device that was sent elsewhere has, as far as anybody can know,
     * gone there. Everything else counts as unanswered.
     */
    public static List<Fact> lastWords(Dm2SessionState session) {
        List<Fact> facts = new ArrayList<>();
        for (Outstanding command : session.outstanding()) {
            if (command.kind() == Kind.CONTINUE && !session.isEnded()) {
                facts.add(new Fact.Answered(command.jobId(), command.path(),
                        Outcome.of(StatusCode.ACCEPTED_FOR_PROCESSING,
                                "the device was sent on, and was not heard of here again")));
            }
        }
        return facts;
    }
}
