package dev.grove.server.api;

import dev.grove.wire.JsonText;
import dev.grove.server.fleet.Events;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Events to whoever listens, as server-sent events. Nobody holds up the teller: a listener that does not keep up loses
 * events, and is told how many. The latest events are kept, so that a listener who comes back with the id of the last
 * event that it heard misses nothing.
 */
public final class EventStream implements Events {

    private static final int MAX_WAITING = 1000;
    private static final int MAX_LISTENERS = 200;

    private final Duration heartbeat;
    private final String run;
    private final Object telling = new Object();
    private final Set<Listener> listeners = new HashSet<>();
    private final Deque<Told> latest = new ArrayDeque<>();
    private long lastNumber;
    private volatile Consumer<Event> others = event -> {};
    private volatile Consumer<Event> server = event -> {};
    private volatile boolean isClosed;

    /**
     * @param heartbeat how often a listener hears at least a comment, so that no connection counts as dead
     * @param run tells the events of this process from those of earlier ones
     */
    public EventStream(Duration heartbeat, String run) {
        this.heartbeat = heartbeat;
        this.run = run;
    }

    /** Lets the other nodes know of what is told here from now on. */
    public void passOn(Consumer<Event> toOthers) {
        others = toOthers;
    }

    /** Lets a part of the server know of all that is told here and at other nodes; it returns at once. */
    public void alsoTell(Consumer<Event> part) {
        server = part;
    }

    @Override
    public void tell(Event event) {
        heard(event);
        others.accept(event);
    }

    /** What another node has told. */
    public void heard(Event event) {
        server.accept(event);
        synchronized (telling) {
            Told told = new Told(++lastNumber, event);
            latest.addLast(told);
            if (latest.size() > MAX_WAITING) {
                latest.removeFirst();
            }
            listeners.forEach(listener -> listener.offer(told));
        }
    }

    /** Lets all listeners go. */
    public void close() {
        isClosed = true;
    }

    boolean isFull() {
        synchronized (telling) {
            return listeners.size() >= MAX_LISTENERS;
        }
    }

    /**
     * Writes events as they come until the listener goes away or the server stops.
     *
     * @param lastId the id of the last event that the listener has heard; empty if it has heard none
     */
    void writeTo(OutputStream out, String lastId, Predicate<Event> wanted) throws IOException {
        Listener listener = new Listener(wanted);
        synchronized (telling) {
            catchUp(listener, lastId);
            listeners.add(listener);
        }
        try {
            write(out, ": listening\n\n");
            long sinceLast = System.nanoTime();
            while (!isClosed) {
                Told told = listener.next(Math.min(250, heartbeat.toMillis()));
                String lost = listener.lost();
                if (told != null || !lost.isEmpty()) {
                    write(out, lost + (told == null ? "" : text(told)));
                    sinceLast = System.nanoTime();
                } else if (System.nanoTime() - sinceLast >= heartbeat.toNanos()) {
                    write(out, ": still here\n\n");
                    sinceLast = System.nanoTime();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            synchronized (telling) {
                listeners.remove(listener);
            }
        }
    }

    /** What was told since; of what is no longer kept, the listener learns that it was lost. */
    private void catchUp(Listener listener, String lastId) {
        if (lastId.isEmpty()) {
            return;
        }
        long heard = number(lastId);
        long oldest = latest.isEmpty() ? lastNumber + 1 : latest.getFirst().number();
        if (heard < 0 || heard > lastNumber) {
            listener.lose(1);
            return;
        }
        listener.lose(Math.max(0, oldest - heard - 1));
        latest.stream().filter(told -> told.number() > heard).forEach(listener::offer);
    }

    /** The number in an id of this run; -1 if it is none. */
    private long number(String id) {
        String digits = id.startsWith(run + "-") ? id.substring(run.length() + 1) : "";
        return digits.matches("[0-9]{1,18}") ? Long.parseLong(digits) : -1;
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private String text(Told told) {
        return "id: " + run + "-" + told.number() + "\nevent: " + Views.name(told.event()) + "\ndata: "
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

        void lose(long count) {
            lost.addAndGet(count);
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
