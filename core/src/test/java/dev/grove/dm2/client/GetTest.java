package dev.grove.dm2.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.dm2.ObjectCodec;
import dev.grove.dm2.ObjectDocument;
import dev.grove.dm2.client.Step.Wish;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import dev.grove.wire.Packet;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** GET, with its statuses ([DM 2.0 §5.3.6, §11, C, F]). */
@Tag("DM-PACK-019-C-O")
class GetTest {

    private final TestDevice device = new TestDevice();

    private static String get(String uri) {
        return "[\"GET\",\"" + uri + "\"]";
    }

    @Test
    void sends_one_leaf_in_its_own_media_type() {
        Wish wish = device.session(get(TestDevice.DEV_INFO + "//DevID"));
        Packet data = TestDevice.response(wish).data().get(0);
        assertThat(Objects.requireNonNull(data).mediaType()).isEqualTo("text/plain");
        assertThat(data.body().utf8()).isEqualTo(TestDevice.DEVICE_ID);
    }

    @Test
    @Tag("DM-SER-003-C-M")
    void sends_an_object_serialized_with_its_validator() throws Malformed {
        ObjectDocument.Part part = document(device.session(get(TestDevice.DCMO + "/cam/"))).parts().getFirst();
        assertThat(part.uri()).isEqualTo(TestDevice.DCMO + "/cam/");
        assertThat(part.validator()).isNotBlank();
        assertThat(TestDevice.data(device.session(get(TestDevice.DCMO + "/cam/")), 0))
                .contains("{\"cam\":{\"Property\":\"Camera\",\"Enabled\":true}}");
    }

    @Test
    void names_the_only_instance_as_it_was_asked_for() throws Malformed {
        assertThat(document(device.session(get(TestDevice.DEV_INFO + "//"))).parts().getFirst().uri())
                .isEqualTo(TestDevice.DEV_INFO + "//");
    }

    @Test
    @Tag("DM-OBJ-002-C-O")
    void sends_all_nodes_that_a_wildcard_means() throws Malformed {
        ObjectDocument document = document(device.session(get(TestDevice.DCMO + "/*/Enabled")));
        assertThat(document.parts()).extracting(ObjectDocument.Part::uri).containsExactly(
                TestDevice.DCMO + "/cam/Enabled", TestDevice.DCMO + "/mic/Enabled");
    }

    @Test
    @Tag("DM-OBJ-002-C-O")
    void sends_as_many_levels_as_are_asked_for() {
        assertThat(TestDevice.data(device.session(get(TestDevice.ACCOUNT + "/dms1/?lv=1")), 0))
                .contains("\"AuthNoti\":{}").contains("\"ServerID\":\"dms1\"");
    }

    @Test
    void has_no_content_for_an_empty_leaf() {
        assertThat(device.status(get(TestDevice.DEV_INFO + "//OEM"))).isEqualTo(204);
    }

    @Test
    @Tag("DM-OBJ-001-C-M")
    void answers_404_for_what_is_not_there_and_400_where_several_are() {
        assertThat(device.status(get(TestDevice.DEV_INFO + "//Nope"))).isEqualTo(404);
        assertThat(device.status(get(TestDevice.DCMO + "/tv/"))).isEqualTo(404);
        assertThat(device.status(get(TestDevice.DCMO + "//"))).isEqualTo(400);
    }

    @Test
    @Tag("DM-MEC-002-C-O")
    void answers_304_as_long_as_nothing_of_the_instance_has_changed() throws Malformed {
        String validator = document(device.session(get(TestDevice.DCMO + "/cam/"))).parts().getFirst().validator();
        String cached = get(TestDevice.DCMO + "/cam/Property?cv=" + validator);
        assertThat(device.status(cached)).isEqualTo(304);
        assertThat(device.status(get(TestDevice.DCMO + "/mic/?cv=" + validator))).isEqualTo(200);
        device.set("./Cap/cam/Enabled", "false");
        assertThat(device.status(cached)).isEqualTo(200);
    }

    @Test
    @Tag("DM-OBJ-012-C-M")
    @Tag("DM-OBJ-025-C-M")
    void keeps_what_the_description_does_not_let_servers_read() {
        assertThat(device.status(get(TestDevice.RADIO + "//Secret"))).isEqualTo(403);
        assertThat(TestDevice.data(device.session(get(TestDevice.RADIO + "//")), 0)).contains("front")
                .doesNotContain("hush");
        assertThat(device.status(get(TestDevice.RADIO + "/(x)/Name?nv=(x)/Secret:hush"))).isEqualTo(404);
    }

    @Test
    @Tag("DM-MEC-001-C-O")
    void answers_403_without_the_right_to_read() {
        device.delegating("dms2").servedBy(TestDevice.server("dms1", Set.of("*")));
        assertThat(device.status(get(TestDevice.DCMO + "/cam/"))).isEqualTo(403);
        assertThat(device.status(get(TestDevice.DEV_INFO + "//Man"))).isEqualTo(200);
        assertThat(device.status(get(TestDevice.ACCOUNT + "/dms2/"))).isEqualTo(403);
        assertThat(device.status(get(TestDevice.ACCOUNT + "/*/ServerID"))).isEqualTo(200);
    }

    @Test
    void reads_live_values() {
        assertThat(TestDevice.data(device.session(get(TestDevice.WORK + "//Run")), 0)).isEqualTo("idle");
    }

    @Test
    void reads_no_more_of_what_is_not_described_than_is_asked_for() {
        TestDevice.READ.clear();
        device.done(get(TestDevice.DEV_INFO + "//"), get(TestDevice.DCMO + "/*/"));
        assertThat(TestDevice.READ).isEmpty();
        assertThat(device.status(get("urn:test:mo:heap:1.0//b"))).isEqualTo(200);
        assertThat(TestDevice.READ).isNotEmpty().allMatch("./b"::equals);
        assertThat(TestDevice.data(device.session(get("urn:test:mo:heap:1.0//")), 0)).contains("\"a\":\"big\"");
    }

    private static ObjectDocument document(Wish wish) throws Malformed {
        return ObjectCodec.decode(Objects.requireNonNull(TestDevice.response(wish).data().get(0)), Limits.DEFAULT);
    }
}
