package dev.grove.dm2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.dm2.Dm2Command.Misshapen;
import dev.grove.dm2.Dm2Package.CommandStatus;
import dev.grove.dm2.Dm2Package.Initiation;
import dev.grove.dm2.Dm2Package.Request;
import dev.grove.dm2.Dm2Package.Response;
import dev.grove.dm2.Dm2Package.SupportedObject;
import dev.grove.tree.ClientUri;
import dev.grove.tree.StatusCode;
import dev.grove.wire.Bytes;
import dev.grove.wire.Json;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import dev.grove.wire.Packet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Packages 1, 2 and 3 as bytes, as they should be and as they come. */
class Dm2CodecTest {

    private static final ServerUri SERVER = new ServerUri("https://dr.example.com/[DevID]");
    private static final ClientUri NODE = ClientUri.parse("urn:oma:mo:oma-dm-devinfo:1.2//DevID");

    private static Dm2Package read(String mediaType, String json) throws Malformed {
        return Dm2Codec.decode(new Packet(mediaType, Bytes.utf8(json)), Limits.DEFAULT);
    }

    private static Initiation initiation(String json) throws Malformed {
        return (Initiation) read(Initiation.MEDIA_TYPE, json);
    }

    private static Dm2Command command(String json) throws Malformed {
        return ((Request) read(Request.MEDIA_TYPE, "{\"CMD\":[" + json + "]}")).commands().getFirst();
    }

    private static Response response(String json) throws Malformed {
        return (Response) read(Response.MEDIA_TYPE, json);
    }

    private static void readsBack(Dm2Package content) throws Malformed {
        assertThat(Dm2Codec.decode(Dm2Codec.encode(content), Limits.DEFAULT)).isEqualTo(content);
    }

    private static Dm2Alert alert() {
        return new Dm2Alert("urn:oma:at:x", "urn:oma:mo:a:1.0//b", "urn:oma:mo:a:1.0//c", "warning", "text/xml",
                Json.object().with(Dm2Alert.DM1X, "<a/>").build());
    }

    // ---- package 1

    @Test
    @Tag("DM-SER-003-C-M")
    void package_1_reads_back() throws Malformed {
        readsBack(new Initiation(null, List.of()));
        readsBack(new Initiation(List.of(), List.of(Dm2Alert.of(Dm2Alert.CLIENT_INITIATED))));
        readsBack(new Initiation(List.of(new SupportedObject("http://v.example/a.ddf", "urn:oma:mo:a:1.0",
                List.of("one", "two")), new SupportedObject(null, null, List.of())), List.of(alert(), alert())));
    }

    @Test
    void package_1_is_read_with_one_thing_in_the_place_of_a_list_of_one() throws Malformed {
        Initiation read = initiation("""
                {"MOS": {"MOID": "m", "MIID": "i", "Vendor": [1]}, "Alert": {"AlertType": "t"}, "X": null}""");

        assertThat(read.objects()).containsExactly(new SupportedObject(null, "m", List.of("i")));
        assertThat(read.alerts()).containsExactly(Dm2Alert.of("t"));
    }

    @Test
    void alerts_are_found_where_the_schema_taken_by_the_letter_has_them() throws Malformed {
        assertThat(initiation("{\"Alert\": {\"Alert\": [{\"AlertType\": \"t\"}]}}").alerts())
                .containsExactly(Dm2Alert.of("t"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "5", "null", "{\"AlertType\": 5}", "{\"AlertType\": \" \"}", "[]"})
    void an_alert_without_type_is_ignored_in_silence(String alert) throws Malformed {
        assertThat(initiation("{\"Alert\": [" + alert + ", {\"AlertType\": \"t\", \"Mark\": 1}]}").alerts())
                .containsExactly(Dm2Alert.of("t"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{\"MOS\": [5]} | MOS[0]", "{\"MOS\": [{}, {\"MOID\": {}}]} | MOS[1].MOID",
            "{\"MOS\": [{\"MIID\": [\"a\", []]}]} | MOS[0].MIID[1]"})
    void package_1_is_malformed_with_the_place_where_nothing_can_be_made_of_it(String json, String path) {
        assertThatThrownBy(() -> initiation(json)).isInstanceOfSatisfying(Malformed.class,
                malformed -> assertThat(malformed.path()).isEqualTo(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "5", "{", "{\"MOS\":[],\"MOS\":[]}", "{} {}"})
    void what_is_no_object_is_malformed(String json) {
        for (String mediaType : List.of(Initiation.MEDIA_TYPE, Request.MEDIA_TYPE, Response.MEDIA_TYPE)) {
            assertThatThrownBy(() -> read(mediaType, json)).isInstanceOf(Malformed.class);
        }
    }

    @Test
    void data_of_an_alert_that_is_no_object_is_made_one_and_gets_a_type() {
        Packet written = Dm2Codec.encode(new Initiation(null,
                List.of(new Dm2Alert("t", null, null, null, null, Json.of(1404)))));

        assertThat(written.body().utf8()).isEqualTo("""
                {"Alert":[{"AlertType":"t","DataType":"application/json","Data":{"DM1x":1404}}]}""");
    }

    // ---- package 2

    @Test
    @Tag("DM-PACK-015-S-M")
    @Tag("DM-PACK-017-S-M")
    @Tag("DM-PACK-023-S-M")
    @Tag("DM-SER-003-S-M")
    void every_command_reads_back() throws Malformed {
        ClientUri all = ClientUri.parse("urn:oma:mo:a:1.0/(x)/b/*?nv=(x)/c:d&lv=1&cv=e%26f");
        readsBack(new Request(List.of(new Dm2Command.Hget(SERVER, null), new Dm2Command.Hget(SERVER, NODE),
                new Dm2Command.Hput(SERVER, List.of(NODE, all)), new Dm2Command.Hpost(SERVER, List.of(all)),
                new Dm2Command.Delete(NODE), new Dm2Command.Exec(NODE, null), new Dm2Command.Exec(NODE, SERVER),
                new Dm2Command.Get(all), new Dm2Command.Show(SERVER), new Dm2Command.Cont(SERVER),
                new Dm2Command.Default(SERVER, "urn:oma:mo:a:1.0"), new Dm2Command.Sub(SERVER, NODE),
                new Dm2Command.Unsub(NODE), new Dm2Command.End())));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"[\"MAKE\", \"coffee\"] | MAKE | 501", "[\"get\", \"m/i/\"] | get | 501",
            "[] | '' | 400", "5 | '' | 400", "\"END\" | '' | 400", "[5] | '' | 400", "[\"GET\"] | GET | 400",
            "[\"GET\", \"m/i/\", \"m/i/\"] | GET | 400", "[\"GET\", 5] | GET | 400", "[\"GET\", null] | GET | 400",
            "[\"GET\", [\"m/i/\"]] | GET | 400", "[\"GET\", \"m\"] | GET | 400",
            "[\"GET\", \"m/(x)/a\"] | GET | 400", "[\"HPUT\", \"http://x\"] | HPUT | 400",
            "[\"HGET\", \"\"] | HGET | 400", "[\"DEFAULT\", \"http://x\", \"m/i\"] | DEFAULT | 400",
            "[\"SHOW\", \"a b\"] | SHOW | 400", "[\"EXEC\"] | EXEC | 400"})
    void a_command_that_cannot_be_done_harms_no_other(String json, String name, int status) throws Malformed {
        Request request = (Request) read(Request.MEDIA_TYPE, "{\"CMD\": [" + json + ", [\"GET\", \"m/i/\"]]}");

        assertThat(request.commands().getFirst()).isInstanceOfSatisfying(Misshapen.class, misshapen -> {
            assertThat(misshapen.name()).isEqualTo(name);
            assertThat(misshapen.status()).isEqualTo(new StatusCode(status));
        });
        assertThat(request.commands().getLast()).isEqualTo(new Dm2Command.Get(ClientUri.parse("m/i/")));
    }

    @Test
    void an_end_ends_whatever_stands_behind_it() throws Malformed {
        assertThat(command("[\"END\", \"now\"]")).isEqualTo(new Dm2Command.End());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"CMD\": null}", "{\"CMD\": {}}", "{\"CMD\": \"GET\"}"})
    void package_2_has_a_list_of_commands(String json) {
        assertThatThrownBy(() -> read(Request.MEDIA_TYPE, json)).isInstanceOfSatisfying(Malformed.class,
                malformed -> assertThat(malformed.path()).isEqualTo("CMD"));
    }

    // ---- package 3

    @Test
    @Tag("DM-SER-003-C-M")
    void package_3_reads_back() throws Malformed {
        readsBack(new Response(List.of(), List.of(), Map.of()));
        readsBack(new Response(List.of(CommandStatus.of(StatusCode.OK),
                new CommandStatus(StatusCode.OK, List.of("a//", "b//")), CommandStatus.of(new StatusCode(1999))),
                List.of(alert()), Map.of()));
        readsBack(new Response(List.of(CommandStatus.of(StatusCode.OK)), List.of(), Map.of(0,
                new Packet("text/plain", Bytes.utf8("--\r\n--x")), 12, new Packet("application/dmmo+json",
                        Bytes.EMPTY))));
    }

    @Test
    void statuses_are_objects_when_written() {
        assertThat(Dm2Codec.encode(new Response(List.of(CommandStatus.of(StatusCode.OK),
                new CommandStatus(StatusCode.OK, List.of("a//"))), List.of(), Map.of())).body().utf8())
                .isEqualTo("{\"Status\":[{\"sc\":200},{\"sc\":200,\"URI\":[\"a//\"]}]}");
    }

    @Test
    void statuses_are_read_in_every_spelling_of_the_text() throws Malformed {
        assertThat(response("""
                {"Status": [200, {"sc": 404}, {"sc": 200, "URI": "a//"}, 200, "b//", 200, ["c//", "d//"], 200, "e//",
                 "f//", "415", {"sc": "202"}, 200.0, {"sc": 200, "URI": null}]}""").statuses()).containsExactly(
                CommandStatus.of(new StatusCode(200)), CommandStatus.of(new StatusCode(404)),
                new CommandStatus(StatusCode.OK, List.of("a//")), new CommandStatus(StatusCode.OK, List.of("b//")),
                new CommandStatus(StatusCode.OK, List.of("c//", "d//")),
                new CommandStatus(StatusCode.OK, List.of("e//", "f//")), CommandStatus.of(new StatusCode(415)),
                CommandStatus.of(new StatusCode(202)), CommandStatus.of(StatusCode.OK),
                CommandStatus.of(StatusCode.OK));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{} | Status", "{\"Status\": 200} | Status",
            "{\"Status\": [200, true]} | Status[1]", "{\"Status\": [99]} | Status[0]",
            "{\"Status\": [2000]} | Status[0]", "{\"Status\": [200.5]} | Status[0]",
            "{\"Status\": [1e300]} | Status[0]", "{\"Status\": [1e-300]} | Status[0]",
            "{\"Status\": [{}]} | Status[0].sc", "{\"Status\": [\"a//\"]} | Status[0]",
            "{\"Status\": [200, [5, {}]]} | Status[1][1]", "{\"Status\": [{\"sc\": 200, \"URI\": [null]}]} |"
                    + " Status[0].URI[0]"})
    void package_3_is_malformed_with_the_place_where_nothing_can_be_made_of_it(String json, String path) {
        assertThatThrownBy(() -> response(json)).isInstanceOfSatisfying(Malformed.class,
                malformed -> assertThat(malformed.path()).isEqualTo(path));
    }

    // ---- package 3 with data

    private static Response form(String... parts) throws Malformed {
        return (Response) read("multipart/form-data; boundary=b",
                "--b\r\n" + String.join("\r\n--b\r\n", parts) + "\r\n--b--\r\n");
    }

    private static String part(String disposition, String type, String body) {
        return "Content-Disposition: " + disposition + "\r\nContent-Type: " + type + "\r\n\r\n" + body;
    }

    private static final String STATUSES = part("form-data", Response.MEDIA_TYPE, "{\"Status\":[200]}");

    @Test
    void the_first_part_has_no_name_and_the_others_are_named_by_their_command() {
        String form = Dm2Codec.encode(new Response(List.of(CommandStatus.of(StatusCode.OK)), List.of(),
                Map.of(0, new Packet("text/plain", Bytes.utf8("IMEI:1"))))).body().utf8();

        assertThat(form).startsWith("--grove-").contains("\r\nContent-Disposition: form-data\r\nContent-Type: "
                + Response.MEDIA_TYPE + "\r\n\r\n{\"Status\":[{\"sc\":200}]}\r\n--grove-",
                "\r\nContent-Disposition: form-data; name=\"0\"\r\nContent-Type: text/plain\r\n\r\nIMEI:1\r\n--grove-");
    }

    @Test
    void parts_are_known_by_type_and_name() throws Malformed {
        Response read = form(part("form-data; name=0", "text/plain", "x"), STATUSES,
                part("attachment; NAME=\"2\"", "text/html", ""));

        assertThat(read.statuses()).hasSize(1);
        assertThat(read.data()).containsOnlyKeys(0, 2);
        assertThat(read.data().get(0)).isEqualTo(new Packet("text/plain", Bytes.utf8("x")));
    }

    @Test
    void a_first_part_without_name_may_be_plain_json() throws Malformed {
        assertThat(form(part("form-data", "application/json", "{\"Status\":[200]}")).statuses()).hasSize(1);
    }

    @Test
    void misnamed_and_repeated_parts_are_malformed_with_their_place() {
        for (String name : List.of("", "; name=\"x\"", "; name=-1", "; name=1234567", "; name=\"\"", "; name=1.0")) {
            assertThatThrownBy(() -> form(STATUSES, part("form-data" + name, "text/plain", "x"))).as(name)
                    .isInstanceOf(Malformed.class).hasMessageStartingWith("part[1]");
        }
        String twice = part("form-data; name=0", "text/plain", "x");
        assertThatThrownBy(() -> form(STATUSES, twice, twice)).isInstanceOf(Malformed.class)
                .hasMessageStartingWith("part[2]");
        assertThatThrownBy(() -> form(STATUSES, STATUSES)).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> form(twice)).isInstanceOf(Malformed.class);
    }

    // ---- media types and limits

    @Test
    void media_types_are_known_with_parameters_and_in_any_case() throws Malformed {
        assertThat(Dm2Codec.isFromDevice("Application/VND.oma.dm.Initiation+JSON; charset=UTF-8")).isTrue();
        assertThat(Dm2Codec.isFromDevice(Response.MEDIA_TYPE)).isTrue();
        assertThat(Dm2Codec.isFromDevice("multipart/form-data; boundary=x")).isTrue();
        assertThat(Dm2Codec.isFromDevice(Request.MEDIA_TYPE)).isFalse();
        assertThat(Dm2Codec.isFromServer(Request.MEDIA_TYPE + ";charset=utf-8")).isTrue();
        assertThat(read(Request.MEDIA_TYPE.toUpperCase(java.util.Locale.ROOT) + " ; a=b", "{\"CMD\":[]}"))
                .isEqualTo(new Request(List.of()));
        assertThatThrownBy(() -> read("text/plain", "{}")).isInstanceOf(Malformed.class);
    }

    @Test
    void the_limits_hold_inside_a_form_too() {
        Limits few = new Limits(9999, 3, 5, 9999);
        Packet packet = new Packet("multipart/form-data; boundary=b",
                Bytes.utf8("--b\r\n" + STATUSES.replace("200", "1,1,1,1,1,1") + "\r\n--b--"));
        assertThatThrownBy(() -> Dm2Codec.decode(packet, few)).isInstanceOf(Malformed.class)
                .hasMessageContaining("at most 5 values");
    }

    @Test
    void the_codes_of_the_table_have_their_names() {
        assertThat(Dm2Status.text(new StatusCode(507))).isEqualTo("User rejected");
        assertThat(Dm2Status.text(new StatusCode(419))).isEqualTo("ServerURI error");
        assertThat(Dm2Status.text(new StatusCode(403))).isEqualTo("Forbidden");
        assertThat(Dm2Status.text(new StatusCode(1404))).isEqualTo("Application originator error");
    }
}
