package dev.grove.server.store.layer;

import dev.grove.engine.KnownObject;
import dev.grove.server.fleet.Alert;
import dev.grove.server.fleet.Device;
import dev.grove.server.fleet.DeviceObjects;
import dev.grove.server.fleet.Job;
import dev.grove.server.fleet.MirrorNode;
import dev.grove.server.fleet.Reach;
import dev.grove.server.fleet.StoredSession;
import dev.grove.server.fleet.Tickets;
import dev.grove.server.fleet.TraceEntry;
import dev.grove.server.fleet.Wake;
import dev.grove.tree.NodeUri;
import java.util.List;

/** One change of a record. Doing the changes of a journal again, in order, comes to the same. */
public sealed interface Change {

    /** Whose record it is. */
    String deviceId();

    /** A device as it is from now on. */
    record DevicePut(Device device) implements Change {
        @Override
        public String deviceId() {
            return device.id();
        }
    }

    /**
     * A session as it is from now on.
     *
     * @param isNew whether it was not there before
     */
    record SessionPut(StoredSession session, boolean isNew) implements Change {
        @Override
        public String deviceId() {
            return session.record().deviceId();
        }
    }

    /**
     * What passed in one turn.
     *
     * @param turn its place in the session's trace, ascending
     */
    record Traced(String deviceId, long session, long turn, List<TraceEntry> entries) implements Change {
        public Traced {
            entries = List.copyOf(entries);
        }
    }

    /** A job that was not there before. */
    record JobAdded(Job job) implements Change {
        @Override
        public String deviceId() {
            return job.deviceId();
        }
    }

    /** What may change of a job: all but its operations and terms. */
    record JobPut(Job job) implements Change {
        @Override
        public String deviceId() {
            return job.deviceId();
        }
    }

    /** Results, each in place of an earlier one of the same path. */
    record ResultsPut(String deviceId, long job, List<Job.Result> results) implements Change {
        public ResultsPut {
            results = List.copyOf(results);
        }
    }

    /** Nodes of a device's mirror, each in place of what was known of it. */
    record NodesPut(String deviceId, List<MirrorNode> nodes) implements Change {
        public NodesPut {
            nodes = List.copyOf(nodes);
        }
    }

    /** A node of a device's mirror is forgotten, with all below it. */
    record NodeRemoved(String deviceId, NodeUri uri) implements Change {}

    /** A ticket, and what has become of it. */
    record TicketPut(Tickets.Held ticket) implements Change {
        @Override
        public String deviceId() {
            return ticket.deviceId();
        }
    }

    /** All management objects of a device, in place of those that were known. */
    record ObjectsTold(String deviceId, List<KnownObject> objects) implements Change {
        public ObjectsTold {
            objects = List.copyOf(objects);
        }
    }

    /** The validator of an instance. */
    record ValidatorPut(String deviceId, DeviceObjects.Validator validator) implements Change {}

    /** How a device can be reached from now on. */
    record ReachPut(String deviceId, Reach reach) implements Change {}

    /** A wake, with its number, as it is from now on. */
    record WakePut(Wake wake) implements Change {
        @Override
        public String deviceId() {
            return wake.deviceId();
        }
    }

    /** An alert, with its number. */
    record AlertAdded(Alert alert) implements Change {
        @Override
        public String deviceId() {
            return alert.deviceId();
        }
    }
}
