package dev.grove.server.store.postgres;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the database is, and who asks.
 *
 * @param url such as {@code jdbc:postgresql://host/grove}; without user and password
 * @param user empty: as the driver knows
 * @param password empty if none is needed
 * @param connections how many a node may have open
 * @param timeout how long a node waits for a connection, and for an answer
 */
public record Database(String url, String user, String password, int connections, Duration timeout) {

    /** What every such URL begins with. */
    public static final String SCHEME = "jdbc:postgresql:";

    /**
     * Takes a user and a password out of the parameters of a URL, so that it can be shown.
     *
     * @param user wins over that in the URL, unless empty; so does {@code password}
     * @throws IllegalArgumentException if it is none of PostgreSQL
     */
    public static Database of(String url, String user, String password) {
        if (!url.startsWith(SCHEME)) {
            throw new IllegalArgumentException("a database is written " + SCHEME + "//host/name");
        }
        String[] parts = url.split("\\?", 2);
        if (parts[0].contains("@")) {
            throw new IllegalArgumentException("user and password do not stand before the host");
        }
        List<String> kept = new ArrayList<>();
        String givenUser = user;
        String givenPassword = password;
        for (String parameter : (parts.length < 2 ? "" : parts[1]).split("&", -1)) {
            String value = URLDecoder.decode(parameter.substring(parameter.indexOf('=') + 1), StandardCharsets.UTF_8);
            if (parameter.startsWith("user=")) {
                givenUser = user.isEmpty() ? value : user;
            } else if (parameter.startsWith("password=")) {
                givenPassword = password.isEmpty() ? value : password;
            } else if (!parameter.isEmpty()) {
                kept.add(parameter);
            }
        }
        String rest = kept.isEmpty() ? "" : "?" + String.join("&", kept);
        return new Database(parts[0] + rest, givenUser, givenPassword, 16, Duration.ofSeconds(10));
    }

    public Database with(int most, Duration longest) {
        return new Database(url, user, password, most, longest);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "Database[" + url + "]";
    }
}
