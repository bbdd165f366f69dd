package dev.grove.dm2.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.dm2.client.Step.Method;
import dev.grove.dm2.client.Step.Wish;
import dev.grove.dm2.device.CacheValidator;
import dev.grove.dm2.device.ObjectView;
import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import dev.grove.wire.Packet;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** HPUT and HPOST, with their statuses ([DM 2.0 §5.3.2, §5.3.3, §5.5, C]). */
@Tag("DM-PACK-015-C-M")
@Tag("DM-PACK-016-C-M")
class DeliverTest {

    private static final String REPOSITORY = "https://dms1.example.com/r";

    private final TestDevice device = new TestDevice();

    private static String command(String name, String... uris) {
        return "[\"" + name + "\",\"" + REPOSITORY + "\",\"" + String.join("\",\"", uris) + "\"]";
    }

    private static Wish.Deliver deliver(Wish wish) {
        assertThat(wish).isInstanceOf(Wish.Deliver.class);
        return (Wish.Deliver) wish;
    }

    private int answer(int http) {
        return TestDevice.response(device.answered(http)).statuses().getFirst().code().code();
    }

    @Test
    void puts_and_posts_a_leaf_as_it_is() {
        Wish.Deliver put = deliver(device.session(command("HPUT", TestDevice.DCMO + "/cam/Enabled")));
        assertThat(put).isEqualTo(new Wish.Deliver(Method.PUT, REPOSITORY, TestDevice.packet("text/plain", "true")));
        assertThat(answer(201)).isEqualTo(200);
        assertThat(deliver(device.session(command("HPOST", TestDevice.DCMO + "/cam/Enabled"))).method())
                .isEqualTo(Method.POST);
        assertThat(answer(204)).isEqualTo(200);
    }

    @Test
    void sends_what_it_finds_and_leaves_out_what_it_does_not() {
        Wish.Deliver deliver = deliver(device.session(command("HPOST", TestDevice.DCMO + "/cam/Enabled",
                TestDevice.DCMO + "/tv/", TestDevice.DEV_INFO + "//Man")));
        assertThat(deliver.packet().mediaType()).isEqualTo(TestDevice.OBJECTS);
        assertThat(deliver.packet().body().utf8()).contains("cam/Enabled", "Vendor").doesNotContain("tv");
        assertThat(answer(200)).isEqualTo(200);
    }

    @Test
    void answers_404_when_nothing_is_there_and_403_when_nothing_may_be_read() {
        assertThat(device.status(command("HPUT", TestDevice.DCMO + "/tv/", "urn:test:mo:none:1.0//"))).isEqualTo(404);
        assertThat(device.status(command("HPUT", TestDevice.RADIO + "//Secret"))).isEqualTo(403);
        device.delegating("dms2").servedBy(TestDevice.server("dms1", Set.of(TestDevice.DCMO)));
        assertThat(device.status(command("HPOST", TestDevice.DCMO + "/cam/"))).isEqualTo(403);
    }

    @Test
    @Tag("DM-MEC-002-C-O")
    void answers_304_when_the_server_knows_it_all() {
        ObjectView view = new ObjectView(device.tree, device.context());
        ObjectView.Place cam = view.placeOf(dev.grove.tree.NodeUri.parse("./Cap/cam")).orElseThrow();
        String known = TestDevice.DCMO + "/cam/?cv=" + CacheValidator.of(view, cam);
        assertThat(device.status(command("HPUT", known))).isEqualTo(304);
        assertThat(deliver(device.session(command("HPUT", known, TestDevice.DCMO + "/mic/"))).packet().body().utf8())
                .contains("/mic/").doesNotContain("/cam/");
    }

    @Test
    void answers_419_when_the_repository_does_not_take_it() {
        for (int http : new int[] {302, 400, 401, 404, 500}) {
            device.session(command("HPUT", TestDevice.DCMO + "/cam/"));
            assertThat(answer(http)).as("HTTP " + http).isEqualTo(419);
        }
        device.session(command("HPUT", TestDevice.DCMO + "/cam/"));
        assertThat(TestDevice.response(device.proceed(new Event.Failed("lost"))).statuses().getFirst().code().code())
                .isEqualTo(419);
        assertThat(device.status("[\"HPUT\",\"https://evil.example/\",\"" + TestDevice.DCMO + "/cam/\"]"))
                .isEqualTo(419);
    }

    @Test
    void sends_in_a_format_that_the_server_wants_or_answers_406() {
        String post = command("HPOST", TestDevice.DCMO + "/cam/Enabled");
        device.begin(Dm2Trigger.CLIENT);
        Packet wants = TestDevice.accepting(TestDevice.request(post), "application/dmmo+json");
        assertThat(deliver(device.answered(200, wants)).packet().mediaType()).isEqualTo(TestDevice.OBJECTS);
        device.begin(Dm2Trigger.CLIENT);
        Packet wantsOther = TestDevice.accepting(TestDevice.request(post), "application/cbor, text/csv");
        assertThat(TestDevice.response(device.answered(200, wantsOther)).statuses().getFirst().code().code())
                .isEqualTo(406);
    }

    @Test
    void writes_another_format_when_the_repository_does_not_take_the_first() {
        device.session(command("HPOST", TestDevice.DCMO + "/cam/Enabled"));
        Packet refusal = new Packet("", Bytes.EMPTY, Headers.of("OMADM-Accept", "application/dmmo+json, text/plain"));
        Wish.Deliver again = deliver(device.answered(415, refusal));
        assertThat(again.packet().mediaType()).isEqualTo(TestDevice.OBJECTS);
        assertThat(TestDevice.response(device.answered(415, refusal)).statuses().getFirst().code().code())
                .isEqualTo(419);
    }

    @Test
    void goes_on_with_the_next_command_when_it_is_answered() {
        device.session(command("HPUT", TestDevice.DCMO + "/cam/"),
                "[\"GET\",\"" + TestDevice.DEV_INFO + "//Man\"]");
        Wish wish = device.answered(200);
        assertThat(TestDevice.response(wish).statuses()).hasSize(2);
        assertThat(Objects.requireNonNull(TestDevice.response(wish).data().get(1)).body().utf8()).isEqualTo("Vendor");
    }
}
