package dev.grove.server.store.postgres;

import dev.grove.server.fleet.Store;
import java.sql.SQLException;
import java.util.Set;

/** What can go wrong with a database: somebody else was faster, or it does not work at all. */
final class Trouble extends RuntimeException {

    private static final Set<String> OTHERS_WERE_FASTER = Set.of("40001", "40P01", "23505", "23502");

    private final SQLException cause;

    private Trouble(SQLException cause) {
        super(cause);
        this.cause = cause;
    }

    /**
     * Serialisation failures, deadlocks, and keys that somebody else has just given are reasons to run a unit again; an
     * absent value is what the statements on {@code head} ask for when an epoch is not the one they expect.
     */
    static RuntimeException of(SQLException cause) {
        return OTHERS_WERE_FASTER.contains(String.valueOf(cause.getSQLState())) ? new Trouble(cause) : failure(cause);
    }

    static Store.Failure failure(SQLException cause) {
        String state = String.valueOf(cause.getSQLState());
        return new Store.Failure("the database could not do it: " + reason(state) + " (SQLSTATE " + state + ")", cause);
    }

    /** What an operator can do something about, by the classes of SQLSTATE. */
    private static String reason(String state) {
        return switch (state.length() < 2 ? state : state.substring(0, 2)) {
            case "08" -> "the connection is gone";
            case "25" -> "it takes no writes";
            case "28" -> "it does not know this user or password";
            case "53" -> "it has no room or no connections left";
            case "57" -> "it is stopping, or took too long";
            default -> "see the log";
        };
    }

    /** When it went wrong too often. */
    Store.Failure givenUp() {
        return new Store.Failure("others change the same device all the time", cause);
    }
}
