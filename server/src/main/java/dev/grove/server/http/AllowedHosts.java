package dev.grove.server.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The hosts to which this server may be led by an address that a device or somebody else has given: these and no other,
 * so that no address makes it knock at doors of its own network.
 *
 * @param hosts names with a port where it is not the usual one; {@code *.} before one stands for all below it;
 *     {@code http://} before one allows HTTP there, otherwise HTTPS only
 */
public record AllowedHosts(List<String> hosts) {

    public AllowedHosts {
        hosts = hosts.stream().map(host -> host.strip().toLowerCase(Locale.ROOT)).toList();
    }

    /** The address, if it is one of an allowed host; it never holds a user name. */
    public Optional<URI> allowed(String address) {
        try {
            URI uri = new URI(address);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            String authority = String.valueOf(uri.getRawAuthority()).toLowerCase(Locale.ROOT);
            String prefix = scheme.equals("https") ? "" : scheme + "://";
            boolean isAllowed = hosts.stream().anyMatch(host -> matches(host, prefix, authority));
            return isAllowed && uri.getUserInfo() == null && uri.getHost() != null ? Optional.of(uri)
                    : Optional.empty();
        } catch (URISyntaxException noAddress) {
            return Optional.empty();
        }
    }

    private static boolean matches(String host, String prefix, String authority) {
        if (!host.startsWith(prefix)) {
            return false;
        }
        String name = host.substring(prefix.length());
        return name.startsWith("*.")
                ? authority.endsWith(name.substring(1)) && authority.length() > name.length() - 1
                : name.equals(authority);
    }
}
