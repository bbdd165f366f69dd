package dev.grove.client.notify;

import dev.grove.client.store.DeviceState;
import dev.grove.notify.SeenNotifications;
import dev.grove.notify.SeenNotifications.Entry;
import dev.grove.notify.SeenNotifications.Generation;
import dev.grove.notify.SeenNotifications.RepetitionId;
import dev.grove.wire.Bytes;
import java.time.Instant;
import java.util.List;

/** The notifications that the device has followed: a line each of number, time, server and generation. */
public final class NotificationMemo {

    private static final String NAME = "notifications";

    private NotificationMemo() {}

    /** What stands in a state. */
    public static SeenNotifications in(DeviceState state) {
        List<Entry> entries = state.memo(NAME).map(Bytes::utf8).stream().flatMap(String::lines)
                .map(NotificationMemo::entry).toList();
        return new SeenNotifications(entries);
    }

    private static Entry entry(String line) {
        String[] parts = line.split(" ", 4);
        // Devices of before have noted no generation.
        Generation generation = parts.length < 4 ? Generation.DM1 : Generation.valueOf(parts[3]);
        return new Entry(new RepetitionId(generation, Bytes.base64(parts[2]).utf8(), Integer.parseInt(parts[0])),
                Instant.ofEpochSecond(Long.parseLong(parts[1])));
    }

    /** A state with this in it. */
    public static DeviceState into(DeviceState state, SeenNotifications followed) {
        StringBuilder lines = new StringBuilder();
        for (Entry entry : followed.entries()) {
            RepetitionId id = entry.id();
            lines.append(id.number()).append(' ').append(entry.at().getEpochSecond()).append(' ')
                    .append(Bytes.utf8(id.serverId()).base64()).append(' ').append(id.generation()).append('\n');
        }
        return state.withMemo(NAME, Bytes.utf8(lines.toString()));
    }
}
