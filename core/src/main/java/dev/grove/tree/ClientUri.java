package dev.grove.tree;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes are meant by the management object they belong to, wherever on the device that is ([DM 2.0 §6.1]):
 * {@code urn:oma:mo:oma-scomo:1.0//Inventory/Deployed/*}{@code /ID}.
 *
 * <p>A name, of an instance or of a node, is a real one, the wildcard {@code *}, or a variable such as {@code (x)},
 * whose node is the one that fulfils all its conditions. Names are kept as they are spelled, percent-encoding included.
 *
 * @param moid the management object identifier
 * @param instance the name of the instance (MIID); empty for the only one there is
 * @param path names from the instance's root down; none for the root itself
 * @param where conditions, at least one for each variable
 * @param level how many levels below the node are meant, from 1; all if absent
 * @param validator the cache validator ({@code cv}) that the sender knows of; none if absent
 */
public record ClientUri(String moid, String instance, List<String> path, List<Condition> where,
        @Nullable Integer level, @Nullable String validator) {

    /** All instances, or all nodes of one place. */
    public static final String ANY = "*";

    /**
     * What a node must hold to be the one that a variable stands for ({@code nv}).
     *
     * @param variable the letter between the brackets
     * @param leaf names from the variable's node down to the leaf; none if it is the leaf
     * @param value the leaf's value
     */
    public record Condition(char variable, List<String> leaf, String value) {
        public Condition {
            leaf = List.copyOf(leaf);
            if (!isVariable("(" + variable + ")")) {
                throw new IllegalArgumentException("a variable is a letter (DM 2.0 §6.1.1)");
            }
            for (String name : leaf) {
                checkName(name);
                if (name.isEmpty() || name.indexOf(':') >= 0 || name.indexOf('&') >= 0) {
                    throw new IllegalArgumentException(
                            "a name in nv is not empty, and has neither ':' nor '&' (DM 2.0 §6.1.1.3)");
                }
            }
        }
    }

    public ClientUri {
        path = List.copyOf(path);
        where = List.copyOf(where);
        check(moid, instance, path);
        checkVariables(instance, path, where);
        if (level != null && level < 1) {
            throw new IllegalArgumentException("lv is a positive integer (DM 2.0 §6.1.1.3)");
        }
    }

    private static void check(String moid, String instance, List<String> path) {
        if (moid.isEmpty() || moid.indexOf('/') >= 0 || instance.indexOf('/') >= 0) {
            throw new IllegalArgumentException("a ClientURI begins with MOID/instance/ (DM 2.0 §6.1.1)");
        }
        for (String name : path) {
            if (name.isEmpty()) {
                throw new IllegalArgumentException("a node name in a ClientURI is never empty (DM 2.0 §6.1.1)");
            }
            checkName(name);
        }
        checkName(moid);
        checkName(instance);
    }

    private static void checkName(String name) {
        if (name.equals(".") || name.equals("..")
                || name.chars().anyMatch(c -> c < ' ' || c == 0x7F || c == '/' || c == '?' || c == '#')) {
            throw new IllegalArgumentException(
                    "'.' and '..' are no names, and none has '?', '#' or control characters (DM 2.0 §6.1.1)");
        }
    }

    private static void checkVariables(String instance, List<String> path, List<Condition> where) {
        Set<Character> variables = new HashSet<>();
        List<String> names = new ArrayList<>(path);
        names.add(instance);
        for (String name : names) {
            if (isVariable(name) && !variables.add(name.charAt(1))) {
                throw new IllegalArgumentException("each variable stands in a ClientURI once (DM 2.0 §6.1.1.1)");
            }
        }
        Set<Character> bound = new HashSet<>();
        where.forEach(condition -> bound.add(condition.variable()));
        if (!variables.equals(bound)) {
            throw new IllegalArgumentException("each variable has its nv, and each nv its variable (DM 2.0 §6.1.1)");
        }
    }

    /** The root of an instance, or a node below it. */
    public static ClientUri of(String moid, String instance, List<String> path) {
        return new ClientUri(moid, instance, path, List.of(), null, null);
    }

    /** Whether a name is a variable such as {@code (x)}. */
    public static boolean isVariable(String name) {
        return name.length() == 3 && name.charAt(0) == '(' && name.charAt(2) == ')' && isLetter(name.charAt(1));
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /** Whether a text looks like a ClientURI rather than a place in a tree: its first name has a colon. */
    public static boolean isLikely(String uri) {
        int slash = uri.indexOf('/');
        return slash > 0 && uri.substring(0, slash).indexOf(':') > 0;
    }

    /** Whether a wildcard stands in it, so that it may mean several nodes. */
    public boolean hasWildcard() {
        return instance.equals(ANY) || path.contains(ANY);
    }

    /** This, for these levels only, and with this cache validator. */
    public ClientUri with(@Nullable Integer levels, @Nullable String cacheValidator) {
        return new ClientUri(moid, instance, path, where, levels, cacheValidator);
    }

    /**
     * Reads a ClientURI. One that ends with the instance, without the slash of the root, is taken too; unknown fields
     * of the query are ignored.
     *
     * @throws IllegalArgumentException with the rule that is broken
     */
    public static ClientUri parse(String uri) {
        int question = uri.indexOf('?');
        String place = question < 0 ? uri : uri.substring(0, question);
        String[] names = place.split("/", -1);
        if (names.length < 2) {
            throw new IllegalArgumentException("a ClientURI is MOID/instance/path (DM 2.0 §6.1.1)");
        }
        boolean isRoot = names.length == 2 || (names.length == 3 && names[2].isEmpty());
        List<String> path = isRoot ? List.of() : List.of(names).subList(2, names.length);
        Query query = new Query();
        if (question >= 0) {
            for (String field : uri.substring(question + 1).split("&", -1)) {
                query.read(field);
            }
        }
        return new ClientUri(names[0], names[1], path, query.where, query.level, query.validator);
    }

    private static final class Query {
        final List<Condition> where = new ArrayList<>();
        @Nullable
        Integer level;
        @Nullable
        String validator;

        void read(String field) {
            int equals = field.indexOf('=');
            String value = field.substring(equals + 1);
            switch (equals < 0 ? "" : field.substring(0, equals)) {
                case "lv" -> {
                    once(level);
                    level = number(value);
                }
                case "cv" -> {
                    once(validator);
                    validator = decoded(value);
                }
                case "nv" -> where.add(condition(value));
                default -> {
                    // Unknown fields are ignored ([DM 2.0 §6.1.1.3]).
                }
            }
        }

        private static void once(@Nullable Object before) {
            if (before != null) {
                throw new IllegalArgumentException("lv and cv stand in a ClientURI once (DM 2.0 §6.1.1.3)");
            }
        }

        private static int number(String value) {
            try {
                return Integer.parseInt(value);
            } catch (NumberFormatException notOne) {
                throw new IllegalArgumentException("lv is a positive integer (DM 2.0 §6.1.1.3)", notOne);
            }
        }

        private static Condition condition(String value) {
            int colon = value.indexOf(':');
            boolean isItself = colon == 3;
            if (colon < 3 || !isVariable(value.substring(0, 3)) || !(isItself || value.charAt(3) == '/')) {
                throw new IllegalArgumentException("nv is (x)/path:value (DM 2.0 §6.1.1.3)");
            }
            List<String> leaf = isItself ? List.of() : List.of(value.substring(4, colon).split("/", -1));
            return new Condition(value.charAt(1), leaf, decoded(value.substring(colon + 1)));
        }

        private static String decoded(String value) {
            try {
                return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException broken) {
                throw new IllegalArgumentException("'%' is followed by two hexadecimal digits (RFC 3986 2.1)", broken);
            }
        }
    }

    /** As it stands in a command, percent-encoded where it must be. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(moid).append('/').append(instance).append('/')
                .append(String.join("/", path));
        char next = '?';
        for (Condition condition : where) {
            text.append(next).append("nv=(").append(condition.variable()).append(')');
            condition.leaf().forEach(name -> text.append('/').append(name));
            text.append(':').append(Percent.encodeQuery(condition.value()));
            next = '&';
        }
        if (level != null) {
            text.append(next).append("lv=").append(level);
            next = '&';
        }
        if (validator != null) {
            text.append(next).append("cv=").append(Percent.encodeQuery(validator));
        }
        return text.toString();
    }
}
