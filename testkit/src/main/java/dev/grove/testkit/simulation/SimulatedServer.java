package dev.grove.testkit.simulation;

import dev.grove.dm1.ServerSettings;
import dev.grove.server.admission.Admission;
import dev.grove.server.endpoint.Authorization;
import dev.grove.server.endpoint.Conversations;
import dev.grove.server.endpoint.DmEndpoint;
import dev.grove.server.endpoint.Engine;
import dev.grove.server.endpoint.Newcomers;
import dev.grove.server.endpoint.SessionLog;
import dev.grove.server.endpoint.Telemetry;
import dev.grove.server.fleet.JobDesk;
import dev.grove.server.fleet.SessionDesk;
import dev.grove.server.fleet.Store;
import dev.grove.server.fleet.Tracing;
import dev.grove.server.http.HttpAnswer;
import dev.grove.server.http.HttpCall;
import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import dev.grove.wire.Limits;
import dev.grove.wire.Packet;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The server, as one process of it: the endpoint that ships, over a store that outlives it, without sockets. */
final class SimulatedServer {

    private static final String PATH = "/dm";
    private static final int IN_ONE_GO = 500;

    private final Store store;
    private final Clock clock;
    private final Conversations conversations;
    private final DmEndpoint endpoint;
    private final JobDesk jobs;

    SimulatedServer(Store store, ServerSettings settings, Clock clock, RandomGenerator luck) {
        this.store = store;
        this.clock = clock;
        SessionDesk desk = new SessionDesk(store, SessionDesk.Rules.USUAL);
        Conversations.Rules rules = new Conversations.Rules(settings, Newcomers.REFUSED, Tracing.NONE,
                Admission.upTo(1000, clock, luck), 1000,
                Duration.ofMinutes(1));
        Conversations.World world = new Conversations.World(Engine.DM1, clock, luck, _ -> {}, Telemetry.NONE,
                Authorization.IGNORING, (_, tasks) -> tasks);
        conversations = new Conversations(desk, rules, world, new SessionLog(Telemetry.NONE, desk.countLive()));
        endpoint = new DmEndpoint(conversations, Set.of(PATH), Limits.DEFAULT, Telemetry.NONE);
        jobs = new JobDesk(store, _ -> {}, 100);
    }

    JobDesk jobs() {
        return jobs;
    }

    /** Takes a message; empty if there is no SyncML message in the answer. */
    Optional<Packet> receive(Packet packet) {
        HttpAnswer answer = endpoint.handle(new Call(packet));
        return switch (answer) {
            case HttpAnswer.Whole(int status, Headers headers, Bytes body) -> status == 200 && !body.isEmpty()
                    ? Optional.of(new Packet(headers.first("Content-Type").orElse(""), body, headers))
                    : Optional.empty();
            case HttpAnswer.Stream _ -> throw new IllegalStateException("devices get whole answers");
        };
    }

    /** Ends and forgets what is out of time, as the server does in the background. */
    void sweep() {
        conversations.sweep();
        jobs.sweep(clock.instant(), IN_ONE_GO);
        store.write(records -> records.sessions().forgetStates(clock.instant(), IN_ONE_GO));
    }

    /** A POST of a packet. */
    private record Call(Packet packet) implements HttpCall {

        @Override
        public String method() {
            return "POST";
        }

        @Override
        public String path() {
            return PATH;
        }

        @Override
        public String query() {
            return "";
        }

        @Override
        public Headers headers() {
            return packet.headers().with("Content-Type", packet.mediaType());
        }

        @Override
        public String url() {
            return Model.SERVER_URL;
        }

        @Override
        public String remote() {
            return "127.0.0.1";
        }

        @Override
        public Optional<X509Certificate> certificate() {
            return Optional.empty();
        }

        @Override
        public Bytes body(int maxBytes) {
            return packet.body();
        }
    }
}
