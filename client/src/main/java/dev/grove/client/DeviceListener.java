package dev.grove.client;

import dev.grove.dm1.client.ClientFact;
import dev.grove.dm1.client.Trigger;
import dev.grove.wire.Packet;

/**
 * Is told what a device does, as it happens, on the thread that runs the session; for logs, traces and progress. What
 * it throws is the device's fault and ends the session.
 */
public interface DeviceListener {

    /** A session begins. */
    default void started(String serverId, Trigger trigger) {}

    /** A session goes on that had found no answer. */
    default void resumed(String serverId, Trigger trigger) {}

    /** A message leaves; it may hold secrets. */
    default void sending(String serverId, Packet message) {}

    /** An answer has come; it may hold secrets. */
    default void received(String serverId, Packet answer) {}

    /** Something became known, and is stored. */
    default void learned(String serverId, ClientFact fact) {}

    /** A session is over. */
    default void ended(SessionReport report) {}

    /** Nobody listens. */
    DeviceListener NONE = new DeviceListener() {};
}
