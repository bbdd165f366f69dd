package dev.grove.server.store.form;

import dev.grove.notify.UiMode;
import dev.grove.server.fleet.Wake;
import dev.grove.wire.Bytes;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The stored form of a wake, without device and number, which stand beside it. What a later version has to say more
 * comes at the end: an earlier one passes over it.
 */
public final class WakeCodec {

    private static final int VERSION = 1;
    private static final long NO_SESSION = -1;

    private WakeCodec() {}

    public static Bytes encode(Wake wake) {
        return Stored.encode(VERSION, out -> {
            Stored.text(out, wake.mode().name());
            Stored.text(out, wake.reason());
            out.writeInt(wake.notificationId());
            Stored.time(out, wake.createdAt());
            Stored.time(out, wake.expiresAt());
            Stored.time(out, wake.dueAt());
            out.writeInt(wake.attempts());
            write(out, wake.sent());
            Stored.time(out, wake.deliveredAt());
            write(out, wake.end());
            Stored.text(out, wake.trouble());
        });
    }

    private static void write(DataOutputStream out, Wake.@Nullable Sent sent) throws IOException {
        Stored.time(out, sent == null ? null : sent.at());
        if (sent != null) {
            Stored.text(out, sent.bearer());
        }
    }

    private static void write(DataOutputStream out, Wake.@Nullable End end) throws IOException {
        Stored.time(out, end == null ? null : end.at());
        if (end != null) {
            Long session = end.session();
            Stored.text(out, end.outcome().name());
            out.writeLong(session == null ? NO_SESSION : session);
        }
    }

    /** @param stored with the device and the number beside which it stood */
    public static Wake decode(String deviceId, long number, Bytes stored) {
        return Stored.decode(VERSION, stored,
                in -> new Wake(number, deviceId, UiMode.valueOf(Stored.text(in)), Stored.text(in), in.readInt(),
                        Stored.time(in), Stored.time(in), Stored.timeOrNull(in), in.readInt(), readSent(in),
                        Stored.timeOrNull(in), readEnd(in), Stored.text(in)));
    }

    private static Wake.@Nullable Sent readSent(DataInputStream in) throws IOException {
        Instant at = Stored.timeOrNull(in);
        return at == null ? null : new Wake.Sent(Stored.text(in), at);
    }

    private static Wake.@Nullable End readEnd(DataInputStream in) throws IOException {
        Instant at = Stored.timeOrNull(in);
        if (at == null) {
            return null;
        }
        Wake.Outcome outcome = Wake.Outcome.valueOf(Stored.text(in));
        long session = in.readLong();
        return new Wake.End(at, outcome, session == NO_SESSION ? null : session);
    }
}
