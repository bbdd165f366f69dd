package dev.grove.server.store.postgres;

import dev.grove.server.fleet.Alerts;
import dev.grove.server.fleet.Contact;
import dev.grove.server.fleet.Descriptions;
import dev.grove.server.fleet.Device;
import dev.grove.server.fleet.DeviceObjects;
import dev.grove.server.fleet.Devices;
import dev.grove.server.fleet.Jobs;
import dev.grove.server.fleet.Mirror;
import dev.grove.server.fleet.Sessions;
import dev.grove.server.fleet.Store.Records;
import dev.grove.server.fleet.StoredSession;
import dev.grove.server.fleet.Tickets;
import dev.grove.server.fleet.Wakes;
import dev.grove.server.store.postgres.Sql.Answers;
import dev.grove.server.store.postgres.Sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tables themselves, over one connection; what is written is sent at once. */
record PgRecords(Sql sql, Heads heads, boolean isReading) implements Records {

    /** Everything in one round trip; a unit that only reads has its transaction ended with it. */
    @Override
    public Contact contact(Contact.Call call) {
        List<Statement> questions = new ArrayList<>(List.of(
                Statement.of(PgDevices.FIND, call.deviceId()),
                Statement.of(PgSessions.LATEST, call.deviceId(), call.sessionId()),
                Statement.of(PgSessions.LIVE, call.deviceId()),
                Statement.of(PgJobs.LIVE, call.deviceId(), call.now(), call.maxJobs()),
                Statement.of(PgJobs.NEWEST, call.deviceId())));
        if (isReading) {
            questions.add(Statement.of("commit"));
        }
        try (Answers answers = sql.ask(questions)) {
            Optional<Device> device = answers.next(PgDevices::device).stream().findFirst();
            Optional<StoredSession> session = answers.next(PgSessions::stored).stream().findFirst();
            return new Contact(device, session, answers.next(PgSessions::record), answers.next(PgJobs::job),
                    answers.next(row -> row.getLong(1)).getFirst());
        }
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
