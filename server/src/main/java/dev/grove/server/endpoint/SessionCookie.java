package dev.grove.server.endpoint;

import dev.grove.wire.Headers;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What ties the packages of a DM 2.0 session together: the protocol has neither session ids nor message numbers, so
 * that a device returns a cookie with both. One that keeps no cookies is heard all the same.
 */
final class SessionCookie {

    private static final Pattern NAMED = Pattern
            .compile("(?:^|;)\\s*grove-session=\"?(dm2-[0-9a-f]{16})\\.([0-9]{1,9})\"?\\s*(?:;|$)");

    private SessionCookie() {}

    /** What a request returns; empty if it returns none of ours. */
    static Optional<Dm2Conversations.Strand> read(Headers headers) {
        Matcher cookie = NAMED.matcher(headers.first("Cookie").orElse(""));
        return cookie.find()
                ? Optional.of(new Dm2Conversations.Strand(cookie.group(1), Integer.parseInt(cookie.group(2))))
                : Optional.empty();
    }

    /** The field {@code Set-Cookie} of an answer. */
    static String write(Dm2Conversations.Strand strand, String path, boolean isSecure) {
        return "grove-session=" + strand.sessionId() + "." + strand.turn() + "; Path=" + path + "; HttpOnly"
                + (isSecure ? "; Secure" : "");
    }
}
