package dev.grove.tools.simulate;

import dev.grove.tools.device.Units;
import dev.grove.tools.simulate.Faults.Kind;
import dev.grove.tools.device.Unusable;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of {@code grove simulate} by which things go wrong on purpose; rates are by message. */
final class FaultOptions {

    @Option(names = "--lost-replies", paramLabel = "RATE", defaultValue = "0", converter = RateConverter.class,
            description = "How many answers the devices do not hear, such as 0.01 or 1%%. Default: ${DEFAULT-VALUE}.")
    private double lostReplies;

    @Option(names = "--repeats", paramLabel = "RATE", defaultValue = "0", converter = RateConverter.class,
            description = "How many messages go twice. Default: ${DEFAULT-VALUE}.")
    private double repeats;

    @Option(names = "--cuts", paramLabel = "RATE", defaultValue = "0", converter = RateConverter.class,
            description = "How often the connection breaks between message and answer. Default: ${DEFAULT-VALUE}.")
    private double cuts;

    @Option(names = "--slow", paramLabel = "RATE", defaultValue = "0", converter = RateConverter.class,
            description = "How many messages stop half way for --slow-time. Default: ${DEFAULT-VALUE}.")
    private double slow;

    @Option(names = "--slow-time", paramLabel = "DURATION", defaultValue = "2s",
            converter = Units.DurationConverter.class, description = "How long slow messages stop. Default: "
                    + "${DEFAULT-VALUE}.")
    private Duration slowTime = Duration.ofSeconds(2);

    @Option(names = "--abandoned", paramLabel = "RATE", defaultValue = "0", converter = RateConverter.class,
            description = "How often a device gives up its session instead of sending the next message. Default: "
                    + "${DEFAULT-VALUE}.")
    private double abandoned;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Of all that is left to luck: the "
            + "same seed, the same faults. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    /** A share of all: {@code 0.01}, {@code 1%}. */
    static final class RateConverter implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            boolean isPercent = text.strip().endsWith("%");
            String number = isPercent ? text.strip().substring(0, text.strip().length() - 1).strip() : text.strip();
            if (number.matches("[0-9]{0,3}(\\.[0-9]{1,9})?") && !number.isEmpty()) {
                double rate = Double.parseDouble(number) / (isPercent ? 100 : 1);
                if (rate <= 1) {
                    return rate;
                }
            }
            throw new TypeConversionException("'" + text + "' is no share from 0 to 1 such as 0.01 or 1%");
        }
    }

    Faults faults() {
        Map<Kind, Double> rates = new EnumMap<>(Kind.class);
        put(rates, Kind.LOST_REPLY, lostReplies);
        put(rates, Kind.REPEATED, repeats);
        put(rates, Kind.CUT, cuts);
        put(rates, Kind.SLOW, slow);
        put(rates, Kind.ABANDONED, abandoned);
        try {
            return new Faults(rates, slowTime.toMillis());
        } catch (IllegalArgumentException tooMuch) {
            throw new Unusable("faults: " + tooMuch.getMessage());
        }
    }

    private static void put(Map<Kind, Double> rates, Kind kind, double rate) {
        if (rate > 0) {
            rates.put(kind, rate);
        }
    }

    long seed() {
        return seed;
    }
}
