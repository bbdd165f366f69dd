package dev.grove.server.api;

import dev.grove.server.fleet.Events;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Events to whoever listens, as server-sent events. Nobody holds up the teller: a listener that does not keep up loses
 * events, and is told how many.
 */
public final class EventStream implements Events {

    private static final int MAX_WAITING = 1000;
    private static final int MAX_LISTENERS = 200;

    private final Duration heartbeat;
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private final AtomicLong lastNumber = new AtomicLong();
    private volatile boolean isClosed;

    /** @param heartbeat how often a listener hears at least a comment, so that no connection counts as dead */
    public EventStream(Duration heartbeat) {
        this.heartbeat = heartbeat;
    }

    @Override
    public void tell(Event event) {
        long number = lastNumber.incrementAndGet();
        if (!listeners.isEmpty()) {
            Told told = new Told(number, event);
            listeners.forEach(listener -> listener.offer(told));
        }
    }

    /** Lets all listeners go. */
    public void close() {
        isClosed = true;
    }

    boolean isFull() {
        return listeners.size() >= MAX_LISTENERS;
    }

    /** Writes events as they come until the listener goes away or the server stops. */
    void writeTo(OutputStream out, Predicate<Event> wanted) throws IOException {
        Listener listener = new Listener(wanted);
        listeners.add(listener);
        try {
            write(out, ": listening\n\n");
            long sinceLast = System.nanoTime();
            while (!isClosed) {
                Told told = listener.next(Math.min(250, heartbeat.toMillis()));
                if (told != null) {
                    write(out, listener.lost() + text(told));
                    sinceLast = System.nanoTime();
                } else if (System.nanoTime() - sinceLast >= heartbeat.toNanos()) {
                    write(out, ": still here\n\n");
                    sinceLast = System.nanoTime();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            listeners.remove(listener);
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static String text(Told told) {
        return "id: " + told.number() + "\nevent: " + Views.name(told.event()) + "\ndata: "
                + JsonText.write(Views.event(told.event())).utf8() + "\n\n";
    }

    private record Told(long number, Event event) {}

    private static final class Listener {

        private final Predicate<Event> wanted;
        private final BlockingQueue<Told> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
        private final AtomicLong lost = new AtomicLong();

        Listener(Predicate<Event> wanted) {
            this.wanted = wanted;
        }

        void offer(Told told) {
            if (wanted.test(told.event()) && !waiting.offer(told)) {
                lost.incrementAndGet();
            }
        }

        @Nullable
        Told next(long waitMillis) throws InterruptedException {
            return waiting.poll(waitMillis, TimeUnit.MILLISECONDS);
        }

        String lost() {
            long count = lost.getAndSet(0);
            return count == 0 ? "" : "event: lost\ndata: {\"events\":" + count + "}\n\n";
        }
    }
}
