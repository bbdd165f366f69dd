package dev.grove.server.store.page;

import dev.grove.engine.Ticket;
import dev.grove.engine.Ticket.Purpose;
import dev.grove.server.fleet.Job;
import dev.grove.server.fleet.SessionRecord;
import dev.grove.server.fleet.SessionRecord.End;
import dev.grove.server.fleet.SessionRecord.Reason;
import dev.grove.server.fleet.SessionRecord.Tally;
import dev.grove.server.fleet.SessionRecord.Tracing;
import dev.grove.server.fleet.Tickets.Held;
import dev.grove.server.fleet.Tickets.State;
import dev.grove.server.store.form.OperationCodec;
import dev.grove.server.store.form.ResultCodec;
import dev.grove.server.store.form.StepsText;
import dev.grove.server.store.form.Stored;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.wire.Bytes;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The stored forms of sessions, jobs with their results, and tickets. */
final class WorkForms {

    private static final int VERSION = Forms.VERSION;

    private WorkForms() {}

    static Bytes session(SessionRecord session) {
        return Stored.encode(VERSION, out -> {
            out.writeLong(session.number());
            Stored.text(out, session.deviceId());
            Stored.text(out, session.sessionId());
            out.writeLong(session.version());
            Stored.time(out, session.startedAt());
            Stored.time(out, session.lastAt());
            Stored.time(out, session.expiresAt());
            End end = session.end();
            out.writeBoolean(end != null);
            if (end != null) {
                Stored.time(out, end.at());
                Stored.text(out, end.reason().name());
                Stored.text(out, end.remark());
            }
            Stored.text(out, session.tally().profile());
            out.writeBoolean(session.tally().isAuthenticated());
            out.writeInt(session.tally().messages());
            out.writeInt(session.tally().operations());
            out.writeByte(session.tracing().code());
        });
    }

    static SessionRecord session(Bytes stored) {
        return Stored.decode(VERSION, stored,
                in -> new SessionRecord(in.readLong(), Stored.text(in), Stored.text(in), in.readLong(),
                        Stored.time(in), Stored.time(in), Stored.time(in), in.readBoolean() ? end(in) : null,
                        new Tally(Stored.text(in), in.readBoolean(), in.readInt(), in.readInt()),
                        Tracing.of(in.readByte())));
    }

    private static End end(DataInputStream in) throws IOException {
        return new End(Stored.time(in), Reason.valueOf(Stored.text(in)), Stored.text(in));
    }

    /** A job without its operations. */
    static Bytes job(Job job) {
        return Stored.encode(VERSION, out -> {
            out.writeLong(job.number());
            Stored.text(out, job.deviceId());
            Stored.text(out, StepsText.of(job));
            Stored.text(out, job.state().name());
            out.writeInt(job.terms().priority());
            out.writeBoolean(job.terms().retryExec());
            Stored.time(out, job.terms().expiresAt());
            Stored.time(out, job.submittedAt());
            Stored.time(out, job.finishedAt());
            out.writeLong(job.session());
            Stored.text(out, job.reason());
        });
    }

    static Job job(Row row) {
        return Stored.decode(VERSION, row.value(), in -> {
            long number = in.readLong();
            String device = Stored.text(in);
            List<Job.Step> steps = StepsText.read(Stored.text(in));
            Job.State state = Job.State.valueOf(Stored.text(in));
            Job.Terms terms = new Job.Terms(in.readInt(), in.readBoolean(), Stored.timeOrNull(in));
            return new Job(number, device, OperationCodec.decode(row.body()), steps, state, terms, Stored.time(in),
                    Stored.timeOrNull(in), in.readLong(), Stored.text(in));
        });
    }

    static Bytes result(Job.Result result) {
        return Stored.encode(VERSION, out -> {
            Stored.text(out, result.path());
            StatusCode status = result.status();
            out.writeInt(status == null ? -1 : status.code());
            Stored.bytes(out, ResultCodec.encode(result.results()));
            Stored.text(out, result.detail());
            Stored.time(out, result.at());
        });
    }

    static Job.Result result(Bytes stored) {
        return Stored.decode(VERSION, stored, in -> new Job.Result(Stored.text(in), status(in),
                ResultCodec.decode(Stored.bytes(in)), Stored.textOrNull(in), Stored.time(in)));
    }

    private static @Nullable StatusCode status(DataInputStream in) throws IOException {
        int code = in.readInt();
        return code < 0 ? null : new StatusCode(code);
    }

    static Bytes ticket(Held held) {
        return Stored.encode(VERSION, out -> {
            Ticket ticket = held.ticket();
            Stored.text(out, held.deviceId());
            Stored.text(out, ticket.id());
            Stored.text(out, ticket.purpose().name());
            Stored.text(out, ticket.jobId());
            Stored.text(out, ticket.path());
            Stored.text(out, ticket.node());
            Stored.time(out, ticket.expiresAt());
            Stored.text(out, held.state().name());
            Stored.text(out, held.digest());
            outcome(out, held.outcome());
            Stored.time(out, held.closedAt());
        });
    }

    static Held ticket(Bytes stored) {
        return Stored.decode(VERSION, stored, in -> {
            String device = Stored.text(in);
            Ticket ticket = new Ticket(Stored.text(in), Purpose.valueOf(Stored.text(in)), Stored.text(in),
                    Stored.text(in), Stored.text(in), Stored.timeOrNull(in));
            State state = State.valueOf(Stored.text(in));
            String digest = Stored.text(in);
            Outcome outcome = outcome(in);
            Instant closedAt = Stored.timeOrNull(in);
            return new Held(device, ticket, state, digest, outcome, closedAt);
        });
    }

    private static void outcome(DataOutputStream out, @Nullable Outcome outcome) throws IOException {
        out.writeInt(outcome == null ? -1 : outcome.status().code());
        if (outcome != null) {
            Stored.bytes(out, ResultCodec.encode(outcome.results()));
            Stored.text(out, outcome.detail());
        }
    }

    private static @Nullable Outcome outcome(DataInputStream in) throws IOException {
        StatusCode status = status(in);
        return status == null
                ? null
                : new Outcome(status, ResultCodec.decode(Stored.bytes(in)), Stored.textOrNull(in));
    }
}
