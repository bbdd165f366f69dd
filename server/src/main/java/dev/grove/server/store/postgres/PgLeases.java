package dev.grove.server.store.postgres;

import dev.grove.server.fleet.Leases;
import java.time.Duration;
import java.util.function.Function;

/** Leases as rows; their terms go by the clock of the database, which is one. */
record PgLeases(Autonomous sql, String holder) implements Leases {

    /** Runs statements in a transaction of their own. */
    interface Autonomous {
        <T> T run(Function<Sql, T> work);
    }

    @Override
    public boolean hold(String work, Duration term) {
        return sql.run(open -> open.update("""
                insert into lease (work, holder, ends_at) values (?, ?, clock_timestamp() + ? * interval '1 ms')
                on conflict (work) do update set holder = excluded.holder, ends_at = excluded.ends_at
                where lease.holder = excluded.holder or lease.ends_at < clock_timestamp()""", work, holder,
                term.toMillis())) > 0;
    }

    @Override
    public void release(String work) {
        sql.run(open -> open.update("delete from lease where work = ? and holder = ?", work, holder));
    }
}
