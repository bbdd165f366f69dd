package dev.grove.server.doorbell.pap;

import dev.grove.server.doorbell.Doorbell.Result;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the codes of a gateway mean for a notification ([WAP-247-PAP §9.13]). */
final class PapCodes {

    private static final int ADDRESS_ERROR = 2002;
    private static final int ADDRESS_NOT_FOUND = 2003;
    private static final int DUPLICATE = 2007;
    private static final Duration LATER = Duration.ofSeconds(30);

    private static final Map<Integer, String> NAMES = Map.ofEntries(Map.entry(1000, "OK"),
            Map.entry(1001, "accepted for processing"), Map.entry(2000, "bad request"), Map.entry(2001, "forbidden"),
            Map.entry(ADDRESS_ERROR, "address error"), Map.entry(ADDRESS_NOT_FOUND, "address not found"),
            Map.entry(2004, "push id not found"), Map.entry(2005, "capabilities mismatch"),
            Map.entry(2006, "required capabilities not supported"), Map.entry(DUPLICATE, "duplicate push id"),
            Map.entry(2008, "cancellation not possible"), Map.entry(3000, "internal server error"),
            Map.entry(3001, "not implemented"), Map.entry(3002, "version not supported"),
            Map.entry(3003, "not possible"), Map.entry(3004, "capability matching not supported"),
            Map.entry(3005, "multiple addresses not supported"), Map.entry(3006, "transformation failure"),
            Map.entry(3007, "delivery method not possible"), Map.entry(3008, "capabilities query not supported"),
            Map.entry(3009, "required network not available"), Map.entry(3010, "required bearer not available"),
            Map.entry(3011, "replacement not supported"), Map.entry(4000, "service failure"),
            Map.entry(4001, "service unavailable"), Map.entry(5000, "aborted by the device"));

    private PapCodes() {}

    /**
     * @param words of the gateway; may be empty
     * @param receipt under which it tells more; absent if it does not
     */
    static Result result(int code, String words, @Nullable String receipt) {
        return switch (code) {
            case ADDRESS_ERROR, ADDRESS_NOT_FOUND -> new Result.AddressEnded(reason(code, words));
            // The same attempt once more, after a crash or a lost answer: it has it already.
            case DUPLICATE -> new Result.Taken(receipt);
            default -> switch (code / 1000) {
                case 1 -> new Result.Taken(receipt);
                case 4 -> new Result.Failed(reason(code, words), LATER);
                default -> new Result.Failed(reason(code, words), null);
            };
        };
    }

    /** What it says, for people. */
    static String reason(int code, String words) {
        return "the gateway says " + code + ", "
                + (words.isEmpty() ? NAMES.getOrDefault(code, "a code of its own") : words);
    }
}
