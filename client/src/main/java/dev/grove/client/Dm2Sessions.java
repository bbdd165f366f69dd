package dev.grove.client;

import dev.grove.client.Scheduler.Call;
import dev.grove.client.dm2.BootstrapSource.Offer;
import dev.grove.client.dm2.BootstrapSource;
import dev.grove.client.dm2.Dm2Account;
import dev.grove.client.dm2.Dm2Setup;
import dev.grove.client.dm2.Errand;
import dev.grove.client.store.DeviceState;
import dev.grove.client.store.StorageException;
import dev.grove.client.transport.TransportException;
import dev.grove.dm2.ObjectIndex;
import dev.grove.dm2.access.ServerAccess;
import dev.grove.dm2.client.ChangeReports.Report;
import dev.grove.dm2.client.ChangeReports;
import dev.grove.dm2.client.Dm2Memory.Source;
import dev.grove.dm2.client.Dm2Memory;
import dev.grove.dm2.client.Dm2Trigger;
import dev.grove.dm2.client.Event;
import dev.grove.dm2.client.Step.Method;
import dev.grove.dm2.client.Step.Wish;
import dev.grove.dm2.device.BootstrapInstaller;
import dev.grove.dm2.device.Dm2Context;
import dev.grove.dm2.device.ObjectInstaller;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.wire.Packet;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a device does for its servers of DM 2.0: sessions, reports of changes, bootstraps, and fetching of objects that
 * it lacks.
 */
final class Dm2Sessions {

    private static final Logger LOG = LoggerFactory.getLogger(Dm2Sessions.class);
    private static final String ACCEPT = "OMADM-Accept";

    private final DeviceSetup setup;
    private final Dm2Setup dm2;
    private final Dm2Desk desk;
    private final BooleanSupplier isStopping;
    private final Optional<PushDesk> push;

    Dm2Sessions(DeviceSetup setup, Dm2Setup dm2, Device device, BooleanSupplier isStopping) {
        this.setup = setup;
        this.dm2 = dm2;
        this.desk = new Dm2Desk(setup, dm2, device);
        this.isStopping = isStopping;
        this.push = Optional.ofNullable(setup.notifications().push())
                .map(service -> new PushDesk(setup, desk, service));
    }

    Dm2Desk desk() {
        return desk;
    }

    List<String> serverIds() {
        return desk.accounts().stream().map(Dm2Account::serverId).toList();
    }

    // ---- sessions

    /** A session with a server, if it is one of DM 2.0 and has not asked for one of DM 1.x. */
    Optional<SessionReport> run(Call call) throws StorageException {
        Optional<Dm2Account> account = desk.account(call.serverId());
        if (account.isEmpty() || call.notification() != null) {
            return Optional.empty();
        }
        Dm2Trigger trigger = call.dm2() == null ? desk.trigger(call.serverId()) : call.dm2();
        String number = desk.device().nextTrigger().sessionId();
        SessionReport report = new Dm2SessionRunner(setup, desk, account.get(), isStopping).run(trigger, number);
        if (report.isOk() && trigger.why() == Dm2Trigger.Why.BOOTSTRAP) {
            desk.device().alone(() -> {
                desk.told(call.serverId());
                return true;
            });
        }
        return Optional.of(report);
    }

    /** What is left to be told to a server after a good session, and where; empty if nothing is. */
    Optional<Call> next(String serverId) {
        Set<String> urls = desk.destinations(serverId);
        return urls.stream().findFirst()
                .map(url -> Call.of(serverId, url.isEmpty() ? null : Dm2Trigger.reporting(url)));
    }

    // ---- messaging service

    void registerForPush() throws StorageException {
        if (push.isPresent()) {
            push.get().register();
        }
    }

    void unregisterForPush(String senderId) throws StorageException {
        if (push.isPresent()) {
            push.get().unregister(senderId);
        }
    }

    Optional<Instant> nextRegistration() {
        return push.flatMap(PushDesk::next);
    }

    // ---- changes

    /** Tells servers what has changed of what they have subscribed to. What fails is tried again the next time. */
    void reportChanges() throws StorageException {
        for (Dm2Account account : desk.accounts()) {
            for (Report report : desk.device().alone(() -> due(account))) {
                report(account, report);
            }
        }
    }

    private List<Report> due(Dm2Account account) {
        Dm2Memory memory = desk.memory();
        return memory.subscriptions().isEmpty() ? List.of()
                : ChangeReports.due(desk.device().tree(), memory, desk.context(account.access(), null));
    }

    private void report(Dm2Account account, Report first) throws StorageException {
        Errand errand = new Errand(dm2, account, setup.settings().deviceId());
        Optional<Report> report = Optional.of(first);
        while (report.isPresent()) {
            Event event = send(errand, account, report.get());
            if (event instanceof Event.Answered(int status, Packet _) && status >= 200 && status < 300) {
                Report told = report.get();
                desk.device().alone(() -> {
                    desk.store(desk.memory().replacing(told.told()));
                    return true;
                });
                return;
            }
            report = otherwise(account, report.get(), event);
        }
    }

    private Event send(Errand errand, Dm2Account account, Report report) {
        Wish wish = new Wish.Deliver(Method.PUT, report.url(), report.packet());
        setup.listener().running(account.serverId(), wish);
        Event event;
        try {
            event = errand.run(wish);
        } catch (TransportException failed) {
            event = new Event.Failed(String.valueOf(failed.getMessage()));
        }
        setup.listener().ran(account.serverId(), event);
        return event;
    }

    private Optional<Report> otherwise(Dm2Account account, Report report, Event event) {
        if (event instanceof Event.Answered(int status, Packet answer) && status == 415) {
            return answer.headers().first(ACCEPT).flatMap(accept -> ChangeReports.otherwise(report, accept,
                    desk.device().tree(), desk.context(account.access(), null)));
        }
        LOG.debug("A change could not be told to {}: {}", account.serverId(), event);
        return Optional.empty();
    }

    // ---- bootstraps

    /** Asks the sources for an account, if there is none; answers the servers that are to be called. */
    List<String> bootstrap() throws StorageException {
        if (dm2.bootstraps().isEmpty() || !desk.accounts().isEmpty()) {
            return List.of();
        }
        for (BootstrapSource source : dm2.bootstraps()) {
            try {
                BootstrapInstaller.Result result = install(source.get(desk.values()));
                if (result.outcome().status().isSuccess()) {
                    return result.servers();
                }
                LOG.warn("A bootstrap is refused: {}", result.outcome().detail());
            } catch (IOException none) {
                LOG.warn("No bootstrap: {}", none.getMessage());
            }
        }
        return List.of();
    }

    /** Takes a bootstrap in ([DM 2.0 §8]); 403 if it is not authentic and the device does not take such. */
    BootstrapInstaller.Result install(Offer offer) throws StorageException {
        return desk.device().alone(() -> {
            if (!offer.isAuthentic() && !dm2.takesAnyBootstrap()) {
                return new BootstrapInstaller.Result(
                        Outcome.of(StatusCode.FORBIDDEN, "nobody vouches for the bootstrap (DM 2.0 8.4)"),
                        desk.device().tree(), List.of());
            }
            ServerAccess nobody = new ServerAccess("", "", NodeUri.ROOT, Set.of("*"));
            BootstrapInstaller.Result result = new BootstrapInstaller(desk.context(nobody, null))
                    .install(offer.data(), desk.device().tree());
            if (result.outcome().status().isSuccess()) {
                DeviceState next = desk.device().state().withTree(result.tree());
                for (String serverId : result.servers()) {
                    next = desk.bootstrapped(next, serverId);
                }
                desk.device().store(next);
            }
            return result;
        });
    }

    // ---- what is missing

    /**
     * Sees to it that there is an object of an identifier: if there is none, it is fetched from where a server has said
     * ([DM 2.0 §5.3.10]).
     *
     * @return 200 if there is one, 404 if nobody has said where it is, or what the fetching has come to
     */
    Outcome need(String moid) throws StorageException {
        ObjectIndex index = ObjectIndex.of(desk.device().editorOfDm2().outlined(desk.device().tree(),
                setup.clock().instant()));
        if (!index.of(moid).isEmpty()) {
            return Outcome.of(StatusCode.OK);
        }
        Source source = desk.memory().defaults().get(moid);
        Optional<Dm2Account> account = source == null ? Optional.empty() : desk.account(source.serverId());
        if (source == null || account.isEmpty()) {
            return Outcome.of(StatusCode.NOT_FOUND, "no server has said where " + moid + " is (DM 2.0 5.3.10)");
        }
        String url = source.from().resolve(desk.values());
        Optional<String> refusal = dm2.policy().refuse(url, account.get().access().url());
        return refusal.isPresent() ? Outcome.of(StatusCode.FORBIDDEN, refusal.get()) : fetch(account.get(), url);
    }

    private Outcome fetch(Dm2Account account, String url) throws StorageException {
        Event event;
        try {
            event = new Errand(dm2, account, setup.settings().deviceId())
                    .run(new Wish.Fetch(url, ObjectInstaller.ACCEPT));
        } catch (TransportException failed) {
            event = new Event.Failed(String.valueOf(failed.getMessage()));
        }
        if (!(event instanceof Event.Answered(int status, Packet data)) || status != 200) {
            return Outcome.of(StatusCode.SERVICE_UNAVAILABLE, "nothing came from the address: " + event);
        }
        return desk.device().alone(() -> {
            Dm2Context context = desk.context(account.access(), null);
            ObjectInstaller.Installed installed = new ObjectInstaller(context, desk.device().tree()).put(data);
            desk.device().store(desk.device().state().withTree(installed.tree()));
            return installed.outcome();
        });
    }
}
