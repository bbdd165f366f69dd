package dev.grove.server.doorbell;

/** Where bearers tell later what became of a notification. */
@FunctionalInterface
public interface Receipts {

    /**
     * @param bearer that tells
     * @param receipt as in {@link Doorbell.Result.Taken}; one that nobody knows is ignored
     * @param isDelivered whether the device has it; otherwise it never will
     * @param words of the bearer, for people
     */
    void told(String bearer, String receipt, boolean isDelivered, String words);
}
