package dev.grove.server.http;

import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import java.io.IOException;
import java.io.OutputStream;

/** What goes back to a caller. */
public sealed interface HttpAnswer {

    int status();

    Headers headers();

    /** An answer that is there as a whole. */
    record Whole(int status, Headers headers, Bytes body) implements HttpAnswer {}

    /** An answer that goes on until its writer returns, or the caller goes away. */
    record Stream(int status, Headers headers, Body body) implements HttpAnswer {}

    /** Writes a body piece by piece. */
    @FunctionalInterface
    interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    /** An answer of plain text, never to be cached. */
    static Whole text(int status, String text) {
        return new Whole(status,
                Headers.of("Content-Type", "text/plain; charset=utf-8").with("Cache-Control", "no-store"),
                Bytes.utf8(text + "\n"));
    }
}
