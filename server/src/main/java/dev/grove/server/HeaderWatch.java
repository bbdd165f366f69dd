package dev.grove.server;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections that send a request header drop by drop: the idle time begins anew with every drop, so it never
 * catches them. Looks at all connections now and then; one that has sent bytes since its last whole request, and still
 * no whole request after the time allowed, is closed.
 */
final class HeaderWatch extends AbstractLifeCycle implements Connection.Listener {

    private record Seen(long messages, long bytes, long sinceNanos) {}

    private final Duration allowed;
    private final Map<Connection, Seen> seen = new ConcurrentHashMap<>();
    private final Scheduler clock = new ScheduledExecutorScheduler("header-watch", true, 1);

    HeaderWatch(Duration allowed) {
        this.allowed = allowed;
    }

    @Override
    protected void doStart() {
        LifeCycle.start(clock);
        again();
    }

    @Override
    protected void doStop() {
        LifeCycle.stop(clock);
    }

    @Override
    public void onOpened(Connection connection) {
        seen.put(connection, new Seen(0, 0, System.nanoTime()));
    }

    @Override
    public void onClosed(Connection connection) {
        seen.remove(connection);
    }

    private void again() {
        long period = Math.max(100, Math.min(1000, allowed.toMillis() / 4));
        clock.schedule(this::look, period, TimeUnit.MILLISECONDS);
    }

    private void look() {
        long now = System.nanoTime();
        seen.forEach((connection, last) -> {
            Seen current = new Seen(connection.getMessagesIn(), connection.getBytesIn(), now);
            boolean isNew = current.messages() != last.messages();
            // Who is still to say which TLS it speaks is not counted: it has this time, and no more.
            boolean isSilent = current.bytes() >= 0 && current.bytes() == last.bytes();
            if (isNew || isSilent) {
                seen.computeIfPresent(connection, (key, old) -> current);
            } else if (now - last.sinceNanos() > allowed.toNanos()
                    && connection.getMessagesOut() == current.messages()) {
                // Not the connection: it would answer with 500, as if the fault were ours.
                connection.getEndPoint().close();
            }
        });
        if (isRunning()) {
            again();
        }
    }
}
