package dev.grove.server.doorbell.web;

import dev.grove.server.doorbell.Doorbell;
import dev.grove.server.doorbell.HttpGateway.Answer;
import dev.grove.server.http.AllowedHosts;
import dev.grove.server.doorbell.Words;
import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Windows Push Notification Services: raw notifications to the channel that Windows has opened for its management
 * client. Windows takes any raw notification of that channel as the wish for a session. An address is the channel's
 * URI, which the server reads from the device (the DMClient objects); as the services say, it is trusted for its host
 * only.
 */
public final class WnsDoorbell implements Doorbell {

    /** Longer ones are refused by the service with 413. */
    private static final int MAX_BODY = 5000;
    private static final Duration THROTTLED_PAUSE = Duration.ofMinutes(1);
    private static final Duration DOWN_PAUSE = Duration.ofSeconds(10);

    private final AllowedHosts hosts;
    private final AccessToken token;
    private final PushClient client;
    private final Pace pace;

    /**
     * How to reach the services.
     *
     * @param channelHosts of channels, see {@link AllowedHosts}
     * @param tokenUri where tokens are given
     * @param scope that is asked for: {@code notify.windows.com}, or that of an application registered with Entra
     * @param patience for one exchange with a service
     */
    public record Settings(List<String> channelHosts, URI tokenUri, Client client, String scope, Duration patience,
            Pace pace) {}

    /** The application to which the channels belong: its package SID or application id, and its secret. */
    public record Client(String id, String secret) {
        /** Names the application only. */
        @Override
        public String toString() {
            return "Client[" + id + "]";
        }
    }

    public WnsDoorbell(Settings settings, Clock clock) {
        this.client = new PushClient(settings.patience(), clock);
        this.hosts = new AllowedHosts(settings.channelHosts());
        this.pace = settings.pace();
        this.token = new AccessToken(client, settings.tokenUri(),
                now -> Map.of("grant_type", "client_credentials", "client_id", settings.client().id(),
                        "client_secret", settings.client().secret(), "scope", settings.scope()));
    }

    @Override
    public String bearer() {
        return "wns";
    }

    @Override
    public Pace pace() {
        return pace;
    }

    /** Windows takes any of its channel. */
    @Override
    public boolean takesAnything() {
        return true;
    }

    @Override
    public Optional<String> objection(String address) {
        return hosts.allowed(address).isPresent() ? Optional.empty()
                : Optional.of(
                        "an address of wns is the channel URI of the device, at one of the hosts of wake-wns-hosts");
    }

    @Override
    public Result ring(Ring ring) throws InterruptedException {
        Optional<URI> channel = hosts.allowed(ring.address());
        if (channel.isEmpty()) {
            return new Result.AddressEnded("the channel is at no host of wake-wns-hosts");
        }
        Bytes body = ring.notification().body();
        if (body.length() > MAX_BODY) {
            return new Result.Failed("the notification is longer than the services take", null);
        }
        try {
            String first = token.current();
            Answer answer = client.post(channel.get(), headers(ring, first), body);
            if (answer.status() == 401) {
                token.refused(first);
                answer = client.post(channel.get(), headers(ring, token.current()), body);
            }
            return told(answer);
        } catch (Unanswered failed) {
            return failed.asResult();
        }
    }

    private Headers headers(Ring ring, String bearerToken) {
        long secondsLeft = Math.max(1, Duration.between(client.clock().instant(), ring.goodUntil()).toSeconds());
        return Headers.of("Content-Type", "application/octet-stream").with("Authorization", "Bearer " + bearerToken)
                .with("X-WNS-Type", "wns/raw").with("X-WNS-Cache-Policy", "cache")
                .with("X-WNS-TTL", Long.toString(secondsLeft)).with("X-WNS-RequestForStatus", "true");
    }

    private Result told(Answer answer) {
        String reason = said(answer);
        return switch (answer.status()) {
            case 200 -> received(answer);
            case 404 -> new Result.AddressEnded("WNS: 404, the channel is not valid" + reason);
            case 410 -> new Result.AddressEnded("WNS: 410, the channel has expired" + reason);
            case 401 -> answer.failed("WNS does not take the token" + reason);
            case 403 -> answer.failed("WNS: 403, the channel is not one of this application" + reason);
            case 406, 429 -> answer.failed("WNS throttles this server" + reason, THROTTLED_PAUSE);
            case 500, 502, 503, 504 -> answer.failed("WNS is not up: " + answer.status() + reason, DOWN_PAUSE);
            default -> answer.failed("WNS: " + answer.status() + reason);
        };
    }

    /** That it answers 200 does not mean that it keeps what it was given. */
    private Result received(Answer answer) {
        return switch (answer.headers().first("X-WNS-Status").orElse("")) {
            case "received" -> new Result.Taken(null);
            case "dropped" -> answer.failed("WNS has dropped the notification" + connection(answer));
            // One channel only: no reason to leave all others alone.
            case "channelthrottled" -> new Result.Failed("WNS throttles this channel", null);
            default -> answer.failed("200 without X-WNS-Status: this is not WNS");
        };
    }

    private static String connection(Answer answer) {
        return answer.headers().first("X-WNS-DeviceConnectionStatus")
                .map(status -> ", the device is " + Words.of(status)).orElse("");
    }

    private static String said(Answer answer) {
        return answer.headers().first("X-WNS-Error-Description").map(words -> ": " + Words.of(words)).orElse("");
    }

    @Override
    public void close() {
        client.close();
    }
}
