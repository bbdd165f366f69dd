package dev.grove.dm2.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.dm2.Dm2Alert;
import dev.grove.dm2.Dm2Package.Initiation;
import dev.grove.dm2.Dm2Package.Response;
import dev.grove.dm2.Dm2Package.SupportedObject;
import dev.grove.dm2.client.Dm2Fact.Reason;
import dev.grove.dm2.client.Step.Wish;
import dev.grove.dm2.device.Dm2Context.PendingAlert;
import dev.grove.wire.Json;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Packages 1 to 3 and how a session ends ([DM 2.0 §5.2, §5.6]). */
class SessionFlowTest {

    private final TestDevice device = new TestDevice();

    @Test
    @Tag("DM-PACK-011-C-M")
    void begins_with_package_1_at_the_address_of_the_account() {
        Wish.Send send = (Wish.Send) device.begin(Dm2Trigger.CLIENT);
        assertThat(send.url()).isEqualTo(TestDevice.HOME);
        assertThat(send.packet().mediaType()).isEqualTo(Initiation.MEDIA_TYPE);
        assertThat(send.packet().headers().first("OMADM-DevID")).hasValue(TestDevice.DEVICE_ID);
        assertThat(send.packet().headers().first("Accept")).hasValue("application/vnd.oma.dm.request+json");
    }

    @Test
    @Tag("DM-PACK-011-C-M")
    void says_why_it_calls() {
        assertThat(alerts(Dm2Trigger.CLIENT)).containsExactly(Dm2Alert.of(Dm2Alert.CLIENT_INITIATED));
        assertThat(alerts(Dm2Trigger.BOOTSTRAP)).containsExactly(Dm2Alert.of(Dm2Alert.BOOTSTRAP_COMPLETE));
    }

    @Test
    @Tag("DM-PACK-007-C-O")
    void says_which_notification_it_answers() {
        Dm2Alert alert = alerts(Dm2Trigger.notified(517, false)).getFirst();
        assertThat(alert.type()).isEqualTo(Dm2Alert.SERVER_INITIATED);
        assertThat(alert.data()).isEqualTo(Json.object().with("NOTIFICATION-ID", 517).build());
        assertThat(alert.dataType()).isNotNull();
        assertThat(alerts(Dm2Trigger.notified(null, false)).getFirst().data()).isNull();
    }

    private List<Dm2Alert> alerts(Dm2Trigger trigger) {
        return TestDevice.initiation(device.begin(trigger)).alerts();
    }

    @Test
    @Tag("DM-PACK-010-C-O")
    void tells_its_objects_when_asked() {
        device.withDescription(TestDevice.DCMO, "https://vendor.example/dcmo.ddf");
        Initiation first = TestDevice.initiation(device.begin(Dm2Trigger.notified(1, true)));
        assertThat(first.objects()).contains(
                new SupportedObject("https://vendor.example/dcmo.ddf", TestDevice.DCMO, List.of("cam", "mic")),
                new SupportedObject(null, TestDevice.WORK, List.of("Work")));
        assertThat(TestDevice.initiation(device.begin(Dm2Trigger.CLIENT)).objects()).isNull();
    }

    @Test
    @Tag("DM-PACK-010-C-O")
    void tells_only_objects_of_the_bootstrap_and_instances_that_the_server_may_touch() {
        device.delegating("dms2").servedBy(TestDevice.server("dms1", Set.of(TestDevice.DEV_INFO, TestDevice.RADIO)));
        Initiation first = TestDevice.initiation(device.begin(Dm2Trigger.notified(1, true)));
        assertThat(first.objects()).contains(new SupportedObject(null, TestDevice.DEV_INFO, List.of("DevInfo")),
                new SupportedObject(null, TestDevice.RADIO, List.of()),
                new SupportedObject(null, TestDevice.ACCOUNT, List.of("dms1")));
        assertThat(first.objects()).extracting(SupportedObject::moid).doesNotContain(TestDevice.DCMO, TestDevice.WORK);
    }

    @Test
    @Tag("DM-PACK-001-C-M")
    @Tag("DM-PACK-012-C-M")
    @Tag("DM-PACK-013-C-M")
    void answers_each_command_once_and_in_order() {
        Wish wish = device.session("[\"GET\",\"" + TestDevice.DEV_INFO + "//Man\"]",
                "[\"GET\",\"urn:oma:mo:none:1.0//\"]", "[\"SING\",\"loud\"]", "[\"GET\"]",
                "[\"DELETE\",\"" + TestDevice.DCMO + "/mic/\"]");
        Response response = TestDevice.response(wish);
        assertThat(response.statuses()).extracting(status -> status.code().code()).containsExactly(200, 404, 501, 400,
                200);
        assertThat(response.data().keySet()).containsExactly(0);
        assertThat(((Wish.Send) wish).packet().headers().first("OMADM-DevID")).hasValue(TestDevice.DEVICE_ID);
    }

    @Test
    void answers_a_package_without_commands_too() {
        assertThat(device.done()).isEmpty();
    }

    @Test
    @Tag("DM-PACK-022-C-M")
    void does_everything_before_END_and_says_nothing_more() {
        Wish wish = device.session("[\"DELETE\",\"" + TestDevice.DCMO + "/mic/\"]", "[\"END\"]");
        assertThat(wish).isEqualTo(new Wish.Finished(Reason.COMPLETED));
        assertThat(device.has("./Cap/mic")).isFalse();
        assertThat(device.last().next().isEnded()).isTrue();
        assertThatThrownBy(() -> device.answered(200)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Tag("DM-PACK-021-C-M")
    void goes_on_where_CONT_says_until_the_end() {
        Wish.Send third = (Wish.Send) device.session("[\"CONT\",\"https://dms1.example.com/other?d=[DevID]\"]");
        assertThat(third.url()).isEqualTo("https://dms1.example.com/other?d=IMEI:493005100592800");
        assertThat(TestDevice.response(third).statuses().getFirst().code().code()).isEqualTo(200);
        assertThat(((Wish.Send) device.commands("[\"GET\",\"" + TestDevice.DEV_INFO + "//Man\"]")).url())
                .isEqualTo(third.url());
    }

    @Test
    @Tag("DM-PACK-021-C-M")
    void does_not_go_where_the_account_does_not_allow() {
        Wish.Send third = (Wish.Send) device.session("[\"CONT\",\"https://elsewhere.example.org/dm2\"]");
        assertThat(third.url()).isEqualTo(TestDevice.HOME);
        assertThat(TestDevice.response(third).statuses().getFirst().code().code()).isEqualTo(400);
    }

    @Test
    void ends_when_HTTP_fails_and_tries_nothing_again() {
        for (int status : List.of(301, 400, 404, 406, 415, 500, 503)) {
            device.begin(Dm2Trigger.CLIENT);
            assertThat(device.answered(status)).as("HTTP " + status).isEqualTo(new Wish.Finished(Reason.REFUSED));
        }
        for (int status : List.of(401, 403)) {
            device.begin(Dm2Trigger.CLIENT);
            assertThat(device.answered(status)).isEqualTo(new Wish.Finished(Reason.NOT_AUTHENTICATED));
        }
        device.begin(Dm2Trigger.CLIENT);
        assertThat(device.proceed(new Event.Failed("lost"))).isEqualTo(new Wish.Finished(Reason.NO_ANSWER));
    }

    @Test
    void ends_when_the_answer_is_no_package_2() {
        for (String body : List.of("", "{", "[]", "{\"CMD\":5}", "{\"Status\":[]}", "{\"CMD\":[],\"CMD\":[]}",
                "{\"CMD\":" + "[".repeat(2000) + "]".repeat(2000) + "}")) {
            device.begin(Dm2Trigger.CLIENT);
            assertThat(device.answered(200, TestDevice.packet("application/vnd.oma.dm.request+json", body)))
                    .as(body).isEqualTo(new Wish.Finished(Reason.UNINTELLIGIBLE));
        }
        for (String type : List.of("", "text/html", "application/vnd.oma.dm.response+json",
                "application/vnd.oma.dm.initiation+json")) {
            device.begin(Dm2Trigger.CLIENT);
            assertThat(device.answered(200, TestDevice.packet(type, "{\"Status\":[]}"))).as(type)
                    .isEqualTo(new Wish.Finished(Reason.UNINTELLIGIBLE));
        }
    }

    @Test
    void does_not_go_on_forever() {
        device.withMaxPackages(3).begin(Dm2Trigger.CLIENT);
        device.commands();
        device.commands();
        assertThat(device.commands()).isEqualTo(new Wish.Finished(Reason.ABORTED_BY_CLIENT));
    }

    // ---- alerts

    @Test
    @Tag("DM-PACK-026-C-M")
    void tells_what_waits_in_package_1_and_what_is_new_in_package_3() {
        PendingAlert waiting = new PendingAlert("a", Dm2Alert.of("urn:test:at:a"));
        PendingAlert fresh = new PendingAlert("b", Dm2Alert.of("urn:test:at:b"));
        device.raising(waiting);
        assertThat(alerts(Dm2Trigger.CLIENT)).extracting(Dm2Alert::type).containsExactly(Dm2Alert.CLIENT_INITIATED,
                "urn:test:at:a");
        device.raising(fresh);
        assertThat(TestDevice.response(device.commands()).alerts()).containsExactly(fresh.alert());
        assertThat(device.facts).contains(new Dm2Fact.AlertTaken("a")).doesNotContain(new Dm2Fact.AlertTaken("b"));
        device.commands("[\"END\"]");
        assertThat(device.facts).contains(new Dm2Fact.AlertTaken("b"));
    }

    @Test
    @Tag("DM-PACK-026-C-M")
    void keeps_an_alert_that_nobody_has_taken() {
        device.raising(new PendingAlert("a", Dm2Alert.of("urn:test:at:a"))).begin(Dm2Trigger.CLIENT);
        device.answered(503);
        assertThat(device.facts).doesNotContain(new Dm2Fact.AlertTaken("a"));
        assertThat(alerts(Dm2Trigger.CLIENT)).extracting(Dm2Alert::type).contains("urn:test:at:a");
    }
}
