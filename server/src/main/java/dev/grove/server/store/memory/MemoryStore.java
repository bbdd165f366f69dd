package dev.grove.server.store.memory;

import dev.grove.server.fleet.Alerts;
import dev.grove.server.fleet.Descriptions;
import dev.grove.server.fleet.DeviceObjects;
import dev.grove.server.fleet.Devices;
import dev.grove.server.fleet.Jobs;
import dev.grove.server.fleet.Mirror;
import dev.grove.server.fleet.Sessions;
import dev.grove.server.fleet.Store;
import dev.grove.server.fleet.Tickets;
import dev.grove.server.fleet.Wakes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * A fleet that lives as long as the process: for tests and trials. Units of work run one after another; a failed one is
 * undone step by step.
 */
public final class MemoryStore implements Store, Store.Records {

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Runnable> undo = new ArrayDeque<>();
    private final MemoryJobs jobs = new MemoryJobs(undo);
    private final MemorySessions sessions = new MemorySessions(undo);
    private final MemoryMirror mirror = new MemoryMirror(undo);
    private final MemoryAlerts alerts = new MemoryAlerts(undo);
    private final MemoryDescriptions descriptions = new MemoryDescriptions(undo);
    private final MemoryTickets tickets = new MemoryTickets(undo);
    private final MemoryObjects objects = new MemoryObjects(undo);
    private final MemoryWakes wakes = new MemoryWakes(undo);
    private final MemoryDevices devices = new MemoryDevices(undo, this::forget);

    @Override
    public <T> T read(Function<Records, T> work) {
        lock.lock();
        try {
            return work.apply(this);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public <T> T write(Function<Records, T> work) {
        lock.lock();
        try {
            T result = work.apply(this);
            undo.clear();
            return result;
        } finally {
            while (!undo.isEmpty()) {
                undo.pop().run();
            }
            lock.unlock();
        }
    }

    private void forget(String deviceId) {
        jobs.forget(deviceId);
        sessions.forget(deviceId);
        mirror.forget(deviceId);
        alerts.forget(deviceId);
        descriptions.forget(deviceId);
        tickets.forget(deviceId);
        objects.forget(deviceId);
        wakes.forget(deviceId);
    }

    @Override
    public void close() {
        // nothing is held that the collector does not take
    }

    @Override
    public Devices devices() {
        return devices;
    }

    @Override
    public Jobs jobs() {
        return jobs;
    }

    @Override
    public Sessions sessions() {
        return sessions;
    }

    @Override
    public Mirror mirror() {
        return mirror;
    }

    @Override
    public Alerts alerts() {
        return alerts;
    }

    @Override
    public Descriptions descriptions() {
        return descriptions;
    }

    @Override
    public Tickets tickets() {
        return tickets;
    }

    @Override
    public DeviceObjects objects() {
        return objects;
    }

    @Override
    public Wakes wakes() {
        return wakes;
    }
}
