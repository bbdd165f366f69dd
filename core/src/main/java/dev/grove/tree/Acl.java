package dev.grove.tree;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * An access control list: which servers may do what with a node ([TND 1.2 §7.7.1]).
 *
 * <p>Read liberally: a command that is named twice has the identifiers of both, and {@code *} beside other identifiers
 * wins. Written strictly: {@code Add}, {@code Delete}, {@code Exec}, {@code Get}, {@code Replace} in this order, the
 * identifiers in the order in which they came.
 *
 * @param grants the servers that hold each right; a right without servers is not there
 */
public record Acl(Map<Right, Set<String>> grants) {

    /** What a server may be allowed to do, in the order in which it is written. Copy has no right of its own. */
    public enum Right {
        ADD("Add"), DELETE("Delete"), EXEC("Exec"), GET("Get"), REPLACE("Replace");

        private final String token;

        Right(String token) {
            this.token = token;
        }
    }

    /** Every authenticated server. */
    public static final String EVERYONE = "*";

    /** No list: the node inherits that of the node above. */
    public static final Acl NONE = new Acl(Map.of());

    /** What a root has when nobody said otherwise ([TND 1.2 §7.7.1]). */
    public static final Acl ROOT = parse("Add=*&Get=*");

    public Acl {
        Map<Right, Set<String>> checked = new EnumMap<>(Right.class);
        grants.forEach((right, servers) -> {
            servers.forEach(Acl::checkIdentifier);
            if (!servers.isEmpty()) {
                checked.put(right, servers.contains(EVERYONE) ? Set.of(EVERYONE)
                        : Collections.unmodifiableSet(new LinkedHashSet<>(servers)));
            }
        });
        grants = Collections.unmodifiableMap(checked);
    }

    /**
     * Reads a list; blanks around the whole are ignored.
     *
     * @throws IllegalArgumentException with the rule that is broken
     */
    public static Acl parse(String text) {
        String stripped = text.strip();
        if (stripped.isEmpty()) {
            return new Acl(Map.of());
        }
        Map<Right, Set<String>> grants = new EnumMap<>(Right.class);
        for (String entry : stripped.split("&", -1)) {
            int equals = entry.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("an ACL entry is Command=servers (TND 7.7.1)");
            }
            Set<String> servers = grants.computeIfAbsent(right(entry.substring(0, equals)),
                    r -> new LinkedHashSet<>());
            for (String server : entry.substring(equals + 1).split("\\+", -1)) {
                checkIdentifier(server);
                servers.add(server);
            }
        }
        return new Acl(grants);
    }

    private static Right right(String token) {
        for (Right right : Right.values()) {
            if (right.token.equals(token)) {
                return right;
            }
        }
        throw new IllegalArgumentException(
                "an ACL command is one of Add, Delete, Exec, Get, Replace, in this spelling (TND 7.7.1)");
    }

    private static void checkIdentifier(String server) {
        if (!server.equals(EVERYONE) && !isIdentifier(server)) {
            throw new IllegalArgumentException("a server identifier in an ACL is '*' or not empty, printable, "
                    + "and without '=', '&', '*', '+' and blanks (TND 7.7.1)");
        }
    }

    /** Whether {@code server} can stand in a list as the name of one server. */
    public static boolean isIdentifier(String server) {
        return !server.isEmpty() && server.chars().noneMatch(
                c -> c == '=' || c == '&' || c == '*' || c == '+' || Character.isWhitespace(c) || c < ' ' || c == 0x7F);
    }

    /** Whether there is no list, so that the one above counts. */
    public boolean isEmpty() {
        return grants.isEmpty();
    }

    /** Whether this list alone, without regard to inheritance, gives {@code right} to {@code server}. */
    public boolean allows(Right right, String server) {
        Set<String> servers = grants.getOrDefault(right, Set.of());
        return servers.contains(EVERYONE) || servers.contains(server);
    }

    /** This list, with {@code right} given to {@code server} too. */
    public Acl with(Right right, String server) {
        return change(right, servers -> {
            servers.add(server);
            return servers;
        });
    }

    /** This list without {@code server}; a command that is left without servers goes too ([TND 1.2 §7.7.1]). */
    public Acl without(String server) {
        Acl less = this;
        for (Right right : Right.values()) {
            less = less.change(right, servers -> {
                servers.remove(server);
                return servers;
            });
        }
        return less;
    }

    private Acl change(Right right, UnaryOperator<Set<String>> edit) {
        Map<Right, Set<String>> changed = new EnumMap<>(Right.class);
        changed.putAll(grants);
        changed.put(right, edit.apply(new LinkedHashSet<>(grants.getOrDefault(right, Set.of()))));
        return new Acl(changed);
    }

    /** The list as it is written in the property and in TNDS; empty if there is none. */
    @Override
    public String toString() {
        List<String> entries = new ArrayList<>();
        grants.forEach((right, servers) -> entries.add(right.token + "=" + String.join("+", servers)));
        return String.join("&", entries);
    }
}
