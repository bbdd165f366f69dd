package dev.grove.dm2.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.dm2.Dm2Package.CommandStatus;
import dev.grove.dm2.access.Delegation;
import dev.grove.dm2.client.Step.Wish;
import dev.grove.dm2.device.ObjectInstaller;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Tree;
import dev.grove.wire.Packet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** HGET, with its statuses ([DM 2.0 §5.3.1, C]). */
@Tag("DM-PACK-014-C-M")
class HgetTest {

    private static final String REPOSITORY = "https://dms1.example.com/r";

    private final TestDevice device = new TestDevice();

    private static String hget(String to) {
        return "[\"HGET\",\"" + REPOSITORY + "\",\"" + to + "\"]";
    }

    /** What comes of an HGET of this data to this place. */
    private int put(String to, String mediaType, String body) {
        assertThat(device.session(hget(to))).isInstanceOf(Wish.Fetch.class);
        return fetched(TestDevice.packet(mediaType, body)).code().code();
    }

    private CommandStatus create(String body) {
        device.session("[\"HGET\",\"" + REPOSITORY + "\"]");
        return fetched(TestDevice.packet(TestDevice.OBJECTS, body));
    }

    private CommandStatus fetched(Packet packet) {
        return TestDevice.response(device.answered(200, packet)).statuses().getFirst();
    }

    private static String part(String uri, String data) {
        return "{\"ClientURI\":\"" + uri + "\",\"MOData\":" + data + "}";
    }

    @Test
    @Tag("DM-OBJ-003-C-M")
    void fetches_from_the_address_with_the_device_s_values_in_it() {
        Wish wish = device.session("[\"HGET\",\"https://dms1.example.com/[DevID]/[MCC]/[MNC]?n=[SPName]\"]");
        assertThat(wish).isEqualTo(new Wish.Fetch(
                "https://dms1.example.com/IMEI:493005100592800/262/-1?n=A%20%26%20B", ObjectInstaller.ACCEPT));
    }

    // ---- with a ClientURI

    @Test
    void replaces_a_leaf() {
        assertThat(put(TestDevice.RADIO + "//Volume", "text/plain", "11")).isEqualTo(200);
        assertThat(device.text("./Radio/Volume")).isEqualTo("11");
        assertThat(put(TestDevice.RADIO + "//Volume", TestDevice.OBJECTS,
                "[" + part(TestDevice.RADIO + "//Volume", "{\"Volume\":3}") + "]")).isEqualTo(200);
        assertThat(device.text("./Radio/Volume")).isEqualTo("3");
    }

    @Test
    void writes_what_no_server_may_read() {
        assertThat(put(TestDevice.RADIO + "//Secret", "text/plain", "loud")).isEqualTo(200);
        assertThat(device.text("./Radio/Secret")).isEqualTo("loud");
    }

    @Test
    void replaces_all_that_is_at_the_place() {
        assertThat(put(TestDevice.DCMO + "/cam/", TestDevice.OBJECTS,
                "[" + part(TestDevice.DCMO + "//", "{\"cam\":{\"Property\":\"Lens\",\"Group\":{\"Of\":1}}}") + "]"))
                .isEqualTo(200);
        assertThat(device.text("./Cap/cam/Property")).isEqualTo("Lens");
        assertThat(device.text("./Cap/cam/Group/Of")).isEqualTo("1");
        assertThat(device.has("./Cap/cam/Enabled")).isFalse();
    }

    @Test
    void keeps_the_permanent_nodes_of_an_object_that_is_replaced() {
        assertThat(put(TestDevice.RADIO + "//", TestDevice.OBJECTS,
                part(TestDevice.RADIO + "//", "{\"Radio\":{\"Volume\":1,\"Serial\":\"4711\"}}"))).isEqualTo(200);
        assertThat(device.text("./Radio/Volume")).isEqualTo("1");
        assertThat(device.text("./Radio/Secret")).isEqualTo("hush");
    }

    @Test
    void adds_a_node_that_is_not_there() {
        assertThat(put(TestDevice.DCMO + "/cam/Zoom", "text/plain", "2x")).isEqualTo(200);
        assertThat(device.text("./Cap/cam/Zoom")).isEqualTo("2x");
        assertThat(put(TestDevice.RADIO + "//Presets", TestDevice.OBJECTS,
                part(TestDevice.RADIO + "//Presets", "{\"Presets\":{\"1\":\"news\"}}"))).isEqualTo(200);
        assertThat(device.text("./Radio/Presets/1")).isEqualTo("news");
    }

    @Test
    void answers_404_where_no_server_can_make_a_place() {
        assertThat(put(TestDevice.DCMO + "/tv/Enabled", "text/plain", "true")).isEqualTo(404);
        assertThat(put("urn:test:mo:none:1.0//", "text/plain", "true")).isEqualTo(404);
    }

    @Test
    @Tag("DM-OBJ-012-C-M")
    void answers_403_where_the_description_forbids() {
        assertThat(put(TestDevice.RADIO + "//Serial", "text/plain", "0000")).isEqualTo(403);
        assertThat(device.text("./Radio/Serial")).isEqualTo("4711");
        assertThat(put(TestDevice.RADIO + "//Nickname", "text/plain", "x")).isEqualTo(403);
    }

    @Test
    void answers_415_to_data_that_is_not_what_belongs_there() {
        Tree before = device.tree;
        for (String[] data : List.of(new String[] {"text/plain", "x"}, new String[] {TestDevice.OBJECTS, "{"},
                new String[] {TestDevice.OBJECTS, "[]"}, new String[] {TestDevice.OBJECTS, "[{\"MOData\":{}}]"},
                new String[] {TestDevice.OBJECTS, part(TestDevice.DCMO + "//", "{\"a\":{},\"b\":{}}")},
                new String[] {TestDevice.OBJECTS, part(TestDevice.DCMO + "//", "{\"cam\":\"x\"}")},
                new String[] {TestDevice.OBJECTS, part(TestDevice.DCMO + "//", "{\"cam\":{\"..\":\"x\"}}")},
                new String[] {TestDevice.OBJECTS, part(TestDevice.DCMO + "//", "{\"cam\":{\"Enabled\":[1]}}")})) {
            assertThat(put(TestDevice.DCMO + "/cam/", data[0], data[1])).as(data[1]).isEqualTo(415);
        }
        assertThat(put(TestDevice.RADIO + "//Volume", "text/plain", "loud")).isEqualTo(415);
        assertThat(put(TestDevice.RADIO + "//Volume", TestDevice.OBJECTS,
                part(TestDevice.RADIO + "//Volume", "{\"Volume\":{\"x\":1}}"))).isEqualTo(415);
        assertThat(device.tree).isEqualTo(before);
    }

    @Test
    void answers_419_when_the_data_cannot_be_fetched() {
        for (int status : List.of(204, 301, 404, 500)) {
            device.session(hget(TestDevice.RADIO + "//Volume"));
            assertThat(TestDevice.response(device.answered(status)).statuses().getFirst().code())
                    .isEqualTo(new StatusCode(419));
        }
        device.session(hget(TestDevice.RADIO + "//Volume"));
        assertThat(TestDevice.response(device.proceed(new Event.Failed("lost"))).statuses().getFirst().code())
                .isEqualTo(new StatusCode(419));
    }

    @Test
    void answers_419_where_the_account_does_not_let_it_go() {
        for (String url : List.of("http://dms1.example.com/r", "file:///etc/passwd", "https://10.0.0.1/r",
                "ftp://dms1.example.com/r", "https://dms1.example.com.evil.example/r")) {
            assertThat(device.status("[\"HGET\",\"" + url + "\"]")).as(url).isEqualTo(419);
        }
    }

    // ---- without

    @Test
    void makes_a_new_object_and_says_where_it_is() {
        CommandStatus status = create("[" + part(TestDevice.DCMO + "//",
                "{\"usb\":{\"Property\":\"USB\",\"Enabled\":\"true\"}}") + "]");
        assertThat(status).isEqualTo(new CommandStatus(StatusCode.OK, List.of(TestDevice.DCMO + "/usb/")));
        assertThat(device.text("./Cap/usb/Property")).isEqualTo("USB");
        assertThat(device.status("[\"GET\",\"" + TestDevice.DCMO + "/usb/Enabled\"]")).isEqualTo(200);
    }

    @Test
    void replaces_an_object_of_the_same_name() {
        CommandStatus status = create(part(TestDevice.DCMO + "/cam/", "{\"cam\":{\"Property\":\"Lens\"}}"));
        assertThat(status.uris()).containsExactly(TestDevice.DCMO + "/cam/");
        assertThat(device.text("./Cap/cam/Property")).isEqualTo("Lens");
        assertThat(device.has("./Cap/cam/Enabled")).isFalse();
    }

    @Test
    void says_all_places_and_does_all_or_nothing() {
        assertThat(create("[" + part(TestDevice.DCMO + "//", "{\"a\":{\"Enabled\":true}}") + ","
                + part(TestDevice.DCMO + "//", "{\"b\":{\"Enabled\":false}}") + "]").uris())
                .containsExactly(TestDevice.DCMO + "/a/", TestDevice.DCMO + "/b/");
        Tree before = device.tree;
        CommandStatus refused = create("[" + part(TestDevice.DCMO + "//", "{\"c\":{\"Enabled\":true}}") + ","
                + part(TestDevice.RADIO + "//Serial", "{\"Serial\":\"x\"}") + "]");
        assertThat(refused.code().code()).isEqualTo(403);
        assertThat(refused.uris()).isEmpty();
        assertThat(device.tree).isEqualTo(before);
    }

    @Test
    void takes_no_other_name_for_an_object_that_is_not_the_server_s() {
        device.delegating("dms2").servedBy(TestDevice.server("dms1", Set.of(TestDevice.DCMO)));
        CommandStatus status = create(part(TestDevice.DCMO + "//", "{\"cam\":{\"Property\":\"Mine\"}}"));
        assertThat(status).isEqualTo(new CommandStatus(StatusCode.OK, List.of(TestDevice.DCMO + "/cam2/")));
        assertThat(device.text("./Cap/cam/Property")).isEqualTo("Camera");
        assertThat(device.rules().rightsAt(Delegation.Part.root(TestDevice.DCMO, "cam2"), "serverid:dms1"))
                .isEqualTo(Delegation.ALL);
        assertThat(device.rules().rightsAt(Delegation.Part.root(TestDevice.DCMO, "cam2"), "serverid:dms2")).isZero();
    }

    @Test
    void answers_403_to_objects_that_the_bootstrap_does_not_name() {
        device.delegating("dms1").servedBy(TestDevice.server("dms1", Set.of(TestDevice.RADIO)));
        assertThat(create(part(TestDevice.DCMO + "//", "{\"usb\":{}}")).code().code()).isEqualTo(403);
        assertThat(device.has("./Cap/usb")).isFalse();
    }

    @Test
    void answers_415_to_data_that_does_not_say_where_it_goes() {
        device.session("[\"HGET\",\"" + REPOSITORY + "\"]");
        assertThat(fetched(TestDevice.packet("text/plain", "x")).code().code()).isEqualTo(415);
        assertThat(create(part("nowhere", "{\"usb\":{}}")).code().code()).isEqualTo(415);
        assertThat(create(part(TestDevice.DCMO + "//", "{\"a\\u0000b\":{}}")).code().code()).isEqualTo(415);
    }
}
