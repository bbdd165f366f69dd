package dev.grove.client;

import dev.grove.client.Accounts.Stored;
import dev.grove.client.Scheduler.Call;
import dev.grove.client.Scheduler.Poll;
import dev.grove.client.SessionReport.Result;
import dev.grove.client.SessionRunner.Suspended;
import dev.grove.client.dm2.BootstrapSource;
import dev.grove.client.notify.Delivery;
import dev.grove.client.notify.Reception.Cause;
import dev.grove.client.notify.Reception;
import dev.grove.client.store.StorageException;
import dev.grove.dm1.client.ClientAlert;
import dev.grove.dm1.client.Trigger;
import dev.grove.dm2.client.Dm2Trigger;
import dev.grove.dm2.device.BootstrapInstaller;
import dev.grove.tree.Outcome;
import dev.grove.tree.Tree;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A managed device: what a device maker embeds. It knows its servers from the accounts in its tree, calls them when
 * they
 * are due, when they have notified it and when there is something to tell, one session at a time; everything is on the
 * disk before a server hears of it, so after a crash it goes on as if nothing had been.
 *
 * <p>Either {@link #start} it and let it run on a thread of its own, or call {@link #call} and {@link #runDue}
 * yourself.
 */
public final class DeviceClient implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DeviceClient.class);
    /** Servers forget sessions after some minutes; this is well below. */
    private static final Duration MEMORY_OF_SERVERS = Duration.ofMinutes(5);

    private final DeviceSetup setup;
    private final Device device;
    private final @Nullable Dm2Sessions dm2;
    private final NotificationDesk notifications;
    private final Welcome welcome;
    private final CallPlan plan;
    private final ReentrantLock sessions = new ReentrantLock(true);
    private final Object lifecycle = new Object();
    private final Map<String, Suspended> suspended = new HashMap<>();
    private volatile boolean isStopping;
    /** Guarded by {@code lifecycle}. */
    private @Nullable Thread worker;

    public DeviceClient(DeviceSetup setup, Poll poll) {
        this.setup = setup;
        this.device = new Device(setup);
        this.dm2 = setup.dm2() == null ? null : new Dm2Sessions(setup, setup.dm2(), device, () -> isStopping);
        this.notifications = new NotificationDesk(setup, device, dm2);
        this.welcome = new Welcome(setup);
        Scheduler scheduler = new Scheduler(poll, setup.luck());
        this.plan = new CallPlan(scheduler, setup.clock());
        setup.alerts().connect(this::take);
        Instant now = setup.clock().instant();
        List<String> serverIds = serverIds();
        scheduler.servers(serverIds, now);
        for (String serverId : serverIds) {
            if (!device.alertsFor(serverId).isEmpty()) {
                // raised before a crash, and not answered yet
                scheduler.callNow(new Call(serverId, null), now);
            }
        }
    }

    /** The identifiers of the servers that the tree has usable accounts for, in the order of the tree. */
    public List<String> serverIds() {
        Stream<String> ofDm1 = device.accounts().stream().map(stored -> stored.account().serverId());
        return Stream.concat(ofDm1, dm2 == null ? Stream.of() : dm2.serverIds().stream()).distinct().toList();
    }

    /** The management tree as it is now, without the values of mounted objects. */
    public Tree tree() {
        return device.tree();
    }

    /**
     * A change by the device itself or its user. A session that runs sees it from its next message on.
     *
     * @throws StorageException if it could not be stored; then nothing has changed
     */
    public void change(UnaryOperator<Tree> change) throws StorageException {
        device.change(change);
        // Subscribers are told by whoever runs what is due.
        plan.changed();
    }

    // ---- sessions

    /**
     * Has a session with a server, on this thread, after the one that may be running; one that has found no answer
     * shortly before goes on where it was.
     *
     * @throws IllegalArgumentException if there is no usable account of that identifier
     * @throws StorageException if not even the number of the session can be stored
     */
    public SessionReport call(String serverId) throws StorageException {
        return run(new Call(serverId, null));
    }

    /** The server has notified the device: it is called as soon as may be, with the session id of the notification. */
    public void notified(String serverId, Trigger notification) {
        Call call = new Call(serverId, notification);
        if (notifications.isNew(call)) {
            plan.callSoon(call);
        }
    }

    /**
     * A bearer has brought what may be a notification: if it is genuine and new, the server is called as soon as may
     * be. Does not wait, and may be called by any thread as often as somebody likes: what is too much is dropped.
     *
     * @return what has become of it, for the device's own use; whoever sent it is to be told nothing of that
     */
    public Reception notified(Delivery delivery) {
        NotificationDesk.Taken taken = notifications.take(delivery);
        try {
            setup.listener().heard(taken.reception());
        } finally {
            if (taken.call() != null) {
                plan.callSoon(taken.call());
            }
        }
        return taken.reception();
    }

    /** How many notifications were dropped, and why, since the device was made. */
    public Map<Cause, Long> droppedNotifications() {
        return notifications.dropped();
    }

    /** A network has come or gone: sessions that wait for one of its type begin, if it will do. */
    public void connectionsChanged() {
        plan.changed();
    }

    /**
     * Has all sessions that are due, on this thread.
     *
     * @return when the next one will be; empty if none is planned
     */
    public Optional<Instant> runDue() throws StorageException {
        bootstrap();
        if (dm2 != null) {
            dm2.registerForPush();
        }
        plan.reconnect(welcome::isConnected);
        while (!isStopping) {
            Optional<Call> call = plan.take();
            if (call.isEmpty()) {
                break;
            }
            runPlanned(call.get());
        }
        if (dm2 != null && !isStopping) {
            dm2.reportChanges();
        }
        return plan.next(nextRegistration());
    }

    private Optional<Instant> nextRegistration() {
        return dm2 == null ? Optional.empty() : dm2.nextRegistration();
    }

    /** A device of DM 2.0 without an account asks for one, and calls the server that it is for. */
    private void bootstrap() throws StorageException {
        for (String serverId : dm2 == null ? List.<String>of() : dm2.bootstrap()) {
            plan.callSoon(new Call(serverId, null));
        }
    }

    private void runPlanned(Call call) throws StorageException {
        CallPlan.End end = new CallPlan.End(false, true, Optional.empty());
        try {
            if (isWelcome(call)) {
                SessionReport report = run(call);
                boolean isHeard = report.result() != Result.NO_ANSWER && report.result() != Result.NO_STORAGE;
                end = new CallPlan.End(report.isOk(), isHeard, report.pause());
            } else {
                end = new CallPlan.End(true, true, Optional.empty());
            }
        } catch (IllegalArgumentException accountIsGone) {
            LOG.info("{} is not called: {}", call.serverId(), accountIsGone.getMessage());
        } finally {
            plan.done(call, end, serverIds());
        }
        if (end.isHeard() && !plan.isPostponed(call)) {
            notifications.followed(call);
        }
    }

    /** Whether a session may begin now that a server has asked for; one without a connection begins later. */
    private boolean isWelcome(Call call) {
        if (!welcome.isConnected(call)) {
            setup.listener().declined(call.serverId(), "waits for a connection of a type that the server prefers");
            plan.postpone(call);
            return false;
        }
        Optional<String> refusal = welcome.refusal(call);
        refusal.ifPresent(why -> setup.listener().declined(call.serverId(), why));
        return refusal.isEmpty();
    }

    private SessionReport run(Call call) throws StorageException {
        Set<String> known;
        SessionReport report;
        sessions.lock();
        try {
            Optional<SessionReport> ofDm2 = dm2 == null ? Optional.empty() : dm2.run(call);
            if (dm2 != null && ofDm2.isPresent()) {
                if (ofDm2.get().isOk()) {
                    dm2.next(call.serverId()).ifPresent(plan::callSoon);
                }
                return ofDm2.get();
            }
            Stored stored = device.account(call.serverId()).orElseThrow(
                    () -> new IllegalArgumentException("no usable account of the server " + call.serverId()));
            known = alertIds(call.serverId());
            SessionRunner runner = new SessionRunner(setup, device, stored, () -> isStopping);
            Suspended lost = lostSession(call);
            if (lost == null) {
                report = runner.run(call.notification() == null ? device.nextTrigger() : call.notification());
            } else {
                report = runner.resume(lost);
            }
            runner.suspended().ifPresent(session -> suspended.put(call.serverId(), session));
        } finally {
            sessions.unlock();
        }
        callForLateAlerts(call.serverId(), known);
        return report;
    }

    /** A session that found no answer is taken up again while the server may remember it, unless it wants another. */
    private @Nullable Suspended lostSession(Call call) {
        Suspended lost = suspended.remove(call.serverId());
        boolean isOfUse = lost != null && isMeant(call, lost)
                && Duration.between(lost.since(), setup.clock().instant()).compareTo(MEMORY_OF_SERVERS) <= 0;
        return isOfUse ? lost : null;
    }

    private static boolean isMeant(Call call, Suspended lost) {
        return call.notification() == null || call.notification().equals(lost.trigger());
    }

    /** What was raised when the session was about to end does not wait for the next poll. */
    private void callForLateAlerts(String serverId, Set<String> known) {
        Set<String> late = alertIds(serverId);
        late.removeAll(known);
        if (!late.isEmpty()) {
            plan.callSoon(new Call(serverId, null));
        }
    }

    private Set<String> alertIds(String serverId) {
        Set<String> ids = new HashSet<>();
        device.alertsFor(serverId).forEach(alert -> ids.add(alert.id()));
        return ids;
    }

    // ---- alerts

    private boolean take(@Nullable String serverId, ClientAlert alert) throws StorageException {
        String known = serverId != null || dm2 == null ? serverId : dm2.desk().receiver(alert).orElse(null);
        Optional<String> receiver = device.raise(known, alert);
        if (receiver.isPresent() && !sessions.isLocked()) {
            plan.callSoon(dm2 == null ? new Call(receiver.get(), null)
                    : dm2.next(receiver.get()).orElse(new Call(receiver.get(), null)));
        }
        return receiver.isPresent();
    }

    // ---- DM 2.0

    /**
     * A server of DM 2.0 has notified the device: it is called as soon as may be. A notification that came before is
     * dropped.
     *
     * @return whether it is new
     */
    public boolean notified(String serverId, Dm2Trigger notification) {
        Call call = Call.of(serverId, notification);
        boolean isNew = notifications.isNew(call);
        if (isNew) {
            plan.callSoon(call);
        }
        return isNew;
    }

    /**
     * Somebody offers a bootstrap ([DM 2.0 §8.4]): if it is taken, its servers are called and told.
     *
     * @return 200; 403 for one that nobody vouches for, 415 for one that is none
     */
    public Outcome offer(BootstrapSource.Offer offer) throws StorageException {
        BootstrapInstaller.Result result = ofDm2().install(offer);
        result.servers().forEach(serverId -> plan.callSoon(new Call(serverId, null)));
        return result.outcome();
    }

    /**
     * An application of the device needs an object: one that is not there is fetched from where a server has said by
     * DEFAULT ([DM 2.0 §5.3.10]).
     *
     * @return 200 if it is there now, 404 if no server has said where it is
     */
    public Outcome need(String moid) throws StorageException {
        return ofDm2().need(moid);
    }

    /** Tells the servers of DM 2.0 what has changed of what they have subscribed to, on this thread. */
    public void reportChanges() throws StorageException {
        ofDm2().reportChanges();
    }

    /**
     * The messaging service has forgotten the device: servers that use it under this name are told ([DM 2.0 E.2.3]), on
     * this thread.
     */
    public void unregisteredForPush(String senderId) throws StorageException {
        ofDm2().unregisterForPush(senderId);
    }

    private Dm2Sessions ofDm2() {
        Dm2Sessions known = dm2;
        if (known == null) {
            throw new IllegalStateException("this device is none of DM 2.0");
        }
        return known;
    }

    // ---- running by itself

    /** Runs on a thread of its own from now on, until {@link #stop}. */
    public void start() {
        synchronized (lifecycle) {
            if (worker != null) {
                throw new IllegalStateException("started already");
            }
            isStopping = false;
            worker = Thread.ofVirtual().name("grove-device-" + setup.settings().deviceId()).start(this::work);
        }
    }

    private void work() {
        while (!isStopping) {
            try {
                runDue();
                plan.awaitDue(nextRegistration(), () -> isStopping);
            } catch (InterruptedException stopped) {
                return;
            } catch (StorageException disk) {
                LOG.error("The device {} cannot use its storage and stops", setup.settings().deviceId(), disk);
                return;
            }
        }
    }

    /**
     * Stops. A session that is running is ended by Alert 1223: between two messages if the next one comes within
     * {@code patience}, or else at once.
     *
     * @throws InterruptedException if the caller does not want to wait any longer; the device stops all the same
     */
    public void stop(Duration patience) throws InterruptedException {
        Thread running;
        synchronized (lifecycle) {
            isStopping = true;
            running = worker;
            worker = null;
        }
        plan.changed();
        while (running != null && !running.join(patience)) {
            // the first interrupt ends the wait for an answer, a further one the farewell
            running.interrupt();
        }
    }

    /** Stops as fast as may be, and closes transport and store. */
    @Override
    public void close() throws StorageException {
        try {
            stop(Duration.ofSeconds(1));
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        } finally {
            setup.transport().close();
            if (setup.dm2() != null) {
                setup.dm2().web().close();
            }
            setup.store().close();
        }
    }
}
