package dev.grove.client.transport;

import dev.grove.wire.Headers;
import java.net.InetSocketAddress;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How {@link HttpTransport} talks.
 *
 * @param connectTimeout for the connection and its TLS handshake; 10 seconds by default
 * @param answerTimeout from sending to the last byte of the answer; a minute by default
 * @param maxAnswerBytes the longest answer that is read; 2 MiB by default
 * @param maxRedirects how many redirects of one message are followed; 5 by default
 * @param userAgent the header of that name
 * @param query what every address must have in its query part, such as {@code mode=Maintenance&Platform=WoA}; empty
 *     for nothing
 * @param headers further header fields for every message; sent to the address's own host only, not after a redirect to
 *     another one, since they may hold a token
 * @param cookies whether cookies are kept, for load balancers that know a session by them; not to be used when one
 *     transport serves several devices
 * @param tls trust and keys; the virtual machine's own if absent
 * @param proxy an HTTP proxy; the virtual machine's own choice if absent
 * @param proof how to answer a server that asks for HTTP authentication; absent if it cannot be answered
 */
public record HttpOptions(Duration connectTimeout, Duration answerTimeout, int maxAnswerBytes, int maxRedirects,
        String userAgent, String query, Headers headers, boolean cookies, @Nullable SSLContext tls,
        @Nullable InetSocketAddress proxy, @Nullable HttpProof proof) {

    /** What a Windows machine calls itself ([MS-MDM §2.1]). */
    public static final String WINDOWS_USER_AGENT = "MSFT OMA DM Client/1.2.0.1";

    /** What a Windows machine adds to the server's address while a user is signed in ([MS-MDM §2.1]). */
    public static final String WINDOWS_QUERY = "mode=Maintenance&Platform=WoA";

    /** The defaults that stand with the components. */
    public static final HttpOptions DEFAULT = new HttpOptions(Duration.ofSeconds(10), Duration.ofMinutes(1), 2 << 20, 5,
            "Grove SyncML DM client", "", Headers.NONE, true, null, null, null);

    public HttpOptions {
        if (!connectTimeout.isPositive() || !answerTimeout.isPositive() || maxAnswerBytes < 1 || maxRedirects < 0) {
            throw new IllegalArgumentException("time-outs and limits of a transport must be positive");
        }
    }

    /** These, dressed as a Windows machine. */
    public HttpOptions asWindows() {
        return new HttpOptions(connectTimeout, answerTimeout, maxAnswerBytes, maxRedirects, WINDOWS_USER_AGENT,
                WINDOWS_QUERY, headers, cookies, tls, proxy, proof);
    }

    public HttpOptions withTimeouts(Duration connect, Duration answer) {
        return new HttpOptions(connect, answer, maxAnswerBytes, maxRedirects, userAgent, query, headers, cookies, tls,
                proxy, proof);
    }

    public HttpOptions withMaxAnswerBytes(int bytes) {
        return new HttpOptions(connectTimeout, answerTimeout, bytes, maxRedirects, userAgent, query, headers, cookies,
                tls, proxy, proof);
    }

    /** These, with one more header field for every message. */
    public HttpOptions withHeader(String name, String value) {
        return new HttpOptions(connectTimeout, answerTimeout, maxAnswerBytes, maxRedirects, userAgent, query,
                headers.with(name, value), cookies, tls, proxy, proof);
    }

    public HttpOptions withCookies(boolean kept) {
        return new HttpOptions(connectTimeout, answerTimeout, maxAnswerBytes, maxRedirects, userAgent, query, headers,
                kept, tls, proxy, proof);
    }

    public HttpOptions withTls(@Nullable SSLContext context) {
        return new HttpOptions(connectTimeout, answerTimeout, maxAnswerBytes, maxRedirects, userAgent, query, headers,
                cookies, context, proxy, proof);
    }

    public HttpOptions withProxy(@Nullable InetSocketAddress address) {
        return new HttpOptions(connectTimeout, answerTimeout, maxAnswerBytes, maxRedirects, userAgent, query, headers,
                cookies, tls, address, proof);
    }

    public HttpOptions withProof(@Nullable HttpProof given) {
        return new HttpOptions(connectTimeout, answerTimeout, maxAnswerBytes, maxRedirects, userAgent, query, headers,
                cookies, tls, proxy, given);
    }

    /** Names no header values and no keys. */
    @Override
    public String toString() {
        return "HttpOptions[" + userAgent + ", " + answerTimeout + "]";
    }
}
