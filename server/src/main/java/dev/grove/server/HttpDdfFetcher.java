package dev.grove.server;

import dev.grove.server.fleet.check.DdfFetcher;
import dev.grove.server.http.AllowedHosts;
import dev.grove.wire.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
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

    private final AllowedHosts hosts;
    private final int maxBytes;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER).build();

    /** @param hosts see {@link AllowedHosts} */
    HttpDdfFetcher(List<String> hosts, int maxBytes) {
        this.hosts = new AllowedHosts(hosts);
        this.maxBytes = maxBytes;
    }

    @Override
    public Optional<Bytes> fetch(String link) {
        Optional<URI> uri = hosts.allowed(link);
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

    @Override
    public void close() {
        http.shutdownNow();
    }
}
