package dev.grove.server;

import dev.grove.server.fleet.check.DdfFetcher;
import dev.grove.wire.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches descriptions from the hosts that somebody has allowed, and from no other: by HTTPS, without following
 * redirects, and only so much and so long. A device that names another address gets nothing out of it.
 */
final class HttpDdfFetcher implements DdfFetcher, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpDdfFetcher.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final List<String> hosts;
    private final int maxBytes;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER).build();

    /** @param hosts names with a port where it is not the usual one; {@code http://} before one allows HTTP there */
    HttpDdfFetcher(List<String> hosts, int maxBytes) {
        this.hosts = hosts.stream().map(host -> host.strip().toLowerCase(Locale.ROOT)).toList();
        this.maxBytes = maxBytes;
    }

    @Override
    public Optional<Bytes> fetch(String link) {
        Optional<URI> uri = allowed(link);
        if (uri.isEmpty()) {
            LOG.atDebug().log("the link {} of a device leads to no host of the option ddf-hosts", link);
            return Optional.empty();
        }
        try {
            HttpResponse<InputStream> answer = http.send(
                    HttpRequest.newBuilder(uri.get()).timeout(PATIENCE).header("Accept",
                            "application/vnd.syncml.dmddf+xml, application/xml, */*;q=0.5").GET().build(),
                    BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                byte[] document = body.readNBytes(maxBytes + 1);
                boolean isTaken = answer.statusCode() == 200 && document.length <= maxBytes;
                if (!isTaken) {
                    LOG.atWarn().log("no description at {}: HTTP {}, {} bytes or more", link, answer.statusCode(),
                            document.length);
                }
                return isTaken ? Optional.of(Bytes.wrap(document)) : Optional.empty();
            }
        } catch (IOException unreachable) {
            LOG.atWarn().log("no description at {}: {}", link, String.valueOf(unreachable.getMessage()));
            return Optional.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** The address, if it is one of an allowed host; it never holds a user name. */
    Optional<URI> allowed(String link) {
        try {
            URI uri = new URI(link);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            String authority = String.valueOf(uri.getRawAuthority()).toLowerCase(Locale.ROOT);
            boolean isAllowed = (scheme.equals("https") && hosts.contains(authority))
                    || (scheme.equals("http") && hosts.contains("http://" + authority));
            return isAllowed && uri.getUserInfo() == null && uri.getHost() != null ? Optional.of(uri)
                    : Optional.empty();
        } catch (URISyntaxException noAddress) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
