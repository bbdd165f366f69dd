package dev.grove.client.dm2;

import dev.grove.auth.HttpLogin;
import dev.grove.client.transport.TransportException;
import dev.grove.client.transport.Web;
import dev.grove.dm2.client.Dm2ClientSession;
import dev.grove.dm2.client.Event;
import dev.grove.dm2.client.Step.Wish;
import dev.grove.wire.Headers;
import dev.grove.wire.Packet;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Does over the web and in the browser what the engine wishes, for one account. Its user name and password are shown to
 * the account's own host only.
 */
public final class Errand {

    private final Dm2Setup setup;
    private final Dm2Account account;
    private final String deviceId;

    public Errand(Dm2Setup setup, Dm2Account account, String deviceId) {
        this.setup = setup;
        this.account = account;
        this.deviceId = deviceId;
    }

    /**
     * Does it.
     *
     * @throws TransportException if a request finds no answer
     */
    public Event run(Wish wish) throws TransportException {
        return switch (wish) {
            case Wish.Send(Packet packet, String url) -> call("POST", url, packet.headers(), packet);
            case Wish.Fetch(String url, String accept) -> call("GET", url, Headers.of("Accept", accept), null);
            case Wish.Deliver(var method, String url, Packet packet) ->
                call(method.name(), url, Headers.NONE, packet);
            case Wish.Browse(String url) -> new Event.Browsed(setup.browser().open(uri(url)));
            case Wish.Finished _ -> throw new IllegalStateException("nothing is left to be done");
        };
    }

    private Event call(String method, String url, Headers headers, @Nullable Packet body) throws TransportException {
        URI address = uri(url);
        boolean isOwn = isOwnHost(address);
        Headers all = isOwn && headers.first(Dm2ClientSession.DEVICE_ID).isEmpty()
                ? headers.with(Dm2ClientSession.DEVICE_ID, deviceId) : headers;
        HttpLogin login = isOwn ? account.login() : null;
        Web.Answer answer = setup.web().send(new Web.Request(method, address, all, body, login));
        return new Event.Answered(answer.status(), answer.body());
    }

    private boolean isOwnHost(URI address) throws TransportException {
        URI home = uri(account.access().url());
        boolean isAsSafe = !"https".equalsIgnoreCase(home.getScheme()) || "https".equalsIgnoreCase(address.getScheme());
        return isAsSafe && home.getHost() != null && address.getHost() != null
                && home.getHost().toLowerCase(Locale.ROOT).equals(address.getHost().toLowerCase(Locale.ROOT));
    }

    private static URI uri(String url) throws TransportException {
        try {
            return new URI(url);
        } catch (URISyntaxException broken) {
            throw new TransportException(TransportException.Kind.REFUSED,
                    "the address cannot be used: " + broken.getReason(), broken);
        }
    }
}
