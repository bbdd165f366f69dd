package dev.grove.dm1.exchange;

import dev.grove.tree.Address;
import dev.grove.tree.Address.Condition;
import dev.grove.tree.Address.Relative;
import dev.grove.tree.NodeUri;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Relative URIs as they stand in an item ([DMPRO 1.3 §5.2]): part A, {@code URI?MOID=value&leaf=value}, in
 * {@code TargetParent} and part B, the path inside the object, in {@code Target}.
 *
 * <p>Values are percent-decoded as a whole. In the path of a leaf only the reserved characters of a query are decoded,
 * since other escapes belong to the names of the nodes.
 */
public final class RelativeUri {

    private static final String RESERVED = ";/?:@&=+,$";
    private static final String MOID = "MOID=";

    private RelativeUri() {}

    /**
     * Reads both parts.
     *
     * @param target part B; absent means the object itself
     * @throws IllegalArgumentException with the rule that is broken
     */
    public static Relative read(String targetParent, @Nullable String target) {
        int question = targetParent.indexOf('?');
        String start = question < 0 ? "." : targetParent.substring(0, question);
        String[] pairs = targetParent.substring(question + 1).split("&", -1);
        if (!pairs[0].regionMatches(true, 0, MOID, 0, MOID.length()) || pairs[0].length() == MOID.length()) {
            throw new IllegalArgumentException("part A of a relative URI names a MOID first (DMPRO 5.2)");
        }
        List<Condition> where = new ArrayList<>();
        for (String pair : List.of(pairs).subList(1, pairs.length)) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("a condition of a relative URI is leaf=value (DMPRO 5.2)");
            }
            NodeUri leaf = NodeUri.parse(withoutReservedEscapes(pair.substring(0, equals)));
            where.add(new Condition(leaf, decoded(pair.substring(equals + 1))));
        }
        String path = target == null ? "" : target;
        int query = path.indexOf('?');
        Address.Part part = query < 0 ? Address.ITSELF : Address.parse("." + path.substring(query)).part();
        String inside = query < 0 ? path : path.substring(0, query);
        return new Relative(start.isEmpty() ? NodeUri.ROOT : NodeUri.parse(start),
                decoded(pairs[0].substring(MOID.length())), where,
                inside.isEmpty() ? NodeUri.ROOT : NodeUri.parse(inside), part);
    }

    /** In a query of a URI a plus is a plus, unlike in a form. */
    private static String decoded(String value) {
        return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String withoutReservedEscapes(String path) {
        String plain = path;
        for (int i = 0; i < RESERVED.length(); i++) {
            String escape = String.format(Locale.ROOT, "%%%02X", (int) RESERVED.charAt(i));
            String character = RESERVED.substring(i, i + 1);
            plain = plain.replace(escape, character).replace(escape.toLowerCase(Locale.ROOT), character);
        }
        return plain;
    }

    /** Writes part A. */
    public static String targetParent(Relative address) {
        StringBuilder text = new StringBuilder(address.start().toString()).append('?').append(MOID)
                .append(encoded(address.moid()));
        for (Condition condition : address.where()) {
            String leaf = String.join("/", condition.leaf().segments());
            text.append('&').append(withReservedEscapes(leaf)).append('=').append(encoded(condition.value()));
        }
        return text.toString();
    }

    /** Writes part B; none for the object itself. */
    public static @Nullable String target(Relative address) {
        String path = String.join("/", address.path().segments());
        return path.isEmpty() && address.part().suffix().isEmpty() ? null : path + address.part().suffix();
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String withReservedEscapes(String path) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c != '/' && RESERVED.indexOf(c) >= 0) {
                escaped.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
