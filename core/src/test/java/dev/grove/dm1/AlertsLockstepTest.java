package dev.grove.dm1;

import dev.grove.engine.Fact;
import static dev.grove.dm1.Say.alert;
import static dev.grove.dm1.Say.devInfo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.syncml.AlertCode;
import dev.grove.syncml.AlertType;
import dev.grove.syncml.Command.Alert;
import dev.grove.syncml.Data;
import dev.grove.syncml.Item;
import dev.grove.syncml.Meta;
import dev.grove.syncml.SyncHdr.Location;
import dev.grove.tree.Format;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** [DMPRO 1.3 §8.7], [REPPRO 1.2 §9]: what a device raises of itself. */
class AlertsLockstepTest {

    /**
     * <pre>
     * device                                            server
     *   | package 1 with Alert 1226, two items  ->         |
     *   |   <- one Status for both items                   |
     * </pre>
     */
    @Test
    @Tag("DM-PRO-S-009")
    @Tag("DM-PRO-GAlert-S-001")
    @Tag("DM-PRO-GAlert-S-002")
    void a_generic_alert_is_taken_item_by_item_with_its_correlator_and_mark() {
        Alert generic = new Alert("3", AlertCode.GENERIC, "abc123", List.of(
                item("./SyncML/Sample", meta("Reversed-Domain-Name: org.domain.samplealert", "xml", "critical"),
                        "<a/>"),
                item(null, meta("Content-Type: application/samplealert", "chr", null), "second")));
        ScriptedDevice device = ScriptedDevice.trusted();
        device.sends(alert(1, 1201), devInfo(2), generic);
        assertThat(device.hears()).contains("Status 1/3 Alert 200");
        List<Fact.AlertRaised> raised = device.facts(Fact.AlertRaised.class);
        assertThat(raised).hasSize(2);
        assertThat(raised.getFirst().type()).isEqualTo("org.domain.samplealert");
        assertThat(raised.getFirst().mark()).isEqualTo("critical");
        assertThat(raised.getFirst().correlator()).isEqualTo("abc123");
        assertThat(raised.getFirst().source()).isEqualTo("./SyncML/Sample");
        assertThat(raised.getFirst().data().text()).isEqualTo("<a/>");
        assertThat(raised.getLast().type()).isEqualTo("application/samplealert");
        assertThat(raised.getLast().mark()).as("the default").isEqualTo("informational");
        assertThat(raised.getLast().source()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"org.openmobilealliance.dm.firmwareupdate.devicerequest",
            "Reversed-Domain-Name:org.openmobilealliance.dm.firmwareupdate.devicerequest",
            "reversed-domain-name:  org.openmobilealliance.dm.firmwareupdate.devicerequest \n"})
    void types_are_read_with_and_without_their_prefix(String type) {
        assertThat(AlertType.withoutPrefix(type))
                .isEqualTo("org.openmobilealliance.dm.firmwareupdate.devicerequest");
    }

    @Test
    void each_item_has_its_own_status_where_they_differ() {
        Alert generic = alert(3, 1226, item("./A", meta("org.example", "chr", null), "good"),
                item("./B", meta("org.example", "nonsense", null), "unknown format"),
                item("./C", meta("org.example", "chr", null), null), item("./D", meta(null, "chr", null), "no type"));
        ScriptedDevice device = ScriptedDevice.trusted();
        device.sends(alert(1, 1201), devInfo(2), generic);
        assertThat(device.hears()).contains("Status 1/3 Alert 200", "Status 1/3 Alert 415", "Status 1/3 Alert 412");
        assertThat(device.answer().body()).hasSize(7);
        assertThat(device.facts(Fact.AlertRaised.class)).hasSize(1);
    }

    @Test
    void a_generic_alert_without_items_is_incomplete() {
        ScriptedDevice device = ScriptedDevice.trusted();
        device.sends(alert(1, 1201), devInfo(2), alert(3, 1226));
        assertThat(device.hears()).contains("Status 1/3 Alert 412");
    }

    @Test
    void base64_data_that_is_none_gets_415() {
        ScriptedDevice device = ScriptedDevice.trusted();
        device.sends(alert(1, 1201), devInfo(2), alert(3, 1226, item("./A", meta("org.example", "b64", null), "!!")));
        assertThat(device.hears()).contains("Status 1/3 Alert 415");
        assertThat(device.facts(Fact.AlertRaised.class)).isEmpty();
    }

    @Test
    void a_client_event_is_taken_and_has_no_mark() {
        ScriptedDevice device = ScriptedDevice.trusted();
        device.sends(alert(1, 1201), devInfo(2),
                alert(3, 1224, item(null, meta("org.example.event", null, null), "user")));
        assertThat(device.hears()).contains("Status 1/3 Alert 200");
        assertThat(device.facts(Fact.AlertRaised.class)).containsExactly(new Fact.AlertRaised(AlertCode.CLIENT_EVENT,
                "org.example.event", null, null, null,
                new Value(Format.CHR, "org.example.event", Bytes.utf8("user"))));
    }

    @ParameterizedTest
    @CsvSource({"1100,406", "1104,406", "1221,406", "4711,406", "1222,200", "1225,200"})
    void every_alert_has_a_status(int code, int status) {
        ScriptedDevice device = ScriptedDevice.trusted();
        device.sends(alert(1, 1201), devInfo(2), alert(3, code));
        assertThat(device.hears()).contains("Status 1/3 Alert " + status);
    }

    @Test
    void an_alert_without_a_code_is_incomplete() {
        ScriptedDevice device = ScriptedDevice.trusted();
        device.sends(alert(1, 1201), devInfo(2), new Alert("3", AlertCode.ABSENT, null, List.of()));
        assertThat(device.hears()).contains("Status 1/3 Alert 412");
    }

    private static Item item(@Nullable String source, Meta meta, @Nullable String data) {
        return new Item(null, source == null ? null : new Location(source), null, null, meta,
                data == null ? null : Data.of(data), false);
    }

    private static Meta meta(@Nullable String type, @Nullable String format, @Nullable String mark) {
        return new Meta(format, type, mark, null, null, null, null, List.of());
    }
}
