package dev.grove.server.store.form;

import dev.grove.notify.Dm2Notification;
import dev.grove.server.fleet.Reach;
import dev.grove.server.fleet.Reach.Format;
import dev.grove.server.fleet.Reach.Line;
import dev.grove.wire.Bytes;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stored form of how a device can be reached, with its secret. Each line stands as bytes of its own. What a later
 * version has to say more comes at the end, of a line or of the whole: an earlier one passes over it.
 */
public final class ReachCodec {

    private static final int VERSION = 1;

    private ReachCodec() {}

    public static Bytes encode(Reach reach) {
        return Stored.encode(VERSION, out -> {
            out.writeInt(reach.lines().size());
            for (Line line : reach.lines()) {
                Stored.bytes(out, encode(line));
            }
            Stored.text(out, reach.format().name());
            out.writeInt(reach.version());
            Stored.text(out, reach.serverId());
            Dm2Notification.Credential credential = reach.credential();
            out.writeBoolean(credential != null);
            if (credential != null) {
                Stored.bytes(out, credential.secret());
                Stored.bytes(out, credential.authData());
            }
        });
    }

    private static Bytes encode(Line line) {
        return Stored.encode(VERSION, out -> {
            Stored.text(out, line.bearer());
            Stored.text(out, line.address());
            Stored.text(out, line.ended());
        });
    }

    public static Reach decode(Bytes stored) {
        return Stored.decode(VERSION, stored, in -> {
            List<Line> lines = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                lines.add(Stored.decode(VERSION, Stored.bytes(in),
                        line -> new Line(Stored.text(line), Stored.text(line), Stored.textOrNull(line))));
            }
            return new Reach(lines, Format.valueOf(Stored.text(in)), in.readInt(), Stored.textOrNull(in),
                    credential(in));
        });
    }

    private static Dm2Notification.@Nullable Credential credential(DataInputStream in) throws IOException {
        return in.readBoolean() ? new Dm2Notification.Credential(Stored.bytes(in), Stored.bytes(in)) : null;
    }
}
