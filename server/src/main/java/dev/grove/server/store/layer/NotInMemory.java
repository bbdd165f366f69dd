package dev.grove.server.store.layer;

/** A unit of work asks for what only the tables can tell or do; it is run again, on them. */
public final class NotInMemory extends RuntimeException {

    NotInMemory() {
        super("needs the tables", null, false, false);
    }
}
