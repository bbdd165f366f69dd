package dev.grove.server.store.form;

import dev.grove.server.fleet.TraceEntry;
import dev.grove.server.fleet.TraceEntry.Direction;
import dev.grove.wire.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The stored form of what passed in one turn: one row instead of one for each message. */
public final class TraceCodec {

    private static final int VERSION = 1;

    private TraceCodec() {}

    public static Bytes encode(List<TraceEntry> entries) {
        return Stored.encode(VERSION, out -> {
            out.writeInt(entries.size());
            for (TraceEntry entry : entries) {
                out.writeLong(entry.at().toEpochMilli());
                out.writeBoolean(entry.direction() == Direction.SENT);
                Stored.text(out, entry.mediaType());
                Stored.bytes(out, entry.body());
                out.writeInt(entry.facts().size());
                for (String fact : entry.facts()) {
                    Stored.text(out, fact);
                }
            }
        });
    }

    public static List<TraceEntry> decode(Bytes stored) {
        return Stored.decode(VERSION, stored, in -> {
            List<TraceEntry> entries = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                Instant at = Instant.ofEpochMilli(in.readLong());
                Direction direction = in.readBoolean() ? Direction.SENT : Direction.RECEIVED;
                String mediaType = Stored.text(in);
                Bytes body = Stored.bytes(in);
                List<String> facts = new ArrayList<>();
                for (int more = in.readInt(); more > 0; more--) {
                    facts.add(Stored.text(in));
                }
                entries.add(new TraceEntry(at, direction, mediaType, body, facts));
            }
            return entries;
        });
    }
}
