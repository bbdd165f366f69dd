package dev.grove.client.notify;

import java.io.IOException;

/**
 * The port to the messaging service of the device ([DM 2.0 E.2]: Google's, or what has taken its place). What the
 * device comes to be called there is told to the servers whose accounts ask for it; what the service brings goes to
 * {@code DeviceClient.notified}.
 */
public interface PushRegistration {

    /**
     * Registers, or answers what an earlier registration has given; the device asks again at every start.
     *
     * @param senderId of the server at the service
     * @return the RegId, by which the service knows this device; may be another one than last time
     * @throws IOException if the service cannot be reached; the device tries again later
     */
    String register(String senderId) throws IOException;
}
