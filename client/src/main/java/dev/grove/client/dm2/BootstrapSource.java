package dev.grove.client.dm2;

import dev.grove.client.transport.TransportException;
import dev.grove.client.transport.Web;
import dev.grove.dm2.ObjectDocument;
import dev.grove.dm2.ServerUri;
import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import dev.grove.wire.Packet;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * Where a device gets its first account from ([DM 2.0 §8]): from its factory, from a server whose address it knows,
 * from a card. What a server pushes goes to {@code DeviceClient.offer} instead.
 */
public interface BootstrapSource {

    /**
     * A bootstrap.
     *
     * @param data {@code application/dmmo+json}
     * @param isAuthentic whether nobody but the rightful sender can have sent it; others are refused unless the device
     *     is set to take them
     */
    record Offer(Packet data, boolean isAuthentic) {}

    /**
     * Gets it, when the device has no account of DM 2.0.
     *
     * @param values what the device puts into ServerURIs ([DM 2.0 §6.2])
     * @throws IOException if there is none; the message names the source
     */
    Offer get(Map<String, String> values) throws IOException;

    /** A file from the factory ([DM 2.0 §8.2]). */
    static BootstrapSource file(Path file) {
        return _ -> new Offer(new Packet(ObjectDocument.MEDIA_TYPE, Bytes.wrap(Files.readAllBytes(file))), true);
    }

    /** A server whose address the device knows ([DM 2.0 §8.3]); authentic only by HTTPS. */
    static BootstrapSource server(ServerUri address, Web web) {
        return values -> {
            String url = address.resolve(values);
            try {
                URI uri = new URI(url);
                Web.Answer answer = web.send(new Web.Request("GET", uri,
                        Headers.of("Accept", ObjectDocument.MEDIA_TYPE), null, null));
                if (answer.status() != 200) {
                    throw new IOException("the bootstrap server " + uri.getHost() + " answers HTTP "
                            + answer.status());
                }
                return new Offer(answer.body(), url.toLowerCase(Locale.ROOT).startsWith("https:"));
            } catch (URISyntaxException broken) {
                throw new IOException("the address of the bootstrap server is none: " + broken.getReason(), broken);
            } catch (TransportException failed) {
                throw new IOException(failed.getMessage(), failed);
            }
        };
    }
}
