package dev.grove.tools.bench;

import dev.grove.tools.json.JsonWriter;
import java.util.Locale;

/**
 * What sessions cost on another store.
 *
 * @param other on that store
 * @param embedded on the embedded one, in the same run
 */
record StoreFinding(SessionsFinding other, SessionsFinding embedded) implements Finding {

    private double share() {
        return other.messagesPerSecond() / Math.max(1, embedded.messagesPerSecond());
    }

    @Override
    public String text() {
        return String.format(Locale.ROOT, "On the other store: %s  of the embedded %10.3f%n", other.text(), share());
    }

    @Override
    public void write(JsonWriter json) {
        other.write(json);
        json.text("ratioToEmbedded", String.format(Locale.ROOT, "%.4f", share()));
    }
}
