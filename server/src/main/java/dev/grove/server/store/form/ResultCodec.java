package dev.grove.server.store.form;

import dev.grove.tree.Outcome;
import dev.grove.wire.Bytes;
import java.util.ArrayList;
import java.util.List;

/** The stored form of what an operation brought. Most bring nothing: that is no bytes at all. */
public final class ResultCodec {

    private static final int VERSION = 1;

    private ResultCodec() {}

    public static Bytes encode(List<Outcome.Result> results) {
        if (results.isEmpty()) {
            return Bytes.EMPTY;
        }
        return Stored.encode(VERSION, out -> {
            out.writeInt(results.size());
            for (Outcome.Result result : results) {
                Stored.text(out, result.uri());
                Stored.value(out, result.value());
            }
        });
    }

    public static List<Outcome.Result> decode(Bytes bytes) {
        if (bytes.isEmpty()) {
            return List.of();
        }
        return Stored.decode(VERSION, bytes, in -> {
            int count = in.readInt();
            List<Outcome.Result> results = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                results.add(new Outcome.Result(Stored.text(in), Stored.value(in)));
            }
            return results;
        });
    }
}
