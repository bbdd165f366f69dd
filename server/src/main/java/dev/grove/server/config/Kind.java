package dev.grove.server.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What may be written for an option, and what is made of it.
 *
 * @param label stands for the value in help texts, such as {@code DURATION}
 * @param bounds what is allowed, in words; empty if everything
 * @param reader makes the value; throws {@link IllegalArgumentException} with the rule that was broken
 */
record Kind<T>(String label, String bounds, Function<String, T> reader) {

    static Kind<String> text(String label) {
        return new Kind<>(label, "", text -> text);
    }

    /** A store; what was given is not repeated, for an address may hold a password. */
    static Kind<String> store() {
        return new Kind<>("sqlite|memory|jdbc:postgresql://HOST/NAME|cassandra://HOST,HOST/KEYSPACE", "", text -> {
            if (!text.matches("sqlite|memory|jdbc:postgresql:.+|cassandra://.+")) {
                throw new IllegalArgumentException("neither sqlite, memory, jdbc:postgresql://HOST/NAME nor"
                        + " cassandra://HOST,HOST/KEYSPACE");
            }
            return text;
        });
    }

    static Kind<Path> path(String label) {
        return new Kind<>(label, "", Path::of);
    }

    static Kind<HostPort> hostPort() {
        return new Kind<>("HOST:PORT", "port 0 takes a free one", HostPort::parse);
    }

    static Kind<Integer> number(int least, int most) {
        return new Kind<>("NUMBER", least + " to " + most, text -> (int) bounded(whole(text), least, most, text));
    }

    /** A number of bytes: {@code 65536}, {@code 64KiB}, {@code 2MiB}. */
    static Kind<Integer> bytes(int least, int most) {
        return new Kind<>("BYTES", printBytes(least) + " to " + printBytes(most),
                text -> (int) bounded(readBytes(text), least, most, text));
    }

    /** A time: {@code 500ms}, {@code 30s}, {@code 10m}, {@code 24h}, {@code 7d}. */
    static Kind<Duration> duration(Duration least, Duration most) {
        return new Kind<>("DURATION", Durations.print(least) + " to " + Durations.print(most), text -> {
            Duration read = Durations.parse(text);
            bounded(read.toMillis(), least.toMillis(), most.toMillis(), text);
            return read;
        });
    }

    /** One of the names of an enumeration, in lower case. */
    static <E extends Enum<E>> Kind<E> oneOf(Class<E> type) {
        List<E> all = Arrays.asList(type.getEnumConstants());
        String names = all.stream().map(Kind::lower).collect(Collectors.joining("|"));
        return new Kind<>(names, "", text -> all.stream().filter(e -> lower(e).equals(text)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is none of " + names)));
    }

    /** Some of the names of an enumeration in lower case, at least one, separated by commas; the order counts. */
    static <E extends Enum<E>> Kind<List<E>> someOf(Class<E> type) {
        Kind<E> one = oneOf(type);
        return new Kind<>(one.label().replace('|', ',') + ",…", "at least one", text -> {
            List<E> some = Arrays.stream(text.split(",", -1)).map(String::strip).filter(name -> !name.isEmpty())
                    .map(one.reader()).distinct().toList();
            if (some.isEmpty()) {
                throw new IllegalArgumentException("names none of " + one.label());
            }
            return some;
        });
    }

    static Kind<Boolean> flag() {
        return new Kind<>("true|false", "", text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("'" + text + "' is neither true nor false");
        });
    }

    /** Paths of URLs, separated by commas. */
    static Kind<List<String>> urlPaths() {
        return new Kind<>("PATH,…", "each begins with a slash", text -> {
            List<String> paths = Arrays.stream(text.split(",", -1)).map(String::strip).filter(p -> !p.isEmpty())
                    .toList();
            paths.stream().filter(p -> !p.startsWith("/") || p.contains("?")).findFirst().ifPresent(p -> {
                throw new IllegalArgumentException("'" + p + "' is no path: it begins with a slash and has no '?'");
            });
            return paths;
        });
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static long whole(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException _) {
            throw new IllegalArgumentException("'" + text + "' is no whole number");
        }
    }

    private static long bounded(long value, long least, long most, String text) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("'" + text + "' is out of bounds");
        }
        return value;
    }

    private static long readBytes(String text) {
        if (text.endsWith("KiB")) {
            return Math.multiplyExact(whole(text.substring(0, text.length() - 3)), 1L << 10);
        }
        if (text.endsWith("MiB")) {
            return Math.multiplyExact(whole(text.substring(0, text.length() - 3)), 1L << 20);
        }
        return whole(text);
    }

    private static String printBytes(int bytes) {
        if (bytes >= 1 << 20 && bytes % (1 << 20) == 0) {
            return (bytes >> 20) + "MiB";
        }
        return bytes >= 1 << 10 && bytes % (1 << 10) == 0 ? (bytes >> 10) + "KiB" : Integer.toString(bytes);
    }
}
