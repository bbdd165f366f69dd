package dev.grove.tools.bench;

import dev.grove.tools.json.JsonWriter;

/** What a part of the benchmark has found. */
public interface Finding {

    /** For people: some lines. */
    String text();

    /** For programs: members of one object. */
    void write(JsonWriter json);
}
