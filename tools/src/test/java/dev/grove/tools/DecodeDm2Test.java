package dev.grove.tools;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code grove decode} says of bodies of DM 2.0. */
class DecodeDm2Test {

    private static final String OBJECT = """
            [{"DDF": "http://v.example/a.ddf", "ClientURI": "urn:oma:mo:oma-dm-dmacc:2.0/dms1/", "CV": "7",
              "MOData": {"dms1": {"SrvID": "grove", "Auth": {"Noti": {"Type": 0, "Secret": "b3BlbiBzZXNhbWU="}}}}}]""";

    private static final String FORM = """
            --b
            Content-Disposition: form-data
            Content-Type: application/vnd.oma.dm.response+json

            {"Status": [200, {"sc": 404}, 200, "urn:m/x/"], "Alert": [{"AlertType": "urn:a", "SourceURI": "urn:m//",
             "Mark": "warning", "DataType": "int", "Data": {"DM1x": 1404}}]}
            --b
            Content-Disposition: form-data; name="0"
            Content-Type: application/dmmo+json

            {"ClientURI": "urn:m//a", "MOData": {"a": true}}
            --b
            Content-Disposition: form-data; name="2"

            plain
            --b--
            """;

    private static String decode(String input, String... options) {
        String[] arguments = new String[options.length + 2];
        arguments[0] = "decode";
        System.arraycopy(options, 0, arguments, 1, options.length);
        arguments[options.length + 1] = "-";
        CommandRun run = CommandRun.withInput(input, arguments);
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        return run.out();
    }

    @Test
    void lists_package_1() {
        assertThat(decode("""
                {"MOS": [{"DDF": "http://v.example/a.ddf", "MOID": "urn:m", "MIID": ["x", "y"]}, {"MIID": []}],
                 "Alert": [{"AlertType": "urn:oma:at:dm:2.0:ClientInitiatedMgmt"}]}""")).contains("""
                Package 1: a session begins
                Objects that the device has
                    urn:m  x, y  (described by http://v.example/a.ddf)
                    an object without MOID  no instance
                Alert urn:oma:at:dm:2.0:ClientInitiatedMgmt
                """).startsWith("DM 2.0, json, ");
        assertThat(decode("{}")).contains("Package 1");
    }

    @Test
    void lists_package_2_with_what_is_wrong_in_it() {
        assertThat(decode("{\"CMD\": [[\"GET\", \"urn:m//\"], [\"MAKE\", \"tea\"], 5, [\"END\"]]}")).contains("""
                Package 2: 4 commands, the session ends
                    0  GET  urn:m//
                    1  MAKE  501: no such command (DM 2.0 5.3)
                    2  no command  400: a command is a list of its name and its parameters (DM 2.0 7.2.1.2)
                    3  END
                """.replace("    ", "    "));
    }

    @Test
    void lists_package_3_with_its_data() {
        assertThat(decode(FORM)).startsWith("DM 2.0, multipart, ").contains("Package 3: 3 statuses\n",
                "0  200 OK\n", "1  404 Not found\n", "2  200 OK\n", "at urn:m/x/\n",
                "Alert urn:a  importance warning\n    source urn:m//\n    DM1x = 1404  (int)\n",
                "Data of command 0\n  Object urn:m//a\n    a = true\n", "Data of command 2 = plain  (text/plain)\n");
    }

    @Test
    void lists_objects_node_by_node_and_masks_secrets() {
        assertThat(decode(OBJECT)).contains("""
                Object urn:oma:mo:oma-dm-dmacc:2.0/dms1/  validator 7  (described by http://v.example/a.ddf)
                  dms1/
                    SrvID = grove
                    Auth/
                      Noti/
                        Type = 0
                        Secret = ********
                """);
        assertThat(decode(OBJECT, "--show-secrets")).contains("Secret = b3BlbiBzZXNhbWU=");
        assertThat(decode(OBJECT, "--to", "json")).contains("\"Secret\" : \"********\"");
    }

    @Test
    void writes_json_for_programs() {
        assertThat(decode(FORM, "--to", "json")).contains("\"kind\" : \"dm2-package3\"",
                "\"encoding\" : \"multipart\"", "\"status\" : 404", "\"text\" : \"Not found\"", "\"DM1x\" : 1404",
                "\"name\" : \"0\"", "\"mediaType\" : \"application/dmmo+json\"", "\"a\" : true",
                "\"value\" : \"plain\"");
        assertThat(decode("{\"CMD\": [[\"GET\", \"urn:m//\"], [\"MAKE\"]]}", "--to", "json")).contains(
                "\"kind\" : \"dm2-package2\"", "\"command\" : \"GET\"", "\"parameters\" : [", "\"status\" : 501");
        assertThat(decode("{\"MOS\": [{\"MIID\": [\"x\"]}]}", "--to", "json")).contains("\"kind\" : \"dm2-package1\"",
                "\"instances\" : [");
    }

    @Test
    void a_form_without_package_3_is_shown_part_by_part() {
        String form = "--b\r\nContent-Type: text/html\r\n\r\n<p/>\r\n--b--\r\n";

        assertThat(decode(form)).contains("Part without name = <p/>  (text/html)");
        assertThat(decode(form, "--to", "json")).contains("\"kind\" : \"multipart\"", "\"value\" : \"<p/>\"");
    }

    @Test
    void the_media_type_decides_where_it_is_given() {
        assertThat(decode("{}", "--media-type", "application/vnd.oma.dm.initiation+json")).contains("Package 1");
        CommandRun wrong = CommandRun.withInput("{}", "decode", "--media-type", "application/dmmo+json", "-");
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.err()).contains("MOData", "an object was expected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"CMD\": 5}", "[5]", "{\"a\":1,\"a\":2}", "--b\r\n", "{"})
    void what_is_malformed_is_one_line_and_status_2(String input) {
        CommandRun run = CommandRun.withInput(input, "decode", "-");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).startsWith("grove: standard input: malformed").hasLineCount(1);
    }

    @Test
    void there_is_no_xml_of_it() {
        CommandRun run = CommandRun.withInput("{}", "decode", "--to", "xml", "-");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("this is DM 2.0");
    }
}
