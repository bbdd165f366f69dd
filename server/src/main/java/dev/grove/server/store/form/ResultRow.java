package dev.grove.server.store.form;

import dev.grove.server.fleet.Job;
import dev.grove.server.fleet.OperationPath;
import dev.grove.tree.StatusCode;
import dev.grove.wire.Bytes;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The results of a job that came together, as one row of a table. A single one is spelled out in columns; of several
 * the paths stand behind one another, and the rest is one value.
 *
 * @param at when the first of them came
 */
public record ResultRow(String path, @Nullable Integer status, @Nullable String detail, Bytes results, Instant at) {

    private static final String SEVERAL = ",";

    /** @param results at least one; no path twice */
    public static ResultRow of(Collection<Job.Result> results) {
        Job.Result first = results.iterator().next();
        if (results.size() > 1) {
            String paths = results.stream().map(Job.Result::path).collect(Collectors.joining(SEVERAL));
            return new ResultRow(paths, null, null, AnswersCodec.encode(results), first.at());
        }
        StatusCode status = first.status();
        return new ResultRow(first.path(), status == null ? null : status.code(), first.detail(),
                ResultCodec.encode(first.results()), first.at());
    }

    /**
     * All results of a job, in the order of their paths as numbers.
     *
     * @param rows the older first: a later one may tell of a path again
     */
    public static List<Job.Result> all(List<ResultRow> rows) {
        NavigableMap<String, Job.Result> known = new TreeMap<>(OperationPath.ORDER);
        rows.forEach(row -> row.read().forEach(result -> known.put(result.path(), result)));
        return List.copyOf(known.values());
    }

    private List<Job.Result> read() {
        return path.contains(SEVERAL)
                ? AnswersCodec.decode(results)
                : List.of(new Job.Result(path, status == null ? null : new StatusCode(status),
                        ResultCodec.decode(results), detail, at));
    }
}
