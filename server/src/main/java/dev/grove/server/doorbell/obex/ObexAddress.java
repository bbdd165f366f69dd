package dev.grove.server.doorbell.obex;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A device's OBEX server.
 *
 * @param host name or address; IPv6 without brackets
 */
record ObexAddress(String host, int port) {

    private static final Pattern FORM = Pattern
            .compile("(?:\\[([0-9A-Fa-f:.]{2,45})]|([A-Za-z0-9._-]{1,253}))(?::([0-9]{1,5}))?");

    /** Reads {@code HOST}, {@code HOST:PORT}, {@code [IPv6]} or {@code [IPv6]:PORT}; empty if it is none of these. */
    static Optional<ObexAddress> parse(String text, int usualPort) {
        Matcher form = FORM.matcher(text);
        if (text.length() > 300 || !form.matches()) {
            return Optional.empty();
        }
        int port = form.group(3) == null ? usualPort : Integer.parseInt(form.group(3));
        String host = form.group(1) == null ? form.group(2) : form.group(1);
        return port < 1 || port > 65_535 ? Optional.empty() : Optional.of(new ObexAddress(host, port));
    }
}
