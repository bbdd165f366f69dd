package dev.grove.server.fleet;

import dev.grove.notify.Dm2Notification.Credential;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a device can be woken.
 *
 * @param lines where it can be reached, the best first; one a bearer
 * @param format of its notifications
 * @param version what a trigger of DM 1.x says of itself: 10, 11 or 12
 * @param serverId by which the device knows this server; absent: the user name by which the server proves itself
 * @param credential how the server proves itself in notifications of DM 2.0; absent: not at all
 */
public record Reach(List<Line> lines, Format format, int version, @Nullable String serverId,
        @Nullable Credential credential) {

    /** Nothing is known. */
    public static final Reach NONE = new Reach(List.of(), Format.AUTO, 11, null, null);

    /** The notification that a device understands. */
    public enum Format {
        /** By what it spoke last: that of DM 2.0, or the trigger of DM 1.2, which devices of DM 1.3 understand too. */
        AUTO, DM12,
        /** Experimental: its specification is not public. */
        DM13, DM20
    }

    /**
     * @param bearer its name, such as {@code sms}
     * @param address there, such as a telephone number
     * @param ended why nothing is sent there any more; absent while it is good
     */
    public record Line(String bearer, String address, @Nullable String ended) {
        public Line(String bearer, String address) {
            this(bearer, address, null);
        }
    }

    public Reach {
        lines = List.copyOf(lines);
    }

    public Optional<Line> line(String bearer) {
        return lines.stream().filter(line -> line.bearer().equals(bearer)).findFirst();
    }

    /** This, with a line in the place of the one of the same bearer, or behind all others. */
    public Reach with(Line line) {
        List<Line> changed = line(line.bearer()).isPresent()
                ? lines.stream().map(each -> each.bearer().equals(line.bearer()) ? line : each).toList()
                : Stream.concat(lines.stream(), Stream.of(line)).toList();
        return new Reach(changed, format, version, serverId, credential);
    }

    public Reach without(String bearer) {
        return new Reach(lines.stream().filter(line -> !line.bearer().equals(bearer)).toList(), format, version,
                serverId, credential);
    }
}
