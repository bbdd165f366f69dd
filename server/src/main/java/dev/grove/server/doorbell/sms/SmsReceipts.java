package dev.grove.server.doorbell.sms;

import dev.grove.server.doorbell.Doorbell;
import dev.grove.server.doorbell.Receipts;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which message of a centre belongs to which notification, until it has said what became of it. A notification of
 * several messages has arrived when all have. So many are remembered, then the oldest is forgotten; what is told of
 * others changes nothing here.
 */
final class SmsReceipts {

    /** What a centre tells of one message. */
    record Told(String messageId, boolean isDelivered, String words) {}

    private static final class Group {
        private final String receipt;
        private final Set<String> missing;

        Group(String receipt, List<String> messageIds) {
            this.receipt = receipt;
            this.missing = new HashSet<>(messageIds);
        }
    }

    private final Receipts receipts;
    private final Map<String, Group> groups;
    /** Told of before anybody waited: a centre may be quicker than its own answer. */
    private final Map<String, Told> early;
    /** Told of for good: a centre may repeat itself, and the number in another base is that of another message. */
    private final Map<String, Told> done;

    SmsReceipts(Receipts receipts, int capacity) {
        this.receipts = receipts;
        groups = bounded(capacity);
        early = bounded(Math.max(1, capacity / 100));
        done = bounded(Math.max(1, capacity / 10));
    }

    /**
     * Waits for what becomes of messages.
     *
     * @return that they were taken, or what was told of them already
     */
    synchronized Doorbell.Result expect(List<String> messageIds) {
        Group group = new Group(messageIds.getFirst(), messageIds);
        messageIds.forEach(id -> groups.put(id, group));
        for (String id : messageIds) {
            Told told = forms(id).map(early::remove).filter(Objects::nonNull).findFirst().orElse(null);
            Optional<Doorbell.Result> end = told == null ? Optional.empty() : ended(id, told);
            if (end.isPresent()) {
                return end.get();
            }
        }
        return new Doorbell.Result.Taken(group.receipt);
    }

    /**
     * Passes on what a centre tells, once a notification has arrived or never will. What could not be passed on counts
     * when it is told again.
     */
    void told(Told told) {
        String id;
        Group group;
        Optional<Doorbell.Result> end;
        synchronized (this) {
            if (done.containsKey(told.messageId())) {
                return;
            }
            id = forms(told.messageId()).filter(groups::containsKey).findFirst().orElse(null);
            if (id == null) {
                early.put(told.messageId(), told);
                return;
            }
            group = Objects.requireNonNull(groups.get(id), "what is known has a group");
            end = ended(id, told);
        }
        if (end.isPresent()) {
            passOn(told, id, group);
        }
    }

    private void passOn(Told told, String id, Group group) {
        try {
            receipts.told(SmsDoorbell.BEARER, group.receipt, told.isDelivered(), told.words());
        } catch (RuntimeException failure) {
            synchronized (this) {
                done.remove(told.messageId());
                group.missing.add(id);
                groups.put(id, group);
            }
            throw failure;
        }
    }

    private Optional<Doorbell.Result> ended(String id, Told told) {
        Group group = groups.remove(id);
        if (group == null || !group.missing.remove(id)) {
            return Optional.empty();
        }
        done.put(told.messageId(), told);
        if (!told.isDelivered()) {
            group.missing.forEach(groups::remove);
            group.missing.clear();
            return Optional.of(new Doorbell.Result.Failed(told.words(), null));
        }
        return group.missing.isEmpty() ? Optional.of(new Doorbell.Result.Delivered()) : Optional.empty();
    }

    /** Some centres answer with the number in hexadecimal and tell of it in decimal, or the other way round. */
    private static Stream<String> forms(String id) {
        return Stream.concat(Stream.of(id), Stream.of(rewritten(id, 10, 16), rewritten(id, 16, 10))
                .flatMap(form -> Stream.of(form, form.toUpperCase(Locale.ROOT))));
    }

    private static String rewritten(String id, int from, int to) {
        try {
            return Long.toString(Long.parseLong(id, from), to);
        } catch (NumberFormatException _) {
            return id;
        }
    }

    synchronized int waiting() {
        return groups.size();
    }

    private static <V> Map<String, V> bounded(int most) {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > most;
            }
        };
    }
}
