package dev.grove.server.fleet.check;

import dev.grove.wire.Bytes;
import java.util.Optional;

/** Gets the documents that the DDF links of devices lead to ([DM 2.0 §6.3.2]). */
@FunctionalInterface
public interface DdfFetcher {

    /** Follows no link. */
    DdfFetcher NONE = link -> Optional.empty();

    /**
     * The document behind a link. A device says where the link leads: whoever follows it sees to it that it leads only
     * where somebody has allowed it to.
     *
     * @return empty if it is not to be followed, or there is nothing; the reason stands in the log
     */
    Optional<Bytes> fetch(String link);
}
