package dev.grove.client;

import dev.grove.client.notify.Reception;
import dev.grove.dm1.client.ClientFact;
import dev.grove.dm1.client.Trigger;
import dev.grove.dm2.client.Dm2Fact;
import dev.grove.dm2.client.Dm2Trigger;
import dev.grove.dm2.client.Event;
import dev.grove.dm2.client.Step;
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

    /** A session of DM 2.0 begins. */
    default void started(String serverId, Dm2Trigger trigger) {}

    /** The device does something on the web, or in the browser, that a server of DM 2.0 wants. */
    default void running(String serverId, Step.Wish wish) {}

    /** What came of it; it may hold secrets. */
    default void ran(String serverId, Event event) {}

    /** Something became known in a session of DM 2.0, and is stored. */
    default void learned(String serverId, Dm2Fact fact) {}

    /** A bearer has brought something; told on its thread. */
    default void heard(Reception reception) {}

    /**
     * A session that a server has asked for does not begin, or not now.
     *
     * @param why for a person
     */
    default void declined(String serverId, String why) {}

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
