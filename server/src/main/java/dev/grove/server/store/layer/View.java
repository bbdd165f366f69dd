package dev.grove.server.store.layer;

import dev.grove.server.fleet.Alerts;
import dev.grove.server.fleet.Contact;
import dev.grove.server.fleet.Descriptions;
import dev.grove.server.fleet.DeviceObjects;
import dev.grove.server.fleet.Devices;
import dev.grove.server.fleet.Job;
import dev.grove.server.fleet.Jobs;
import dev.grove.server.fleet.Mirror;
import dev.grove.server.fleet.PlainReplace;
import dev.grove.server.fleet.Sessions;
import dev.grove.server.fleet.Store.Records;
import dev.grove.server.fleet.Tickets;
import dev.grove.server.fleet.Wakes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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

    /** What is known of a device in the newest layer that knows it. */
    <T> Optional<T> newest(String deviceId, Function<Page, @Nullable T> found) {
        for (Layer layer : layers) {
            Page page = layer.page(deviceId);
            T known = page == null ? null : found.apply(page);
            if (known != null) {
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }

    /** A record as the newest layer that knows it has it. */
    <V> Optional<V> newest(Function<Page, Numbered<V>> kind, String deviceId, long number) {
        for (Layer layer : layers) {
            Page page = layer.page(deviceId);
            V known = page == null ? null : kind.apply(page).find(number);
            if (known != null) {
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }

    /** Whether a record began in one of the layers, so that the tables do not know of it. */
    <V> boolean isNew(Function<Page, Numbered<V>> kind, String deviceId, long number) {
        for (Layer layer : layers) {
            Page page = layer.page(deviceId);
            if (page != null && kind.apply(page).isNew(number)) {
                return true;
            }
        }
        return false;
    }

    /** What the layers know of a device, the newest first. */
    List<Page> pages(String deviceId) {
        List<Page> pages = List.of();
        for (Layer layer : layers) {
            Page page = layer.page(deviceId);
            if (page != null) {
                pages = pages.isEmpty() ? new ArrayList<>(layers.size()) : pages;
                pages.add(page);
            }
        }
        return pages;
    }

    /** The records of a device that some layer knows, as the newest has each; the older layers' first. */
    <V> List<V> ofDevice(Function<Page, Numbered<V>> kind, String deviceId) {
        List<Page> pages = pages(deviceId);
        List<V> all = pages.isEmpty() ? List.of() : new ArrayList<>();
        for (int i = pages.size() - 1; i >= 0; i--) {
            Numbered.Entry<V> each = kind.apply(pages.get(i)).first();
            for (; each != null; each = each.next()) {
                if (!isKnown(kind, each.number(), pages, i)) {
                    all.add(each.value());
                }
            }
        }
        return all;
    }

    /** Whether one of the first so many pages knows a record. */
    private static <V> boolean isKnown(Function<Page, Numbered<V>> kind, long number, List<Page> pages, int count) {
        for (int i = 0; i < count; i++) {
            if (kind.apply(pages.get(i)).find(number) != null) {
                return true;
            }
        }
        return false;
    }

    /** The records of all devices that some layer knows, as the newest has each. */
    <V> Stream<V> ofAll(Function<Page, Numbered<V>> kind) {
        return layers.stream().flatMap(layer -> layer.devices().stream()).distinct()
                .flatMap(device -> ofDevice(kind, device).stream());
    }

    void change(Change change) {
        layers.getFirst().apply(change);
    }

    /** What the tables know comes onto the device's card at once; then the records tell, one by one. */
    @Override
    public Contact contact(Contact.Call call) {
        tables.meet(call);
        Contact contact = Records.super.contact(call);
        if (!tables.areOpen()) {
            // Whoever writes the answers down would have to look these up while all wait.
            Mirror mirror = mirror();
            for (Job job : contact.jobs()) {
                PlainReplace.targets(job).forEach(node -> mirror.find(call.deviceId(), node));
            }
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
