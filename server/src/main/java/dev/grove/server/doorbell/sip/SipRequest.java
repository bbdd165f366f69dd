package dev.grove.server.doorbell.sip;

import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import java.nio.charset.StandardCharsets;

/**
 * One MESSAGE as it goes out ([RFC 3428 §4]).
 *
 * @param target the request URI
 * @param via where the answer is to come: {@code UDP 192.0.2.1:5060}
 * @param branch names the transaction
 * @param headers all others
 */
record SipRequest(SipUri target, String via, String branch, Headers headers, Bytes body) {

    static final String METHOD = "MESSAGE";

    /** What every branch of RFC 3261 begins with (§8.1.1.7). */
    static final String MAGIC = "z9hG4bK";

    Bytes bytes() {
        StringBuilder head = new StringBuilder(600).append(METHOD).append(' ').append(target.text())
                .append(" SIP/2.0\r\n").append("Via: SIP/2.0/").append(via).append(";branch=").append(branch)
                .append(";rport\r\n");
        headers.fields().forEach(field -> head.append(field.name()).append(": ").append(field.value()).append("\r\n"));
        head.append("Content-Length: ").append(body.length()).append("\r\n\r\n");
        return Bytes.wrap(head.toString().getBytes(StandardCharsets.UTF_8)).plus(body);
    }
}
