package dev.grove.notify;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Package 0 of DM 1.3. Experimental: its specification could not be had, so that Grove sends it only where it is asked
 * to, and nothing here claims to be what others send; {@code docs/divergences.md} lists what is known and what guessed.
 *
 * @param sessionId 1 to 65535, of the session that is asked for
 * @param expires in whole seconds, after which it means nothing any more; absent: never
 * @param serverId of the account that is meant, 1 to 256 octets
 * @param targetedObjects numbers of the management objects that the session is about, 0 to 65535
 * @param requestedObjects numbers of those that package 1 shall hold
 * @param preferredBearers numbers, 0 to 255, the best first
 * @param reason why the device is called, for people
 * @param vendor for those who know
 */
public record Dm13Notification(UiMode uiMode, boolean isServerInitiated, int sessionId, @Nullable Instant expires,
        String serverId, List<Integer> targetedObjects, List<Integer> requestedObjects, List<Integer> preferredBearers,
        @Nullable String reason, @Nullable String vendor) {

    /** [ERELD 1.3]; the same as that of DM 2.0. */
    public static final String MEDIA_TYPE = Dm2Notification.MEDIA_TYPE;

    /** The number by which DevDetail is requested; a guess. */
    public static final int DEV_DETAIL = 2;

    private static final int LONGEST_TEXT = 0xFFF;

    public Dm13Notification {
        targetedObjects = List.copyOf(targetedObjects);
        requestedObjects = List.copyOf(requestedObjects);
        preferredBearers = List.copyOf(preferredBearers);
        expires = expires == null ? null : expires.truncatedTo(ChronoUnit.SECONDS);
        require(sessionId > 0 && sessionId <= 0xFFFF, "a session id is 1 to 65535");
        require(expires == null || (expires.getEpochSecond() > 0 && expires.getEpochSecond() <= 0xFFFFFFFFL),
                "an expiration is a number of 32 bits");
        require(octets(serverId) >= 1 && octets(serverId) <= 256, "a server identifier has 1 to 256 octets");
        require(Stream.concat(targetedObjects.stream(), requestedObjects.stream())
                .allMatch(number -> number >= 0 && number <= 0xFFFF), "the number of an object is 0 to 65535");
        require(preferredBearers.stream().allMatch(number -> number >= 0 && number <= 0xFF),
                "the number of a bearer is 0 to 255");
        require(isText(reason) && isText(vendor), "a text has 1 to 4095 octets");
    }

    private static boolean isText(@Nullable String text) {
        return text == null || (!text.isEmpty() && octets(text) <= LONGEST_TEXT);
    }

    private static int octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule + " (DMNOTI 1.3)");
        }
    }

    /** What a server asks for that has no wishes. */
    public static Dm13Notification of(String serverId, int sessionId, UiMode uiMode) {
        return new Dm13Notification(uiMode, true, sessionId, null, serverId, List.of(), List.of(), List.of(), null,
                null);
    }

    /** Whether package 1 shall hold DevDetail. */
    public boolean requestsDevDetail() {
        return requestedObjects.contains(DEV_DETAIL);
    }
}
