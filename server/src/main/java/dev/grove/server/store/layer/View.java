package dev.grove.server.store.layer;

import dev.grove.server.fleet.Alerts;
import dev.grove.server.fleet.Contact;
import dev.grove.server.fleet.Descriptions;
import dev.grove.server.fleet.DeviceObjects;
import dev.grove.server.fleet.Devices;
import dev.grove.server.fleet.Jobs;
import dev.grove.server.fleet.Mirror;
import dev.grove.server.fleet.PlainReplace;
import dev.grove.server.fleet.Sessions;
import dev.grove.server.fleet.Store.Records;
import dev.grove.server.fleet.Tickets;
import dev.grove.server.fleet.Wakes;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The records as one unit of work sees them: the tables, and over them the layers of what is not there yet.
 *
 * @param layers the newest first; the first takes what is written
 * @param tables to read from
 * @param numbers gives new numbers; that of a unit which only reads is never asked
 */
public record View(List<Layer> layers, Tables tables, Numbers numbers) implements Records {

    /** The tables, for what no card has. */
    Records base() {
        return tables.all();
    }

    /** What is known of a record in the newest layer that knows it. */
    <T> Optional<T> newest(Function<Layer, T> found) {
        for (Layer layer : layers) {
            T known = found.apply(layer);
            if (known != null) {
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }

    /** The records of a device that some layer knows. */
    <I> Set<I> known(Function<Layer, Map<String, Set<I>>> index, String key) {
        Set<I> all = Set.of();
        for (Layer layer : layers) {
            Set<I> here = index.apply(layer).getOrDefault(key, Set.of());
            if (!here.isEmpty() && !all.isEmpty()) {
                Set<I> both = new LinkedHashSet<>(all);
                both.addAll(here);
                all = both;
            } else if (!here.isEmpty()) {
                all = here;
            }
        }
        return all;
    }

    boolean hasBegun(long session) {
        for (Layer layer : layers) {
            if (layer.hasBegun(session)) {
                return true;
            }
        }
        return false;
    }

    boolean hasAdded(long job) {
        for (Layer layer : layers) {
            if (layer.hasAdded(job)) {
                return true;
            }
        }
        return false;
    }

    void change(Change change) {
        layers.getFirst().apply(change);
    }

    /** What the tables know comes onto the device's card at once; then the records tell, one by one. */
    @Override
    public Contact contact(Contact.Call call) {
        tables.meet(call);
        Contact contact = Records.super.contact(call);
        if (tables.open() == null) {
            // Whoever writes the answers down would have to look these up while all wait.
            contact.jobs().forEach(job -> PlainReplace.targets(job).forEach(
                    node -> mirror().find(call.deviceId(), node)));
        }
        return contact;
    }

    @Override
    public Devices devices() {
        return new LayeredDevices(this);
    }

    @Override
    public Jobs jobs() {
        return new LayeredJobs(this);
    }

    @Override
    public Sessions sessions() {
        return new LayeredSessions(this);
    }

    @Override
    public Mirror mirror() {
        return new LayeredMirror(this);
    }

    @Override
    public Alerts alerts() {
        return new LayeredAlerts(this);
    }

    @Override
    public Descriptions descriptions() {
        return new LayeredDescriptions(this);
    }

    @Override
    public Tickets tickets() {
        return new LayeredTickets(this);
    }

    @Override
    public DeviceObjects objects() {
        return new LayeredObjects(this);
    }

    @Override
    public Wakes wakes() {
        return new LayeredWakes(this);
    }
}
