package dev.grove.server.wake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.server.fleet.MirrorNode;
import dev.grove.server.fleet.Reach;
import dev.grove.server.store.memory.MemoryStore;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Value;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelUrisTest {

    private static final String DEVICE = "win-1";
    private static final String URI = "https://db5p.notify.windows.com/?token=AwY";
    private static final Instant NOW = Instant.parse("2026-11-22T01:00:00Z");

    private final MemoryStore store = new MemoryStore();

    @ParameterizedTest
    @ValueSource(strings = {"./Vendor/MSFT/DMClient/Provider/grove/Push/ChannelURI",
            "./Device/Vendor/MSFT/DMClient/Provider/MS%20DM%20Server/Push/ChannelURI"})
    void the_channel_that_was_read_last_is_the_address(String node) {
        read(node, URI);
        assertThat(fresh(Reach.NONE)).isEqualTo(Reach.NONE.with(new Reach.Line("wns", URI)));
    }

    @Test
    void an_ended_channel_gives_way_to_another_but_not_to_itself() {
        read("./Vendor/MSFT/DMClient/Provider/grove/Push/ChannelURI", URI);
        Reach ended = Reach.NONE.with(new Reach.Line("wns", URI, "410"));
        assertThat(fresh(ended)).isEqualTo(ended);
        Reach other = Reach.NONE.with(new Reach.Line("wns", "https://old.notify.windows.com/", "410"));
        assertThat(fresh(other).line("wns")).hasValue(new Reach.Line("wns", URI));
    }

    @Test
    void what_somebody_has_said_and_is_good_stays() {
        read("./Vendor/MSFT/DMClient/Provider/grove/Push/ChannelURI", URI);
        Reach said = Reach.NONE.with(new Reach.Line("wns", "https://said.notify.windows.com/"));
        assertThat(fresh(said)).isEqualTo(said);
    }

    @Test
    void a_device_that_has_told_none_has_none() {
        assertThat(fresh(Reach.NONE)).isEqualTo(Reach.NONE);
        read("./Vendor/MSFT/DMClient/Provider/grove/Push/ChannelURI", " ");
        assertThat(fresh(Reach.NONE)).isEqualTo(Reach.NONE);
        read("./Vendor/MSFT/DMClient/Provider/grove/Push/ChannelURI", URI + "x".repeat(4000));
        assertThat(fresh(Reach.NONE)).isEqualTo(Reach.NONE);
        assertThat(store.<Reach>read(records -> ChannelUris.fresh(records, "another", Reach.NONE)))
                .isEqualTo(Reach.NONE);
    }

    private void read(String node, String value) {
        store.write(records -> {
            records.mirror().put(DEVICE, List.of(new MirrorNode(NodeUri.parse(node), Value.text(value), NOW)));
            return true;
        });
    }

    private Reach fresh(Reach known) {
        return store.read(records -> ChannelUris.fresh(records, DEVICE, known));
    }
}
