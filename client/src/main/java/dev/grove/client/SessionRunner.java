package dev.grove.client;

import dev.grove.auth.HttpBasic;
import dev.grove.auth.HttpLogin;
import dev.grove.client.Accounts.Stored;
import dev.grove.client.SessionReport.Result;
import dev.grove.client.store.StorageException;
import dev.grove.client.transport.TransportException;
import dev.grove.client.transport.TransportException.Kind;
import dev.grove.dm1.client.ClientAlert;
import dev.grove.dm1.client.ClientContext;
import dev.grove.dm1.client.ClientFact;
import dev.grove.dm1.client.ClientSettings;
import dev.grove.dm1.client.ClientState;
import dev.grove.dm1.client.ClientTurn;
import dev.grove.dm1.client.Dm1ClientSession;
import dev.grove.dm1.client.Trigger;
import dev.grove.wire.Headers;
import dev.grove.wire.Packet;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session from its first message to its last: turn, store, send, receive, and again. The engine decides; this
 * carries out, and knows what to do when the network, the disk or the device itself fails.
 */
final class SessionRunner {

    private static final Logger LOG = LoggerFactory.getLogger(SessionRunner.class);

    private final DeviceSetup setup;
    private final Device device;
    private final Stored stored;
    private final BooleanSupplier isStopping;
    private final Instant begun;
    private final Headers headers;
    private int messages;
    private @Nullable Suspended suspended;

    /**
     * A session whose last message has found no answer. It can be taken up where it stands, as long as the server
     * remembers it: the message is sent once more, as it was.
     *
     * @param turn the one whose message is to be sent again
     */
    record Suspended(Trigger trigger, ClientTurn turn, Instant since) {}

    SessionRunner(DeviceSetup setup, Device device, Stored stored, BooleanSupplier isStopping) {
        this.setup = setup;
        this.device = device;
        this.stored = stored;
        this.isStopping = isStopping;
        this.begun = setup.clock().instant();
        this.headers = headers();
    }

    /** How a turn went that could not be finished, with the state to say farewell from. */
    private static final class Failed extends Exception {
        final Result result;
        final @Nullable Duration retryAfter;

        Failed(Result result, String remark, @Nullable Throwable cause, @Nullable Duration retryAfter) {
            super(remark, cause);
            this.result = result;
            this.retryAfter = retryAfter;
        }
    }

    /** A session from its beginning. */
    SessionReport run(Trigger trigger) {
        setup.listener().started(serverId(), trigger);
        return reported(trigger, () -> converse(trigger, begin(trigger)));
    }

    /** A session from where it was lost. */
    SessionReport resume(Suspended lost) {
        setup.listener().resumed(serverId(), lost.trigger());
        return reported(lost.trigger(), () -> converse(lost.trigger(), lost.turn()));
    }

    /** What {@link #resume} can take up; empty if the session is over. */
    Optional<Suspended> suspended() {
        return Optional.ofNullable(suspended);
    }

    private interface Conversation {
        SessionReport hold() throws Failed;
    }

    private SessionReport reported(Trigger trigger, Conversation conversation) {
        SessionReport report;
        try {
            report = conversation.hold();
        } catch (Failed failed) {
            report = report(trigger, failed.result, String.valueOf(failed.getMessage()), failed.retryAfter);
        }
        setup.listener().ended(report);
        return report;
    }

    private SessionReport converse(Trigger trigger, ClientTurn first) throws Failed {
        ClientTurn turn = first;
        boolean wasInterrupted = false;
        try {
            while (!turn.next().isEnded()) {
                // An interrupt that came during the turn has ended what it could: what was done is told all the same.
                wasInterrupted |= isStopping.getAsBoolean() && Thread.interrupted();
                Packet answer = exchange(trigger, turn);
                if (isStopping.getAsBoolean()) {
                    wasInterrupted |= Thread.interrupted();
                    turn = abort(turn.next(), "the device stops");
                } else {
                    turn = next(turn.next(), answer);
                }
            }
            sayFarewell(turn);
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
        ClientFact.Ended end = ended(turn);
        return report(trigger, Result.of(end.reason()), end.remark(), null);
    }

    // ---- turns

    private ClientTurn begin(Trigger trigger) throws Failed {
        return turned(() -> Dm1ClientSession.start(trigger, device.tree(), context(trigger)), null);
    }

    private ClientTurn next(ClientState state, Packet answer) throws Failed {
        return turned(
                () -> Dm1ClientSession.turn(state.withTree(device.tree()), answer, context(state.trigger())), state);
    }

    private ClientTurn abort(ClientState state, String why) throws Failed {
        return turned(() -> Dm1ClientSession.abort(state.withTree(device.tree()), true, why,
                context(state.trigger())), null);
    }

    private interface Engine {
        ClientTurn turn();
    }

    /** Turns and commits. If that cannot be, the server is told goodbye from the state before. */
    private ClientTurn turned(Engine engine, @Nullable ClientState before) throws Failed {
        try {
            return device.alone(() -> {
                device.origins().enter(serverId());
                ClientTurn turn = engine.turn();
                device.commit(turn, stored);
                turn.facts().forEach(fact -> setup.listener().learned(serverId(), fact));
                return turn;
            });
        } catch (StorageException disk) {
            LOG.error("Session with {}: what the server wanted cannot be stored", serverId(), disk);
            sayGoodbye(before, "storage failed");
            throw new Failed(Result.NO_STORAGE, String.valueOf(disk.getMessage()), disk, null);
        } catch (RuntimeException ours) {
            LOG.error("Session with {}: the device is at fault", serverId(), ours);
            sayGoodbye(before, "the device failed");
            throw new Failed(Result.FAULT, ours.toString(), ours, null);
        }
    }

    /** Where the nonces are agreed anew, the server may prove itself with the one that everybody knows, once. */
    private ClientContext context(Trigger trigger) {
        ClientSettings settings = trigger.resynchronise() ? setup.settings().acceptingDefaultNonce()
                : setup.settings();
        String url = stored.account().url();
        boolean isVouchedFor = isHttps(url) && stored.account().server() == null;
        List<ClientAlert> alerts = new ArrayList<>(setup.events().get());
        alerts.addAll(device.alertsFor(serverId()));
        return new ClientContext(settings, stored.account(), device.editor(), setup.user(), alerts,
                isVouchedFor, setup.clock().instant(), setup.luck());
    }

    // ---- messages

    private Packet exchange(Trigger trigger, ClientTurn turn) throws Failed {
        Packet message = turn.send();
        if (message == null) {
            throw new IllegalStateException("the engine neither speaks nor ends");
        }
        try {
            Optional<Packet> answer = send(turn.next().url(), message);
            if (answer.isPresent()) {
                setup.listener().received(serverId(), answer.get());
                return answer.get();
            }
            throw new Failed(Result.NO_ANSWER, "the server's answer is empty", null, null);
        } catch (TransportException failed) {
            if (failed.kind() == Kind.INTERRUPTED && isStopping.getAsBoolean()) {
                throw interrupted(turn.next());
            }
            if (failed.kind().isTransient()) {
                suspended = new Suspended(trigger, turn, setup.clock().instant());
            }
            throw new Failed(Result.NO_ANSWER, String.valueOf(failed.getMessage()), failed,
                    failed.retryAfter().orElse(null));
        }
    }

    /** The device stops while it waits for an answer: the server is told, without it. */
    private Failed interrupted(ClientState state) {
        // The interrupt has done its work; the farewell is to go out before anybody else is told of it.
        boolean wasInterrupted = Thread.interrupted();
        sayGoodbye(state, "the device stops");
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
        return new Failed(Result.ABORTED_BY_CLIENT, "the device stops", null, null);
    }

    /** RespURI leads wherever the server wants, but not out of TLS: credentials and values would follow. */
    private Optional<Packet> send(String url, Packet message) throws TransportException {
        if (isHttps(stored.account().url()) && !isHttps(url)) {
            throw new TransportException(Kind.REFUSED, "the server's RespURI leads out of HTTPS", null);
        }
        messages++;
        Packet whole = message;
        for (Headers.Field field : headers.fields()) {
            whole = new Packet(whole.mediaType(), whole.body(), whole.headers().with(field.name(), field.value()));
        }
        setup.listener().sending(serverId(), whole);
        try {
            return setup.transport().exchange(new URI(url), whole);
        } catch (URISyntaxException unusable) {
            throw new TransportException(Kind.REFUSED, "the server's address cannot be used: " + unusable.getReason(),
                    unusable);
        }
    }

    /** The last message needs no answer, and its loss changes nothing. */
    private void sayFarewell(ClientTurn turn) {
        Packet farewell = turn.send();
        if (farewell == null) {
            return;
        }
        try {
            send(turn.next().url(), farewell).ifPresent(answer -> setup.listener().received(serverId(), answer));
        } catch (TransportException lost) {
            LOG.debug("Session with {}: the farewell was lost: {}", serverId(), lost.getMessage());
        }
    }

    /** Alert 1223, if there is a session to end: nothing is stored any more. */
    private void sayGoodbye(@Nullable ClientState state, String why) {
        if (state == null || state.isEnded()) {
            return;
        }
        try {
            sayFarewell(Dm1ClientSession.abort(state, true, why, context(state.trigger())));
        } catch (RuntimeException ours) {
            LOG.error("Session with {}: not even the farewell can be made", serverId(), ours);
        }
    }

    private static boolean isHttps(String url) {
        return url.toLowerCase(Locale.ROOT).startsWith("https:");
    }

    /** What goes with every message of the session beside what the engine wants. */
    private Headers headers() {
        Headers all = Headers.NONE;
        if (stored.httpUser() != null) {
            HttpLogin login = new HttpLogin(stored.httpUser().userName(), stored.httpUser().password());
            all = all.with("Authorization", HttpBasic.print(login));
        }
        String urgent = urgentTypes();
        return urgent.isEmpty() ? all : all.with("MDM-GenericAlert", urgent);
    }

    /** A Windows machine names the urgent alerts that made it call ([MS-MDM §2.1]). */
    private String urgentTypes() {
        if (!setup.settings().profile().equals(DeviceKind.WINDOWS.profile())) {
            return "";
        }
        StringBuilder types = new StringBuilder();
        device.alertsFor(serverId()).stream().flatMap(alert -> alert.items().stream())
                .filter(told -> "fatal".equals(told.mark()) || "critical".equals(told.mark()))
                .map(ClientAlert.Told::type).distinct()
                .forEach(type -> types.append('<').append(type).append('>'));
        return types.toString();
    }

    private String serverId() {
        return stored.account().serverId();
    }

    private static ClientFact.Ended ended(ClientTurn turn) {
        for (ClientFact fact : turn.facts()) {
            if (fact instanceof ClientFact.Ended end) {
                return end;
            }
        }
        throw new IllegalStateException("a session ended without a reason");
    }

    private SessionReport report(Trigger trigger, Result result, String remark, @Nullable Duration retryAfter) {
        return new SessionReport(serverId(), trigger.sessionId(), result, remark, messages,
                Duration.between(begun, setup.clock().instant()), retryAfter);
    }
}
