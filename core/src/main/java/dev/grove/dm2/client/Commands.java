package dev.grove.dm2.client;

import dev.grove.dm2.Dm2Command;
import dev.grove.dm2.Dm2Status;
import dev.grove.dm2.ServerUri;
import dev.grove.dm2.access.Delegation.Right;
import dev.grove.dm2.client.Dm2ClientState.Pending;
import dev.grove.dm2.device.DataWriter.Wanted;
import dev.grove.dm2.client.Dm2Memory.Source;
import dev.grove.dm2.client.Dm2Memory.Subscription;
import dev.grove.dm2.client.Step.Method;
import dev.grove.dm2.client.Step.Wish;
import dev.grove.dm2.device.CacheValidator;
import dev.grove.dm2.device.DataWriter;
import dev.grove.dm2.device.ObjectInstaller.Installed;
import dev.grove.dm2.device.ObjectInstaller;
import dev.grove.dm2.device.ObjectView.Place;
import dev.grove.dm2.device.ObjectView;
import dev.grove.tree.ClientUri;
import dev.grove.tree.Format;
import dev.grove.tree.Node;
import dev.grove.tree.StatusCode;
import dev.grove.wire.MediaRanges;
import dev.grove.wire.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Does the commands of a server, each to the letter of the status table ([DM 2.0 §5.3, C]). */
final class Commands {

    /** The header field in which servers say what they take ([DM 2.0 §5.5]). */
    static final String ACCEPT = "OMADM-Accept";

    private final Draft draft;

    Commands(Draft draft) {
        this.draft = draft;
    }

    /** Begins a command; most are done at once. */
    Progress begin(Dm2Command command, int index) {
        return switch (command) {
            case Dm2Command.Hget(ServerUri from, ClientUri _) -> fetch(from);
            case Dm2Command.Hput(ServerUri to, List<ClientUri> from) -> deliver(Method.PUT, to, from);
            case Dm2Command.Hpost(ServerUri to, List<ClientUri> from) -> deliver(Method.POST, to, from);
            case Dm2Command.Delete delete -> new ChangeCommands(draft).delete(delete.node());
            case Dm2Command.Exec exec -> new ChangeCommands(draft).exec(exec, index);
            case Dm2Command.Get get -> get(get.node());
            case Dm2Command.Show show -> show(show.page());
            case Dm2Command.Cont cont -> goOnAt(cont.at());
            case Dm2Command.End _ -> Progress.done(Dm2Status.OK);
            case Dm2Command.Default(ServerUri from, String moid) -> note(from, moid);
            case Dm2Command.Sub(ServerUri to, ClientUri node) -> subscribe(to, node);
            case Dm2Command.Unsub unsub -> unsubscribe(unsub.node());
            case Dm2Command.Misshapen misshapen -> Progress.done(misshapen.status(), misshapen.reason());
        };
    }

    /** Goes on with a command when the world has answered. */
    Progress resume(Dm2Command command, Pending pending, Event event) {
        return switch (pending) {
            case Pending.Fetching _ -> fetched(command, event);
            case Pending.Delivering delivering -> delivered(delivering, event);
            case Pending.Browsing _ -> browsed(event);
        };
    }

    // ---- GET

    private Progress get(ClientUri uri) {
        ObjectView view = draft.view();
        ObjectView.Found found = view.find(uri);
        if (found.isEmpty()) {
            return Progress.done(found.why());
        }
        List<Place> places = found.places();
        if (!mayRead(view, places)) {
            return forbidden("read", uri);
        }
        if (isKnown(view, places, uri)) {
            return Progress.done(Dm2Status.NOT_MODIFIED);
        }
        if (places.size() == 1 && hasNoContent(view.at(places.getFirst().uri()).orElseThrow())) {
            return Progress.done(Dm2Status.NO_CONTENT);
        }
        List<Wanted> wanted = places.stream().map(place -> new Wanted(place.uri(), uri)).toList();
        DataWriter writer = new DataWriter(view, draft.context);
        String format = writer.format(wanted, draft.acceptable, List.of())
                .or(() -> writer.format(wanted, MediaRanges.ANY, List.of())).orElseThrow();
        return Progress.read(writer.write(wanted, format));
    }

    private static boolean mayRead(ObjectView view, List<Place> places) {
        return places.stream().allMatch(place -> view.isShown(place.uri()) && view.access().allows(Right.READ, place));
    }

    /** Whether the server has said by {@code cv} that it knows what it asks for ([DM 2.0 §11.2]). */
    private static boolean isKnown(ObjectView view, List<Place> places, ClientUri uri) {
        return uri.validator() != null
                && places.stream().allMatch(place -> CacheValidator.of(view, place).equals(uri.validator()));
    }

    private static boolean hasNoContent(Node node) {
        return !node.isInterior() && (node.format() == Format.NULL || node.data().isEmpty());
    }

    private static Progress forbidden(String what, ClientUri uri) {
        return Progress.done(Dm2Status.FORBIDDEN, "the server may not " + what + " " + uri);
    }

    // ---- HPUT, HPOST

    private Progress deliver(Method method, ServerUri to, List<ClientUri> from) {
        ObjectView view = draft.view();
        List<Wanted> wanted = new ArrayList<>();
        StatusCode nothing = Dm2Status.NOT_FOUND;
        for (ClientUri uri : from) {
            List<Place> places = view.find(uri).places();
            if (!places.isEmpty() && !mayRead(view, places)) {
                nothing = nothing.equals(Dm2Status.NOT_FOUND) ? Dm2Status.FORBIDDEN : nothing;
            } else if (!places.isEmpty() && isKnown(view, places, uri)) {
                nothing = Dm2Status.NOT_MODIFIED;
            } else {
                places.forEach(place -> wanted.add(new Wanted(place.uri(), uri)));
            }
        }
        if (wanted.isEmpty()) {
            return Progress.done(nothing, "nothing is there to be sent");
        }
        String url = draft.resolved(to);
        Optional<String> refusal = draft.refuse(url);
        if (refusal.isPresent()) {
            return Progress.done(Dm2Status.SERVER_URI_ERROR, refusal.get());
        }
        DataWriter writer = new DataWriter(view, draft.context);
        Optional<String> format = writer.format(wanted, draft.acceptable, List.of());
        return format.map(type -> sent(new Pending.Delivering(method, url, wanted, List.of(type)),
                writer.write(wanted, type)))
                .orElse(Progress.done(Dm2Status.NOT_ACCEPTABLE, "the server takes none of our formats"));
    }

    private static Progress sent(Pending.Delivering delivering, Packet data) {
        return new Progress.Waits(delivering, new Wish.Deliver(delivering.method(), delivering.url(), data));
    }

    private Progress delivered(Pending.Delivering delivering, Event event) {
        if (!(event instanceof Event.Answered answered)) {
            return Progress.done(Dm2Status.SERVER_URI_ERROR, whyNot(event));
        }
        if (answered.isSuccess()) {
            return Progress.done(Dm2Status.OK);
        }
        Optional<String> accept = answered.packet().headers().first(ACCEPT);
        ObjectView view = draft.view();
        boolean areThere = delivering.nodes().stream().allMatch(wanted -> drawn(view, wanted));
        if (answered.status() == 415 && accept.isPresent() && areThere) {
            DataWriter writer = new DataWriter(view, draft.context);
            Optional<String> other = writer.format(delivering.nodes(), MediaRanges.of(accept.get()),
                    delivering.tried());
            if (other.isPresent()) {
                List<String> tried = new ArrayList<>(delivering.tried());
                tried.add(other.get());
                return sent(new Pending.Delivering(delivering.method(), delivering.url(), delivering.nodes(), tried),
                        writer.write(delivering.nodes(), other.get()));
            }
        }
        return Progress.done(Dm2Status.SERVER_URI_ERROR, "the repository answers HTTP " + answered.status());
    }

    private static boolean drawn(ObjectView view, Wanted wanted) {
        view.placeOf(wanted.node()).ifPresent(place -> view.draw(place.of()));
        return view.at(wanted.node()).isPresent();
    }

    private static String whyNot(Event event) {
        return switch (event) {
            case Event.Failed(String why) -> why;
            case Event.Answered(int status, Packet _) -> "HTTP " + status;
            case Event.Browsed(Event.Browsing how) -> "the browser: " + how;
        };
    }

    // ---- HGET

    private Progress fetch(ServerUri from) {
        String url = draft.resolved(from);
        return draft.refuse(url).map(why -> Progress.done(Dm2Status.SERVER_URI_ERROR, why))
                .orElse(new Progress.Waits(new Pending.Fetching(), new Wish.Fetch(url, ObjectInstaller.ACCEPT)));
    }

    private Progress fetched(Dm2Command command, Event event) {
        if (!(event instanceof Event.Answered answered) || answered.status() != 200) {
            return Progress.done(Dm2Status.SERVER_URI_ERROR, whyNot(event));
        }
        if (!(command instanceof Dm2Command.Hget hget)) {
            throw new IllegalStateException("only HGET fetches");
        }
        ObjectInstaller installer = new ObjectInstaller(draft.context, draft.tree);
        Installed installed = hget.to() == null ? installer.put(answered.packet())
                : installer.put(answered.packet(), hget.to());
        draft.tree = installed.tree();
        return Progress.stored(installed.outcome(), installed.uris());
    }

    // ---- SHOW, CONT

    private Progress show(ServerUri page) {
        String url = draft.resolved(page);
        return draft.refuse(url).map(why -> Progress.done(Dm2Status.BAD_REQUEST, why))
                .orElse(new Progress.Waits(new Pending.Browsing(), new Wish.Browse(url)));
    }

    private static Progress browsed(Event event) {
        return switch (event) {
            case Event.Browsed(Event.Browsing how) -> Progress.done(switch (how) {
                case STARTED -> Dm2Status.OK;
                case NONE -> Dm2Status.NOT_IMPLEMENTED;
                case FAILED -> Dm2Status.INTERNAL_ERROR;
                case REJECTED -> Dm2Status.USER_REJECTED;
            });
            case Event.Answered _,Event.Failed _ -> Progress.done(Dm2Status.INTERNAL_ERROR, whyNot(event));
        };
    }

    private Progress goOnAt(ServerUri at) {
        String url = draft.resolved(at);
        Optional<String> refusal = draft.refuse(url);
        if (refusal.isPresent()) {
            return Progress.done(Dm2Status.BAD_REQUEST, refusal.get());
        }
        draft.url = url;
        return Progress.done(Dm2Status.OK);
    }

    // ---- DEFAULT, SUB, UNSUB

    private Progress note(ServerUri from, String moid) {
        Optional<String> refusal = draft.refuse(draft.resolved(from));
        if (refusal.isPresent()) {
            return Progress.done(Dm2Status.FORBIDDEN, refusal.get());
        }
        if (!draft.view().access().allowsNew(moid)) {
            return Progress.done(Dm2Status.FORBIDDEN, "the server's bootstrap does not name " + moid);
        }
        if (draft.memory.defaults().size() >= Dm2Memory.MOST && !draft.memory.defaults().containsKey(moid)) {
            return Progress.done(Dm2Status.SERVICE_UNAVAILABLE, "too many defaults");
        }
        draft.memory = draft.memory.withDefault(moid, new Source(draft.context.server().serverId(), from));
        return Progress.done(Dm2Status.OK);
    }

    private Progress subscribe(ServerUri to, ClientUri uri) {
        ObjectView view = draft.view();
        ObjectView.Found found = view.find(uri);
        if (found.isEmpty()) {
            return Progress.done(found.why());
        }
        List<Place> places = found.places();
        if (!mayRead(view, places)) {
            return forbidden("read", uri);
        }
        Optional<String> refusal = draft.refuse(draft.resolved(to));
        if (refusal.isPresent()) {
            return Progress.done(Dm2Status.FORBIDDEN, refusal.get());
        }
        String serverId = draft.context.server().serverId();
        boolean isNew = draft.memory.subscription(serverId, uri.toString()).isEmpty();
        if (isNew && draft.memory.subscriptions().size() >= Dm2Memory.MOST) {
            return Progress.done(Dm2Status.SERVICE_UNAVAILABLE, "too many subscriptions");
        }
        draft.memory = draft.memory.with(
                new Subscription(serverId, uri.toString(), to, CacheValidator.of(view, places)));
        return Progress.done(Dm2Status.OK);
    }

    private Progress unsubscribe(ClientUri uri) {
        Optional<Subscription> known = draft.memory.subscription(draft.context.server().serverId(), uri.toString());
        if (known.isEmpty()) {
            return Progress.done(Dm2Status.NOT_FOUND, uri + " was not subscribed to");
        }
        draft.memory = draft.memory.without(known.get());
        return Progress.done(Dm2Status.OK);
    }
}
