package dev.grove.server.store.sqlite;

import dev.grove.server.fleet.Alerts;
import dev.grove.server.fleet.Descriptions;
import dev.grove.server.fleet.DeviceObjects;
import dev.grove.server.fleet.Devices;
import dev.grove.server.fleet.Jobs;
import dev.grove.server.fleet.Mirror;
import dev.grove.server.fleet.Sessions;
import dev.grove.server.fleet.Store;
import dev.grove.server.fleet.Tickets;

/** The records as one connection sees them. */
record SqliteRecords(Devices devices, Jobs jobs, Sessions sessions, Mirror mirror, Alerts alerts,
        Descriptions descriptions, Tickets tickets, DeviceObjects objects)
        implements
            Store.Records {

    SqliteRecords(Sql sql) {
        this(new SqliteDevices(sql), new SqliteJobs(sql), new SqliteSessions(sql), new SqliteMirror(sql),
                new SqliteAlerts(sql), new SqliteDescriptions(sql), new SqliteTickets(sql), new SqliteObjects(sql));
    }
}
