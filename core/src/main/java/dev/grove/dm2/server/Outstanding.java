package dev.grove.dm2.server;

import dev.grove.engine.Ticket;
import dev.grove.tree.ClientUri;
import org.jspecify.annotations.Nullable;

/**
 * A command that has left for the device and is not answered.
 *
 * @param jobId the job of its operation
 * @param path the place of its operation in the job, such as {@code 1.0}
 * @param asked the node as the operation names it; empty if it names none
 * @param sent the node as the command names it; absent if it names none
 * @param ticket the id of the {@link Ticket} that went with it; absent if none did
 */
record Outstanding(String jobId, String path, Kind kind, String asked, @Nullable ClientUri sent,
        @Nullable String ticket) {

    /** What its status means. */
    enum Kind {
        /** All is said with the status. */
        PLAIN,
        /** GET: the data comes with package 3. */
        READ,
        /** HGET: the addresses of what was stored may come with the status. */
        FETCH,
        /** HPOST: the data comes to the repository. */
        UPLOAD,
        /** EXEC: 202 says that an alert will tell the end. */
        EXEC,
        /** SHOW of a page of ours: the user answers there. */
        PAGE,
        /** SUB: the data comes to the repository from now on. */
        SUBSCRIBE,
        /** UNSUB. */
        UNSUBSCRIBE,
        /** CONT: the answer goes elsewhere, perhaps to another server. */
        CONTINUE
    }

    /** The place of its top-level operation. */
    int index() {
        int dot = path.indexOf('.');
        return Integer.parseInt(dot < 0 ? path : path.substring(0, dot));
    }

    boolean isInGroup() {
        return path.indexOf('.') >= 0;
    }
}
