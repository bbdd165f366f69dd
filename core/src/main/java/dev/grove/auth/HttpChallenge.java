package dev.grove.auth;

import dev.grove.wire.Malformed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code WWW-Authenticate} and {@code Authorization} are made of ([RFC 9110 §11]): a scheme with parameters, or
 * with one opaque text.
 *
 * @param scheme as it came; compared without regard to case
 * @param opaque what stands in place of parameters, as with {@code Bearer}; empty if there are parameters
 * @param parameters by their names in lower case, unquoted
 */
public record HttpChallenge(String scheme, String opaque, Map<String, String> parameters) {

    private static final int MAX_CHARS = 16 * 1024;
    private static final int MAX_CHALLENGES = 32;

    public HttpChallenge {
        parameters = Map.copyOf(parameters);
    }

    /** Whether this is of the scheme {@code name}. */
    public boolean is(String name) {
        return scheme.equalsIgnoreCase(name);
    }

    /** A parameter by its name in lower case. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /**
     * Reads one header field, which may hold several challenges: a comma stands between them as between parameters.
     *
     * @throws Malformed if it breaks the grammar, or is longer than 16 KiB
     */
    public static List<HttpChallenge> parse(String value) throws Malformed {
        if (value.length() > MAX_CHARS) {
            throw new Malformed(MAX_CHARS, "", "an authentication header has at most " + MAX_CHARS + " characters");
        }
        HttpAuthText in = new HttpAuthText(value);
        List<HttpChallenge> all = new ArrayList<>();
        while (in.skipCommas()) {
            if (all.size() == MAX_CHALLENGES) {
                throw in.malformed("a header holds at most " + MAX_CHALLENGES + " challenges");
            }
            String scheme = in.token();
            String opaque = in.opaque();
            all.add(new HttpChallenge(scheme, opaque, opaque.isEmpty() ? in.parameters() : Map.of()));
        }
        return List.copyOf(all);
    }

    /**
     * Reads a header field that holds exactly one, as {@code Authorization} does.
     *
     * @throws Malformed if it holds none, or more
     */
    public static HttpChallenge parseOne(String value) throws Malformed {
        List<HttpChallenge> all = parse(value);
        if (all.size() != 1) {
            throw new Malformed(-1, "Authorization", "holds the credentials of one scheme (RFC 9110 11.6.2)");
        }
        return all.getFirst();
    }

    /** A quoted-string ([RFC 9110 §5.6.4]). */
    static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** Names the scheme and the parameters, not their values: they may be credentials. */
    @Override
    public String toString() {
        return "HttpChallenge[" + scheme.toLowerCase(Locale.ROOT) + " " + parameters.keySet() + "]";
    }
}
