package dev.grove.dm2.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.dm2.ServerUri;
import dev.grove.dm2.access.Delegation;
import dev.grove.dm2.access.DelegationObject;
import dev.grove.dm2.client.ChangeReports.Report;
import dev.grove.dm2.client.Dm2Memory.Source;
import dev.grove.dm2.client.Dm2Memory.Subscription;
import dev.grove.dm2.client.Event.Browsing;
import dev.grove.dm2.client.Step.Wish;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** SHOW, DEFAULT, SUB and UNSUB, with their statuses ([DM 2.0 §5.3.7, §5.3.10 - §5.3.12, C]). */
class NotesTest {

    private final TestDevice device = new TestDevice();

    // ---- SHOW

    @Test
    @Tag("DM-PACK-020-C-O")
    void shows_a_page_and_goes_on_at_once() {
        Wish wish = device.session("[\"SHOW\",\"https://dms1.example.com/ui?uiid=1\"]",
                "[\"GET\",\"" + TestDevice.DEV_INFO + "//Man\"]");
        assertThat(wish).isEqualTo(new Wish.Browse("https://dms1.example.com/ui?uiid=1"));
        assertThat(TestDevice.response(device.proceed(new Event.Browsed(Browsing.STARTED))).statuses())
                .extracting(status -> status.code().code()).containsExactly(200, 200);
    }

    @Test
    @Tag("DM-PACK-020-C-O")
    void goes_on_without_a_browser_too() {
        assertThat(shown(Browsing.NONE)).isEqualTo(501);
        assertThat(shown(Browsing.FAILED)).isEqualTo(500);
        assertThat(shown(Browsing.REJECTED)).isEqualTo(507);
        assertThat(device.status("[\"SHOW\",\"javascript:alert(1)\"]")).isEqualTo(400);
    }

    private int shown(Browsing how) {
        device.session("[\"SHOW\",\"https://dms1.example.com/ui\"]");
        return TestDevice.response(device.proceed(new Event.Browsed(how))).statuses().getFirst().code().code();
    }

    // ---- DEFAULT

    @Test
    @Tag("DM-PACK-023-C-O")
    void keeps_one_address_for_each_object() {
        assertThat(device.status("[\"DEFAULT\",\"https://dms1.example.com/[MCC]/MMS\",\"urn:oma:mo:oma-mms:1.3\"]"))
                .isEqualTo(200);
        assertThat(device.status("[\"DEFAULT\",\"https://dms1.example.com/2\",\"urn:oma:mo:oma-mms:1.3\"]"))
                .isEqualTo(200);
        assertThat(device.memory.defaults()).containsExactly(java.util.Map.entry("urn:oma:mo:oma-mms:1.3",
                new Source("dms1", new ServerUri("https://dms1.example.com/2"))));
    }

    @Test
    @Tag("DM-PACK-023-C-O")
    void keeps_no_address_that_it_would_not_go_to() {
        assertThat(device.status("[\"DEFAULT\",\"file:///etc/passwd\",\"urn:oma:mo:oma-mms:1.3\"]")).isEqualTo(403);
        device.delegating("dms1").servedBy(TestDevice.server("dms1", Set.of(TestDevice.RADIO)));
        assertThat(device.status("[\"DEFAULT\",\"https://dms1.example.com/2\",\"urn:oma:mo:oma-mms:1.3\"]"))
                .isEqualTo(403);
        assertThat(device.memory.defaults()).isEmpty();
    }

    // ---- SUB, UNSUB

    private static String sub(String uri) {
        return "[\"SUB\",\"https://dms1.example.com/changes\",\"" + uri + "\"]";
    }

    private List<Report> due() {
        return ChangeReports.due(device.tree, device.memory, device.context());
    }

    @Test
    @Tag("DM-PACK-024-C-O")
    void reports_a_change_with_all_that_was_subscribed_to() {
        assertThat(device.status(sub(TestDevice.DCMO + "/cam/"))).isEqualTo(200);
        assertThat(due()).isEmpty();
        device.set("./Cap/mic/Enabled", "true");
        assertThat(due()).isEmpty();
        device.set("./Cap/cam/Enabled", "false");
        Report report = due().getFirst();
        assertThat(report.url()).isEqualTo("https://dms1.example.com/changes");
        assertThat(report.packet().mediaType()).isEqualTo(TestDevice.OBJECTS);
        assertThat(report.packet().body().utf8()).contains("\"Property\":\"Camera\"", "\"Enabled\":false");
        device.memory = device.memory.replacing(report.told());
        assertThat(due()).isEmpty();
    }

    @Test
    @Tag("DM-PACK-024-C-O")
    void reports_in_the_format_that_the_receiver_wants() {
        device.done(sub(TestDevice.DCMO + "/cam/Enabled"));
        device.set("./Cap/cam/Enabled", "false");
        Report report = due().getFirst();
        Report plain = ChangeReports.otherwise(report, "text/plain", device.tree, device.context()).orElseThrow();
        assertThat(plain.packet()).isEqualTo(TestDevice.packet("text/plain", "false"));
        assertThat(ChangeReports.otherwise(plain, "text/plain", device.tree, device.context())).isEmpty();
        assertThat(ChangeReports.otherwise(report, "text/csv", device.tree, device.context())).isEmpty();
    }

    @Test
    @Tag("DM-PACK-024-C-O")
    void reports_that_what_was_there_is_gone() {
        device.done(sub(TestDevice.DCMO + "/cam/"));
        device.done("[\"DELETE\",\"" + TestDevice.DCMO + "/cam/\"]");
        assertThat(due().getFirst().packet().body().utf8()).isEqualTo("[]");
    }

    @Test
    @Tag("DM-PACK-024-C-O")
    void takes_no_subscription_to_what_is_not_there_or_not_to_be_seen() {
        assertThat(device.status(sub(TestDevice.DCMO + "/tv/"))).isEqualTo(404);
        assertThat(device.status(sub(TestDevice.RADIO + "//Secret"))).isEqualTo(403);
        assertThat(device.status("[\"SUB\",\"http://169.254.169.254/\",\"" + TestDevice.DCMO + "/cam/\"]"))
                .isEqualTo(403);
        assertThat(device.memory.subscriptions()).isEmpty();
    }

    @Test
    @Tag("DM-MEC-001-C-O")
    void reports_nothing_that_the_server_may_see_no_more() {
        device.delegating("dms1").done(sub(TestDevice.DCMO + "/cam/"));
        device.tree = DelegationObject.into(device.tree, device.rules()
                .with(Delegation.Part.root(TestDevice.DCMO, "cam"), "serverid:dms1", 0), TestDevice.NOW);
        device.set("./Cap/cam/Property", "Spy");
        assertThat(due()).allMatch(report -> report.packet().body().utf8().equals("[]"));
    }

    @Test
    @Tag("DM-PACK-025-C-O")
    void ends_a_subscription_by_the_same_address() {
        device.done(sub(TestDevice.DCMO + "/cam/"));
        assertThat(device.status("[\"UNSUB\",\"" + TestDevice.DCMO + "/cam/Enabled\"]")).isEqualTo(404);
        assertThat(device.status("[\"UNSUB\",\"" + TestDevice.DCMO + "/cam/\"]")).isEqualTo(200);
        assertThat(device.status("[\"UNSUB\",\"" + TestDevice.DCMO + "/cam/\"]")).isEqualTo(404);
        assertThat(device.memory.subscriptions()).isEmpty();
    }

    @Test
    void keeps_the_subscriptions_of_servers_apart() {
        device.done(sub(TestDevice.DCMO + "/cam/"));
        Subscription own = device.memory.subscriptions().getFirst();
        device.servedBy(TestDevice.server("dms2", Set.of("*")));
        assertThat(device.status("[\"UNSUB\",\"" + TestDevice.DCMO + "/cam/\"]")).isEqualTo(404);
        assertThat(Optional.of(own)).isEqualTo(device.memory.subscription("dms1", own.node()));
        device.set("./Cap/cam/Enabled", "false");
        assertThat(due()).isEmpty();
    }
}
