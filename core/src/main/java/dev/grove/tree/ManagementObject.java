package dev.grove.tree;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A live part of the tree: the port through which real things of the device come in. An object is mounted at a node
 * ({@link Mounts}); all paths are relative to that node, and {@link NodeUri#ROOT} is the node itself.
 *
 * <p>The library does everything that has to do with URIs, ACL, properties, access types, formats and Atomic, and keeps
 * each object's ACL, titles and versions. The object only describes, reads, checks, applies and executes. It is called
 * from one thread at a time, the one that runs the session, and may take as long as the session may wait.
 */
public interface ManagementObject {

    /** What the object's nodes are; the name is ignored, since the mount gives it. The same answer every time. */
    DescriptionNode describe();

    /** What is at {@code path} now; empty if nothing is. Secrets too: whom they are shown is not its business. */
    Optional<Live> read(NodeUri path);

    /**
     * Whether {@code change} could be applied: {@link StatusCode#OK}, or why not, such as
     * {@link StatusCode#FORBIDDEN} for a node in use, {@link StatusCode#DEVICE_FULL},
     * {@link StatusCode#UNSUPPORTED_MEDIA_TYPE_OR_FORMAT} for a value that does not do. Nothing is changed.
     *
     * <p>Existence, access and format have been checked. Earlier changes of the same Atomic may still be waiting, so
     * the node above may not be there yet.
     */
    StatusCode check(Change change);

    /** Does it: {@link StatusCode#OK}, or why it failed, and then nothing is changed. */
    StatusCode apply(Change change);

    /**
     * Starts what a node stands for ([REPPRO 1.2 §7.6]): {@link StatusCode#OK} if it is done, or
     * {@link StatusCode#ACCEPTED_FOR_PROCESSING} if the result comes later, by a Generic Alert with the
     * {@code correlator}; whatever else says why not.
     */
    default Outcome exec(NodeUri path, @Nullable Value argument, @Nullable String correlator) {
        return Outcome.of(StatusCode.COMMAND_NOT_ALLOWED);
    }

    /** What there is at a node. */
    sealed interface Live {

        /** An interior node. */
        record Interior(String moid, List<String> children) implements Live {
            public Interior {
                children = List.copyOf(children);
            }
        }

        /** A leaf. */
        record Leaf(Value value) implements Live {}

        /** A leaf whose value cannot be read back, and so not be restored when an Atomic fails. */
        record WriteOnly(Format format, String type) implements Live {}
    }

    /** A change that the library has decided on. */
    sealed interface Change {

        /** The node that changes. */
        NodeUri path();

        /** A new node; interior if the value's format is {@link Format#NODE}. */
        record Add(NodeUri path, Value value) implements Change {}

        /** Another value of a leaf. */
        record Replace(NodeUri path, Value value) implements Change {}

        /** The node goes, with everything below it. */
        record Delete(NodeUri path) implements Change {}

        /** The node gets another name. */
        record Rename(NodeUri path, String name) implements Change {}
    }
}
