package dev.grove.tools.device;

import dev.grove.client.Alerts;
import dev.grove.client.store.StorageException;
import dev.grove.dm1.client.ClientAlert;
import dev.grove.dm1.client.ClientAlert.Told;
import dev.grove.tree.DescriptionNode;
import dev.grove.tree.DescriptionNode.Access;
import dev.grove.tree.DescriptionNode.Scope;
import dev.grove.tree.Format;
import dev.grove.tree.ManagementObject;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An object whose {@code Run} takes its time: Exec is accepted (202), the work is done in the background, and a Generic
 * Alert with the correlator of the Exec tells how it went ([DMPRO 1.3 §8.7]). The argument is how many milliseconds the
 * work takes, or {@code fail}. {@code Now} is done before it is answered (200). {@code Count} tells how often either
 * was.
 */
public final class BackgroundWork implements ManagementObject {

    /** Where it is mounted. */
    public static final NodeUri PLACE = DemoNodes.ROOT.child("Work");

    /** The type of the alert. */
    public static final String ALERT_TYPE = "dev.grove.demo.work";

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundWork.class);
    private static final Duration USUAL = Duration.ofMillis(500);
    private static final int LONGEST_MILLIS = 60_000;

    private final Alerts alerts;
    private final AtomicInteger count = new AtomicInteger();
    private volatile CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

    BackgroundWork(Alerts alerts) {
        this.alerts = alerts;
    }

    @Override
    public DescriptionNode describe() {
        return DescriptionNode.interior("", Access.GET).withScope(Scope.PERMANENT).withChildren(
                DescriptionNode.of("Run", Format.CHR, Access.GET, Access.EXEC).withScope(Scope.PERMANENT),
                DescriptionNode.of("Now", Format.CHR, Access.GET, Access.EXEC).withScope(Scope.PERMANENT),
                DescriptionNode.of("Count", Format.INT, Access.GET).withScope(Scope.PERMANENT));
    }

    @Override
    public Optional<Live> read(NodeUri path) {
        return switch (path.toString()) {
            case "." -> Optional.of(new Live.Interior("", List.of("Run", "Now", "Count")));
            case "./Run", "./Now" -> Optional.of(new Live.Leaf(Value.text("")));
            case "./Count" -> Optional.of(new Live.Leaf(Value.of(Format.INT, Integer.toString(count.get()))));
            default -> Optional.empty();
        };
    }

    @Override
    public StatusCode check(Change change) {
        return StatusCode.COMMAND_NOT_ALLOWED;
    }

    @Override
    public StatusCode apply(Change change) {
        return StatusCode.COMMAND_NOT_ALLOWED;
    }

    @Override
    public Outcome exec(NodeUri path, @Nullable Value argument, @Nullable String correlator) {
        if (path.toString().equals("./Now")) {
            count.incrementAndGet();
            return Outcome.of(StatusCode.OK);
        }
        String wish = argument == null ? "" : argument.text().strip();
        boolean fails = wish.equals("fail");
        Duration takes = wish.matches("[0-9]{1,5}")
                ? Duration.ofMillis(Math.min(Integer.parseInt(wish), LONGEST_MILLIS)) : USUAL;
        Executor later = CompletableFuture.delayedExecutor(takes.toMillis(), TimeUnit.MILLISECONDS);
        int number = count.incrementAndGet();
        last = CompletableFuture.allOf(last, CompletableFuture.runAsync(() -> tell(number, !fails, correlator), later));
        return Outcome.of(StatusCode.ACCEPTED_FOR_PROCESSING);
    }

    private void tell(int number, boolean isDone, @Nullable String correlator) {
        Told told = new Told(PLACE.child("Run").toString(), ALERT_TYPE, isDone ? "informational" : "warning",
                Value.of(Format.INT, isDone ? "200" : "500"));
        try {
            alerts.raise(ClientAlert.generic("work-" + number, correlator, told));
        } catch (StorageException disk) {
            LOG.error("The result of ./Demo/Work/Run could not be kept", disk);
        }
    }

    /** Waits until nothing is under way; false if that takes too long. */
    public boolean await(Duration patience) throws InterruptedException {
        try {
            last.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (java.util.concurrent.ExecutionException ours) {
            throw new IllegalStateException("background work failed", ours);
        } catch (java.util.concurrent.TimeoutException late) {
            return false;
        }
    }
}
