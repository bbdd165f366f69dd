package dev.grove.dm2.server;

import dev.grove.engine.Task;
import dev.grove.tree.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What the server engine is given with each package, and never fetches.
 *
 * @param settings the same for all devices
 * @param work the device's operations that have no answer yet, in the order in which they are to run; those in flight
 *     in this session are among them
 * @param awaited what the device has taken on and will answer by an alert
 * @param knowledge of the device's objects
 * @param doors where the server's own addresses are
 * @param now the time of this turn
 * @param luck for tickets; must be hard to predict
 * @param isAbortAsked whether somebody wants the session ended
 */
public record Dm2Context(Settings settings, List<Task> work, List<Awaited> awaited, Knowledge knowledge, Doors doors,
        Instant now, RandomGenerator luck, boolean isAbortAsked) {

    /**
     * What holds for all devices.
     *
     * @param maxCommands in one package; a sequence is never cut
     * @param idle how long a session may wait for the device's next package
     * @param ticketLife how long an address of the repository is good
     * @param pageLife how long a page waits for its user
     */
    public record Settings(int maxCommands, Duration idle, Duration ticketLife, Duration pageLife) {

        /** 32 commands; ten minutes, an hour, and a day. */
        public static final Settings USUAL = new Settings(32, Duration.ofMinutes(10), Duration.ofHours(1),
                Duration.ofDays(1));
    }

    /**
     * Addresses of the server, as the device must call them.
     *
     * @param session where the device calls
     * @param repository what a ticket's id is put behind, for data
     * @param pages likewise, for pages
     */
    public record Doors(String session, String repository, String pages) {}

    /**
     * An operation that runs on the device.
     *
     * @param path the place of the operation in its job, such as {@code 1.0}
     */
    public record Awaited(String jobId, String path, Operation.Exec exec) {}

    public Dm2Context {
        work = List.copyOf(work);
        awaited = List.copyOf(awaited);
    }
}
