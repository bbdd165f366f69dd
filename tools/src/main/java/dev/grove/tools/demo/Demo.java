package dev.grove.tools.demo;

import dev.grove.client.Scheduler.Poll;
import dev.grove.client.SessionReport;
import dev.grove.client.store.StorageException;
import dev.grove.server.ServerApp;
import dev.grove.server.config.Config;
import dev.grove.server.config.Settings;
import dev.grove.server.log.Logs;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The whole demonstration: a server on its embedded store, devices of each kind, the tour, and time to play. */
public final class Demo implements AutoCloseable {

    private static final Duration POLL = Duration.ofSeconds(10);

    private final ServerApp server;
    private final ApiClient api;
    private final Path data;
    private final PrintWriter out;
    private final List<Visitor> visitors = new ArrayList<>();
    private long lastJob;

    private Demo(ServerApp server, Path data, PrintWriter out) {
        this.server = server;
        this.api = new ApiClient(server.apiUrl(), server.token());
        this.data = data;
        this.out = out;
    }

    /**
     * Where the demonstration runs.
     *
     * @param data folder of the server
     * @param dmListen host and port for devices; port 0 is any free one
     * @param apiListen host and port for administration
     */
    public record Place(Path data, String dmListen, String apiListen) {}

    /**
     * Starts the server and makes the devices known to it.
     *
     * @throws IOException if the server cannot listen
     * @throws StorageException if a device cannot be put together
     */
    public static Demo start(Place place, PrintWriter out) throws IOException, StorageException {
        Config config = Config.of(Settings.of(Map.of("data", place.data().toString(), "dm-listen", place.dmListen(),
                "api-listen", place.apiListen(), "log-level", "warn", "trace", "all", "wake-udp", "true")));
        Logs.set(config.log());
        Demo demo = new Demo(ServerApp.start(config), place.data(), out);
        try {
            demo.welcome();
            return demo;
        } catch (IOException | StorageException | RuntimeException e) {
            demo.close();
            throw e;
        }
    }

    private void welcome() throws IOException, StorageException {
        say("Grove: a server and " + Guest.ALL.size() + " simulated devices");
        Table table = new Table();
        table.row(List.of("  devices call", server.dmUrl() + "/dm", server.dmUrl() + "/dm2"));
        table.row(List.of("  HTTP API", server.apiUrl() + "/api/v1"));
        table.row(List.of("  data folder", data.toString()));
        for (Guest guest : Guest.ALL) {
            Visitor visitor = new Visitor(guest, server.dmUrl() + guest.path(), Poll.every(POLL));
            visitors.add(visitor);
            visitor.register(api);
            table.row(List.of("  " + guest.name(), guest.description(), guest.id()));
        }
        say(table.toString().stripTrailing());
    }

    /**
     * Goes on the tour. Returns how many things went otherwise than it says.
     *
     * @throws IOException if the page for users cannot be put up
     */
    public int tour() throws IOException, StorageException, InterruptedException {
        try (NoticePage notice = new NoticePage(server.dmUrl())) {
            Tour tour = new Tour(api, visitors, notice, out);
            int surprises = tour.run();
            lastJob = tour.lastJob();
            say("");
            say("What each device answered (for groups: their own status, then those of their parts):");
            say("");
            say(tour.table());
            say(surprises == 0
                    ? "Everything went as the tour says."
                    : surprises + (surprises == 1 ? " thing" : " things")
                            + " went otherwise than the tour says, see above.");
            return surprises;
        }
    }

    /** Lets the devices call by themselves, and says how to play with them. */
    public void open() {
        Guest birch = Guest.ALL.get(1);
        String curl = "  curl -s -H \"Authorization: Bearer $GROVE_TOKEN\" ";
        say("");
        say("The devices go on calling every " + POLL.toSeconds() + " s; what they do is told here.");
        say("Play with them from another terminal:");
        say("");
        say("  export GROVE_TOKEN=$(cat " + data.resolve("admin-token") + ")");
        say("  API=" + server.apiUrl() + "/api/v1 BIRCH=/devices/" + ApiClient.encoded(birch.id()));
        say("");
        say("  # give birch something to do; a little later, see what came of it");
        say(curl + "$API$BIRCH/jobs -d '{\"operations\":[{\"get\":{\"uri\":"
                + "\"./DevDetail/Ext/Host?list=StructData\"}}]}'");
        say(curl + "$API$BIRCH/jobs/" + (lastJob + 1));
        say("  # what is known of its tree, its first session message by message, and everything as it happens");
        say(curl + "\"$API$BIRCH/tree?uri=./Demo/Settings\"");
        say(curl + "$API$BIRCH/sessions/" + api.firstSession(birch.id()) + "/trace");
        say("  curl -N" + curl.substring("  curl -s".length()) + "$API/events");
        say("  # do not wait for its next call: wake it, and see that it has answered");
        say(curl + "-X POST $API$BIRCH/wake");
        say(curl + "$API$BIRCH/wakes");
        say("  # a device of your own: make it known, then be it");
        say(curl + "$API/devices -d '{\"id\":\"IMEI:1\",\"credentials\":{\"client\":"
                + "{\"userName\":\"me\",\"secret\":\"sesame\",\"schemes\":[\"md5\"]}}}'");
        say("  ./grove device --server " + server.dmUrl() + "/dm --id IMEI:1 --user me --secret sesame --auth md5");
        say("");
        say("Interrupt (Ctrl-C) to end.");
        visitors.forEach(visitor -> visitor.start(report -> tell(visitor, report)));
    }

    /** A session in which nothing was asked for has one message, and is not worth a line. */
    private void tell(Visitor visitor, SessionReport report) {
        if (report.messages() > 1 || !report.isOk()) {
            say(LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS) + "  " + visitor.guest().name()
                    + ": a session of "
                    + report.messages() + " messages: "
                    + report.result().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                    + (report.remark().isEmpty() ? "" : " (" + report.remark() + ")"));
        }
    }

    private synchronized void say(String line) {
        out.println(line);
        out.flush();
    }

    @Override
    public void close() throws StorageException {
        try {
            for (Visitor visitor : visitors) {
                visitor.close();
            }
        } finally {
            api.close();
            server.close();
        }
    }
}
