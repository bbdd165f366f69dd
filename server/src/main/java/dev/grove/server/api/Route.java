package dev.grove.server.api;

import dev.grove.server.http.HttpAnswer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One thing that can be asked for.
 *
 * @param template the path below the root, such as {@code /devices/{id}/jobs/{job}}
 * @param isOpen whether it may be asked for without the token, and with any parameters
 * @param parameters the names that may stand behind the question mark
 */
record Route(String method, String template, boolean isOpen, Set<String> parameters, Action action) {

    /** Answers. */
    @FunctionalInterface
    interface Action {
        HttpAnswer answer(Asked asked) throws Invalid;
    }

    static Route of(String method, String template, Action action) {
        return new Route(method, template, false, Set.of(), action);
    }

    /** This with what may stand behind the question mark. */
    Route with(String... names) {
        return new Route(method, template, isOpen, Set.of(names), action);
    }

    static Route open(String method, String template, Action action) {
        return new Route(method, template, true, Set.of(), action);
    }

    /** What stands in the places of the template, decoded; empty if the path is another one. */
    Optional<List<String>> match(String rawPath) {
        String[] wanted = template.split("/", -1);
        String[] found = rawPath.split("/", -1);
        if (wanted.length != found.length) {
            return Optional.empty();
        }
        List<String> values = new ArrayList<>();
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].startsWith("{")) {
                Optional<String> value = decoded(found[i]);
                if (value.isEmpty()) {
                    return Optional.empty();
                }
                values.add(value.get());
            } else if (!wanted[i].equals(found[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    /** A segment as it was before percent-encoding; unlike in a query, a plus is a plus. */
    private static Optional<String> decoded(String segment) {
        if (segment.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
