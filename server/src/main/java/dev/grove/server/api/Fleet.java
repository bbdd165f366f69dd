package dev.grove.server.api;

import dev.grove.server.fleet.JobDesk;
import dev.grove.server.fleet.SessionDesk;
import dev.grove.server.fleet.Store;
import dev.grove.server.fleet.check.DescriptionShelf;

/** The parts of the server that the API shows and changes. */
public record Fleet(Store store, JobDesk jobs, SessionDesk sessions, DescriptionShelf descriptions) {}
