package dev.grove.tools.simulate;

import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import java.util.List;

/**
 * A response as it came.
 *
 * @param isLast whether the connection can take no other request
 */
record HttpReply(int status, Headers headers, Bytes body, boolean isLast) {

    /** All values of a field. */
    List<String> all(String name) {
        return headers.fields().stream().filter(field -> field.name().equalsIgnoreCase(name))
                .map(Headers.Field::value).toList();
    }

    /** The header as it counts for the connection. */
    static boolean isLast(boolean isHttp10, Headers headers) {
        String connection = headers.first("Connection").orElse("").strip();
        return connection.equalsIgnoreCase("close") || (isHttp10 && !connection.equalsIgnoreCase("keep-alive"));
    }
}
