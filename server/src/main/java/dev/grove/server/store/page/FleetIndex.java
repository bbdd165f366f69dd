package dev.grove.server.store.page;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is found without knowing the device. An answer is a hint: it may name what is not so any more, and whoever asks
 * looks at the page; but it leaves nothing out.
 */
public interface FleetIndex {

    Optional<String> deviceOfPsk(String identity);

    Optional<String> deviceOfTicket(String id);

    /** The ids of devices in order, beginning behind {@code after}. */
    List<String> deviceIds(String after, int limit);

    /**
     * Something whose time may have passed.
     *
     * @param at the time of which it was said
     */
    record Hint(Note.Due due, Instant at, String deviceId, String key) {}

    /** Looks at hints in the order of their times. */
    interface Look {
        /** @return what is to become of the hint */
        Verdict at(Hint hint);
    }

    /** What becomes of a hint. */
    sealed interface Verdict {
        /** It is of no use any more. */
        record Settled() implements Verdict {}

        /** Its time is a later one. */
        record Later(Instant at) implements Verdict {}

        /** Its time has passed, and somebody is going to see to it. */
        record Passed() implements Verdict {}
    }

    /** Looks at the hints of times up to {@code now}, until {@code limit} of them were found to have passed. */
    void due(Note.Due due, Instant now, int limit, Look look);

    /** The ids of devices that are noted as silent, in order, beginning behind {@code after}. */
    List<String> silentIds(String after, int limit);

    int countSilent();

    /** About how many there are in the fleet. */
    int count(Note.Tally what);

    /** About when the job was handed in that has been waiting longest; absent if none waits. */
    Optional<Instant> oldestWaiting();
}
