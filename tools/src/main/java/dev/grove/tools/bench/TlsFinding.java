package dev.grove.tools.bench;

import dev.grove.tools.json.JsonWriter;
import java.util.Locale;

/**
 * Handshakes a second.
 *
 * @param library of the TLS library alone
 * @param full with the server, each with a connection and a message
 * @param resumed the same, each resuming the session of one before
 */
record TlsFinding(double library, double full, double resumed) implements Finding {

    private double ratio() {
        return library == 0 ? 0 : full / library;
    }

    @Override
    public String text() {
        return String.format(Locale.ROOT, """
                TLS 1.3, P-256, a handshake a message
                  library alone   %,10.0f handshakes a second, both sides in memory
                  server          %,10.0f a second, client and server on the same processors
                  ratio           %10.3f
                  resumed         %,10.0f a second
                """, library, full, ratio(), resumed);
    }

    @Override
    public void write(JsonWriter json) {
        json.number("libraryPerSecond", Math.round(library)).number("serverPerSecond", Math.round(full))
                .number("resumedPerSecond", Math.round(resumed))
                .text("ratio", String.format(Locale.ROOT, "%.4f", ratio()));
    }
}
