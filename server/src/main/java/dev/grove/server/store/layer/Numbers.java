package dev.grove.server.store.layer;

/** Gives numbers to what is new: ascending for each device, and never twice. */
public interface Numbers {

    long nextSession(String deviceId);

    long nextJob(String deviceId);

    long nextAlert(String deviceId);

    long nextWake(String deviceId);
}
