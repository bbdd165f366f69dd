package dev.grove.client.notify;

import dev.grove.client.store.DeviceState;
import dev.grove.notify.SeenNotifications;
import dev.grove.notify.SeenNotifications.Entry;
import dev.grove.wire.Bytes;
import java.time.Instant;
import java.util.List;

/** The notifications that the device has followed, as it notes them: a line each of id, time and server. */
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
        String[] parts = line.split(" ", 3);
        return new Entry(Bytes.base64(parts[2]).utf8(), Integer.parseInt(parts[0]),
                Instant.ofEpochSecond(Long.parseLong(parts[1])));
    }

    /** A state with this in it. */
    public static DeviceState into(DeviceState state, SeenNotifications followed) {
        StringBuilder lines = new StringBuilder();
        for (Entry entry : followed.entries()) {
            lines.append(entry.id()).append(' ').append(entry.at().getEpochSecond()).append(' ')
                    .append(Bytes.utf8(entry.serverId()).base64()).append('\n');
        }
        return state.withMemo(NAME, Bytes.utf8(lines.toString()));
    }
}
