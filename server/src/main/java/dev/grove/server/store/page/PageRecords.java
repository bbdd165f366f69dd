package dev.grove.server.store.page;

import dev.grove.server.fleet.Alerts;
import dev.grove.server.fleet.Descriptions;
import dev.grove.server.fleet.DeviceObjects;
import dev.grove.server.fleet.Devices;
import dev.grove.server.fleet.Jobs;
import dev.grove.server.fleet.Mirror;
import dev.grove.server.fleet.RecordNumbers;
import dev.grove.server.fleet.Sessions;
import dev.grove.server.fleet.Store.Records;
import dev.grove.server.fleet.Tickets;
import dev.grove.server.fleet.Wakes;
import java.time.Clock;
import java.time.Duration;

/** The records of one unit of work, in pages. */
public final class PageRecords implements Records {

    private final Pages pages;
    private final World world;

    /**
     * How long what is over is kept, counted from when it was over: rows are written with this life.
     *
     * @param traces counted from when the message came
     * @param jobs with their results
     */
    public record Retention(Duration traces, Duration sessions, Duration jobs, Duration alerts, Duration tickets,
            Duration wakes) {}

    /**
     * What all units of work have in common.
     *
     * @param numbers given to sessions, jobs, alerts and wakes
     */
    public record World(FleetIndex index, RecordNumbers numbers, Retention retention, Clock clock) {}

    public PageRecords(Pages pages, World world) {
        this.pages = pages;
        this.world = world;
    }

    @Override
    public Devices devices() {
        return new PagedDevices(pages, world.index());
    }

    @Override
    public Jobs jobs() {
        return new PagedJobs(pages, world);
    }

    @Override
    public Sessions sessions() {
        return new PagedSessions(pages, world);
    }

    @Override
    public Mirror mirror() {
        return new PagedMirror(pages);
    }

    @Override
    public Alerts alerts() {
        return new PagedAlerts(pages, world);
    }

    @Override
    public Descriptions descriptions() {
        return new PagedDescriptions(pages);
    }

    @Override
    public Tickets tickets() {
        return new PagedTickets(pages, world);
    }

    @Override
    public DeviceObjects objects() {
        return new PagedObjects(pages);
    }

    @Override
    public Wakes wakes() {
        return new PagedWakes(pages, world);
    }
}
