package dev.grove.server.endpoint;

import dev.grove.auth.HttpDigest.Use;
import dev.grove.wire.Bytes;
import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The nonces of HTTP Digest ([RFC 7616 §5.4, §5.5]). A nonce tells by itself when it was issued and that this fleet
 * has issued it, so none need be kept before it is used: time, luck, and a MAC over both with the key of all nodes.
 *
 * <p>Of those in use it is kept which counts were seen, for so many of them; the oldest are forgotten first, and are
 * stale from then on. Each node keeps its own: one use of a nonce may be repeated at another node, which is why a turn
 * knows a repeated message by itself. Only who has proved a password is to come to {@link #use}, so nobody else fills
 * this memory.
 */
final class DigestNonces {

    /** The clock of the node that issued a nonce may be so far ahead. */
    private static final Duration SKEW = Duration.ofSeconds(10);
    private static final int LUCK_BYTES = 8;
    private static final int MAC_BYTES = 16;
    private static final int NONCE_BYTES = Long.BYTES + LUCK_BYTES + MAC_BYTES;

    /** Counts that far behind the highest may still come: requests overtake each other. */
    private static final int WINDOW = Long.SIZE;

    /** Which counts were seen: the highest, and of those before it one bit each. */
    private record Seen(int highest, long before) {

        Optional<Seen> with(int number) {
            long distance = (long) number - highest;
            if (distance > 0) {
                long olderOnes = distance >= WINDOW ? 0 : before << distance;
                return Optional.of(new Seen(number, olderOnes | bit(distance)));
            }
            long bit = bit(-distance);
            return bit == 0 || (before & bit) != 0 ? Optional.empty() : Optional.of(new Seen(highest, before | bit));
        }

        /** Stands for the count that is so far behind the highest; none for that itself, and for those too far. */
        private static long bit(long behind) {
            return behind < 1 || behind > WINDOW ? 0 : 1L << (behind - 1);
        }
    }

    private record Issued(Instant at, String nonce) {}

    private final SecretKeySpec key;
    private final Duration life;
    private final int maxHeld;
    private final RandomGenerator luck;
    private final Map<String, Seen> used = new HashMap<>();
    private final PriorityQueue<Issued> oldestFirst = new PriorityQueue<>(
            (one, other) -> one.at().compareTo(other.at()));
    private Instant forgottenUpTo = Instant.MIN;
    private Instant latest = Instant.MIN;

    /**
     * @param key the same at all nodes of a fleet, and known to nobody else
     * @param luck hard to predict
     * @param life how long a nonce may be used
     * @param maxHeld of how many nonces in use the counts are kept
     */
    DigestNonces(Bytes key, RandomGenerator luck, Duration life, int maxHeld) {
        this.key = new SecretKeySpec(key.toArray(), "HmacSHA256");
        this.life = life;
        this.maxHeld = maxHeld;
        this.luck = luck;
    }

    synchronized String issue(Instant now) {
        follow(now);
        byte[] chance = new byte[LUCK_BYTES];
        luck.nextBytes(chance);
        Bytes head = Bytes.wrap(ByteBuffer.allocate(Long.BYTES + LUCK_BYTES).putLong(now.toEpochMilli()).put(chance)
                .array());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(head.plus(mac(head)).toArray());
    }

    /**
     * Takes note that a nonce was used.
     *
     * @param use the count that came with it; without one, the nonce counts once
     * @return whether it may be: it was issued here, is not too old, and this count of it was never seen
     */
    synchronized boolean use(String nonce, @Nullable Use use, Instant now) {
        follow(now);
        Optional<Instant> issued = issuedAt(nonce);
        if (issued.isEmpty() || issued.get().plus(life).isBefore(now) || issued.get().isAfter(now.plus(SKEW))) {
            return false;
        }
        int number = use == null ? Integer.MAX_VALUE : use.number();
        Seen before = used.get(nonce);
        if (before == null) {
            return issued.get().isAfter(forgottenUpTo) && keep(new Issued(issued.get(), nonce), number, now);
        }
        Optional<Seen> next = before.with(number);
        next.ifPresent(seen -> used.put(nonce, seen));
        return next.isPresent();
    }

    /**
     * When the clock has been set back, what was used after the time that it shows now is out of use until it shows
     * that time again: it must not take the room of what is used now, nor have that count as forgotten.
     */
    private void follow(Instant now) {
        if (now.plus(SKEW).isBefore(latest)) {
            used.clear();
            oldestFirst.clear();
            forgottenUpTo = now.minusMillis(1);
            latest = now;
        } else if (now.isAfter(latest)) {
            latest = now;
        }
    }

    private boolean keep(Issued nonce, int number, Instant now) {
        used.put(nonce.nonce(), new Seen(number, 0));
        oldestFirst.add(nonce);
        Issued oldest = oldestFirst.peek();
        while (oldest != null && (used.size() > maxHeld || oldest.at().plus(life).isBefore(now))) {
            oldestFirst.remove();
            used.remove(oldest.nonce());
            forgottenUpTo = oldest.at().isAfter(forgottenUpTo) ? oldest.at() : forgottenUpTo;
            oldest = oldestFirst.peek();
        }
        return true;
    }

    private Optional<Instant> issuedAt(String nonce) {
        byte[] octets;
        try {
            octets = Base64.getUrlDecoder().decode(nonce);
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
        if (octets.length != NONCE_BYTES || !Base64.getUrlEncoder().withoutPadding().encodeToString(octets).equals(
                nonce)) {
            return Optional.empty();
        }
        Bytes all = Bytes.wrap(octets);
        Bytes head = all.slice(0, NONCE_BYTES - MAC_BYTES);
        boolean isOurs = mac(head).equalsInConstantTime(all.slice(NONCE_BYTES - MAC_BYTES, NONCE_BYTES));
        return isOurs ? Optional.of(Instant.ofEpochMilli(ByteBuffer.wrap(octets).getLong())) : Optional.empty();
    }

    private Bytes mac(Bytes head) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return Bytes.wrap(mac.doFinal(head.toArray())).slice(0, MAC_BYTES);
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new IllegalStateException("every Java has HmacSHA256", impossible);
        }
    }
}
