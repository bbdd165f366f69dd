package dev.grove.server.store.page;

/**
 * What a row is. Those that the messages of a session need come first, so that one request brings them all; none of
 * them grows with the age of the device, and none vanishes by itself.
 */
public enum Kind {
    /** The highest numbers given; the one row that outlives the device. */
    META(0),
    /** The device itself. */
    DEVICE(1),
    /** A living session by number; the body is the engine's state. */
    LIVE_SESSION(2),
    /** A job that is not over, or of which something is in flight, by number; the body is its operations. */
    LIVE_JOB(3),
    /** All management objects, as one row. */
    OBJECTS(4),
    /** A validator by object and instance. */
    VALIDATOR(5),
    /** What is known of a description, by name. */
    DESCRIPTION(6),
    /** A ticket that is not closed, by id. */
    LIVE_TICKET(7),
    /** A session that is over, by number. */
    ENDED_SESSION(16),
    /** The same by the device's own session id and the number; the body is the engine's state while it is wanted. */
    LAST_SESSION(17),
    /** A job that is over, by number; the body is its operations. */
    ENDED_JOB(18),
    /** A result by job and path. */
    RESULT(19),
    /** What passed in a turn, by session and turn. */
    TRACE(20),
    /** A node of the mirror by URI. */
    NODE(21),
    /** An alert by number. */
    ALERT(22),
    /** A description itself, by name. */
    DOCUMENT(23),
    /** A ticket that is closed, by id. */
    CLOSED_TICKET(24),
    /** How the device can be reached. */
    REACH(25),
    /** A wake that has not ended, by number. */
    OPEN_WAKE(26),
    /** A wake that has ended, by number. */
    ENDED_WAKE(27);

    private static final Kind[] BY_CODE = new Kind[32];

    static {
        for (Kind kind : values()) {
            BY_CODE[kind.code] = kind;
        }
    }

    private final int code;

    /** @param code stored; never another one, never given twice */
    Kind(int code) {
        this.code = code;
    }

    /** Its place among the others in a page. */
    public int code() {
        return code;
    }

    /** Whether it is read with every page. */
    public boolean isHot() {
        return code < ENDED_SESSION.code;
    }

    /** @throws IllegalStateException if a later program has written it */
    public static Kind of(int code) {
        Kind kind = code < 0 || code >= BY_CODE.length ? null : BY_CODE[code];
        if (kind == null) {
            throw new IllegalStateException("unknown kind of row " + code);
        }
        return kind;
    }
}
