package dev.grove.server.api;

import dev.grove.server.fleet.Slice;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The parameters behind the question mark. */
record Query(Map<String, String> parameters) {

    private static final int USUAL_LIMIT = 100;
    private static final int MAX_LIMIT = 1000;

    static Query parse(String query) throws Invalid {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (!pair.isEmpty()) {
                String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
                if (parameters.put(name, equals < 0 ? "" : decoded(pair.substring(equals + 1))) != null) {
                    throw Invalid.malformed("parameter " + name + " stands there twice");
                }
            }
        }
        return new Query(parameters);
    }

    private static String decoded(String text) throws Invalid {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw Invalid.malformed("the query is not percent-encoded as it should be (RFC 3986 §2.1)");
        }
    }

    /** This, which has no parameters but these. */
    Query only(Set<String> names) throws Invalid {
        for (String name : parameters.keySet()) {
            if (!names.contains(name)) {
                throw Invalid.malformed("parameter " + name + " is unknown; known here: "
                        + (names.isEmpty() ? "none" : String.join(", ", names.stream().sorted().toList())));
            }
        }
        return this;
    }

    String text(String name) {
        return parameters.getOrDefault(name, "");
    }

    boolean truth(String name) throws Invalid {
        return switch (text(name)) {
            case "", "false" -> false;
            case "true" -> true;
            default -> throw Invalid.malformed("parameter " + name + ": true or false");
        };
    }

    int limit() throws Invalid {
        String given = text("limit");
        try {
            int limit = given.isEmpty() ? USUAL_LIMIT : Integer.parseInt(given);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException _) {
            throw Invalid.malformed("parameter limit: a whole number from 1 to " + MAX_LIMIT);
        }
        throw Invalid.malformed("parameter limit: a whole number from 1 to " + MAX_LIMIT);
    }

    /** One more than the limit, to see whether there is another page. */
    Slice slice() throws Invalid {
        String after = text("after");
        boolean newestFirst = switch (text("order")) {
            case "", "oldest" -> false;
            case "newest" -> true;
            default -> throw Invalid.malformed("parameter order: oldest or newest");
        };
        try {
            return new Slice(after.isEmpty() ? 0 : Long.parseUnsignedLong(after), limit() + 1, newestFirst);
        } catch (NumberFormatException _) {
            throw Invalid.malformed("parameter after: the id behind which the page begins");
        }
    }
}
