package dev.grove.tools.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be measured, and how long.
 *
 * @param data an empty folder
 * @param connections how many devices have a session at the same time
 * @param warmUp before sessions are measured
 * @param duration of the measured sessions, and of all measured constant answers together
 * @param fleet how many devices the server of {@link Part#FLEET} knows
 * @param polling how many of them poll
 * @param poll how often each
 * @param store for {@link Part#STORE}; absent if there is none
 * @param javaOptions for the server's virtual machine
 */
public record Plan(Path data, int connections, Duration warmUp, Duration duration, int fleet, int polling,
        Duration poll, @Nullable String store, List<String> javaOptions) {

    private static final Duration LONGEST_SHORT_WARM_UP = Duration.ofSeconds(5);

    public Plan {
        javaOptions = List.copyOf(javaOptions);
    }

    /** A warm-up for what the compiler has seen before, or has little to do with. */
    Duration shortWarmUp() {
        return warmUp.compareTo(LONGEST_SHORT_WARM_UP) < 0 ? warmUp : LONGEST_SHORT_WARM_UP;
    }

    /** A server of its own for a part. */
    ServerProcess.Start server(Part part) {
        return new ServerProcess.Start(data.resolve(part.toString()), part.protocol(), Map.of(), javaOptions);
    }
}
