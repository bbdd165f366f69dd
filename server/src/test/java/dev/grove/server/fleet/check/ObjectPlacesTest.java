package dev.grove.server.fleet.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.engine.Task;
import dev.grove.mo.StandardObjects;
import dev.grove.server.fleet.MirrorNode;
import dev.grove.server.store.memory.MemoryStore;
import dev.grove.tree.Address;
import dev.grove.tree.ClientUri;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Operation;
import dev.grove.tree.Value;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** ClientURIs for devices of DM 1.x. */
class ObjectPlacesTest {

    private static final String WIFI = "urn:x:mo:wifi:1.0";
    private static final String SW_V = StandardObjects.DEV_DETAIL_MOID + "//SwV";

    private final MemoryStore store = new MemoryStore();
    private final ObjectPlaces places = new ObjectPlaces(store,
            new DescriptionShelf(store, List.of(), new DescriptionShelf.Rules(10_000, 2)));

    @Test
    void a_device_without_relative_addressing_is_sent_the_place() {
        for (String profile : List.of("", "DM 1.1", "DM 1.2")) {
            assertThat(located(profile, SW_V)).as(profile).isEqualTo("./DevDetail/SwV");
        }
    }

    @Test
    void a_device_with_relative_addressing_is_sent_that() {
        assertThat(located("DM 1.3", SW_V)).isEqualTo(SW_V);
    }

    @Test
    void an_object_that_the_device_has_told_of_is_found_in_the_mirror() {
        told("./Vendor/W1", WIFI);
        assertThat(located("DM 1.2", WIFI + "//Level")).isEqualTo("./Vendor/W1/Level");
        assertThat(located("DM 1.2", WIFI + "/W1/Level")).isEqualTo("./Vendor/W1/Level");
        assertThat(located("DM 1.2", WIFI + "/W2/Level")).isEqualTo(WIFI + "/W2/Level");
    }

    @Test
    void of_several_objects_only_the_one_that_is_named_is_meant() {
        told("./Vendor/W1", WIFI);
        told("./Vendor/W2", WIFI);
        assertThat(located("DM 1.2", WIFI + "//Level")).isEqualTo(WIFI + "//Level");
        assertThat(located("DM 1.2", WIFI + "/W2/Level")).isEqualTo("./Vendor/W2/Level");
    }

    @Test
    void what_means_several_nodes_or_is_unknown_stays() {
        for (String uri : List.of(WIFI + "//Level", SW_V.replace("SwV", "*"), SW_V + "?lv=1")) {
            assertThat(located("DM 1.2", uri)).isEqualTo(uri);
        }
    }

    @Test
    void operations_inside_groups_are_located_too() {
        Operation get = get(SW_V);
        Operation group = new Operation.Sequence(List.of(new Operation.Atomic(List.of(get, get))));
        Operation placed = new Operation.Get(Address.parse("./DevDetail/SwV"));
        assertThat(places.located("d", "DM 1.2", List.of(new Task("1", 0, group)))).containsExactly(new Task("1", 0,
                new Operation.Sequence(List.of(new Operation.Atomic(List.of(placed, placed))))));
    }

    private void told(String uri, String moid) {
        store.write(records -> {
            records.mirror().put("d", List.of(new MirrorNode(NodeUri.parse(uri), Value.interior(moid), Instant.EPOCH)));
            return true;
        });
    }

    private String located(String profile, String uri) {
        Task placed = places.located("d", profile, List.of(new Task("1", 0, get(uri)))).getFirst();
        return ((Operation.Get) placed.operation()).target().toString();
    }

    private static Operation get(String uri) {
        return new Operation.Get(new Address.Client(ClientUri.parse(uri)));
    }
}
