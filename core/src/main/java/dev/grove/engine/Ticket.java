package dev.grove.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An address of the server that one device may use, for one thing ([DM 2.0 §5.1.4]): known to nobody but the two.
 *
 * @param id hard to guess; stands in the address
 * @param jobId the job that it is for
 * @param path the place of the operation in its job, such as {@code 1.0}
 * @param node what the data is about, as the command names it; empty if there is none
 * @param expiresAt when it is given up; absent: when the device is told
 */
public record Ticket(String id, Purpose purpose, String jobId, String path, String node,
        @Nullable Instant expiresAt) {

    /** What it is good for. */
    public enum Purpose {
        /** The device fetches what it is to store ([DM 2.0 §5.3.1]). */
        DOWNLOAD,
        /** The device brings what it was asked for ([DM 2.0 §5.3.3]). */
        UPLOAD,
        /** The device tells of changes, as often as there are any ([DM 2.0 §5.3.11]). */
        SUBSCRIPTION,
        /** The user of the device answers ([DM 2.0 §5.3.7]). */
        PAGE,
        /** The device fetches its account, before it can prove itself ([DM 2.0 §8.3]). */
        BOOTSTRAP
    }

    /** Tells nothing of the id: who knows it may try to use it. */
    @Override
    public String toString() {
        return "Ticket[" + purpose + " for operation " + path + " of job " + jobId + "]";
    }
}
