package dev.grove.server.store.postgres;

import dev.grove.server.fleet.Alerts;
import dev.grove.server.fleet.Contact;
import dev.grove.server.fleet.Descriptions;
import dev.grove.server.fleet.DeviceObjects;
import dev.grove.server.fleet.Devices;
import dev.grove.server.fleet.Jobs;
import dev.grove.server.fleet.Mirror;
import dev.grove.server.fleet.Sessions;
import dev.grove.server.fleet.Store.Records;
import dev.grove.server.fleet.Tickets;
import dev.grove.server.fleet.Wakes;
import java.util.function.Function;

/**
 * The tables themselves, over one connection; what is written is sent at once.
 *
 * @param contacts tells what a message asks for first
 */
record PgRecords(Sql sql, Heads heads, Function<Contact.Call, Contact> contacts) implements Records {

    @Override
    public Contact contact(Contact.Call call) {
        return contacts.apply(call);
    }

    @Override
    public Devices devices() {
        return new PgDevices(sql, heads);
    }

    @Override
    public Jobs jobs() {
        return new PgJobs(sql, heads);
    }

    @Override
    public Sessions sessions() {
        return new PgSessions(sql, heads);
    }

    @Override
    public Mirror mirror() {
        return new PgMirror(sql, heads);
    }

    @Override
    public Alerts alerts() {
        return new PgAlerts(sql, heads);
    }

    @Override
    public Descriptions descriptions() {
        return new PgDescriptions(sql, heads);
    }

    @Override
    public Tickets tickets() {
        return new PgTickets(sql, heads);
    }

    @Override
    public DeviceObjects objects() {
        return new PgObjects(sql, heads);
    }

    @Override
    public Wakes wakes() {
        return new PgWakes(sql, heads);
    }
}
