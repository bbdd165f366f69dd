package dev.grove.server;

import dev.grove.auth.Secret;
import dev.grove.engine.Task;
import dev.grove.server.admission.Admission;
import dev.grove.server.admission.HeapWatch;
import dev.grove.server.admission.SteadyClock;
import dev.grove.server.admission.Turnstile;
import dev.grove.server.api.Api;
import dev.grove.server.api.EventStream;
import dev.grove.server.api.Fleet;
import dev.grove.server.api.Resources;
import dev.grove.server.config.Config;
import dev.grove.server.config.Config.Guard;
import dev.grove.server.config.Config.Lab;
import dev.grove.server.config.Config.Login;
import dev.grove.server.config.Config.Unknown;
import dev.grove.server.endpoint.Authorization;
import dev.grove.server.endpoint.BootstrapEndpoint;
import dev.grove.server.endpoint.Conversations;
import dev.grove.server.endpoint.DeviceDoors;
import dev.grove.server.endpoint.Dm2Conversations;
import dev.grove.server.endpoint.Dm2Endpoint;
import dev.grove.server.endpoint.DmEndpoint;
import dev.grove.server.endpoint.Engine;
import dev.grove.server.endpoint.Gate;
import dev.grove.server.endpoint.HttpAuthentication;
import dev.grove.server.endpoint.Newcomers;
import dev.grove.server.endpoint.PageEndpoint;
import dev.grove.server.endpoint.RegistrationEndpoint;
import dev.grove.server.endpoint.RepositoryEndpoint;
import dev.grove.server.endpoint.SessionLog;
import dev.grove.server.endpoint.Telemetry;
import dev.grove.server.fleet.BacklogWatch;
import dev.grove.server.fleet.BootstrapDocument;
import dev.grove.server.fleet.Device;
import dev.grove.server.fleet.JobDesk;
import dev.grove.server.fleet.RepositoryDesk;
import dev.grove.server.fleet.SessionDesk;
import dev.grove.server.fleet.SilenceWatch;
import dev.grove.server.fleet.Situation;
import dev.grove.server.fleet.Store;
import dev.grove.server.fleet.TracingDesk;
import dev.grove.server.fleet.check.DdfLinks;
import dev.grove.server.fleet.check.DescriptionShelf;
import dev.grove.server.fleet.check.DeviceCheck;
import dev.grove.server.fleet.check.ObjectPlaces;
import dev.grove.server.doorbell.Doorbell;
import dev.grove.server.tls.PskDirectory;
import dev.grove.server.wake.WakeDesk;
import dev.grove.server.wake.WakeRound;
import dev.grove.server.http.HttpHandler;
import dev.grove.wire.Bytes;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A whole server in this process: every part is made and joined here, and nowhere else.
 *
 * <p>Closing it is graceful: no more calls are taken, those that are being answered get their answer, then the store is
 * closed.
 */
public final class ServerApp implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServerApp.class);

    /** A session of which nothing was heard for so long does not hold up a stop. */
    private static final Duration QUIET = Duration.ofSeconds(5);
    private static final Duration LOOKS_AFTER = Duration.ofMillis(50);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final String token;
    private final Store store;
    private final Conversations conversations;
    private final JobDesk jobs;
    private final Admission admission;
    private final Duration drainTime;
    private final IntSupplier liveSessions;
    private final HttpFront dm;
    private final HttpFront api;

    private ServerApp(Config config, Authorization authorization, Clock clock) {
        SecureRandom luck = new SecureRandom();
        DataFolder folder = opened(DataFolder.open(config.data()));
        token = config.administration().token().isEmpty() ? folder.token(luck) : config.administration().token();
        Metrics metrics = opened(new Metrics());
        store = opened(new WatchedStore(Stores.open(config, folder, clock)));
        EventStream events = new EventStream(Duration.ofSeconds(15), Long.toString(clock.millis(), 36));
        Guard guard = config.guard();
        DescriptionShelf descriptions = new DescriptionShelf(store,
                DescriptionFolder.read(config.described().folder()), new DescriptionShelf.Rules(
                        config.described().maxBytes(), config.described().maxPerDevice()));
        jobs = new JobDesk(store, events, guard.maxJobsPerDevice(), new DeviceCheck(store, descriptions));
        SessionDesk sessions = new SessionDesk(store,
                new SessionDesk.Rules(guard.maxSends(), guard.maxSessionsPerDevice(), guard.patience()));
        SessionLog log = new SessionLog(telemetry(config.traces(), metrics, clock), sessions.countLive());
        SteadyClock steady = SteadyClock.from(clock);
        HeapWatch heap = opened(HeapWatch.start(guard.maxHeapPercent(), steady));
        admission = new Admission(guard.admission(), steady, luck, heap::isTight);
        drainTime = config.keeping().drain();
        liveSessions = log::live;
        conversations = new Conversations(sessions,
                new Conversations.Rules(config.protocol(), newcomers(config.lab()), config.keeping().tracing(),
                        admission, guard.maxFailures(), guard.failureWindow()),
                new Conversations.World(Engine.DM1, clock, luck, events, metrics, authorization,
                        (situation, tasks) -> located(new ObjectPlaces(store, descriptions), situation, tasks)),
                log);
        WakeDesk wakes = opened(new WakeDesk(new WakeDesk.World(store, events, clock, luck, metrics.wakes()),
                config.waking().rules()));
        List<Doorbell> doorbells = Doorbells.open(config, wakes);
        wakes.open(doorbells);
        events.alsoTell(wakes::heard);
        WakeRound round = new WakeRound(wakes);
        metrics.waking(wakes, round);
        opened(new Waking(store, round, doorbells)).start();
        store.eventLog().ifPresent(shared -> opened(new EventRelay(store, shared, clock)).start(events, sessions));
        Housekeeping housekeeping = opened(new Housekeeping(store, config.keeping(), clock));
        RepositoryDesk apart = new RepositoryDesk(store, events, sessions.rules());
        housekeeping.start(conversations, jobs, apart);
        SilenceWatch silence = new SilenceWatch(store, events);
        BacklogWatch backlog = new BacklogWatch(store, clock);
        housekeeping.watch(heap, silence, backlog);
        metrics.fleet(log::live, silence, backlog);
        metrics.admission(admission, heap);
        metrics.store(store.figures());
        api = opened(new HttpFront(config.api(),
                new Api(new Resources(new Fleet(store, jobs, sessions, descriptions,
                        new TracingDesk(store, config.keeping().tracing()), wakes, admission::isDraining,
                        () -> doors(config)), events,
                        clock, metrics::scrape),
                        token,
                        config.administration().maxBodyBytes())));
        open.push(events::close);
        HttpHandler doors = doors(config,
                new DmEndpoint(conversations, Set.copyOf(config.dmPaths()), config.wire(), metrics),
                metrics, new Dm2Parts(sessions, apart, descriptions, events, log, clock, luck,
                        Doorbells.doors(doorbells)));
        dm = opened(new HttpFront(config.dm(), new Turnstile(doors, admission), this::preSharedKey));
    }

    private Telemetry telemetry(Config.Traces traces, Metrics metrics, Clock clock) {
        return traces.collector() == null
                ? metrics
                : Telemetry.both(metrics, opened(new OtlpTraces(traces.collector(), traces.oneOf(), clock)));
    }

    private Optional<PskDirectory.Entry> preSharedKey(String identity) {
        return store.read(records -> records.devices().findByPsk(identity)).flatMap(device -> Optional
                .ofNullable(device.psk()).map(psk -> new PskDirectory.Entry(device.id(), psk.key())));
    }

    /**
     * Starts a server; it answers when this returns.
     *
     * @throws dev.grove.server.config.ConfigRefused if it cannot be started with this configuration
     * @throws IOException if a listener cannot listen
     */
    public static ServerApp start(Config config) throws IOException {
        return start(config, Authorization.IGNORING);
    }

    /** Starts a server that has the bearer tokens of devices judged. */
    public static ServerApp start(Config config, Authorization authorization) throws IOException {
        return start(config, authorization, Clock.systemUTC());
    }

    /** Starts a server that goes by a clock of its own: for whoever wants to see what it does when that jumps. */
    public static ServerApp start(Config config, Authorization authorization, Clock clock) throws IOException {
        KeyFiles.check(config.dm());
        KeyFiles.check(config.api());
        ServerApp app = new ServerApp(config, authorization, clock);
        try {
            // Who waits for /readyz may send devices at once.
            app.dm.start();
            app.api.start();
        } catch (IOException e) {
            app.close();
            throw e;
        }
        if (config.dm().tls() != null && config.dm().tls().variants().legacy()) {
            LOG.warn("tls-legacy: TLS 1.0 and 1.1, and suites without forward secrecy, are open to devices that ask for"
                    + " them; what they say can be read and changed on its way by somebody with enough effort");
        }
        LOG.atInfo().addKeyValue("dm", app.dmUrl()).addKeyValue("api", app.apiUrl()).log("server started");
        return app;
    }

    /** The address of the devices' listener, without path, such as {@code http://127.0.0.1:8080}. */
    public String dmUrl() {
        return dm.url();
    }

    /** The address of the administration listener, without path. */
    public String apiUrl() {
        return api.url();
    }

    /** The bearer token of the HTTP API. */
    public String token() {
        return token;
    }

    /** The fleet itself, for programs in the same process. */
    public Store store() {
        return store;
    }

    /** Where jobs are handed in, for programs in the same process. */
    public JobDesk jobs() {
        return jobs;
    }

    /** The conversations with devices, for bearers other than HTTP. */
    public Conversations conversations() {
        return conversations;
    }

    /**
     * Lets no session begin any more, and returns when those that live have ended, or when nobody has gone on with one
     * for a while, or when the time for it is over. What is not finished then goes on after the next start, or at
     * another node.
     */
    public void drain() {
        if (drainTime.isZero()) {
            return;
        }
        LOG.info("draining for up to {}: {} sessions live", drainTime, liveSessions.getAsInt());
        admission.drain();
        long end = System.nanoTime() + drainTime.toNanos();
        while (System.nanoTime() < end && liveSessions.getAsInt() > 0 && !admission.isQuietFor(QUIET)
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(LOOKS_AFTER.toNanos());
        }
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            AutoCloseable part = open.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.error("a part of the server could not be closed", e);
            }
        }
    }

    private static List<Task> located(ObjectPlaces places, Situation situation, List<Task> tasks) {
        Device device = situation.device();
        return device == null ? tasks : places.located(device.id(), device.profile(), tasks);
    }

    private Fleet.Doors doors(Config config) {
        String host = config.dm2().publicUrl().isEmpty() ? dm.url() : config.dm2().publicUrl();
        return new Fleet.Doors(place(config, host), host + DeviceDoors.BOOTSTRAP);
    }

    private static BootstrapDocument.Place place(Config config, String host) {
        String sender = config.waking().bearers().services().fcmSenderId();
        return new BootstrapDocument.Place(host + config.dm2().paths().getFirst(), sender.isEmpty() ? null
                : new BootstrapDocument.Messaging(sender, host + DeviceDoors.REGISTER, host + DeviceDoors.UNREGISTER));
    }

    private record Dm2Parts(SessionDesk sessions, RepositoryDesk apart, DescriptionShelf descriptions,
            EventStream events, SessionLog log,
            Clock clock, SecureRandom luck, Map<String, HttpHandler> reports) {}

    /** DM 2.0 beside DM 1.x. */
    private HttpHandler doors(Config config, DmEndpoint dm1, Metrics metrics, Dm2Parts parts) {
        Guard guard = config.guard();
        HttpAuthentication authentication = new HttpAuthentication(
                new HttpAuthentication.Rules("grove", guard.httpSchemes().stream()
                        .map(scheme -> HttpAuthentication.Offer.valueOf(scheme.name())).toList(), guard.maxFailures(),
                        guard.failureWindow()),
                parts.clock(), parts.luck(), nonceKey(parts.luck()));
        Gate gate = new Gate(store, authentication, newcomers(config.lab()), parts.luck());
        HttpDdfFetcher fetcher = opened(
                new HttpDdfFetcher(config.described().hosts(), config.described().maxBytes()));
        Dm2Conversations dm2 = new Dm2Conversations(parts.sessions(),
                new Dm2Conversations.Rules(config.dm2().settings(), config.keeping().tracing(), admission),
                new Dm2Conversations.World(store, parts.descriptions(),
                        new DdfLinks(store, parts.descriptions(), fetcher, parts.clock()), parts.clock(), parts.luck(),
                        parts.events()),
                parts.log());
        Dm2Endpoint sessions = new Dm2Endpoint(dm2, gate, config.wire(), config.dm2().publicUrl());
        Map<String, HttpHandler> atPath = new HashMap<>(parts.reports());
        config.dm2().paths().forEach(each -> atPath.put(each, sessions));
        RegistrationEndpoint registrations = new RegistrationEndpoint(store, gate);
        atPath.put(DeviceDoors.REGISTER, registrations);
        atPath.put(DeviceDoors.UNREGISTER, registrations);
        return new DeviceDoors(dm1, atPath,
                Map.of(DeviceDoors.REPOSITORY,
                        new RepositoryEndpoint(parts.apart(), gate,
                                new RepositoryEndpoint.World(store, parts.descriptions(), parts.clock()),
                                config.protocol().maxObjSizeBytes()),
                        DeviceDoors.PAGES, new PageEndpoint(parts.apart(), parts.clock()), DeviceDoors.BOOTSTRAP,
                        new BootstrapEndpoint(store, parts.apart(), parts.clock(),
                                call -> place(config, DeviceDoors.host(call, config.dm2().publicUrl())))),
                metrics);
    }

    /** One for all nodes: a device may answer the challenge of one at another. */
    private Bytes nonceKey(SecureRandom luck) {
        byte[] fresh = new byte[32];
        luck.nextBytes(fresh);
        return store.secret("http-digest", Bytes.wrap(fresh));
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.push(part);
        return part;
    }

    private static Newcomers newcomers(Lab lab) {
        return new Newcomers(lab.unknown() == Unknown.REGISTER, secret(lab.client()), secret(lab.server()));
    }

    private static @Nullable Secret secret(@Nullable Login login) {
        return login == null ? null : new Secret(login.userName(), login.password(), Bytes.EMPTY);
    }
}
