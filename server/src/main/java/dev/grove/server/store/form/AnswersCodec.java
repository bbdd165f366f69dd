package dev.grove.server.store.form;

import dev.grove.server.fleet.Job;
import dev.grove.tree.StatusCode;
import dev.grove.wire.Bytes;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The stored form of several results of a job, which one message brought. */
public final class AnswersCodec {

    private static final int VERSION = 1;
    /** Stands for an answer that can never be known. */
    private static final int NO_STATUS = -1;

    private AnswersCodec() {}

    public static Bytes encode(Collection<Job.Result> results) {
        return Stored.encode(VERSION, out -> {
            out.writeInt(results.size());
            for (Job.Result result : results) {
                write(out, result);
            }
        });
    }

    private static void write(DataOutputStream out, Job.Result result) throws IOException {
        StatusCode status = result.status();
        Stored.text(out, result.path());
        out.writeInt(status == null ? NO_STATUS : status.code());
        Stored.text(out, result.detail());
        Stored.bytes(out, ResultCodec.encode(result.results()));
        out.writeLong(result.at().toEpochMilli());
    }

    public static List<Job.Result> decode(Bytes stored) {
        return Stored.decode(VERSION, stored, in -> {
            List<Job.Result> results = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                results.add(read(in));
            }
            return results;
        });
    }

    private static Job.Result read(DataInputStream in) throws IOException {
        String path = Stored.text(in);
        int code = in.readInt();
        String detail = Stored.textOrNull(in);
        return new Job.Result(path, code == NO_STATUS ? null : new StatusCode(code),
                ResultCodec.decode(Stored.bytes(in)), detail, Instant.ofEpochMilli(in.readLong()));
    }
}
