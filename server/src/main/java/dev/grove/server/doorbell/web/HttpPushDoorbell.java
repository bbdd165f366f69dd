package dev.grove.server.doorbell.web;

import dev.grove.server.doorbell.Doorbell;
import dev.grove.server.doorbell.HttpGateway.Answer;
import dev.grove.server.http.AllowedHosts;
import dev.grove.wire.Headers;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * HTTP push: the notification is posted to an address at which the device listens, with the header fields of the OMA
 * Push protocol over HTTP. DM 1.3 names this bearer, but how it is bound is not public, so this is a profile of Grove's
 * own (docs/operations/bearers/http.md). Only hosts that somebody has allowed are called.
 */
public final class HttpPushDoorbell implements Doorbell {

    /** By which a device knows that management is meant ([OMNA], push application id 7). */
    private static final String APPLICATION = "x-wap-application:syncml.dm";

    private final AllowedHosts hosts;
    private final PushClient client;
    private final Pace pace;

    /**
     * @param deviceHosts at which devices listen, see {@link AllowedHosts}
     * @param patience for one exchange with a device
     */
    public record Settings(List<String> deviceHosts, Duration patience, Pace pace) {}

    public HttpPushDoorbell(Settings settings, Clock clock) {
        this.hosts = new AllowedHosts(settings.deviceHosts());
        this.client = new PushClient(settings.patience(), clock);
        this.pace = settings.pace();
    }

    @Override
    public String bearer() {
        return "http";
    }

    @Override
    public Pace pace() {
        return pace;
    }

    @Override
    public Optional<String> objection(String address) {
        return hosts.allowed(address).isPresent() ? Optional.empty()
                : Optional.of("an address of http is the URL at which the device listens, at one of the hosts of"
                        + " wake-http-hosts");
    }

    @Override
    public Result ring(Ring ring) throws InterruptedException {
        Optional<URI> address = hosts.allowed(ring.address());
        if (address.isEmpty()) {
            return new Result.AddressEnded("the address is at no host of wake-http-hosts");
        }
        try {
            Answer answer = client.post(address.get(), Headers.of("Content-Type", ring.notification().mediaType())
                    .with("X-Wap-Push-OTA-Version", "1.0").with("X-Wap-Application-Id", APPLICATION),
                    ring.notification().body());
            return switch (answer.status()) {
                case 200, 204 -> new Result.Delivered();
                case 202 -> new Result.Taken(null);
                case 410 -> new Result.AddressEnded("the device listens there no more: HTTP 410");
                // What one device asks for is no reason to leave all others alone.
                default -> new Result.Failed("the device answers HTTP " + answer.status(), null);
            };
        } catch (Unanswered failed) {
            return failed.asResult();
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
