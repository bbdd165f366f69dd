package dev.grove.tools.bench;

import dev.grove.tree.Operation;
import dev.grove.wire.Malformed;
import java.io.IOException;
import java.util.List;

/**
 * What every device of the benchmark says. All share user name and password, and their identifiers have one length: so
 * one message serves them all, with the identifier put in its place.
 */
interface Script {

    String USER = "bench";
    String PASSWORD = "a password of some length";

    /** The path at which the server hears the protocol. */
    String path();

    /** The media type of the server's answers. */
    String answerType();

    /** The job of every device: five operations. */
    List<Operation> operations();

    /** What is spoken, for people: {@code DM 1.2, WBXML; MD5}. */
    String spoken();

    /**
     * Has the first device's session by hand: it shows that the script fits, and what the server asks.
     *
     * @return the messages of such a session, for all devices
     * @throws IllegalStateException if the server asks something else than the job
     */
    List<Template> tried(Connection connection) throws IOException, Malformed;
}
