package dev.grove.server.fleet;

import dev.grove.wire.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.Function;

/**
 * Where the fleet is kept. All access goes through units of work: what one unit writes becomes durable as a whole
 * before {@link #write} returns, or not at all; what one unit reads belongs to one moment.
 *
 * <p>A unit of work may be run more than once (after a failed attempt) and must have no effect but on the records.
 */
public interface Store extends AutoCloseable {

    /** The records, for the length of one unit of work. */
    interface Records {
        Devices devices();

        Jobs jobs();

        Sessions sessions();

        Mirror mirror();

        Alerts alerts();

        Descriptions descriptions();

        Tickets tickets();

        DeviceObjects objects();

        Wakes wakes();

        /** What the first message of a session asks for; a store may know a shorter way to it. */
        default Contact contact(Contact.Call call) {
            return Contact.of(this, call);
        }
    }

    /** Runs {@code work} over one moment's records; it must not write. */
    <T> T read(Function<Records, T> work);

    /**
     * Runs {@code work} and makes what it wrote durable. An exception of {@code work} undoes it and comes out here.
     */
    <T> T write(Function<Records, T> work);

    /** Whether other nodes may change what is here: then copies of it that are kept elsewhere are worth nothing. */
    default boolean isShared() {
        return eventLog().isPresent();
    }

    /**
     * Runs {@code work}, which only forgets what has long been over. Unlike {@link #write} it need not see what was
     * written in the last moment, and it holds up no other unit of work for longer than it takes itself.
     */
    default <T> T tidy(Function<Records, T> work) {
        return write(work);
    }

    /**
     * Finds out whether anything could be made durable now, by trying.
     *
     * @throws Failure if not, and why
     */
    default void probe() {}

    /**
     * A figure of how the store is doing, cheap to read at any time.
     *
     * @param name lower case, parts separated by dots, without the word store
     * @param help one line
     * @param isCounter whether it only grows, from the start of the process on
     */
    record Figure(String name, String help, boolean isCounter, DoubleSupplier value) {}

    /** How the store is doing, in figures of its own. */
    default List<Figure> figures() {
        return List.of();
    }

    /** Who does the work that nodes over this store share. */
    default Leases leases() {
        return Leases.ALONE;
    }

    /** How events reach the other nodes over this store; absent if there can be none. */
    default Optional<EventLog> eventLog() {
        return Optional.empty();
    }

    /**
     * A secret that all nodes over this store share: the one that was given first under this name.
     *
     * @param fresh taken if there is none yet
     */
    default Bytes secret(String name, Bytes fresh) {
        return fresh;
    }

    /** Finishes the writes that were begun, and closes; idempotent. */
    @Override
    void close();

    /** The store cannot do what was asked: disk, file or database trouble. */
    final class Failure extends RuntimeException {
        public Failure(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The store is not made for what was asked, and another one may be: a plain no instead of a search of hours. */
    final class Unsupported extends RuntimeException {

        private final String reason;

        /** @param reason for whoever asked: what cannot be, and what to ask instead */
        public Unsupported(String reason) {
            super(reason);
            this.reason = reason;
        }

        public String reason() {
            return reason;
        }
    }
}
