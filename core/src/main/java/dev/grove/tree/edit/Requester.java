package dev.grove.tree.edit;

/** Who asks for an operation. */
public sealed interface Requester {

    /** An authenticated server; the identifier is the one in its account, {@code ServerID}, and in the ACLs. */
    record Server(String id) implements Requester {}

    /** The device itself or its user: a bootstrap, a menu. The ACL does not concern it. */
    record Device() implements Requester {}

    static Requester server(String id) {
        return new Server(id);
    }

    /** The device itself. */
    Requester DEVICE = new Device();
}
