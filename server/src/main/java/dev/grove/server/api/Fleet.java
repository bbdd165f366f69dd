package dev.grove.server.api;

import dev.grove.server.fleet.BootstrapDocument;
import dev.grove.server.fleet.JobDesk;
import dev.grove.server.fleet.SessionDesk;
import dev.grove.server.fleet.Store;
import dev.grove.server.fleet.Tracing;
import dev.grove.server.fleet.TracingDesk;
import dev.grove.server.fleet.check.DescriptionShelf;
import dev.grove.server.wake.Tally;
import dev.grove.server.wake.WakeDesk;
import dev.grove.server.wake.WakeRules;
import java.time.Clock;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The parts of the server that the API shows and changes.
 *
 * @param draining whether the server is about to stop
 */
public record Fleet(Store store, JobDesk jobs, SessionDesk sessions, DescriptionShelf descriptions,
        TracingDesk tracing, WakeDesk wakes, BooleanSupplier draining, Supplier<Doors> doors) {

    /**
     * Where devices of DM 2.0 call.
     *
     * @param session for sessions
     * @param bootstrap what the id of a ticket is put behind
     */
    public record Doors(BootstrapDocument.Place session, String bootstrap) {}

    /** A fleet that no device can call. */
    public Fleet(Store store, JobDesk jobs, SessionDesk sessions, DescriptionShelf descriptions) {
        this(store, jobs, sessions, descriptions, new TracingDesk(store, Tracing.ASKED),
                new WakeDesk(new WakeDesk.World(store, _ -> {}, Clock.systemUTC(), new SplittableRandom(), Tally.NONE),
                        WakeRules.USUAL),
                () -> false,
                () -> new Doors(new BootstrapDocument.Place("http://localhost/dm2", null),
                        "http://localhost/bootstrap/"));
    }

    Doors addresses() {
        return doors.get();
    }
}
