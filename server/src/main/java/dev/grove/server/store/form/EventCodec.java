package dev.grove.server.store.form;

import dev.grove.engine.Fact;
import dev.grove.server.fleet.Alert;
import dev.grove.server.fleet.Events.Event;
import dev.grove.server.fleet.Job;
import dev.grove.server.fleet.SessionRecord;
import dev.grove.server.fleet.SessionRecord.End;
import dev.grove.server.fleet.SessionRecord.Reason;
import dev.grove.server.fleet.SessionRecord.Tally;
import dev.grove.server.fleet.SessionRecord.Tracing;
import dev.grove.server.fleet.Wake;
import dev.grove.syncml.AlertCode;
import dev.grove.wire.Bytes;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The stored form of events on their way to other nodes. Each stands as bytes of its own: a node leaves out what a
 * later version tells and it does not know.
 */
public final class EventCodec {

    private static final int VERSION = 1;
    private static final long ABSENT = Long.MIN_VALUE;

    private EventCodec() {}

    public static Bytes encode(List<Event> events) {
        return Stored.encode(VERSION, out -> {
            out.writeInt(events.size());
            for (Event event : events) {
                Stored.bytes(out, Stored.encode(VERSION, one -> write(one, event)));
            }
        });
    }

    public static List<Event> decode(Bytes bytes) {
        return Stored.decode(VERSION, bytes, in -> {
            List<Event> events = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                Stored.decode(VERSION, Stored.bytes(in), EventCodec::read).ifPresent(events::add);
            }
            return events;
        });
    }

    private static void write(DataOutputStream out, Event event) throws IOException {
        switch (event) {
            case Event.SessionChanged(SessionRecord session) -> {
                out.writeByte(1);
                write(out, session);
            }
            case Event.JobChanged(String device, String job, Job.State state, String reason) -> {
                out.writeByte(2);
                Stored.text(out, device);
                Stored.text(out, job);
                Stored.text(out, state.name());
                Stored.text(out, reason);
            }
            case Event.AlertRaised(Alert alert) -> {
                out.writeByte(3);
                write(out, alert);
            }
            case Event.DeviceAdded(String device) -> {
                out.writeByte(4);
                Stored.text(out, device);
            }
            case Event.DeviceRemoved(String device) -> {
                out.writeByte(5);
                Stored.text(out, device);
            }
            case Event.AbortAsked(String device, long session) -> {
                out.writeByte(6);
                Stored.text(out, device);
                out.writeLong(session);
            }
            case Event.DeviceSilent(String device) -> {
                out.writeByte(7);
                Stored.text(out, device);
            }
            case Event.DeviceHeard(String device) -> {
                out.writeByte(8);
                Stored.text(out, device);
            }
            case Event.WakeChanged(String device, String wake, Wake.State state, Long session) -> {
                out.writeByte(9);
                Stored.text(out, device);
                Stored.text(out, wake);
                Stored.text(out, state.name());
                out.writeLong(session == null ? ABSENT : session);
            }
        }
    }

    /** Empty if it is of a kind that only a later version knows. */
    private static Optional<Event> read(DataInputStream in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case 1 -> Optional.of(new Event.SessionChanged(readSession(in)));
            case 2 -> Optional.of(new Event.JobChanged(Stored.text(in), Stored.text(in),
                    Job.State.valueOf(Stored.text(in)), Stored.text(in)));
            case 3 -> Optional.of(new Event.AlertRaised(readAlert(in)));
            case 4 -> Optional.of(new Event.DeviceAdded(Stored.text(in)));
            case 5 -> Optional.of(new Event.DeviceRemoved(Stored.text(in)));
            case 6 -> Optional.of(new Event.AbortAsked(Stored.text(in), in.readLong()));
            case 7 -> Optional.of(new Event.DeviceSilent(Stored.text(in)));
            case 8 -> Optional.of(new Event.DeviceHeard(Stored.text(in)));
            case 9 -> Optional.of(new Event.WakeChanged(Stored.text(in), Stored.text(in),
                    Wake.State.valueOf(Stored.text(in)), numberOrNull(in)));
            default -> Optional.empty();
        };
    }

    private static @Nullable Long numberOrNull(DataInputStream in) throws IOException {
        long number = in.readLong();
        return number == ABSENT ? null : number;
    }

    private static void write(DataOutputStream out, SessionRecord session) throws IOException {
        out.writeLong(session.number());
        Stored.text(out, session.deviceId());
        Stored.text(out, session.sessionId());
        out.writeLong(session.version());
        out.writeLong(session.startedAt().toEpochMilli());
        out.writeLong(session.lastAt().toEpochMilli());
        out.writeLong(session.expiresAt().toEpochMilli());
        End end = session.end();
        out.writeLong(end == null ? ABSENT : end.at().toEpochMilli());
        Stored.text(out, end == null ? null : end.reason().name());
        Stored.text(out, end == null ? null : end.remark());
        Stored.text(out, session.tally().profile());
        out.writeBoolean(session.tally().isAuthenticated());
        out.writeInt(session.tally().messages());
        out.writeInt(session.tally().operations());
        out.writeByte(session.tracing().code());
    }

    private static SessionRecord readSession(DataInputStream in) throws IOException {
        long number = in.readLong();
        String device = Stored.text(in);
        String sessionId = Stored.text(in);
        long version = in.readLong();
        Instant startedAt = Instant.ofEpochMilli(in.readLong());
        Instant lastAt = Instant.ofEpochMilli(in.readLong());
        Instant expiresAt = Instant.ofEpochMilli(in.readLong());
        End end = readEnd(in);
        Tally tally = new Tally(Stored.text(in), in.readBoolean(), in.readInt(), in.readInt());
        return new SessionRecord(number, device, sessionId, version, startedAt, lastAt, expiresAt, end, tally,
                Tracing.of(in.readByte()));
    }

    private static @Nullable End readEnd(DataInputStream in) throws IOException {
        long at = in.readLong();
        String reason = Stored.textOrNull(in);
        String remark = Stored.textOrNull(in);
        return at == ABSENT || reason == null || remark == null
                ? null
                : new End(Instant.ofEpochMilli(at), Reason.valueOf(reason), remark);
    }

    private static void write(DataOutputStream out, Alert alert) throws IOException {
        Fact.AlertRaised what = alert.what();
        out.writeLong(alert.number());
        Stored.text(out, alert.deviceId());
        out.writeLong(alert.session());
        out.writeLong(alert.at().toEpochMilli());
        out.writeInt(what.code().code());
        Stored.text(out, what.type());
        Stored.text(out, what.mark());
        Stored.text(out, what.correlator());
        Stored.text(out, what.source());
        Stored.value(out, what.data());
    }

    private static Alert readAlert(DataInputStream in) throws IOException {
        long number = in.readLong();
        String device = Stored.text(in);
        long session = in.readLong();
        Instant at = Instant.ofEpochMilli(in.readLong());
        return new Alert(number, device, session, at,
                new Fact.AlertRaised(new AlertCode(in.readInt()), Stored.text(in), Stored.textOrNull(in),
                        Stored.textOrNull(in), Stored.textOrNull(in), Stored.value(in)));
    }
}
