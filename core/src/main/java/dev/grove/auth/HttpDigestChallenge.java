package dev.grove.auth;

import dev.grove.auth.HttpDigest.Algorithm;
import dev.grove.wire.Malformed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a server asks by {@code WWW-Authenticate: Digest} ([RFC 7616 §3.3]).
 *
 * @param realm for which the password counts
 * @param nonce to be hashed as it stands
 * @param opaque to be sent back as it came; absent if there is none
 * @param countsUses whether {@code qop=auth} is offered; if not, the peer is of [RFC 2069]
 * @param isStale whether the last answer was right but for its nonce: nobody need be asked for a password
 * @param hidesUserName whether the user name is to be sent as a hash ({@code userhash})
 */
public record HttpDigestChallenge(String realm, String nonce, @Nullable String opaque, Algorithm algorithm,
        boolean countsUses, boolean isStale, boolean hidesUserName) {

    /** A challenge as Grove's server makes it. */
    public static HttpDigestChallenge of(String realm, String nonce, Algorithm algorithm, boolean isStale) {
        return new HttpDigestChallenge(realm, nonce, null, algorithm, true, isStale, false);
    }

    /**
     * Reads a challenge of this scheme.
     *
     * @return empty if it asks for an algorithm or a protection that Grove does not speak, which is no error: a server
     *     may offer others beside it
     * @throws Malformed if realm or nonce are missing
     */
    public static Optional<HttpDigestChallenge> read(HttpChallenge challenge) throws Malformed {
        String realm = required(challenge, "realm");
        String nonce = required(challenge, "nonce");
        Optional<Algorithm> algorithm = Algorithm.of(challenge.parameter("algorithm").orElse("MD5"));
        String qop = challenge.parameter("qop").orElse("");
        boolean countsUses = Arrays.stream(qop.split(",")).anyMatch(one -> one.strip().equalsIgnoreCase("auth"));
        if (algorithm.isEmpty() || (!qop.isBlank() && !countsUses)) {
            return Optional.empty();
        }
        return Optional.of(new HttpDigestChallenge(realm, nonce, challenge.parameter("opaque").orElse(null),
                algorithm.get(), countsUses, isTrue(challenge, "stale"), isTrue(challenge, "userhash")));
    }

    /** The strongest of those that are offered and can be answered. */
    public static Optional<HttpDigestChallenge> best(List<HttpChallenge> offered) throws Malformed {
        HttpDigestChallenge best = null;
        for (HttpChallenge challenge : offered) {
            HttpDigestChallenge next = challenge.is(HttpDigest.SCHEME) ? read(challenge).orElse(null) : null;
            if (next != null && (best == null || next.algorithm().compareTo(best.algorithm()) < 0)) {
                best = next;
            }
        }
        return Optional.ofNullable(best);
    }

    /** The value of {@code WWW-Authenticate}. */
    public String print() {
        List<String> parts = new ArrayList<>();
        parts.add("realm=" + HttpChallenge.quoted(realm));
        if (countsUses) {
            parts.add("qop=\"auth\"");
        }
        parts.add("algorithm=" + algorithm.token());
        parts.add("nonce=" + HttpChallenge.quoted(nonce));
        if (opaque != null) {
            parts.add("opaque=" + HttpChallenge.quoted(opaque));
        }
        parts.add("charset=UTF-8");
        if (hidesUserName) {
            parts.add("userhash=true");
        }
        if (isStale) {
            parts.add("stale=true");
        }
        return HttpDigest.SCHEME + " " + String.join(", ", parts);
    }

    private static String required(HttpChallenge challenge, String name) throws Malformed {
        return challenge.parameter(name).orElseThrow(
                () -> new Malformed(-1, "WWW-Authenticate", "a Digest challenge has a " + name + " (RFC 7616 3.3)"));
    }

    private static boolean isTrue(HttpChallenge challenge, String name) {
        return challenge.parameter(name).filter("true"::equalsIgnoreCase).isPresent();
    }
}
