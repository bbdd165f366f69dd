package dev.grove.client.notify;

/** A place at which a device waits for notifications; open from the beginning, until it is closed. */
public interface NotificationListener extends AutoCloseable {

    /** Where it listens, with the port that it was given, such as {@code udp:127.0.0.1:2948}. */
    String address();

    /** Listens no more; idempotent. What has been heard is handed over nevertheless. */
    @Override
    void close();
}
