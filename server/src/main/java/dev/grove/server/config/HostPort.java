package dev.grove.server.config;

/**
 * Where to listen.
 *
 * @param host name or address; IPv6 without brackets
 * @param port 0 to 65535; 0 takes a free one
 */
public record HostPort(String host, int port) {

    /** Reads {@code HOST:PORT}; an IPv6 address stands in brackets. */
    public static HostPort parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        boolean hasBrackets = host.startsWith("[") && host.endsWith("]");
        if (host.isEmpty() || (host.contains(":") && !hasBrackets)) {
            throw new IllegalArgumentException("'" + text + "' is not HOST:PORT (an IPv6 address stands in brackets)");
        }
        try {
            int port = Integer.parseInt(text, colon + 1, text.length(), 10);
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("a port is 0 to 65535, not " + port);
            }
            return new HostPort(hasBrackets ? host.substring(1, host.length() - 1) : host, port);
        } catch (NumberFormatException _) {
            throw new IllegalArgumentException("'" + text + "' is not HOST:PORT");
        }
    }
}
