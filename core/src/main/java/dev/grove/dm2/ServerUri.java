package dev.grove.dm2;

import dev.grove.tree.Percent;
import java.util.Map;

/**
 * An address that a command names, with places for what only the device knows ([DM 2.0 §6.2]):
 * {@code https://dr.example.com/[DevID]?net=[MCC]-[MNC]}.
 *
 * @param template as it stands in the command
 */
public record ServerUri(String template) {

    /** What the device puts in for a value that it does not have. */
    public static final String UNSUPPORTED = "-1";

    public ServerUri {
        if (template.isBlank() || template.chars().anyMatch(c -> c <= ' ' || c == 0x7F)) {
            throw new IllegalArgumentException("a ServerURI is a URI (DM 2.0 §6.2)");
        }
    }

    /**
     * The address with the device's values put in, percent-encoded. A name in brackets that is none of the device's
     * values becomes {@code -1}; brackets around an IPv6 host stay.
     *
     * @param values by name: {@code DevID}, {@code MNC}, {@code MCC}, {@code CMNC}, {@code CMCC}, {@code SPName}
     */
    public String resolve(Map<String, String> values) {
        StringBuilder uri = new StringBuilder();
        int from = 0;
        for (int open = template.indexOf('['); open >= 0; open = template.indexOf('[', from)) {
            int close = template.indexOf(']', open);
            if (close < 0) {
                break;
            }
            String name = template.substring(open + 1, close);
            uri.append(template, from, open);
            uri.append(name.indexOf(':') >= 0 ? "[" + name + "]"
                    : Percent.encodeQuery(values.getOrDefault(name, UNSUPPORTED)).replace("/", "%2F"));
            from = close + 1;
        }
        return uri.append(template, from, template.length()).toString();
    }

    @Override
    public String toString() {
        return template;
    }
}
