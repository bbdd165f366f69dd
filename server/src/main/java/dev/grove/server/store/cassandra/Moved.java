package dev.grove.server.store.cassandra;

/** What a unit of work has read is not from one moment: it is to be run again. */
final class Moved extends RuntimeException {

    Moved() {
        super("a page was written to while it was read", null, false, false);
    }
}
