package dev.grove.server.store.postgres;

import dev.grove.server.fleet.Store;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Brings the schema to the version of this program. Nodes that start at once wait for each other. A schema that a later
 * version has brought further is taken as it is: scripts only add what the version before need not know.
 */
final class Migrations {

    private static final String SCRIPTS = "classpath:dev/grove/server/store/postgres";

    private Migrations() {}

    static void apply(DataSource database) {
        try {
            Flyway.configure(Migrations.class.getClassLoader()).dataSource(database).locations(SCRIPTS)
                    .table("grove_schema").load().migrate();
        } catch (FlywayException e) {
            throw new Store.Failure("the schema of the database could not be brought up to date", e);
        }
    }
}
