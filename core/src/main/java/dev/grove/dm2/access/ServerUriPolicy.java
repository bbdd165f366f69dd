package dev.grove.dm2.access;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which addresses a server may send the device to. By default those on its own host, whatever the port, and never by a
 * worse scheme than the account's: a server that could name any address could make the device fetch from, and send to,
 * places that only the device can reach.
 *
 * @param hosts further hosts: {@code repository.example.com}, or {@code *.example.com} for all below a domain
 * @param isAnyHost whether any other public host will do too; hosts of private networks, written as numbers, still
 *     have to be among {@code hosts} or be the account's own
 */
public record ServerUriPolicy(Set<String> hosts, boolean isAnyHost) {

    /** The hosts of the accounts alone. */
    public static final ServerUriPolicy OWN_HOST = new ServerUriPolicy(Set.of(), false);

    private static final String HTTPS = "https";
    private static final int MAX_LENGTH = 8192;

    public ServerUriPolicy {
        hosts = Set.copyOf(hosts);
    }

    /**
     * Why the device does not go to an address; empty if it does.
     *
     * @param url as it is after the device's values were put in
     * @param home the address of the account
     */
    public Optional<String> refuse(String url, String home) {
        if (url.length() > MAX_LENGTH) {
            return Optional.of("the address is longer than " + MAX_LENGTH + " characters");
        }
        try {
            return refuse(new URI(url), new URI(home));
        } catch (URISyntaxException broken) {
            return Optional.of("the address is no URI: " + broken.getReason());
        }
    }

    private Optional<String> refuse(URI url, URI home) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals(HTTPS)) {
            return Optional.of("only http and https are gone to, not '" + scheme + "'");
        }
        if (HTTPS.equalsIgnoreCase(home.getScheme()) && !scheme.equals(HTTPS)) {
            return Optional.of("the account is on https, so everything is");
        }
        if (url.getHost() == null || url.getRawUserInfo() != null || url.getRawFragment() != null) {
            return Optional.of("an address has a host, and neither a user nor a fragment");
        }
        String host = normal(url.getHost());
        boolean isOwn = home.getHost() != null && host.equals(normal(home.getHost()));
        boolean isNamed = hosts.stream().anyMatch(pattern -> matches(normal(pattern), host));
        if (isOwn || isNamed || (isAnyHost && !isPrivate(host))) {
            return Optional.empty();
        }
        return Optional.of(isAnyHost ? "the host is of a private network" : "the account does not allow this host");
    }

    private static boolean matches(String pattern, String host) {
        return pattern.startsWith("*.") ? host.endsWith(pattern.substring(1)) : pattern.equals(host);
    }

    private static String normal(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    /** Numbers in any spelling but that of public IPv4 addresses are taken for private: nobody needs them. */
    private static boolean isPrivate(String host) {
        if (host.equals("localhost") || host.endsWith(".localhost") || host.startsWith("[")) {
            return true;
        }
        String last = host.substring(host.lastIndexOf('.') + 1);
        if (last.isEmpty() || !(Character.isDigit(last.charAt(0)) || last.startsWith("0x"))) {
            return false;
        }
        String[] parts = host.split("\\.", -1);
        boolean isPlain = parts.length == 4;
        for (String part : parts) {
            isPlain &= part.matches("0|[1-9][0-9]{0,2}") && Integer.parseInt(part) < 256;
        }
        return !isPlain || isPrivate(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }

    private static boolean isPrivate(int first, int second) {
        return first == 0 || first == 10 || first == 127 || first >= 224 || (first == 169 && second == 254)
                || (first == 172 && second >= 16 && second < 32) || (first == 192 && second == 168)
                || (first == 100 && second >= 64 && second < 128);
    }
}
