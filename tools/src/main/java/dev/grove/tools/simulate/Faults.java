package dev.grove.tools.simulate;

import java.util.EnumMap;
import java.util.Map;

/**
 * How often what goes wrong, by message.
 *
 * @param rates of each kind, 0 to 1; together at most 1
 * @param slowMillis how long a slow device stops in the midst of a message
 */
record Faults(Map<Kind, Double> rates, long slowMillis) {

    /** What can go wrong with a message. */
    enum Kind {
        /** The answer has come, and the device does not hear it. */
        LOST_REPLY("lost replies"),
        /** The message goes twice, and the second answer counts. */
        REPEATED("repeated messages"),
        /** The connection breaks between message and answer. */
        CUT("cut connections"),
        /** The device stops in the midst of its message. */
        SLOW("slow messages"),
        /** The device is never heard of again in this session. */
        ABANDONED("abandoned sessions");

        private final String plural;

        Kind(String plural) {
            this.plural = plural;
        }

        /** The name in JSON. */
        String json() {
            return switch (this) {
                case LOST_REPLY -> "lostReplies";
                case REPEATED -> "repeatedMessages";
                case CUT -> "cutConnections";
                case SLOW -> "slowMessages";
                case ABANDONED -> "abandonedSessions";
            };
        }

        /** For people. */
        String plural() {
            return plural;
        }
    }

    /** Nothing goes wrong. */
    static final Faults NONE = new Faults(Map.of(), 0);

    Faults {
        EnumMap<Kind, Double> all = new EnumMap<>(Kind.class);
        all.putAll(rates);
        double sum = all.values().stream().mapToDouble(Double::doubleValue).sum();
        if (sum > 1 || all.values().stream().anyMatch(rate -> rate < 0 || rate > 1)) {
            throw new IllegalArgumentException("rates are 0 to 1, and together at most 1");
        }
        rates = Map.copyOf(all);
    }

    double rate(Kind kind) {
        return rates.getOrDefault(kind, 0.0);
    }
}
