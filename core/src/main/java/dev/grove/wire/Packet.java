package dev.grove.wire;

import java.util.Locale;

/**
 * What every bearer carries: the bytes of one message, their media type and the header fields that belong to the
 * protocol ([DMPRO 1.3 §3.2], "message").
 *
 * @param mediaType the media type as it came, parameters included
 * @param body the message, after removal of any transfer or content coding
 * @param headers fields of the protocol, such as {@code x-syncml-hmac}
 */
public record Packet(String mediaType, Bytes body, Headers headers) {

    public Packet(String mediaType, Bytes body) {
        this(mediaType, body, Headers.NONE);
    }

    /** The media type without parameters, in lower case. */
    public String baseMediaType() {
        int semicolon = mediaType.indexOf(';');
        return (semicolon < 0 ? mediaType : mediaType.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
    }
}
