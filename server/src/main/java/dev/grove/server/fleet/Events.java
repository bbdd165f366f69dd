package dev.grove.server.fleet;

import org.jspecify.annotations.Nullable;

/** Where the fleet tells what has happened, once it is durable. Listeners never hold up the teller. */
@FunctionalInterface
public interface Events {

    /** What can be told. */
    sealed interface Event {
        /** The device that it is about. */
        String deviceId();

        /** A session began or ended, or its device has proved itself. */
        record SessionChanged(SessionRecord session) implements Event {
            @Override
            public String deviceId() {
                return session.deviceId();
            }
        }

        /** A job was submitted, or is in another state. */
        record JobChanged(String deviceId, String jobId, Job.State state, String reason) implements Event {}

        /** A device raised an alert. */
        record AlertRaised(Alert alert) implements Event {
            @Override
            public String deviceId() {
                return alert.deviceId();
            }
        }

        /** Somebody wants a living session ended. */
        record AbortAsked(String deviceId, long session) implements Event {}

        /** A device became known. */
        record DeviceAdded(String deviceId) implements Event {}

        /** Of a device that used to call nothing was heard for too long. */
        record DeviceSilent(String deviceId) implements Event {}

        /** A device that was silent was heard of again. */
        record DeviceHeard(String deviceId) implements Event {}

        /** A device is to be woken, or what came of that has changed. */
        record WakeChanged(String deviceId, String wakeId, Wake.State state, @Nullable Long session)
                implements
                    Event {
            public static WakeChanged of(Wake wake) {
                Wake.End end = wake.end();
                return new WakeChanged(wake.deviceId(), wake.id(), wake.state(), end == null ? null : end.session());
            }
        }

        /** A device was removed with all that was known of it. */
        record DeviceRemoved(String deviceId) implements Event {}
    }

    void tell(Event event);
}
