package dev.grove.dm2.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.dm2.Dm2Package.CommandStatus;
import dev.grove.dm2.Dm2Package.Response;
import dev.grove.dm2.Dm2Package.SupportedObject;
import dev.grove.dm2.ServerUri;
import dev.grove.dm2.access.ServerUriPolicy;
import dev.grove.dm2.client.Dm2Fact.Reason;
import dev.grove.dm2.client.Step.Method;
import dev.grove.dm2.client.Step.Wish;
import dev.grove.mo.NodeBuilder;
import dev.grove.tree.Format;
import dev.grove.tree.NodeUri;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Tree;
import dev.grove.wire.Packet;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The protocol examples of the specification, as a device has them ([DM 2.0 I, F]). */
@Tag("DM-PACK-001-C-M")
class ExampleReplayTest {

    private static final String SCOMO = "urn:oma:mo:oma-scomo:1.0";

    private final TestDevice device = new TestDevice();

    ExampleReplayTest() {
        Tree tree = device.tree;
        tree = tree.with(NodeUri.parse("./SCM"), NodeBuilder.dynamic(SCOMO, TestDevice.NOW)
                .interior("Inventory", inventory -> inventory.interior("Deployed", deployed -> deployed
                        .interior("pkg1", one -> one.leaf("ID", "pkg1_id"))
                        .interior("pkg2", one -> one.leaf("ID", "pkg2_id"))))
                .build());
        device.tree = tree.with(NodeUri.parse("./Session"),
                NodeBuilder.permanent("urn:oma:mo:oma-sessioninfomo:1.0", TestDevice.NOW).leaf("CBT", Format.INT, "1")
                        .leaf("ROAMING", Format.INT, "0").build());
        device.with(new ServerUriPolicy(java.util.Set.of("www.dr.com", "www.data.com", "www.dms.com",
                "prov.dmserver.com"), false));
    }

    /** [DM 2.0 I.1]: two GETs answered in parts; an HPOST and END answered by nothing. */
    @Test
    void retrieves_data() {
        assertThat(TestDevice.initiation(device.begin(Dm2Trigger.CLIENT)).objects()).isNull();
        Response third = TestDevice.response(device.commands("[\"GET\", \"oma:mo:oma-dm-devinfo:1.0//\"]",
                "[\"GET\", \"" + SCOMO + "//Inventory/Deployed/*/ID\"]"));
        assertThat(third.statuses()).extracting(CommandStatus::code).containsExactly(StatusCode.OK, StatusCode.OK);
        assertThat(text(third, 0)).contains("\"DevID\":\"IMEI:493005100592800\"");
        assertThat(text(third, 1)).contains("\"ClientURI\":\"" + SCOMO + "//Inventory/Deployed/pkg1/ID\"",
                "{\"ID\":\"pkg1_id\"}", "\"ClientURI\":\"" + SCOMO + "//Inventory/Deployed/pkg2/ID\"");
        Wish post = device.commands("[\"HPOST\", \"https://www.dr.com/camera_state?DevID=IMEI:493005100592800\", \""
                + TestDevice.DCMO + "/(x)/Enabled?nv=(x)/Property:Camera\"]", "[\"END\"]");
        assertThat(post).isEqualTo(new Wish.Deliver(Method.POST,
                "https://www.dr.com/camera_state?DevID=IMEI:493005100592800",
                TestDevice.packet("text/plain", "true")));
        assertThat(device.answered(200)).isEqualTo(new Wish.Finished(Reason.COMPLETED));
    }

    /** [DM 2.0 F]: six commands; the data of each GET under its place, the rest without. */
    @Test
    @Tag("DM-SER-003-C-M")
    void puts_the_data_of_each_GET_under_its_place() {
        device.session("[\"GET\", \"" + TestDevice.DEV_INFO + "//DevID\"]",
                "[\"GET\", \"" + TestDevice.DEV_INFO + "//DevID\"]",
                "[\"GET\", \"urn:oma:mo:oma-sessioninfomo:1.0//\"]",
                "[\"HPUT\", \"https://www.data.com/MOData\", \"" + SCOMO + "//\"]",
                "[\"GET\", \"urn:oma:mo:invalid-moid:1.0//\"]",
                "[\"HGET\", \"https://www.dms.com/\",\"urn:oma:mo:oma-dm-dmacc:2.0/dms1/AuthNoti/AuthSecret\"]");
        assertThat(device.answered(200)).isInstanceOf(Wish.Fetch.class);
        Response third = TestDevice.response(device.answered(200, TestDevice.packet("text/plain", "new")));
        assertThat(third.statuses()).extracting(status -> status.code().code()).containsExactly(200, 200, 200, 200,
                404, 200);
        assertThat(third.data().keySet()).containsExactly(0, 1, 2);
        assertThat(text(third, 0)).isEqualTo("IMEI:493005100592800");
        assertThat(text(third, 2)).contains("{\"CBT\":1,\"ROAMING\":0}");
    }

    /** [DM 2.0 I.2]: MOS in package 1, a new secret, a new object, END. */
    @Test
    @Tag("DM-STDOBJ-002-C-M")
    void modifies_data() {
        assertThat(TestDevice.initiation(device.begin(Dm2Trigger.notified(1, true))).objects())
                .contains(new SupportedObject(null, TestDevice.DEV_INFO, List.of("DevInfo")));
        Wish fetch = device.commands("[\"HGET\", \"https://www.dms.com/new_secret?DevID=IMEI:493005100592800\","
                + "\"urn:oma:mo:oma-dm-dmacc:2.0/(x)/AuthNoti/AuthSecret?nv=(x)/ServerID:dms1\"]");
        assertThat(((Wish.Fetch) fetch).url()).isEqualTo(
                "https://www.dms.com/new_secret?DevID=IMEI:493005100592800");
        device.answered(200, TestDevice.packet("text/plain", "AB123CES121XX90TPOWQESEFSE33"));
        assertThat(device.text("./DMAcc/dms1/AuthNoti/AuthSecret")).isEqualTo("AB123CES121XX90TPOWQESEFSE33");
        assertThat(device.text("./DMAcc/dms2/AuthNoti/AuthSecret")).isEqualTo("old");
        device.commands("[\"HGET\", \"https://www.dms.com/dcmo_usb\"]");
        Response third = TestDevice.response(device.answered(200, TestDevice.packet(TestDevice.OBJECTS, """
                [{"DDF": "http://www.vendor.com/DDF/dcmo1.0.ddf", "ClientURI": "urn:oma:mo:oma-dcmo:1.0//",
                  "MOData": {"usb": {"Property": "USB", "Group": "I/O", "Description": "USB Control",
                                     "Enabled": "true"}}}]""")));
        assertThat(third.statuses()).containsExactly(
                new CommandStatus(StatusCode.OK, List.of("urn:oma:mo:oma-dcmo:1.0/usb/")));
        assertThat(device.commands("[\"END\"]")).isEqualTo(new Wish.Finished(Reason.COMPLETED));
    }

    /** [DM 2.0 I.3]: what a missing MMS configuration is fetched from. */
    @Test
    @Tag("DM-PACK-023-C-O")
    void takes_a_default() {
        device.done(
                "[\"DEFAULT\", \"https://prov.dmserver.com/Settings/[MCC]/[MNC]/MMS\", \"urn:oma:mo:oma-mms:1.3\"]");
        ServerUri from = Objects.requireNonNull(device.memory.defaults().get("urn:oma:mo:oma-mms:1.3")).from();
        assertThat(from.resolve(device.context().values())).isEqualTo(
                "https://prov.dmserver.com/Settings/262/-1/MMS");
    }

    private static String text(Response response, int command) {
        Packet data = response.data().get(command);
        return Objects.requireNonNull(data).body().utf8();
    }
}
