package dev.grove.testkit.lockstep;

import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import dev.grove.wire.Packet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A {@link Link} over HTTP/1.1: every packet a POST. Adds nothing of its own but the media type, follows no redirect,
 * retries nothing, so that what a test sends is what the server gets.
 */
public final class HttpLink implements Link, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Set<String> OF_THE_BEARER = Set.of("content-length", "connection", "date", "content-type",
            "transfer-encoding", "server", "host", "expect");

    private final URI address;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE).build();

    /** @param address where every packet goes, such as {@code http://127.0.0.1:8080/dm} */
    public HttpLink(URI address) {
        this.address = address;
    }

    @Override
    public Answer carry(Packet packet) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(PATIENCE)
                .header("Content-Type", packet.mediaType())
                .POST(BodyPublishers.ofByteArray(packet.body().toArray()));
        packet.headers().fields().stream().filter(f -> isOurs(f.name()))
                .forEach(field -> request.header(field.name(), field.value()));
        try {
            return answer(http.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (IOException broken) {
            throw new LinkBroken("no answer from " + address, broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new LinkBroken("interrupted while waiting for " + address, interrupted);
        }
    }

    private static Answer answer(HttpResponse<byte[]> response) {
        Headers headers = new Headers(response.headers().map().entrySet().stream()
                .filter(entry -> isOurs(entry.getKey()))
                .flatMap(entry -> fields(entry.getKey(), entry.getValue()).stream()).toList());
        String mediaType = response.headers().firstValue("Content-Type").orElse("");
        return new Answer(response.statusCode(),
                response.body().length == 0 ? null : new Packet(mediaType, Bytes.wrap(response.body()), headers));
    }

    private static List<Headers.Field> fields(String name, List<String> values) {
        return values.stream().map(value -> new Headers.Field(name, value)).toList();
    }

    private static boolean isOurs(String name) {
        return !name.startsWith(":") && OF_THE_BEARER.stream().noneMatch(name::equalsIgnoreCase);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
