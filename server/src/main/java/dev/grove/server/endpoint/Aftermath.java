package dev.grove.server.endpoint;

import dev.grove.engine.Fact;
import dev.grove.server.fleet.Events;
import dev.grove.server.fleet.SessionCommit;
import dev.grove.server.fleet.SessionCommit.Stored;
import dev.grove.server.fleet.SessionDesk;
import dev.grove.server.fleet.SessionRecord;
import dev.grove.server.fleet.TraceEntry;
import dev.grove.wire.Packet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is told and noted once a turn, or the end of a session, is durable; the same for every protocol. */
final class Aftermath {

    private final SessionDesk desk;
    private final SessionLog log;
    private final Events events;

    Aftermath(SessionDesk desk, SessionLog log, Events events) {
        this.desk = desk;
        this.log = log;
        this.events = events;
    }

    /** Sessions were ended from outside. */
    void ended(SessionDesk.Swept swept) {
        swept.ended().forEach(this::over);
        swept.events().forEach(events::tell);
    }

    private void over(SessionRecord session) {
        desk.forgetAbort(session.number());
        log.ended(session);
    }

    /** A turn was written. */
    void turned(SessionCommit commit, Stored done, Caller caller, Stages stages) {
        SessionRecord before = commit.next().begins() ? null : commit.before();
        log.turned(before, done.session(), caller.userAgent(), stages);
        done.ended().forEach(this::over);
        if (!done.session().isLive()) {
            desk.forgetAbort(done.session().number());
        }
        done.events().forEach(events::tell);
    }

    /** A message and its reply; absent if there is none. */
    record Passed(Packet received, @Nullable Packet reply, Instant at) {}

    /** A turn for people to look at. */
    static List<TraceEntry> trace(Passed passed, Caller caller, List<Fact> facts) {
        List<String> lines = new ArrayList<>(facts.stream().map(FactLine::of).toList());
        if (!caller.userAgent().isEmpty()) {
            lines.addFirst("User-Agent: " + caller.userAgent());
        }
        TraceEntry in = new TraceEntry(passed.at(), TraceEntry.Direction.RECEIVED, passed.received().baseMediaType(),
                passed.received().body(), lines);
        Packet reply = passed.reply();
        return reply == null ? List.of(in)
                : List.of(in, new TraceEntry(passed.at(), TraceEntry.Direction.SENT, reply.baseMediaType(),
                        reply.body(), List.of()));
    }
}
