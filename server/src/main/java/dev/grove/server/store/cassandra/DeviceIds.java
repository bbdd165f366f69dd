package dev.grove.server.store.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/** Ids of devices in order, in a table that is spread over partitions. */
final class DeviceIds {

    /** Each is a partition, and a hundred million ids make 1.6 million in each. */
    private static final int BUCKETS = 64;

    private final Cluster cluster;
    private final PreparedStatement ids;
    private final PreparedStatement count;
    private final PreparedStatement put;
    private final PreparedStatement remove;

    DeviceIds(Cluster cluster, String table) {
        this.cluster = cluster;
        ids = cluster.prepare("select id from " + table + " where bucket = ? and id > ? limit ?");
        count = cluster.prepare("select count(*) from " + table + " where bucket = ?");
        put = cluster.prepare("insert into " + table + " (bucket, id) values (?, ?)");
        remove = cluster.prepare("delete from " + table + " using timestamp ? where bucket = ? and id = ?");
    }

    BoundStatement put(String deviceId) {
        return put.bind(bucket(deviceId), deviceId);
    }

    /** @param micros what was put since then is not removed */
    BoundStatement remove(String deviceId, long micros) {
        return remove.bind(micros, bucket(deviceId), deviceId);
    }

    /** A part of the list of devices, read a little at a time. */
    private final class Bucket {
        private final short number;
        private final int chunk;
        private final Deque<String> read = new ArrayDeque<>();
        private String last;
        private boolean isOver;
        private CompletionStage<AsyncResultSet> answer;

        Bucket(int number, String after, int chunk) {
            this.number = (short) number;
            this.chunk = chunk;
            this.last = after;
            this.answer = ask();
        }

        private CompletionStage<AsyncResultSet> ask() {
            return cluster.ask(ids.bind(number, last, chunk));
        }

        /** Whether there is a next one. */
        boolean isFilled() {
            if (read.isEmpty() && !isOver) {
                for (Row row : Cluster.guarded(() -> answer.toCompletableFuture().join()).currentPage()) {
                    read.add(String.valueOf(row.getString(0)));
                }
                isOver = read.size() < chunk;
                if (!isOver) {
                    last = read.getLast();
                    answer = ask();
                }
            }
            return !read.isEmpty();
        }

        String first() {
            return read.getFirst();
        }
    }

    /** All parts are asked at once, and merged. */
    List<String> list(String after, int limit) {
        int chunk = Math.min(1000, 4 + 2 * limit / BUCKETS);
        List<Bucket> all = new ArrayList<>();
        for (int i = 0; i < BUCKETS; i++) {
            all.add(new Bucket(i, after, chunk));
        }
        PriorityQueue<Bucket> waiting = new PriorityQueue<>(Comparator.comparing(Bucket::first));
        all.stream().filter(Bucket::isFilled).forEach(waiting::add);
        List<String> found = new ArrayList<>();
        while (found.size() < limit && !waiting.isEmpty()) {
            Bucket next = waiting.remove();
            found.add(next.read.removeFirst());
            if (next.isFilled()) {
                waiting.add(next);
            }
        }
        return found;
    }

    /** Each part counts its own, and tells the number only. */
    int count() {
        List<CompletionStage<AsyncResultSet>> answers = IntStream.range(0, BUCKETS)
                .mapToObj(bucket -> cluster.ask(count.bind((short) bucket))).toList();
        long sum = 0;
        for (CompletionStage<AsyncResultSet> answer : answers) {
            Row row = Cluster.guarded(() -> answer.toCompletableFuture().join()).one();
            sum += row == null ? 0 : row.getLong(0);
        }
        return (int) Math.min(Integer.MAX_VALUE, sum);
    }

    private static short bucket(String deviceId) {
        return (short) Math.floorMod(deviceId.hashCode(), BUCKETS);
    }
}
