package dev.grove.server.wake;

import dev.grove.server.fleet.Store.Records;
import dev.grove.server.fleet.Wake;
import java.time.Instant;
import java.util.Optional;

/** Of which attempt bearers will tell more, and what they have told. Kept in memory: so many, then the oldest goes. */
final class ReceiptBook {

    private static final int MOST = 100_000;

    private final WakeDesk desk;
    private final Pending<Receipt, WakeKey> expected = new Pending<>(MOST);
    private final Pending<Receipt, Told> early = new Pending<>(MOST);
    private final Pending<WakeKey, String> inVain = new Pending<>(MOST);

    /** The name of an attempt at a bearer. */
    record Receipt(String bearer, String text) {}

    /** What the bearer tells of it. */
    record Told(boolean isDelivered, String words) {}

    ReceiptBook(WakeDesk desk) {
        this.desk = desk;
    }

    /** A bearer will tell more of it; it may have done so by now. */
    void expect(Receipt receipt, WakeKey key) {
        expected.put(receipt, key);
        early.take(receipt).ifPresent(told -> told(receipt, told));
    }

    /** A bearer tells; what it tells of an attempt that nobody knows yet is kept for a while. */
    void told(Receipt receipt, Told told) {
        Optional<WakeKey> key = expected.take(receipt);
        if (key.isEmpty()) {
            // Whoever begins to expect it between these two finds it, or is found.
            early.put(receipt, told);
            key = expected.take(receipt);
        }
        if (key.isEmpty()) {
            return;
        }
        try {
            if (told.isDelivered()) {
                Instant now = desk.now();
                desk.note(key.get(), wake -> wake.delivered(now)).ifPresent(desk::tell);
            } else {
                failed(key.get(), receipt.bearer(), told.words());
            }
        } catch (RuntimeException failure) {
            // The bearer tells again what nobody could note.
            expected.put(receipt, key.get());
            throw failure;
        }
    }

    /** It never arrives. If that was the last attempt, and the device has another line, that has its turn at once. */
    private void failed(WakeKey key, String bearer, String words) {
        Instant now = desk.now();
        inVain.put(key, bearer);
        Optional<Wake> hurried = desk.change(key, (records, wake) -> {
            Wake troubled = wake.troubled(bearer + ": " + words);
            return isForAnother(records, wake, bearer, now) ? troubled.due(now) : troubled;
        }).filter(wake -> now.equals(wake.dueAt()));
        if (hurried.isEmpty()) {
            inVain.take(key);
        }
    }

    private boolean isForAnother(Records records, Wake wake, String bearer, Instant now) {
        Instant due = wake.dueAt();
        Wake.Sent sent = wake.sent();
        boolean isOfLast = sent != null && sent.bearer().equals(bearer) && wake.deliveredAt() == null;
        boolean hasMore = due != null && due.isAfter(now) && due.isBefore(wake.expiresAt());
        return isOfLast && hasMore && desk.ways(records, wake.deviceId()) > 1;
    }

    /** By which bearer the last attempt came to nothing, if another one is to be tried for that; asked once. */
    Optional<String> inVain(WakeKey key) {
        return inVain.take(key);
    }
}
