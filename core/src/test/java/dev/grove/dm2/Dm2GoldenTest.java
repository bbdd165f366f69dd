package dev.grove.dm2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.dm2.Dm2Command.Get;
import dev.grove.dm2.Dm2Command.Hget;
import dev.grove.dm2.Dm2Command.Hpost;
import dev.grove.dm2.Dm2Command.Hput;
import dev.grove.dm2.Dm2Package.CommandStatus;
import dev.grove.dm2.Dm2Package.Initiation;
import dev.grove.dm2.Dm2Package.Request;
import dev.grove.dm2.Dm2Package.Response;
import dev.grove.dm2.Dm2Package.SupportedObject;
import dev.grove.tree.ClientUri;
import dev.grove.tree.Format;
import dev.grove.tree.StatusCode;
import dev.grove.wire.Bytes;
import dev.grove.wire.Json;
import dev.grove.wire.JsonText;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import dev.grove.wire.Packet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every example of [DM 2.0 §7.2.1, §13.1, App. F, I]. */
class Dm2GoldenTest {

    private static final String SCOMO = "urn:oma:mo:oma-scomo:1.0/SCOMO1/";

    private static Dm2Package read(String name, String mediaType) throws Malformed {
        return Dm2Codec.decode(new Packet(mediaType, Golden.bytes(name)), Limits.DEFAULT);
    }

    private static Initiation initiation(String name) throws Malformed {
        return (Initiation) read(name, Initiation.MEDIA_TYPE);
    }

    private static List<Dm2Command> commands(String name) throws Malformed {
        return ((Request) read(name, Request.MEDIA_TYPE)).commands();
    }

    private static Response response(String name) throws Malformed {
        return (Response) read(name, Response.MEDIA_TYPE);
    }

    private static ObjectDocument object(Bytes document) throws Malformed {
        return ObjectCodec.decode(new Packet(ObjectDocument.MEDIA_TYPE, document), Limits.DEFAULT);
    }

    private static ServerUri server(String uri) {
        return new ServerUri(uri);
    }

    private static ClientUri node(String uri) {
        return ClientUri.parse(uri);
    }

    // ---- what is strict in the text is written as it stands there

    @ParameterizedTest
    @Tag("DM-PACK-011-S-M")
    @Tag("DM-PACK-012-C-M")
    @CsvSource({"7.2.1.1-package1, initiation, package1", "7.2.1.2-package2, request, package2",
            "7.2.1.3-package3, response, package3", "F-package2, request, package2",
            "I.1-package1, initiation, package1", "I.1-package2-get, request, package2",
            "I.1-package2-hpost, request, package2", "I.2-package1, initiation, package1",
            "I.2-package2-secret, request, package2", "I.2-package2-instance, request, package2",
            "I.2-package2-end, request, package2"})
    void is_written_as_it_is_read(String name, String kind, String schema) throws Malformed {
        String mediaType = "application/vnd.oma.dm." + kind + "+json";

        Packet written = Dm2Codec.encode(read(name + ".json", mediaType));

        assertThat(written.mediaType()).isEqualTo(mediaType);
        assertThat(Schema.named(schema).violations(written.body())).isEmpty();
        assertThat(JsonText.read(written.body(), Limits.DEFAULT))
                .isEqualTo(JsonText.read(Golden.bytes(name + ".json"), Limits.DEFAULT));
    }

    @ParameterizedTest
    @CsvSource({"I.2-package3-secret", "I.2-package3-instance"})
    void what_breaks_the_schema_is_written_as_the_schema_has_it(String name) throws Malformed {
        Response read = response(name + ".json");

        Packet written = Dm2Codec.encode(read);

        assertThat(Schema.named("package3").violations(Golden.bytes(name + ".json"))).isNotEmpty();
        assertThat(Schema.named("package3").violations(written.body())).isEmpty();
        assertThat(Dm2Codec.decode(written, Limits.DEFAULT)).isEqualTo(read);
    }

    // ---- section 7

    @Test
    void package_1_tells_objects_and_alerts() throws Malformed {
        Initiation read = initiation("7.2.1.1-package1.json");

        assertThat(read.objects()).containsExactly(
                new SupportedObject("http://www.vendor.com/DDF/devinfo1.0.ddf", "urn:oma:mo:oma-dm-devinfo:1.0",
                        List.of("miid1")),
                new SupportedObject("http://www.vendor.com/DDF/oma-sessioninfomo1.0.ddf",
                        "urn:oma:mo:oma-sessioninfomo:1.0", List.of("miid1")));
        assertThat(read.alerts()).hasSize(2);
        assertThat(read.alerts().getFirst()).isEqualTo(alert("Component1"));
    }

    private static Dm2Alert alert(String component) {
        return new Dm2Alert("urn:oma:at:scomo:1.0:OperationComplete",
                SCOMO + "Download/Package1/Operations/DownloadInstall", SCOMO + "Inventory/Deployed/" + component,
                "warning", "text/xml", Json.object().with("DM1x", "<ResultCode>1200</ResultCode>          "
                        + "<!-- SCOMO Result Code --><Identifier>Component1ID</Identifier>").build());
    }

    @Test
    void package_2_lists_commands() throws Malformed {
        assertThat(commands("7.2.1.2-package2.json")).containsExactly(
                new Hpost(server("https://DMcontent.DMserver.operator.com/[DevID]"),
                        List.of(node("urn:oma:mo:oma-dm-devinfo:1.0//"), node("urn:oma:mo:oma-sessioninfomo:1.0//"))),
                new Hget(server("https://DMcontent.DMserver.operator.com/new_mo"), null),
                new Get(node("urn:oma:mo:oma-sessioninfomo:1.0//CBT")));
    }

    @Test
    @Tag("DM-PACK-013-S-M")
    void package_3_tells_statuses_places_and_alerts() throws Malformed {
        Response read = response("7.2.1.3-package3.json");

        assertThat(read.statuses()).containsExactly(CommandStatus.of(StatusCode.OK),
                new CommandStatus(StatusCode.OK, List.of("urn:oma:mo:oma-mo:1.0/miid1/",
                        "urn:oma:mo:oma-mo:1.0/miid2/")),
                CommandStatus.of(StatusCode.OK));
        assertThat(read.alerts()).containsExactly(new Dm2Alert("urn:oma:at:dcmo:1.0:OperationComplete",
                "urn:oma:mo:oma-dcmo:1.0/Capability123/Operations/Enable", null, "warning", "int",
                Json.object().with("DM1x", 1404).build()));
        assertThat(AlertInterworking.data(read.alerts().getFirst()).format()).isEqualTo(Format.INT);
    }

    @Test
    @Tag("DM-SER-003-S-M")
    void an_object_is_a_list_of_parts() throws Malformed {
        ObjectDocument read = object(Golden.bytes("7.2.1.4-object.json"));

        assertThat(read.parts()).hasSize(1);
        assertThat(read.parts().getFirst().validator()).isEqualTo("686897696a7c876b7e");
        assertThat(read.parts().getFirst().uri()).isEqualTo("oma:mo:oma-dm-devinfo:1.0//");
        Packet written = ObjectCodec.encode(read);
        assertThat(Schema.named("object").violations(written.body())).isEmpty();
        assertThat(JsonText.read(written.body(), Limits.DEFAULT))
                .isEqualTo(JsonText.read(Golden.bytes("7.2.1.4-object.json"), Limits.DEFAULT));
    }

    @Test
    @Tag("DM-PACK-026-S-M")
    void alerts_are_read_in_a_package() throws Malformed {
        assertThat(initiation("7.2.1.5-alert.json").alerts()).containsExactly(alert("Component1"),
                alert("Component2"));
        assertThat(Schema.named("alert").violations(Golden.bytes("7.2.1.5-alert.json"))).isEmpty();
    }

    // ---- section 13

    @Test
    void alerts_of_dm_1_stand_there_as_they_were_or_as_json() throws Malformed {
        assertThat(initiation("13.1-alert-of-dm1x.json").alerts()).containsExactly(alert("Component1"),
                alert("Component2"));
        assertThat(AlertInterworking.data(alert("Component1")).format()).isEqualTo(Format.XML);
        Dm2Alert ofJson = initiation("13.1-alert-of-json.json").alerts().getLast();
        assertThat(AlertInterworking.data(ofJson).text())
                .isEqualTo("{\"ResultCode\":1200,\"Identifier\":\"Component2ID\"}");
    }

    // ---- appendix F

    @Test
    void commands_of_appendix_f() throws Malformed {
        assertThat(commands("F-package2.json")).hasSize(6).contains(
                new Hput(server("http://www.data.com/MOData"), List.of(node("urn:oma:mo:oma-moid:1.0//"))),
                new Hget(server("http://www.dms1.com/"),
                        node("urn:oma:mo:oma-dm-dmacc:2.0/dms1/AuthNoti/AuthSecret")));
    }

    @Test
    void data_goes_with_package_3_in_parts() throws Malformed {
        Response read = (Response) Dm2Codec.decode(new Packet("multipart/form-data; boundary=simple_boundary",
                Golden.multipart("F-package3.multipart")), Limits.DEFAULT);

        assertThat(read.statuses().stream().map(status -> status.code().code())).containsExactly(200, 200, 200, 200,
                404, 200);
        assertThat(read.data()).containsOnlyKeys(0, 1, 2);
        assertThat(read.data().get(0)).isEqualTo(new Packet("text/plain", Bytes.utf8("IMEI:493005100592800")));
        assertThat(object(body(read, 1)).parts()).containsExactly(new ObjectDocument.Part(
                "http://www.vendor.com/DDF/oma-dm-devinfo1.2.ddf", "urn:oma:mo:oma-dm-devinfo:1.2//DevID", null,
                Json.object().with("DevID", "IMEI:493005100592800").build()));
        assertThat(object(body(read, 2)).parts().getFirst().data()).isEqualTo(Json.object()
                .with("SessionInfoMO", Json.object().with("CBT", 1).with("ROAMING", 0).build()).build());
        assertThat(Dm2Codec.decode(Dm2Codec.encode(read), Limits.DEFAULT)).isEqualTo(read);
    }

    private static Bytes body(Response response, int index) {
        return Objects.requireNonNull(response.data().get(index)).body();
    }

    // ---- appendix I

    @Test
    void a_boundary_that_changes_its_name_is_followed() throws Malformed {
        Response read = (Response) Dm2Codec.decode(new Packet("multipart/form-data; boundary=boundary",
                Golden.multipart("I.1-package3.multipart")), Limits.DEFAULT);

        assertThat(read.statuses()).hasSize(2);
        assertThat(read.data()).containsOnlyKeys(0, 1);
        assertThat(object(body(read, 0)).parts()).hasSize(1);
        // A list of objects in braces is no JSON.
        assertThatThrownBy(() -> object(body(read, 1))).isInstanceOf(Malformed.class);
    }

    @Test
    void a_list_without_its_comma_is_no_json() throws Malformed {
        assertThatThrownBy(() -> commands("I.1-package2-hpost-as-printed.txt")).isInstanceOf(Malformed.class);
        assertThat(commands("I.1-package2-hpost.json")).containsExactly(
                new Hpost(server("http://www.dr.com/camera_state?DevID=IMEI:493005100592800"),
                        List.of(node("urn:oma:mo:oma-dcmo:1.0/(x)/Enabled?nv=(x)/Property:Camera"))),
                new Dm2Command.End());
    }

    @Test
    void the_secret_of_appendix_i_is_set_by_an_old_name() throws Malformed {
        assertThat(commands("I.2-package2-secret.json")).containsExactly(
                new Hget(server("http://www.dms.com/new_secret?DevID=IMEI:493005100592800"), node(
                        "urn:oma:mo:oma-dm-dmacc:2.0/(x)/AuthNoti/AuthSecret?nv=(x)/ServerID:DMS_ID1")));
        assertThat(response("I.2-package3-secret.json").statuses()).containsExactly(CommandStatus.of(StatusCode.OK));
    }

    @Test
    void a_new_instance_is_answered_with_its_place() throws Malformed {
        assertThat(object(Golden.bytes("I.2-object.json")).parts().getFirst().data().fields()).containsOnlyKeys("usb");
        assertThat(response("I.2-package3-instance.json").statuses())
                .containsExactly(new CommandStatus(StatusCode.OK, List.of("urn:oma:mo:oma-dcmo:1.0/usb/")));
        assertThat(((Request) read("I.2-package2-end.json", Request.MEDIA_TYPE)).isLast()).isTrue();
        assertThat(initiation("I.2-package1.json").objects()).contains(
                new SupportedObject("http://www.vendor.com/DDF/oma-dcmo1.0.ddf", "urn:oma:mo:oma-dcmo:1.0", List.of()));
    }

    @ParameterizedTest
    @Tag("DM-OBJ-004-S-M")
    @Tag("DM-OBJ-005-S-M")
    @Tag("DM-OBJ-006-S-M")
    @Tag("DM-OBJ-007-S-M")
    @Tag("DM-OBJ-008-S-M")
    @Tag("DM-OBJ-009-S-M")
    @Tag("DM-OBJ-003-C-M")
    @Tag("DM-OBJ-003-S-M")
    @Tag("DM-OBJ-004-C-M")
    @Tag("DM-OBJ-005-C-M")
    @Tag("DM-OBJ-006-C-M")
    @Tag("DM-OBJ-007-C-M")
    @Tag("DM-OBJ-008-C-M")
    @Tag("DM-OBJ-009-C-M")
    @CsvSource({"https://prov.dmserver.com/Settings/[MCC]/[MNC]/MMS, https://prov.dmserver.com/Settings/262/01/MMS",
            "https://rcsprov.gsma.org/Settings/[CMCC]/[CMNC]/RCS, https://rcsprov.gsma.org/Settings/-1/-1/RCS",
            "https://dr.example.com/[DevID]?p=[SPName]&x=[Vendor], "
                    + "https://dr.example.com/IMEI:1%2F2?p=My%20%26%20Net&x=-1",
            "https://[2001:db8::1]/[DevID, 'https://[2001:db8::1]/[DevID'"})
    void the_device_puts_its_values_into_server_uris(String template, String uri) {
        assertThat(server(template).resolve(Map.of("MCC", "262", "MNC", "01", "DevID", "IMEI:1/2", "SPName",
                "My & Net"))).isEqualTo(uri);
    }
}
