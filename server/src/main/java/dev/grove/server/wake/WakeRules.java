package dev.grove.server.wake;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * How often and how long devices are woken.
 *
 * @param patience how long a device is waited for, from the moment somebody asked
 * @param firstRetry after which the second attempt follows; each later one after twice the time of the one before
 * @param mostRetry the longest time between two attempts
 * @param maxAttempts after which is only waited
 * @param perHour notifications that one device may be sent by one bearer within an hour
 * @param defaultNonce whether notifications are made with the nonce 0x00000000 too, for devices that have lost the
 *     server's ([DMNOTI 1.2 §5.1])
 */
public record WakeRules(Duration patience, Duration firstRetry, Duration mostRetry, int maxAttempts, int perHour,
        boolean defaultNonce) {

    /** A day; 30 seconds to an hour, thirty times; twenty an hour; no default nonce. */
    public static final WakeRules USUAL = new WakeRules(Duration.ofDays(1), Duration.ofSeconds(30), Duration.ofHours(1),
            30, 20, false);

    /** Attempts on one line, before the next line has its turn. */
    private static final int ON_ONE_LINE = 2;
    /** Twice as long each time; more doublings are beyond every limit. */
    private static final int MOST_DOUBLINGS = 30;

    /**
     * When the next attempt is due, or, if there is to be none, when nobody waits any more.
     *
     * @param made attempts so far, with the one that was just made
     */
    Instant next(Instant now, int made, Instant expiresAt, RandomGenerator luck) {
        if (made >= maxAttempts) {
            return expiresAt;
        }
        double wanted = (double) firstRetry.toMillis() * Math.pow(2, Math.min(MOST_DOUBLINGS, made - 1));
        double millis = Math.min((double) mostRetry.toMillis(), wanted);
        Instant due = now.plusMillis(Math.max(1, Math.round(millis * (0.8 + 0.4 * luck.nextDouble()))));
        return due.isBefore(expiresAt) ? due : expiresAt;
    }

    /** Which of the lines is tried first: a bearer that takes everything and reaches nobody is left in the end. */
    int firstLine(int made, int lines) {
        return made / ON_ONE_LINE % lines;
    }

    /** Whether the next notification is made with the default nonce: some have gone unanswered, and every other one. */
    boolean startsOver(int made) {
        return defaultNonce && made >= ON_ONE_LINE && made % ON_ONE_LINE == 0;
    }
}
