package dev.grove.server.admission;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much of the heap is in use after a collection. What is in use between two collections says nothing: most of it is
 * waste.
 */
public final class HeapWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HeapWatch.class);
    /** Below the limit by so much, and it is well again: not at every second message. */
    private static final double RELIEF = 0.05;
    private static final Duration STALE = Duration.ofSeconds(15);

    private final double limit;
    private final Clock clock;
    private final Runnable collection;
    private final Set<String> heapPools = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP).map(MemoryPoolMXBean::getName)
            .collect(Collectors.toUnmodifiableSet());
    private final NotificationListener listener = (notification, _) -> collected(notification);
    private volatile double used;
    private volatile boolean isTight;
    private volatile long measuredAt;

    /**
     * @param maxPercent of the heap in use after a collection; from then on it is tight
     * @param collection asks for a collection
     */
    HeapWatch(int maxPercent, Clock clock, Runnable collection) {
        this.limit = maxPercent / 100.0;
        this.clock = clock;
        this.collection = collection;
        this.measuredAt = clock.millis();
    }

    /** Watches the heap of this process. */
    public static HeapWatch start(int maxPercent, Clock clock) {
        HeapWatch watch = new HeapWatch(maxPercent, clock, System::gc);
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (collector instanceof NotificationEmitter emitter) {
                emitter.addNotificationListener(watch.listener, null, null);
            }
        }
        return watch;
    }

    private void collected(Notification notification) {
        if (notification.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
            Map<String, MemoryUsage> after = GarbageCollectionNotificationInfo
                    .from((CompositeData) notification.getUserData()).getGcInfo().getMemoryUsageAfterGc();
            long bytes = after.entrySet().stream().filter(pool -> heapPools.contains(pool.getKey()))
                    .mapToLong(pool -> pool.getValue().getUsed()).sum();
            measured((double) bytes / Runtime.getRuntime().maxMemory());
        }
    }

    /** So much of the heap was in use after a collection. */
    void measured(double share) {
        used = share;
        measuredAt = clock.millis();
        boolean before = isTight;
        isTight = share >= (before ? limit - RELIEF : limit);
        if (isTight && !before) {
            LOG.warn("{} of 100 parts of the heap are in use after a collection: no new sessions for now",
                    Math.round(100 * share));
        }
    }

    /**
     * Asks for a collection if the last figure is bad and old: when little is done, none comes by itself. To be called
     * now and then.
     */
    public void look() {
        if (isTight && clock.millis() - measuredAt >= STALE.toMillis()) {
            measuredAt = clock.millis();
            collection.run();
        }
    }

    /** Whether little of the heap is left. */
    public boolean isTight() {
        return isTight;
    }

    /** The share of the heap that was in use after the last collection; 0 before the first. */
    public double used() {
        return used;
    }

    @Override
    public void close() {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (collector instanceof NotificationEmitter emitter) {
                try {
                    emitter.removeNotificationListener(listener);
                } catch (ListenerNotFoundException never) {
                    LOG.debug("the collector was not watched", never);
                }
            }
        }
    }
}
