package dev.grove.dm2.client;

import dev.grove.dm2.Dm2Command;
import dev.grove.dm2.Dm2Status;
import dev.grove.dm2.access.Delegation.Right;
import dev.grove.dm2.access.DelegationObject;
import dev.grove.dm2.client.Dm2Memory.PendingExec;
import dev.grove.dm2.device.Adoptions;
import dev.grove.dm2.device.ObjectInstaller;
import dev.grove.dm2.device.ObjectView.Place;
import dev.grove.dm2.device.ObjectView;
import dev.grove.dm2.device.StatusOf;
import dev.grove.tree.Address;
import dev.grove.tree.ClientUri;
import dev.grove.tree.Operation;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.tree.edit.Applied;
import dev.grove.tree.edit.AtomicRun;
import dev.grove.tree.edit.Requester;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** DELETE and EXEC ([DM 2.0 §5.3.4, §5.3.5]). */
final class ChangeCommands {

    private final Draft draft;
    private final Requester who;

    ChangeCommands(Draft draft) {
        this.draft = draft;
        this.who = Requester.server(draft.context.server().serverId());
    }

    // ---- DELETE

    /** Of several nodes, all go or none. */
    Progress delete(ClientUri uri) {
        ObjectView view = draft.view();
        ObjectView.Found found = view.find(uri);
        if (found.isEmpty()) {
            return Progress.done(found.why());
        }
        List<Place> places = found.places();
        if (uri.moid().equals(DelegationObject.MOID)) {
            return Progress.done(Dm2Status.COMMAND_NOT_ALLOWED, "rules of delegation are changed by HGET");
        }
        if (!places.stream().allMatch(place -> view.access().allows(Right.WRITE, place))) {
            return Progress.done(Dm2Status.FORBIDDEN, "the server may not delete " + uri);
        }
        if (places.size() == 1) {
            Applied applied = draft.context.editor().apply(draft.tree, delete(places.getFirst()), who,
                    draft.context.now());
            return deleted(applied, applied.outcome());
        }
        AtomicRun run = draft.context.editor().atomic(draft.tree, who, draft.context.now());
        places.forEach(place -> run.step(delete(place)));
        Applied applied = run.finish();
        return deleted(applied, ObjectInstaller.failing(applied).orElse(applied.outcome()));
    }

    private static Operation delete(Place place) {
        return new Operation.Delete(Address.of(place.uri()));
    }

    private Progress deleted(Applied applied, Outcome outcome) {
        if (outcome.status().isSuccess()) {
            draft.tree = Adoptions.settled(applied.tree(), Set.of(), draft.context);
        }
        return Progress.done(StatusOf.changing(outcome));
    }

    // ---- EXEC

    Progress exec(Dm2Command.Exec exec, int index) {
        ObjectView view = draft.view();
        ObjectView.Found found = view.find(exec.node());
        if (found.isEmpty()) {
            return Progress.done(found.why());
        }
        List<Place> places = found.places();
        if (places.size() > 1) {
            return Progress.done(Dm2Status.BAD_REQUEST, "EXEC is for one node (DM 2.0 5.3.5)");
        }
        Place place = places.getFirst();
        if (!view.access().allows(Right.EXECUTE, place)) {
            return Progress.done(Dm2Status.FORBIDDEN, "the server may not execute " + exec.node());
        }
        String reportTo = exec.reportTo() == null ? "" : draft.resolved(exec.reportTo());
        Optional<String> refusal = reportTo.isEmpty() ? Optional.empty() : draft.refuse(reportTo);
        if (refusal.isPresent()) {
            return Progress.done(Dm2Status.FORBIDDEN, refusal.get());
        }
        return execute(place, reportTo, index);
    }

    /** What is begun is remembered before, since its end may be told while it begins. */
    private Progress execute(Place place, String reportTo, int index) {
        String correlator = "dm2-" + draft.context.now().toEpochMilli() + "-" + draft.packages + "-" + index;
        Dm2Memory before = draft.memory;
        draft.memory = before.withExec(correlator, new PendingExec(draft.context.server().serverId(),
                place.address().toString(), reportTo));
        Outcome outcome = StatusOf.changing(draft.context.editor().apply(draft.tree,
                new Operation.Exec(Address.of(place.uri()), null, correlator), who, draft.context.now()).outcome());
        StatusCode status = outcome.status();
        if (status.equals(Dm2Status.ACCEPTED)) {
            return Progress.done(status);
        }
        if (!reportTo.isEmpty() && !isRefusal(status)) {
            draft.facts.add(new Dm2Fact.ExecEnded(correlator, place.uri(), status));
            return Progress.done(Dm2Status.ACCEPTED, Objects.requireNonNullElse(outcome.detail(), ""));
        }
        draft.memory = before;
        return Progress.done(outcome);
    }

    /** Whether nothing was begun, so that there is no end to be told. */
    private static boolean isRefusal(StatusCode status) {
        return switch (status.code()) {
            case 400, 403, 404, 405, 501, 503, 507 -> true;
            default -> false;
        };
    }
}
