package dev.grove.dm2.client;

import dev.grove.dm2.Dm2Alert;
import dev.grove.dm2.Dm2Codec;
import dev.grove.dm2.Dm2Package.CommandStatus;
import dev.grove.dm2.Dm2Package.Initiation;
import dev.grove.dm2.Dm2Package.Request;
import dev.grove.dm2.Dm2Package.Response;
import dev.grove.dm2.Dm2Package;
import dev.grove.dm2.client.Dm2ClientState.Pending;
import dev.grove.dm2.client.Dm2ClientState.Work;
import dev.grove.dm2.client.Dm2Fact.Reason;
import dev.grove.dm2.client.Step.Wish;
import dev.grove.dm2.device.Adoptions;
import dev.grove.dm2.device.Dm2Context.PendingAlert;
import dev.grove.dm2.device.Dm2Context;
import dev.grove.dm2.device.ObjectView;
import dev.grove.dm2.device.SupportedObjects;
import dev.grove.tree.Tree;
import dev.grove.wire.Headers;
import dev.grove.wire.Malformed;
import dev.grove.wire.MediaRanges;
import dev.grove.wire.Packet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A DM 2.0 session as the device has it ([DM 2.0 §5.2]): a machine that takes a step, says what it wishes of the world,
 * and goes on when that has answered.
 *
 * <pre>
 * begin ─► Send(package 1) ─► proceed(Answered: package 2) ─► Fetch | Deliver | Browse … ─► Send(package 3) ─► …
 *                                                          └─► Finished, after END or an error
 * </pre>
 *
 * The commands of a package are done in order, each as a whole or not at all. Nothing is sent twice: an error of HTTP
 * ends the session, and what has not been told is told in the next ([DM 2.0 §5.6]).
 */
public final class Dm2ClientSession {

    /** The header field with the device's identifier, in packages 1 and 3. */
    public static final String DEVICE_ID = "OMADM-DevID";

    private Dm2ClientSession() {}

    /** A new session: package 1. */
    public static Step begin(Dm2Trigger trigger, Tree tree, Dm2Memory memory, Dm2Context context) {
        String url = trigger.url() == null ? context.server().url() : trigger.url();
        Tree settled = Adoptions.settled(tree, Set.of(), context);
        Dm2ClientState state = new Dm2ClientState(trigger, url, settled, memory, MediaRanges.ANY, Work.NONE, Set.of(),
                0, false);
        List<Dm2Package.SupportedObject> objects = trigger.wantsObjects()
                ? SupportedObjects.of(new ObjectView(settled, context), context) : null;
        List<Dm2Alert> alerts = new ArrayList<>(List.of(trigger.alert()));
        context.alerts().forEach(pending -> alerts.add(pending.alert()));
        return new Run(state, context).send(new Initiation(objects, alerts));
    }

    /** The world has done what was wished, or has failed to. */
    public static Step proceed(Dm2ClientState state, Event event, Dm2Context context) {
        if (state.isEnded()) {
            throw new IllegalStateException("the session is over");
        }
        Run run = new Run(state, context);
        Pending pending = state.work().pending();
        return pending == null ? run.answered(event) : run.resumed(pending, event);
    }

    /** The device does not want to go on; the server hears nothing of it, since DM 2.0 has no word for it. */
    public static Step abort(Dm2ClientState state, String why, Dm2Context context) {
        return new Run(state, context).finish(Reason.ABORTED_BY_CLIENT, why);
    }

    /** One step. */
    private static final class Run {

        private final Dm2ClientState before;
        private final Dm2Context context;
        private final Draft draft;
        private final Commands commands;
        private Work work;

        Run(Dm2ClientState before, Dm2Context context) {
            this.before = before;
            this.context = context;
            this.draft = new Draft(before, context);
            this.commands = new Commands(draft);
            this.work = before.work();
        }

        // ---- an answer to a package

        Step answered(Event event) {
            if (!(event instanceof Event.Answered answered)) {
                return finish(Reason.NO_ANSWER, event instanceof Event.Failed(String why) ? why : "no answer");
            }
            if (answered.status() == 401 || answered.status() == 403) {
                return finish(Reason.NOT_AUTHENTICATED, "the server answers HTTP " + answered.status());
            }
            if (!answered.isSuccess()) {
                return finish(Reason.REFUSED, "the server answers HTTP " + answered.status());
            }
            try {
                Dm2Package content = Dm2Codec.decode(answered.packet(), context.settings().limits());
                return content instanceof Request request ? taken(request, answered.packet())
                        : finish(Reason.UNINTELLIGIBLE, "a server sends package 2, and no other");
            } catch (Malformed broken) {
                return finish(Reason.UNINTELLIGIBLE, String.valueOf(broken.getMessage()));
            }
        }

        private Step taken(Request request, Packet packet) {
            before.alertsUnderWay().forEach(id -> draft.facts.add(new Dm2Fact.AlertTaken(id)));
            draft.acceptable = MediaRanges.of(packet.headers().first(Commands.ACCEPT).orElse(null));
            work = new Work(request.commands(), List.of(), Map.of(), null);
            return advance();
        }

        // ---- commands

        Step resumed(Pending pending, Event event) {
            Progress progress = commands.resume(work.current(), pending, event);
            Wish wish = take(progress);
            return wish == null ? advance() : step(wish);
        }

        private Step advance() {
            while (work.statuses().size() < work.commands().size()) {
                Progress progress = commands.begin(work.current(), work.statuses().size());
                Wish wish = take(progress);
                if (wish != null) {
                    return step(wish);
                }
            }
            if (new Request(work.commands()).isLast()) {
                return finish(Reason.COMPLETED, "");
            }
            if (draft.packages >= context.settings().maxPackages()) {
                return finish(Reason.ABORTED_BY_CLIENT, "the server goes on for too long");
            }
            List<Dm2Alert> alerts = fresh().stream().map(PendingAlert::alert).toList();
            return send(new Response(work.statuses(), alerts, work.data()));
        }

        /** Notes how far the command is; what it waits for, if it does. */
        private @Nullable Wish take(Progress progress) {
            return switch (progress) {
                case Progress.Waits(Pending pending, Wish wish) -> {
                    work = new Work(work.commands(), work.statuses(), work.data(), pending);
                    yield wish;
                }
                case Progress.Done done -> {
                    draft.facts.add(new Dm2Fact.Done(work.current(), done.status().code(), done.remark()));
                    Map<Integer, Packet> data = new TreeMap<>(work.data());
                    if (done.data() != null) {
                        data.put(work.statuses().size(), done.data());
                    }
                    List<CommandStatus> statuses = new ArrayList<>(work.statuses());
                    statuses.add(done.status());
                    work = new Work(work.commands(), statuses, data, null);
                    yield null;
                }
            };
        }

        // ---- going out

        /** What was raised since the last package; what that one held has just been taken. */
        private List<PendingAlert> fresh() {
            return context.alerts().stream().filter(alert -> !before.alertsUnderWay().contains(alert.id())).toList();
        }

        Step send(Dm2Package content) {
            draft.packages++;
            Packet bare = Dm2Codec.encode(content);
            Packet packet = new Packet(bare.mediaType(), bare.body(), Headers
                    .of("Accept", Request.MEDIA_TYPE).with(DEVICE_ID, context.settings().deviceId()));
            Set<String> sent = new HashSet<>();
            (before.packages() == 0 ? context.alerts() : fresh()).forEach(alert -> sent.add(alert.id()));
            work = Work.NONE;
            return step(new Wish.Send(packet, draft.url), sent, false);
        }

        Step finish(Reason reason, String remark) {
            draft.facts.add(new Dm2Fact.Ended(reason, remark));
            return step(new Wish.Finished(reason), Set.of(), true);
        }

        private Step step(Wish wish) {
            return step(wish, before.alertsUnderWay(), false);
        }

        private Step step(Wish wish, Set<String> underWay, boolean isEnded) {
            Dm2ClientState next = new Dm2ClientState(before.trigger(), draft.url, draft.tree, draft.memory,
                    draft.acceptable, work, underWay, draft.packages, isEnded);
            return new Step(next, draft.facts, wish);
        }
    }
}
